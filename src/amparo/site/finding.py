"""Tell search what is around it: whose matters it may look in, and where an item is shown."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse

from amparo.accounts.web.guards import person
from amparo.accounts.web.models import User
from amparo.matters.sealing import CLEAR, Veil
from amparo.matters.web.access import verbs_of, visible_matters
from amparo.matters.web.models import Matter
from amparo.matters.web.veiling import in_view
from amparo.matters.web.veils import veil_for, veil_of, veils_for
from amparo.search.web.surroundings import Frame, MatterName, Surroundings, surround

__all__ = ["tell_search"]

VIEWS = {"evidence.item": "extract:item", "extract.translation": "extract:translation"}
"""For each source of passages: the view that shows one, given its id."""


def tell_search() -> None:
    """Give search its surroundings."""
    surround(Surroundings(matters=_matters, frame=_frame, address=_address, veil=_veil))


def _matters(user: User) -> Sequence[MatterName]:
    veils = veils_for(user)
    rows = visible_matters(user).values_list("id", "number", "title")
    return [_named(veils.get(pk, CLEAR), pk, number, title) for pk, number, title in rows]


def _named(veil: Veil, pk: UUID, number: str, title: str) -> MatterName:
    """A matter as someone with this veil over it calls it."""
    return MatterName(pk, number, veil.over(title), knows=not veil)


def _frame(request: HttpRequest, pk: UUID) -> Frame:
    matter: Matter = get_object_or_404(visible_matters(person(request)), pk=pk)
    context = {"matter": matter, "tab": "search", "verbs": verbs_of(person(request), matter)}
    in_view(request, matter)
    veil = veil_for(person(request), matter)
    name = _named(veil, matter.pk, matter.number, matter.title)
    return Frame("matters/matter_base.html", context, name)


def _veil(matter: UUID) -> Veil | None:
    return veil_of(matter) or None


def _address(source: str, source_id: str, page: int | None) -> str:
    try:
        url = reverse(VIEWS.get(source, source), args=[source_id])
    except NoReverseMatch:
        return ""
    return f"{url}#page={page}" if page else url
