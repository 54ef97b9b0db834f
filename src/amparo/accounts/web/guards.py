"""What stands before a view: the role it needs, and that the person has just shown who they are.

Step-up: what leaves, what is destroyed and who may what are decided by someone who proved within
the last quarter of an hour who they are, by password or second factor. A form that was sent is not
lost by it: the question carries what was typed and sends it again with the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions import require_workspace
from amparo.accounts.web.forms import ProofForm
from amparo.accounts.web.models import User
from amparo.accounts.web.proofs import prove
from amparo.base.web.htmx import by_htmx

__all__ = ["CONFIRMED", "confirmed_lately", "may", "note_confirmation", "person"]

CONFIRMED = "confirmed"
CONFIRMATION_SECONDS = 15 * 60
MOST_CARRIED = 200_000
PROOF = "proof"
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
    """Ask again who the person is, when that was last shown more than a quarter of an hour ago."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        age = timezone.now().timestamp() - request.session.get(CONFIRMED, 0)
        if age <= CONFIRMATION_SECONDS:
            return view(request, *args, **kwargs)
        if request.method == "POST" and not _must_leave(request):
            return _ask_beside(request) or view(request, *args, **kwargs)
        return _ask_elsewhere(request)

    return guarded


def _must_leave(request: HttpRequest) -> bool:
    """Whether the form cannot be carried: a part of a page, files, too much, nobody to ask."""
    size = sum(len(value) for values in request.POST.lists() for value in values[1])
    is_part = by_htmx(request)
    asked = ProofForm(user=person(request))
    return is_part or bool(request.FILES) or size > MOST_CARRIED or not asked.fields


def _ask_beside(request: HttpRequest) -> HttpResponse | None:
    """The question with the form that was sent; None once it is answered."""
    is_answer = any(name.startswith(f"{PROOF}-") for name in request.POST)
    form = ProofForm(request.POST if is_answer else None, prefix=PROOF, user=person(request))
    if form.is_valid() and prove(request, form, "confirm identity"):
        note_confirmation(request)
        return None
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and not name.startswith(f"{PROOF}-")
    ]
    context = {"form": form, "carried": carried, "action": request.get_full_path()}
    return render(request, "accounts/confirm.html", context, status=422 if is_answer else 403)


def _ask_elsewhere(request: HttpRequest) -> HttpResponse:
    after = request.get_full_path() if request.method == "GET" else _page_before(request)
    target = f"{reverse('accounts:confirm')}?{urlencode({'next': after})}"
    if by_htmx(request):
        return HttpResponse(headers={"HX-Redirect": target})
    return redirect(target)


def _page_before(request: HttpRequest) -> str:
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, request.is_secure())
    return before if before and ours else "/"
