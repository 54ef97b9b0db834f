"""People who can sign in with a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.accounts.web.models import User

PASSWORD = "four unrelated words here"


@pytest.fixture
def colleague(personas: Personas) -> User:
    """The colleague, with a password."""
    personas.colleague.set_password(PASSWORD)
    personas.colleague.save()
    return personas.colleague
