"""Whether htmx asks, by the headers of its requests (htmx.org/reference)."""

from __future__ import annotations

from django.http import HttpRequest

__all__ = ["by_htmx", "for_a_part"]


def by_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks and not the browser itself."""
    return request.headers.get("HX-Request") == "true"


def for_a_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page, not for the whole in the place of a link."""
    return by_htmx(request) and request.headers.get("HX-Boosted") != "true"
