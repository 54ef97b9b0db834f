"""Errors that a person can act on become a page that says what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amparo.base.errors import AccessDenied, AmparoError, StorageAway, StorageError, UsageError
from amparo.site.away import store_away

__all__ = ["AmparoErrorMiddleware"]

STATUS: tuple[tuple[type[AmparoError], int], ...] = (
    (AccessDenied, 403),
    (UsageError, 400),
    (StorageError, 507),
    (AmparoError, 409),
)

_log = logging.getLogger(__name__)


class AmparoErrorMiddleware:
    """Show an ``AmparoError`` raised by a view as its message and next step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, AmparoError):
            return None
        if isinstance(error, StorageAway):
            _log.warning("%s", error)
            return store_away(request)
        status = next(code for kind, code in STATUS if isinstance(error, kind))
        page = "errors/403.html" if status == 403 else "errors/amparo.html"
        return render(request, page, {"error": error}, status=status)
