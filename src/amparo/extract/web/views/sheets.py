"""Rows of a table: chosen ones become pinpoints."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from amparo.accounts.web.guards import person
from amparo.base.errors import UsageError
from amparo.base.numbers import wholes
from amparo.evidence.web.models import Item
from amparo.extract.web import actions
from amparo.extract.web.guards import of_item
from amparo.extract.web.queries import mark_of
from amparo.extract.web.queries.sheets import page_of_row
from amparo.matters.access import Verb

__all__ = ["pin"]

_MOST = 100


@require_POST
@of_item(Verb.ANNOTATE)
def pin(request: HttpRequest, item: Item) -> HttpResponse:
    """Pin the chosen rows of a sheet, and show the first one pinned."""
    sheet, note = request.POST.get("sheet", ""), request.POST.get("note", "")[:2000]
    numbers = wholes(request.POST.getlist("row")[:_MOST])
    pinpoints = [
        actions.pin_row(
            found[0], sheet=sheet, row=row, line=found[1], note=note, acting_user=person(request)
        )
        for row in sorted(numbers)
        if (found := page_of_row(item, sheet, row))
    ]
    if not pinpoints:
        raise UsageError("No row is chosen.", next_step="Choose rows, then pin them.")
    return redirect(mark_of(pinpoints[0]).address)
