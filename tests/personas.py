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


def just_signed_in(client: Client, user: User) -> Client:
    """``client`` signed in as ``user``, who has shown a moment ago who they are."""
    from django.test import Client as Browser
    from django.utils import timezone

    Browser.force_login(client, user)
    session = client.session
    session["confirmed"] = timezone.now().timestamp()
    session.save()
    return client
