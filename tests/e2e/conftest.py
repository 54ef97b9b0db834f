"""A real browser on the real application: rows in SQLCipher, served by threads.

The rows live in a database of their own, which is not emptied between tests (the audit and the
ledger refuse it): each test makes the matters that it needs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.workbench import PASSWORD, Visit, Workbench
from tests.personas import Personas

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from amparo.accounts.web.models import User
    from amparo.matters.web.models import Matter

HERE = Path(__file__).parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_numbers = count(1)
AMPARO = str(Path(sys.executable).with_name("amparo"))


@pytest.hookimpl(tryfirst=True)  # before the marks are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser, one test after another in one worker."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def served(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of the running application."""
    from django.core.management import call_command
    from django.db import connection, connections
    from pytest_django.live_server_helper import LiveServer

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with django_db_blocker.unblock():
        connections.close_all()
        usual = connection.settings_dict["NAME"]
        connection.settings_dict["NAME"] = str(Path(usual).with_name("browser-tests.db"))
        call_command("migrate", verbosity=0)
        server = LiveServer("127.0.0.1")
        yield str(server.url)
        server.stop()
        connections.close_all()
        connection.settings_dict["NAME"] = usual


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A headless Chromium; skips when there is none."""
    from playwright.sync_api import sync_playwright

    program = os.environ.get("AMPARO_CHROMIUM") or next(
        filter(None, map(shutil.which, CHROMIUM)), None
    )
    if program is None:
        pytest.skip("no Chromium on this computer; install it or name it in AMPARO_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def personas(served: str) -> Personas:
    """The people of every test, each with the password ``PASSWORD``."""
    from amparo.accounts.web.models import User

    def person(name: str, display_name: str, role: str) -> User:
        made = User(username=name, display_name=display_name, role=role)
        made.set_password(PASSWORD)
        made.save()
        return made

    return Personas(
        owner=person("owner", "Maria Bello", "attorney"),
        colleague=person("colleague", "Rosa Ortega", "paralegal"),
        interpreter=person("interpreter", "سلمى حداد", "interpreter"),
        client=person("client", "Amal Haddad", "client"),
        auditor=person("auditor", "Jean Petit", "auditor"),
        administrator=person("administrator", "Oksana Bondar", "administrator"),
        stranger=person("stranger", "Noor Stranger", "attorney"),
    )


@pytest.fixture
def someone(personas: Personas) -> Callable[[str], User]:
    """``someone(role)`` gives a new person, whose choices change nothing for other tests."""
    from amparo.accounts.web.models import User

    def person(role: str) -> User:
        name = f"someone-{next(_numbers)}"
        return User.objects.create(username=name, display_name=name.title(), role=role)

    return person


@pytest.fixture
def workbench(served: str, browser: Browser, personas: Personas) -> Iterator[Workbench]:
    """Windows on the application; afterwards no window may have complained of anything."""
    bench = Workbench(served, browser)
    yield bench
    assert bench.leave() == []


@pytest.fixture
def matter(personas: Personas) -> Matter:
    """A matter of the owner's with everyone but the administrator and the stranger on its team."""
    from amparo.matters.web.actions import add_member, open_matter

    made = open_matter(f"A. v. State ({next(_numbers)})", acting_user=personas.owner, kind="asylum")
    for person in (personas.colleague, personas.interpreter, personas.client, personas.auditor):
        add_member(made, person, person.role, acting_user=personas.owner)
    return made


@pytest.fixture
def sign_in(workbench: Workbench) -> Callable[..., Visit]:
    """``sign_in(person, language=…, theme=…, width=…)`` gives a window signed in as a person."""
    return workbench.visit


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
