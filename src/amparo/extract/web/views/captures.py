"""Records of web archives: pinned from the page that was captured."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from amparo.accounts.web.guards import person
from amparo.base.numbers import whole
from amparo.evidence.web.models import Item
from amparo.extract.web.actions import pin_record
from amparo.extract.web.guards import of_item
from amparo.extract.web.models import PageText
from amparo.extract.web.queries import mark_of
from amparo.matters.access import Verb

__all__ = ["pin"]

_LONGEST_NOTE = 2000


@require_POST
@of_item(Verb.ANNOTATE)
def pin(request: HttpRequest, item: Item) -> HttpResponse:
    """Pin the record that the page was captured in, and show it pinned."""
    number = whole(request.POST.get("page"), 0)
    rows = PageText.objects.select_related("item__matter").filter(item=item, is_current=True)
    pinpoint = pin_record(
        get_object_or_404(rows, number=number),
        note=request.POST.get("note", "")[:_LONGEST_NOTE],
        acting_user=person(request),
    )
    return redirect(mark_of(pinpoint).address)
