"""The people that every page is tested with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

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


def just_signed_in(client: Client, *, seconds_ago: float = 0) -> None:
    """Let the person at ``client`` have shown who they are so many seconds ago."""
    from django.utils import timezone

    session = client.session
    session["confirmed"] = timezone.now().timestamp() - seconds_ago
    session.save()
