"""Pages that belong to no slice: home, the palette, the handbook, errors."""

from __future__ import annotations

import sys
from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amparo.accounts.web.models import User
from amparo.base.ids import read_id
from amparo.base.web.htmx import for_a_part
from amparo.base.web.panels import panels_at
from amparo.matters.web.queries import listed_matters, task_lines, tasks_of_person
from amparo.site import manual
from amparo.site.away import database_away
from amparo.site.palette import ways

__all__ = [
    "bad_request",
    "broken",
    "csrf_failure",
    "forbidden",
    "go",
    "handbook",
    "home",
    "not_found",
]

MATTERS_SHOWN = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person."""
    user = cast(User, request.user)
    context = {
        "matters": listed_matters(user)[:MATTERS_SHOWN],
        "tasks": task_lines(tasks_of_person(user)),
        "panels": list(panels_at("home", request, user)),
    }
    return render(request, "home.html", context)


@require_safe
def go(request: HttpRequest) -> HttpResponse:
    """What the person can come to by the words typed; the list alone for htmx."""
    typed, within = request.GET.get("q", "")[:200], request.GET.get("matter", "")
    context = {
        "q": typed,
        "within": within,
        "groups": ways(cast(User, request.user), typed, read_id(within)),
    }
    part = for_a_part(request)
    return render(request, "parts/ways.html" if part else "go.html", context)


@require_safe
def handbook(request: HttpRequest, name: str = manual.FIRST) -> HttpResponse:
    """A page of the handbook."""
    shown = manual.page(name)
    if shown is None:
        raise Http404
    context = {"shown": shown, "is_first": name == manual.FIRST}
    return render(request, "manual.html", context)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was not sent from our own page."""
    return render(request, "errors/csrf.html", {"reason": reason}, status=403)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """A request that makes no sense."""
    return render(request, "errors/400.html", status=400)


@login_not_required
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Something this person may not do."""
    return render(request, "errors/403.html", status=403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Nothing at this address, or nothing that this person may know of."""
    return render(request, "errors/404.html", status=404)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """An error of the program; the page needs nothing that may be broken too."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return database_away(request)
    return render(request, "errors/500.html", status=500)
