"""Collections of a matter's files, and the journal of sorting with its way back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.evidence.web.actions.collecting import (
    collect,
    describe_collection,
    remove_collection,
    take_back,
    uncollect,
)
from amparo.evidence.web.models import Collection, Item, SortingStep
from amparo.evidence.web.queries.sorting import collected_in, collections_of, journal_of
from amparo.evidence.web.views.selected import back_to, selected
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter

__all__ = ["collections", "describe", "gather", "item_panel", "journal", "remove", "undo"]

ON_A_PAGE = 50


@require_safe
@of_matter(Verb.VIEW)
def collections(request: HttpRequest, matter: Matter) -> HttpResponse:
    """The matter's collections."""
    context = {
        "matter": matter,
        "tab": "evidence",
        "verbs": verbs_of(person(request), matter),
        "collections": collections_of(matter),
    }
    return render(request, "evidence/collections.html", context)


@require_POST
@of_matter(Verb.ANNOTATE)
def gather(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Put the selected items into a collection, or take them out of it."""
    chosen, name = selected(request), request.POST.get("collection", "")
    if request.POST.get("do") == "uncollect":
        count = uncollect(matter, chosen, name, acting_user=person(request))
        told = ngettext(
            "%(count)s file is out of the collection.",
            "%(count)s files are out of the collection.",
            count,
        )
    else:
        count = collect(matter, chosen, name, acting_user=person(request))
        told = ngettext(
            "%(count)s file is in the collection now.",
            "%(count)s files are in the collection now.",
            count,
        )
    messages.success(request, told % {"count": count})
    return redirect(back_to(request, matter))


@require_POST
@of_matter(Verb.ANNOTATE)
def describe(request: HttpRequest, matter: Matter, collection_pk: UUID) -> HttpResponse:
    """Name a collection anew, and say what it is for."""
    row = get_object_or_404(Collection, pk=collection_pk, matter=matter)
    name, purpose = request.POST.get("name", ""), request.POST.get("purpose", "")
    describe_collection(row, name=name, purpose=purpose, acting_user=person(request))
    messages.success(request, _("The collection is described anew."))
    return redirect("evidence:collections", matter.pk)


@require_POST
@of_matter(Verb.ANNOTATE)
def remove(request: HttpRequest, matter: Matter, collection_pk: UUID) -> HttpResponse:
    """Remove a collection that is empty."""
    row = get_object_or_404(Collection, pk=collection_pk, matter=matter)
    remove_collection(row, acting_user=person(request))
    messages.success(request, _("The collection is gone."))
    return redirect("evidence:collections", matter.pk)


@require_safe
@of_matter(Verb.VIEW)
def journal(request: HttpRequest, matter: Matter) -> HttpResponse:
    """What was done to many items at once, newest first."""
    page = Paginator(journal_of(matter), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "matter": matter,
        "tab": "evidence",
        "verbs": verbs_of(person(request), matter),
        "page": page,
    }
    return render(request, "evidence/journal.html", context)


@require_POST
@of_matter(Verb.ANNOTATE)
def undo(request: HttpRequest, matter: Matter, step_pk: UUID) -> HttpResponse:
    """Take a line of the journal back."""
    step = get_object_or_404(SortingStep, pk=step_pk, matter=matter)
    count = take_back(step, acting_user=person(request))
    told = ngettext(
        "Taken back: %(count)s file is as it was.",
        "Taken back: %(count)s files are as they were.",
        count,
    )
    messages.success(request, told % {"count": count})
    address = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return redirect(address)
    return redirect("evidence:journal", matter.pk)


def item_panel(request: HttpRequest, item: Item) -> SafeString | None:
    """The collections that an item is in, and a way into another; for pages that guard items."""
    verbs = verbs_of(person(request), item)
    mine = list(collected_in(item))
    if not mine and Verb.ANNOTATE not in verbs:
        return None
    context = {
        "item": item,
        "verbs": verbs,
        "collections": mine,
        "others": item.matter.collections.exclude(pk__in=[each.pk for each in mine]),
        "back": reverse("extract:item", args=[item.pk]),
    }
    return render_to_string("evidence/parts/collected.html", context, request)
