"""What stands before a view: the role it needs, and a password given not long ago."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions import require_workspace
from amparo.accounts.web.models import User

__all__ = ["CONFIRMED", "confirmed_lately", "may", "note_confirmation", "person"]

CONFIRMED = "confirmed"
CONFIRMATION_SECONDS = 15 * 60
View = Callable[..., HttpResponseBase]


def person(request: HttpRequest) -> User:
    """Who is signed in; views behind the sign-in guard only."""
    return cast(User, request.user)


def may(verb: WorkspaceVerb) -> Callable[[View], View]:
    """Let a view run only for people whose role allows ``verb`` on the workspace."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require_workspace(person(request), verb)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def note_confirmation(request: HttpRequest) -> None:
    """Remember that the person at this session has just proved who they are."""
    request.session[CONFIRMED] = timezone.now().timestamp()


def confirmed_lately(view: View) -> View:
    """Ask for the password again when it was last given more than a quarter of an hour ago."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        age = timezone.now().timestamp() - request.session.get(CONFIRMED, 0)
        if age <= CONFIRMATION_SECONDS:
            return view(request, *args, **kwargs)
        after = request.get_full_path() if request.method == "GET" else request.path
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': after})}")

    return guarded
