"""Messages of a conversation: chosen ones become pinpoints."""

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
from amparo.extract.web.queries.conversations import messages_of
from amparo.matters.access import Verb

__all__ = ["pin"]

_MOST = 100


@require_POST
@of_item(Verb.ANNOTATE)
def pin(request: HttpRequest, item: Item) -> HttpResponse:
    """Pin the chosen messages, each with its time and sender, and show the first one pinned."""
    numbers = wholes(request.POST.getlist("message")[:_MOST])
    rows = messages_of(item).filter(number__in=numbers).select_related("page__reading")
    pinpoints = [
        actions.pin(
            row.page,
            start=row.start,
            end=row.end,
            note=request.POST.get("note", "")[:2000],
            acting_user=person(request),
        )
        for row in rows.order_by("number")
    ]
    if not pinpoints:
        raise UsageError("No message is chosen.", next_step="Choose messages, then pin them.")
    return redirect(mark_of(pinpoints[0]).address)
