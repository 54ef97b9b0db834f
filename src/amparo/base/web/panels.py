"""Panels: how a page of a lower floor shows something that a higher floor owns.

A page names a place (``"matter"``, ``"item"``, ``"home"``) and renders the panels put there; the
higher slice writes the panel; ``amparo.site.panels`` puts it in its place. The page's slice never
learns who stands in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.safestring import SafeString

__all__ = ["Panel", "panels_at", "place"]

Render = Callable[[HttpRequest, Any], SafeString | str | None]


@dataclass(frozen=True)
class Panel:
    """``render(request, object)`` gives the panel's HTML, or None when it has nothing to say."""

    name: str
    title: str | Promise
    order: int
    render: Render


_places: dict[str, list[Panel]] = {}


def place(where: str, panel: Panel) -> None:
    """Put ``panel`` on the pages that show ``where``; twice is once."""
    others = [each for each in _places.get(where, []) if each.name != panel.name]
    _places[where] = sorted([*others, panel], key=lambda each: (each.order, each.name))


def panels_at(where: str, request: HttpRequest, subject: Any) -> Iterator[dict[str, Any]]:
    """Each panel's name, title and HTML for ``subject``, in order, leaving out the empty ones."""
    for panel in _places.get(where, []):
        html = panel.render(request, subject)
        if html:
            yield {"name": panel.name, "title": panel.title, "html": html}
