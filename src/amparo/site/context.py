"""What every page's frame shows: the person's matters, the languages, the place."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from amparo.accounts.roles import WorkspaceVerb, allowed
from amparo.accounts.web.models import User
from amparo.base.languages import INTERFACE_LANGUAGES
from amparo.matters.sealing import CLEAR
from amparo.matters.web.access import visible_matters
from amparo.matters.web.models import Matter
from amparo.matters.web.veils import veils_for

__all__ = ["frame"]

RECENT = 8


def frame(request: HttpRequest) -> dict[str, Any]:
    """Values for ``base.html``; queries run only if the template asks."""
    user = getattr(request, "user", None)
    role = getattr(user, "role", None)
    return {
        "lock_seconds": settings.SESSION_LOCK_MINUTES * 60,
        "may": {
            verb.name.lower(): bool(role) and allowed(str(role), verb) for verb in WorkspaceVerb
        },
        "interface_languages": INTERFACE_LANGUAGES,
        "recent_matters": lambda: _recent(user) if user else [],
    }


def _recent(user: User) -> list[Matter]:
    """The newest matters of ``user``, each title under the veil of its own matter.

    On a page of one matter no other veil lies over the answer.
    """
    recent, veils = list(visible_matters(user)[:RECENT]), veils_for(user)
    for matter in recent:
        matter.title = veils.get(matter.pk, CLEAR).over(matter.title)
    return recent
