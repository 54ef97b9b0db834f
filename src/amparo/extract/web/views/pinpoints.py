"""Pinpoints: made from selected words or a drawn area, shown where they are, and withdrawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.base.errors import UsageError
from amparo.evidence.web.models import Item
from amparo.extract.web import actions
from amparo.extract.web.actions.pinpoints import note
from amparo.extract.web.forms import AreaForm, PassageForm
from amparo.extract.web.guards import of_item
from amparo.extract.web.models import PageText, Pinpoint
from amparo.extract.web.queries import mark_of, pinpoint_for
from amparo.matters.access import Verb
from amparo.matters.web.access import knows
from amparo.matters.web.guards import of_what

__all__ = ["make", "make_area", "show", "withdraw", "write_note"]


@require_safe
@of_what(pinpoint_for, Verb.VIEW)
def show(request: HttpRequest, pinpoint: Pinpoint) -> HttpResponse:
    """Lead to the very place in its file; a withdrawn one is still found.

    An address may quote the passage, so who does not know sealed identities is led to its page.
    """
    address = mark_of(pinpoint).address
    if not knows(person(request), pinpoint):
        address = address.partition("#")[0]
    return redirect(address)


@require_POST
@of_item(Verb.ANNOTATE)
def make(request: HttpRequest, item: Item) -> HttpResponse:
    """Pin the selected words, and show them pinned."""
    wanted = _valid(PassageForm(request.POST))
    pinpoint = actions.pin(
        _page(item, wanted["page"], wanted["reading"]),
        start=wanted["start"],
        end=wanted["end"],
        note=wanted["note"],
        acting_user=person(request),
    )
    return redirect(mark_of(pinpoint).address)


@require_POST
@of_item(Verb.ANNOTATE)
def make_area(request: HttpRequest, item: Item) -> HttpResponse:
    """Pin a rectangle, and show it pinned."""
    wanted = _valid(AreaForm(request.POST))
    pinpoint = actions.pin_area(
        _page(item, wanted["page"]),
        box=(wanted["x0"], wanted["y0"], wanted["x1"], wanted["y1"]),
        note=wanted["note"],
        acting_user=person(request),
    )
    return redirect(mark_of(pinpoint).address)


@require_POST
@of_item(Verb.ANNOTATE)
def write_note(request: HttpRequest, item: Item, pin_pk: UUID) -> HttpResponse:
    """Add a note at a pinpoint, and show it there."""
    pinpoint = get_object_or_404(Pinpoint, pk=pin_pk, item=item)
    note(pinpoint, request.POST.get("text", ""), acting_user=person(request))
    return redirect(f"{mark_of(pinpoint).address.partition('#')[0]}#pin-{pinpoint.pk}")


@require_POST
@of_item(Verb.ANNOTATE)
def withdraw(request: HttpRequest, item: Item, pin_pk: UUID) -> HttpResponse:
    """Withdraw a pinpoint."""
    pinpoint = get_object_or_404(Pinpoint, pk=pin_pk, item=item)
    actions.withdraw(pinpoint, acting_user=person(request))
    return redirect("extract:item", item.pk)


def _page(item: Item, number: int, reading: UUID | None = None) -> PageText:
    """The page as it is shown, or as the reading that set the file to pages has it."""
    rows = PageText.objects.select_related("item__matter", "reading").filter(item=item)
    rows = rows.filter(reading=reading) if reading else rows.filter(is_current=True)
    return get_object_or_404(rows, number=number)


def _valid(form: Form) -> dict[str, Any]:
    if not form.is_valid():
        raise UsageError("What was selected did not arrive whole.", next_step="Select it again.")
    return form.cleaned_data
