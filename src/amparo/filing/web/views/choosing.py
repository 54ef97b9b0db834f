"""Choosing what goes into a bundle: from the matter's files, or as a CSV names it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.base.ids import read_ids
from amparo.base.web.forms import problems
from amparo.base.web.htmx import by_htmx
from amparo.evidence.web.models import Item
from amparo.evidence.web.queries import Filter, items_of
from amparo.extract.web.queries.translations import filed_beside
from amparo.filing.bundle.index import BadIndex, read_index
from amparo.filing.web.actions import ExhibitWords, add_items, set_exhibits
from amparo.filing.web.forms import FindForm, IndexForm
from amparo.filing.web.guards import of_bundle
from amparo.filing.web.models import Bundle
from amparo.filing.web.queries.bundles import find_items
from amparo.matters.access import Verb

__all__ = ["add", "choose", "import_index"]

FOUND_SHOWN = 100


@require_safe
@of_bundle(Verb.PRODUCE)
def choose(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    """The matter's files, to choose exhibits from; the list alone for htmx."""
    form = FindForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    rows = items_of(bundle.matter, Filter(text=text)).select_related("object", "parent")
    found = list(rows.order_by("path", "name", "pk")[: FOUND_SHOWN + 1])
    context = {
        "matter": bundle.matter,
        "tab": "bundles",
        "bundle": bundle,
        "form": form,
        "index_form": IndexForm(),
        "items": found[:FOUND_SHOWN],
        "there_are_more": len(found) > FOUND_SHOWN,
        "inside": set(bundle.exhibits.values_list("item_id", flat=True)),
        "has_translations": bool(filed_beside(items_of(bundle.matter))),
    }
    if by_htmx(request):
        return render(request, "filing/parts/choice.html", context)
    return render(request, "filing/choose.html", context)


@require_POST
@of_bundle(Verb.PRODUCE)
def add(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    """Put chosen files at the end of the bundle, in the order in which they were listed."""
    chosen = read_ids(request.POST.getlist("item"))
    rows = Item.objects.in_bulk(chosen)
    items = [rows[pk] for pk in chosen if pk in rows and rows[pk].matter_id == bundle.matter_id]
    if "translations" in request.POST:
        items = _with_translations(items)
    made = add_items(bundle, items, acting_user=person(request))
    told = ngettext("%(count)s exhibit is in.", "%(count)s exhibits are in.", len(made))
    messages.success(request, told % {"count": len(made)})
    return redirect("filing:bundle", bundle.pk)


@require_POST
@of_bundle(Verb.PRODUCE)
def import_index(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    """Add the exhibits that a CSV names, with what it says of them."""
    form = IndexForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, problems(form))
        return redirect("filing:choose", bundle.pk)
    try:
        rows = read_index(form.cleaned_data["index"])
        items = find_items(bundle.matter, rows)
        made = add_items(bundle, items, acting_user=person(request))
        said = {
            each.pk: ExhibitWords(row.tab, row.description, row.date.text if row.date else "")
            for each, row in zip(made, rows, strict=True)
        }
        set_exhibits(bundle, _before(bundle, said), acting_user=person(request))
    except BadIndex as error:
        for problem in error.problems[:20]:
            messages.error(request, str(problem))
        return redirect("filing:choose", bundle.pk)
    return redirect("filing:bundle", bundle.pk)


def _with_translations(items: list[Item]) -> list[Item]:
    """Each item and after it its certified translations, none of them twice."""
    beside = filed_beside(items)
    ordered = [each for item in items for each in (item, *beside.get(item.pk, ()))]
    return list({each.pk: each for each in ordered}.values())


def _before(bundle: Bundle, said: dict[UUID, ExhibitWords]) -> dict[UUID, ExhibitWords]:
    """All exhibits in order: those that were there as they are, then those that are said anew."""
    there = {
        row.pk: ExhibitWords(row.tab, row.description, row.date) for row in bundle.exhibits.all()
    }
    return {**there, **said}
