"""Near-duplicates: of an item, side by side with one of them, and in groups for a matter."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.base.errors import UsageError
from amparo.base.numbers import whole
from amparo.base.web.htmx import by_htmx
from amparo.evidence.web.models import Item
from amparo.evidence.web.queries.caring import care_for, care_of
from amparo.extract.near.differences import LONGEST, compare
from amparo.extract.web.actions import is_drawable
from amparo.extract.web.actions.comparing import text_of, waiting
from amparo.extract.web.guards import of_item
from amparo.extract.web.queries import item_for
from amparo.extract.web.queries.alike import Alike, alike, distance_words, groups_of, how_alike
from amparo.extract.web.tasks import ask_to_compare
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter

__all__ = ["beside", "compare_now", "near", "near_matter"]

GROUPS_ON_A_PAGE = 20
MOST_OF_A_GROUP = 12
SHOWN_BESIDE = 5


@dataclass(frozen=True, slots=True)
class Side:
    """One of two items side by side: which page of it is shown, and whether as pixels."""

    item: Item
    page: int
    is_drawn: bool

    @property
    def last(self) -> int:
        """Its last page."""
        return self.item.page_count or 1


@require_safe
@of_item(Verb.VIEW)
def near(request: HttpRequest, item: Item) -> HttpResponse:
    """The near-duplicates of an item, with one of them beside it; the list alone for htmx."""
    found = alike(item)
    context: dict[str, object] = {
        "item": item,
        "matter": item.matter,
        "tab": "evidence",
        "verbs": verbs_of(person(request), item),
        "found": found,
        "is_compared": hasattr(item, "compared"),
    }
    if by_htmx(request):
        return render(
            request, "extract/parts/near.html", {**context, "found": found[:SHOWN_BESIDE]}
        )
    other = _other(request, item, found)
    if other is not None:
        context |= _beside(request, item, other) | {"is_shown": "show" in request.GET}
    return render(request, "extract/near.html", context)


@require_safe
@of_matter(Verb.VIEW)
def near_matter(request: HttpRequest, matter: Matter) -> HttpResponse:
    """The groups of near-duplicates in a matter."""
    page = Paginator(groups_of(matter), GROUPS_ON_A_PAGE).get_page(request.GET.get("page"))
    shown = [pk for group in page for pk in group[:MOST_OF_A_GROUP]]
    items = Item.objects.filter(matter=matter).select_related("object").in_bulk(shown)
    care = care_for(list(items.values()))
    groups = [
        {
            "first": group[0],
            "items": [(items[pk], care.get(pk)) for pk in group[:MOST_OF_A_GROUP] if pk in items],
            "count": len(group),
            "more": max(0, len(group) - MOST_OF_A_GROUP),
        }
        for group in page
    ]
    context = {
        "matter": matter,
        "tab": "evidence",
        "verbs": verbs_of(person(request), matter),
        "page": page,
        "groups": groups,
        "waiting": waiting(matter).count(),
    }
    return render(request, "extract/near_matter.html", context)


@require_POST
@of_matter(Verb.ADD)
def compare_now(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Compare what was not compared yet, in the background."""
    ask_to_compare(matter, user=person(request))
    messages.success(request, _("The files are compared in the background."))
    return redirect("extract:near-matter", matter.pk)


@require_POST
@of_matter(Verb.VIEW)
def beside(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Show the two items that were selected side by side."""
    chosen = request.POST.getlist("item")
    if len(chosen) != 2:
        raise UsageError(
            _("Two files are compared, and %(count)s are selected.") % {"count": len(chosen)},
            next_step=_("Go back and select two."),
        )
    try:
        found = Item.objects.filter(matter=matter).in_bulk([UUID(each) for each in chosen])
        one, other = (found[UUID(each)] for each in chosen)
    except (ValueError, KeyError) as error:
        raise Http404 from error
    return redirect(f"{reverse('extract:near', args=[one.pk])}?with={other.pk}")


def _other(request: HttpRequest, item: Item, found: list[Alike]) -> Alike | None:
    """The one asked for, or the nearest; one that nothing says is alike is shown all the same."""
    asked = request.GET.get("with", "")
    if not asked:
        return found[0] if found else None
    try:
        other = item_for(person(request), UUID(asked))
    except ValueError as error:
        raise Http404 from error
    if other.matter_id != item.matter_id or other.pk == item.pk:
        raise Http404
    return how_alike(item, other) or Alike(other, "other", 0.0)


def _beside(request: HttpRequest, item: Item, other: Alike) -> dict[str, object]:
    one, two = text_of(item), text_of(other.item)
    sides = [
        _side(item, request.GET.get("page"), other.own_page),
        _side(other.item, request.GET.get("beside"), other.other_page),
    ]
    return {
        "care": care_of(item) or care_of(other.item),
        "other": other,
        "words": distance_words(other.kind, other.distance) if other.kind != "other" else "",
        "sides": sides,
        "earlier": _moved(other, sides, -1),
        "later": _moved(other, sides, 1),
        "stretches": list(compare(one, two)) if one.strip() and two.strip() else [],
        "longest": LONGEST,
        "is_cut": max(len(one.split()), len(two.split())) > LONGEST,
    }


def _side(item: Item, asked: str | None, otherwise: int) -> Side:
    last = item.page_count or 1
    is_drawn = is_drawable(item.media_type) and bool(item.page_count)
    return Side(item, max(1, min(whole(asked, otherwise), last)), is_drawn)


def _moved(other: Alike, sides: list[Side], step: int) -> str:
    """The address with both sides moved by a page; "" when neither can be."""
    pages = [max(1, min(side.page + step, side.last)) for side in sides]
    if pages == [side.page for side in sides]:
        return ""
    return "?" + urlencode({"with": other.item.pk, "page": pages[0], "beside": pages[1]})
