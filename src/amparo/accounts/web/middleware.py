"""A session that nobody touches locks: the person stays signed in, but says the password again."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.http import urlencode

from amparo.accounts.web.sessions import ADDRESS, BROWSER, SEEN, SINCE
from amparo.base.web.htmx import by_htmx

__all__ = ["LOCKED", "PrivatePagesMiddleware", "SessionLockMiddleware"]

LOCKED = "locked"
OPEN_WHILE_LOCKED = frozenset({"unlock", "sign-out", "sign-in", "language", "ask-passkey"})


class PrivatePagesMiddleware:
    """Keep what a signed-in person saw out of the browser's store, unless the view says otherwise.

    So going back after locking or signing out shows the lock, not the last page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response


class SessionLockMiddleware:
    """Send a locked or long idle session to the unlock page, and nowhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and self._is_locked(request):
            request.session[LOCKED] = True
            if resolve(request.path_info).url_name not in OPEN_WHILE_LOCKED:
                return self._to_unlock(request)
        return self.get_response(request)

    def _is_locked(self, request: HttpRequest) -> bool:
        now = timezone.now().timestamp()
        idle = now - request.session.get(SEEN, now)
        if request.session.get(LOCKED) or idle > settings.SESSION_LOCK_MINUTES * 60:
            return True
        if idle > 30 or SEEN not in request.session:
            request.session[SEEN] = now
            request.session.setdefault(SINCE, now)
            request.session[ADDRESS] = request.META.get("REMOTE_ADDR", "")
            request.session[BROWSER] = request.headers.get("User-Agent", "")
        return False

    def _to_unlock(self, request: HttpRequest) -> HttpResponse:
        after = request.get_full_path() if request.method == "GET" else "/"
        target = f"{reverse('accounts:unlock')}?{urlencode({'next': after})}"
        if by_htmx(request):
            return HttpResponse(headers={"HX-Redirect": target})
        return redirect(target)
