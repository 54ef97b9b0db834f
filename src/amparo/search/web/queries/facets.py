"""How what was found divides: by matter, kind, language, year and tag, with what is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from amparo.base.folding import fold
from amparo.search.address import year_of
from amparo.search.facets import count_facets
from amparo.search.kinds import KINDS, kind_number
from amparo.search.results import Count, Facets
from amparo.search.web import tables
from amparo.search.web.retrieval import Found, Search

__all__ = ["facets_of"]

Value = TypeVar("Value")

_MOST_VALUES = 30


def facets_of(search: Search, found: Found) -> Facets:
    """The counts of each value, those of one facet as if nothing were chosen of it."""
    counts = count_facets(found.groups, search.selection)
    selection = search.selection
    languages = tables.language_codes()
    kinds = {kind_number(kind): kind for kind in KINDS}
    return Facets(
        matters=_of_matters(counts["matter"], search),
        kinds=_counts(counts["kind"], selection.kind, kinds),
        languages=_counts(counts["language"], selection.language, {0: "", **languages}),
        years=_years(counts["year"], selection.year),
        tags=_tags(found.tags, selection.tags),
    )


def _of_matters(counted: Counter[int], search: Search) -> tuple[Count[UUID], ...]:
    """The editions of a matter count as one."""
    first: dict[UUID, int] = {}
    for number in sorted(search.matters):
        first.setdefault(search.matters[number], number)
    one = {number: first[matter] for number, matter in search.matters.items()}
    together: Counter[int] = Counter()
    for number, count in counted.items():
        together[one.get(number, number)] += count
    chosen = frozenset(one.get(number, number) for number in search.selection.matter)
    return _counts(together, chosen, search.matters)


def _counts(
    counted: Counter[int], chosen: frozenset[int], values: Mapping[int, Value]
) -> tuple[Count[Value], ...]:
    numbers = [*counted, *(number for number in chosen if number not in counted)]
    ordered = sorted(numbers, key=lambda number: (-counted[number], number))
    return tuple(
        Count(values[number], counted[number], number in chosen)
        for number in ordered[:_MOST_VALUES]
        if number in values
    )


def _years(counted: Counter[int], chosen: frozenset[int]) -> tuple[Count[int | None], ...]:
    years = sorted({*counted, *chosen}, reverse=True)
    return tuple(Count(year_of(year), counted[year], year in chosen) for year in years)


def _tags(counted: Counter[str], chosen: frozenset[str]) -> tuple[Count[str], ...]:
    """Counted among the best results only: a tag is put on by hand, so they are few."""
    return tuple(
        Count(tag, number, fold(tag) in chosen) for tag, number in counted.most_common(_MOST_VALUES)
    )
