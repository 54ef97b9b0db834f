"""What a page says while a server is away: the database, or the store of the files.

It needs neither: no session, no person, no row. Who asked by htmx reads it as a note beside what is
on the page already, so that nothing written there is lost.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

__all__ = ["database_away", "store_away"]

AGAIN_SECONDS = 10
"""When a program that asked may ask again (RFC 9110, section 10.2.3)."""


def database_away(request: HttpRequest) -> HttpResponse:
    """The database does not answer: no page can be shown."""
    return _away(request, is_store=False)


def store_away(request: HttpRequest) -> HttpResponse:
    """The store of the files does not answer: pages that need none of them can be shown."""
    return _away(request, is_store=True)


def _away(request: HttpRequest, *, is_store: bool) -> HttpResponse:
    by_htmx = "HX-Request" in request.headers
    context = {
        "is_store": is_store,
        "again": request.get_full_path() if request.method in ("GET", "HEAD") else "",
    }
    page = "parts/away.html" if by_htmx else "errors/503.html"
    answer = HttpResponse(render_to_string(page, context), status=503)
    answer["Retry-After"] = str(AGAIN_SECONDS)
    answer["Cache-Control"] = "no-store"
    return answer
