"""Ground for every test: the real inputs, the people.

Pure tests need no more. Tests of a ``web`` run on the real SQLCipher backend and the real store:
see ``tests/settings.py``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter

ROOT = Path(__file__).parent.parent


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
