"""Suggested tags: of an item in its margin, of a matter on a page; accepted or rejected."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.base.numbers import whole
from amparo.evidence.web.models import Item
from amparo.extract.web.actions.suggesting import accept, reject
from amparo.extract.web.guards import of_item
from amparo.extract.web.models.suggested import LookedThrough, Suggestion
from amparo.extract.web.queries.suggestions import (
    not_looked_through,
    open_in,
    open_of,
    passages,
    values_of,
)
from amparo.extract.web.tasks import ask_to_look_through
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter

__all__ = ["decide", "decide_in_matter", "item_panel", "look", "look_in_matter", "of_a_matter"]

IN_MARGIN = 40
ON_A_PAGE = 50


def item_panel(request: HttpRequest, item: Item) -> SafeString | None:
    """The suggestions of an item, or the button that looks for them; nothing without text."""
    verbs = verbs_of(person(request), item)
    rows = passages(list(open_of(item)[:IN_MARGIN]))
    may = "annotate" in verbs and item.pages.filter(is_current=True).exists()
    if not rows and not may:
        return None
    context = {
        "item": item,
        "verbs": verbs,
        "rows": rows,
        "looked": LookedThrough.objects.filter(item=item).first(),
        "total": open_of(item).count(),
    }
    return render_to_string("extract/parts/suggestions.html", context, request)


@require_POST
@of_item(Verb.ANNOTATE)
def look(request: HttpRequest, item: Item) -> HttpResponse:
    """Look for suggestions in the item in the background."""
    ask_to_look_through(item.matter, [item], user=person(request))
    messages.success(request, _("It is being looked through. Look again in a moment."))
    return redirect("extract:item", item.pk)


@require_POST
@of_item(Verb.ANNOTATE)
def decide(request: HttpRequest, item: Item) -> HttpResponse:
    """Accept or reject one suggestion of the item."""
    row, accepted = _chosen(request)
    wanted = open_of(item).filter(pk=row) if row else open_of(item).none()
    _carry_out(request, list(wanted.select_related("item__matter")), accepted=accepted)
    return redirect(reverse("extract:item", args=[item.pk]) + "#suggestions")


@require_safe
@of_matter(Verb.VIEW)
def of_a_matter(request: HttpRequest, matter: Matter) -> HttpResponse:
    """The suggestions in a matter, value by value, those in most files first."""
    kind = request.GET.get("kind", "")
    at = max(1, whole(request.GET.get("page"), 1))
    total, values = values_of(matter, kind, first=(at - 1) * ON_A_PAGE, count=ON_A_PAGE)
    context = {
        "matter": matter,
        "tab": "evidence",
        "verbs": verbs_of(person(request), matter),
        "values": values,
        "kind": kind,
        "kinds": Suggestion.Kind.choices,
        "total": total,
        "page": Paginator(range(total), ON_A_PAGE).get_page(at),
        "waiting": not_looked_through(matter).count(),
    }
    return render(request, "extract/suggestions.html", context)


@require_POST
@of_matter(Verb.ANNOTATE)
def look_in_matter(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Look through every file of the matter that was not looked through yet."""
    ask_to_look_through(matter, [], user=person(request))
    messages.success(request, _("The files are being looked through. Look again in a moment."))
    return redirect("extract:suggestions", matter.pk)


@require_POST
@of_matter(Verb.ANNOTATE)
def decide_in_matter(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Accept or reject chosen values, in every file where they are suggested."""
    accepted = request.POST.get("do") == "accept"
    rows: list[Suggestion] = []
    for chosen in request.POST.getlist("value")[:ON_A_PAGE]:
        kind, _sign, value = chosen.partition(":")
        rows += open_in(matter).filter(kind=kind, value=value).select_related("item__matter")
    _carry_out(request, rows, accepted=accepted)
    return redirect("extract:suggestions", matter.pk)


def _chosen(request: HttpRequest) -> tuple[str, bool]:
    """Which suggestion, and whether it is accepted."""
    accepted = request.POST.get("accept", "")
    return accepted or request.POST.get("reject", ""), bool(accepted)


def _carry_out(request: HttpRequest, rows: list[Suggestion], *, accepted: bool) -> None:
    if accepted:
        count = accept(rows, acting_user=person(request))
        told = ngettext("%(count)s tag is set.", "%(count)s tags are set.", count)
    else:
        count = reject(rows, acting_user=person(request))
        told = ngettext(
            "%(count)s suggestion is rejected.", "%(count)s suggestions are rejected.", count
        )
    messages.success(request, told % {"count": count})
