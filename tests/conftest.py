"""Ground for every test: the real inputs, the people.

Pure tests need no more. Tests of a ``web`` run on the real SQLCipher backend and the real store:
see ``tests/settings.py``.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.personas import Personas

if TYPE_CHECKING:
    from django.test import Client

    from amparo.accounts.web.models import User
    from amparo.matters.web.models import Matter

ROOT = Path(__file__).parent.parent
LONG = 100
ON_SERVERS = os.environ.get("AMPARO_TESTS_ON") == "servers"
FIRST = (
    "organisation",
    "cli/test_add_killed.py",
    "access/test_paths.py",
    "e2e",
    "released",
    "cli",
    "evidence/packages/test_case.py",
)
"""What takes longest, so that no process is still at it when all others have ended."""

gc.disable()  # thousands of tests are collected, and nothing of them is garbage


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On servers, leave out what is about ``amparo.db`` and ``objects/``."""
    for item in items if ON_SERVERS else ():
        if item.get_closest_marker("folder"):
            item.add_marker(pytest.mark.skip(reason="about files that are not there on servers"))
    places = [ROOT / "tests" / place for place in FIRST]

    def turn(item: pytest.Item) -> int:
        around = {item.path, *item.path.parents}
        return next((at for at, place in enumerate(places) if place in around), len(places))

    items.sort(key=turn)


def pytest_collection_finish() -> None:
    """From now on the collector passes over what is there."""
    gc.freeze()
    gc.enable()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case after its argument where its value is too long to read.

    Such a value is often made anew in every process, and every process must know a test by the
    same name.
    """
    is_long = isinstance(val, str | bytes) and len(ascii(val)) > LONG
    return argname if is_long else None


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real inputs that are not part of the project; skips when it is not there."""
    folder = Path(os.environ.get("AMPARO_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"the real inputs are not here ({folder}); set AMPARO_SHARED_DATA")
    return folder


@pytest.fixture
def personas(db: None) -> Personas:
    """Owner, colleague, interpreter, client and auditor are on the matter's team; the administrator
    and the stranger are not."""
    from amparo.accounts.web.models import User

    def person(name: str, role: str) -> User:
        return User.objects.create(username=name, display_name=name.title(), role=role)

    return Personas(
        owner=person("owner", "attorney"),
        colleague=person("colleague", "paralegal"),
        interpreter=person("interpreter", "interpreter"),
        client=person("client", "client"),
        auditor=person("auditor", "auditor"),
        administrator=person("administrator", "administrator"),
        stranger=person("stranger", "attorney"),
    )


@pytest.fixture
def matter(personas: Personas) -> Matter:
    """A matter of the owner's, with a team."""
    from amparo.matters.web.actions import add_member, open_matter

    made = open_matter("A. v. State", acting_user=personas.owner)
    for person in (personas.colleague, personas.interpreter, personas.client, personas.auditor):
        add_member(made, person, person.role, acting_user=personas.owner)
    return made


@pytest.fixture(autouse=True)
def _a_sign_in_shows_who_one_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """``force_login`` leaves a session as a real sign-in does: who one is has just been shown."""
    from django.test import Client

    from tests.personas import just_signed_in

    plain = Client.force_login

    def force_login(client: Client, user: User, backend: str | None = None) -> None:
        plain(client, user, backend)
        just_signed_in(client)

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture(autouse=True)
def _no_language_stays() -> Iterator[None]:
    """A request leaves the language of who asked last; the next test begins in nobody's."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_looked_up_once() -> Iterator[None]:
    """Each ``Client`` builds the middleware anew; the program does it once, and so its search for
    the static files."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    found: dict[str, Any] = {}
    search = WhiteNoiseMiddleware.add_files_from_finders

    def look_up(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            search(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(WhiteNoiseMiddleware, "add_files_from_finders", look_up)
        yield
