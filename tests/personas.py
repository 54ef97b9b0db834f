"""The people that every page is tested with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amparo.accounts.web.models import User


@dataclass(frozen=True)
class Personas:
    """The people that every page is tested with."""

    owner: User
    colleague: User
    interpreter: User
    client: User
    auditor: User
    administrator: User
    stranger: User
