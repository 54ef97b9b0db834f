"""Saved views: a list's filter and order, kept under a name of one's own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amparo.accounts.web.actions import forget_view, save_view
from amparo.accounts.web.guards import person
from amparo.accounts.web.models import SavedView
from amparo.base.errors import UsageError

__all__ = ["forget", "save"]


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep what the list shows now."""
    place, query = request.POST.get("place", ""), request.POST.get("query", "")
    if not url_has_allowed_host_and_scheme(place, None) or "?" in place:
        raise UsageError(_("There is no such page."))
    title = request.POST.get("title", "")
    view = save_view(title, place=place, query=query, acting_user=person(request))
    return redirect(view.address)


@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a view; the list stays."""
    view = get_object_or_404(SavedView, pk=pk, user=person(request))
    forget_view(view, acting_user=person(request))
    return redirect(view.place)
