"""Storage places: where exhibits can lie, and which of a person's own matters lie there."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.guards import may, person
from amparo.base.errors import UsageError
from amparo.evidence.web.actions.exhibits import close_place, make_place
from amparo.evidence.web.forms.exhibits import PlaceForm
from amparo.evidence.web.models.exhibits import StoragePlace
from amparo.evidence.web.queries.exhibits import place_lines
from amparo.matters.web.access import visible_matters

__all__ = ["close", "places"]


@require_http_methods(["GET", "POST"])
@may(WorkspaceVerb.OPEN_MATTER)
def places(request: HttpRequest) -> HttpResponse:
    """Every place with what of one's own matters lies there; and a form for another."""
    form = PlaceForm(request.POST or None)
    if form.is_valid():
        try:
            make_place(**form.cleaned_data, acting_user=person(request))
        except UsageError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("The place can be chosen now."))
            return redirect("evidence:places")
    context = {"lines": place_lines(visible_matters(person(request))), "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "evidence/places.html", context, status=status)


@require_POST
@may(WorkspaceVerb.OPEN_MATTER)
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a place be chosen no more."""
    close_place(get_object_or_404(StoragePlace, pk=pk), acting_user=person(request))
    messages.success(request, _("The place is closed. What was written of it stays."))
    return redirect("evidence:places")
