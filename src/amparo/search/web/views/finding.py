"""The search page: over everything that a person may see, and within one matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from amparo.accounts.web.guards import person
from amparo.base.numbers import whole
from amparo.base.web.typed import typed_before
from amparo.search.news import mark
from amparo.search.results import Hit, Results
from amparo.search.web.choices import asked_page, chips, chosen_in, facets_for, without_choices
from amparo.search.web.labels import date_label, kind_label, language_label
from amparo.search.web.models import SavedSearch
from amparo.search.web.queries import PER_PAGE, find, rewordings
from amparo.search.web.queries.saved import new_before, saved_by
from amparo.search.web.surroundings import MatterName, around

__all__ = ["everywhere", "in_matter"]

_PAGES_AROUND = 2


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit with what the page says about it."""

    hit: Hit
    url: str
    matter: str
    kind: str
    language: str
    date: str
    is_new: bool = False


@require_safe
def everywhere(request: HttpRequest) -> HttpResponse:
    """Search every matter that this person may see."""
    return _answer(request, around().matters(person(request)), {"frame": "base.html"})


@require_safe
def in_matter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Search one matter, within its frame."""
    frame = around().frame(request, pk)
    context = {"frame": frame.template, "one_matter": frame.matter, **frame.context}
    return _answer(request, [frame.matter], context)


def _answer(
    request: HttpRequest, matters: Sequence[MatterName], context: dict[str, Any]
) -> HttpResponse:
    part = getattr(request, "htmx", False)
    template = "search/part.html" if part else "search/search.html"
    response = render(request, template, {**_found(request, matters), **context})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _found(request: HttpRequest, matters: Sequence[MatterName]) -> dict[str, Any]:
    written = request.GET.get("q", "").strip()
    visible = {matter.id: matter for matter in matters}
    knowing = {matter.id for matter in matters if matter.knows}
    names = {matter.id: (matter.number, matter.title) for matter in matters}
    saved = _saved(request)
    before = new_before(saved) if saved else None
    results = find(
        written,
        matter_ids=visible,
        names=names,
        chosen=chosen_in(request.GET),
        page=asked_page(request.GET),
        knowing=knowing,
    )
    facets = facets_for(request.GET, results.facets, lambda matter: visible[matter].title)
    return {
        "q": written,
        "asked": bool(written) or bool(chosen_in(request.GET)),
        "results": results,
        "hits": [_shown(hit, visible[hit.matter_id], before) for hit in results.hits],
        "saved": saved,
        "to_save": _to_save(request),
        "notes": [gettext(note.sentence) % {"what": note.what} for note in results.notes],
        "facets": facets,
        "chips": chips(facets),
        "everything": without_choices(request.GET),
        "pages": _pages(results),
        "previous": results.page - 1,
        "next": results.page + 1 if results.page < results.pages else 0,
        "first_number": (results.page - 1) * PER_PAGE + 1,
        "rewordings": rewordings(written, matter_ids=visible, knowing=knowing)
        if not results.total
        else (),
    }


def _saved(request: HttpRequest) -> SavedSearch | None:
    """The person's saved search that the address names, if they opened one."""
    number = whole(request.GET.get("saved"), 0)
    found = saved_by(person(request)).filter(pk=number).first()
    if found:
        typed_before(request, found.title)
    return found


def _to_save(request: HttpRequest) -> str:
    """What the address asks for, without the number of the page."""
    asked = request.GET.copy()
    for name in ("page", "saved"):
        asked.pop(name, None)
    query = asked.urlencode()
    typed_before(request, query)
    return query


def _shown(hit: Hit, matter: MatterName, before: frozenset[bytes] | None) -> ShownHit:
    place = mark(hit.source, hit.source_id, hit.page)
    return ShownHit(
        hit,
        around().address(hit.source, hit.source_id, hit.page),
        matter.title,
        kind_label(hit.kind),
        language_label(hit.language) if hit.language else "",
        date_label(hit.date),
        is_new=before is not None and place not in before,
    )


def _pages(results: Results) -> list[int | None]:
    """The page numbers to show: first, last, those around; None for a gap."""
    near = range(results.page - _PAGES_AROUND, results.page + _PAGES_AROUND + 1)
    shown = [n for n in range(1, results.pages + 1) if n in (1, results.pages) or n in near]
    spaced: list[int | None] = []
    for number in shown:
        if spaced and spaced[-1] is not None and number - spaced[-1] > 1:
            spaced.append(None)
        spaced.append(number)
    return spaced
