"""Pages that belong to no slice: home, errors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amparo.accounts.web.models import User
from amparo.base.web.panels import panels_at
from amparo.matters.web.access import visible_matters

__all__ = ["csrf_failure", "home"]


def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person."""
    assert isinstance(request.user, User)
    context = {
        "matters": visible_matters(request.user),
        "panels": panels_at("home", request, request.user),
    }
    return render(request, "home.html", context)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was not sent from our own page."""
    return render(request, "errors/csrf.html", {"reason": reason}, status=403)
