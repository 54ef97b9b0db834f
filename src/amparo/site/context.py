"""What every page's frame shows: the person's matters, the languages, the place."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from amparo.accounts.roles import WorkspaceVerb, allowed
from amparo.base.languages import INTERFACE_LANGUAGES
from amparo.matters.web.access import visible_matters

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
        "recent_matters": lambda: visible_matters(user)[:RECENT] if user else [],
    }
