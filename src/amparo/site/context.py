"""What every page's frame shows: the person's matters, the languages, the place."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from amparo.base.languages import INTERFACE_LANGUAGES
from amparo.matters.web.access import visible_matters

__all__ = ["frame"]

RECENT = 8


def frame(request: HttpRequest) -> dict[str, Any]:
    """Values for ``base.html``; queries run only if the template asks."""
    user = getattr(request, "user", None)
    return {
        "interface_languages": INTERFACE_LANGUAGES,
        "recent_matters": lambda: visible_matters(user)[:RECENT] if user else [],
    }
