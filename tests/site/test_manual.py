"""The handbook in the workbench, and the help that leads into it."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, resolve, reverse

from amparo.site.help import HELP, HELP_OF_SLICE, help_for
from amparo.site.manual import page, pages
from tests.access.addresses import ADDRESSES

ROOT = Path(__file__).parents[2]
EVERY = [*HELP.items(), *HELP_OF_SLICE.items()]


def test_every_page_of_the_handbook_is_shown_and_leads_on() -> None:
    for name in pages():
        shown = page(name)
        assert shown is not None
        assert shown.title
        for target in re.findall(r'href="([^"]+)"', shown.html):
            if not target.startswith("#"):
                assert resolve(target.partition("#")[0]), target


def test_nothing_leads_out_of_the_house() -> None:
    outward = [name for name in pages() if 'href="http' in page(name).html]
    assert outward == []


def test_links_and_anchors_are_those_of_the_pages() -> None:
    shown = page("working")
    assert 'href="/handbook/query-language/#saved-searches"' in shown.html
    assert 'id="taking-it-back"' in shown.html
    assert "<h1" not in shown.html


@pytest.mark.parametrize("name", ["../SECURITY", "nothing", "Index", "index.md", ""])
def test_there_is_no_other_page(name: str) -> None:
    assert page(name) is None


@pytest.mark.parametrize(("view", "help_"), EVERY, ids=[view or "home" for view, _ in EVERY])
def test_help_leads_to_what_there_is(view: str, help_) -> None:
    if view in HELP:
        assert view in ADDRESSES
    if help_.page:
        shown = page(help_.page)
        assert shown is not None
        assert not help_.part or f'id="{help_.part}"' in shown.html, (view, help_.part)


def test_a_page_without_a_text_has_the_help_of_its_slice() -> None:
    assert help_for("deadlines:why") is HELP_OF_SLICE["deadlines"]
    assert help_for("nothing:there") is None


def test_the_address_is_that_of_the_part() -> None:
    assert HELP["search:saved"].address == "/handbook/query-language/#saved-searches"
    with pytest.raises(NoReverseMatch):
        reverse("manual-page", args=["../x"])


def test_the_program_as_it_is_installed_carries_it(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    assert {f"amparo/site/handbook/{name}.md" for name in pages()} <= names
    assert not any("handbook/pictures" in name or name.startswith("docs/") for name in names)
