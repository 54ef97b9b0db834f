"""The very program that a person starts: ``amparo init``, ``amparo serve``, the printed link."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.workbench import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AMPARO = str(Path(sys.executable).with_name("amparo"))


@pytest.fixture
def link(tmp_path: Path) -> Iterator[str]:
    """A sign-in link of a workspace made and served in a folder of its own."""
    secret = tmp_path / "passphrase"
    secret.write_text("a passphrase for tests only")
    environment = {**os.environ, "AMPARO_PASSPHRASE_FILE": str(secret)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    home = ["--home", str(tmp_path / "home")]
    subprocess.run([AMPARO, *home, "init"], env=environment, check=True, capture_output=True)
    serve = [AMPARO, *home, "serve", "--no-browser", "--port", "0"]
    with subprocess.Popen(serve, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield next(
            found[0] for line in server.stdout if (found := re.findall(r"http\S+/link/\S+", line))
        )
        server.terminate()


def test_the_served_workbench_opens_once_by_its_link(link: str, browser: Browser) -> None:
    context = browser.new_context()
    visit = Visit(context.new_page(), link.split("/accounts/")[0])
    visit.page.goto(link)
    expect(visit.page.get_by_text("You have no password yet")).to_be_visible()
    sticky = "getComputedStyle(document.querySelector('.masthead')).position"
    assert visit.page.evaluate(sticky) == "sticky"
    assert visit.page.evaluate("typeof htmx") == "object"
    other = browser.new_context().new_page()
    other.goto(link)
    expect(other.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    context.close()
    other.context.close()
