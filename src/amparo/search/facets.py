"""Facets: how many of the results are of which matter, kind, language, year and tag.

The counts of a facet leave its own choice out, so that one can see what choosing more would add;
they heed every other choice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from amparo.search.address import PLACES

__all__ = ["FACETS", "FacetName", "Selection", "count_facets", "count_selected", "fitting"]

FacetName = Literal["matter", "kind", "language", "year"]
FACETS: tuple[FacetName, ...] = ("matter", "kind", "language", "year")


@dataclass(frozen=True, slots=True)
class Selection:
    """What a person has chosen, as numbers of the index; an empty set means no choice."""

    matter: frozenset[int] = frozenset()
    kind: frozenset[int] = frozenset()
    language: frozenset[int] = frozenset()
    year: frozenset[int] = frozenset()
    tags: frozenset[str] = field(default=frozenset())

    def chosen(self, facet: FacetName) -> frozenset[int]:
        """The numbers chosen for one facet."""
        choices: dict[FacetName, frozenset[int]] = {
            "matter": self.matter,
            "kind": self.kind,
            "language": self.language,
            "year": self.year,
        }
        return choices[facet]


def count_facets(groups: Mapping[int, int], selection: Selection) -> dict[FacetName, Counter[int]]:
    """Count each facet's values over groups of results (packed group: number of passages)."""
    if not any(selection.chosen(facet) for facet in FACETS):
        return {facet: _count(groups, facet) for facet in FACETS}
    return {facet: _count(fitting(groups, selection, besides=facet), facet) for facet in FACETS}


def count_selected(groups: Mapping[int, int], selection: Selection) -> int:
    """Count the results that satisfy every choice."""
    return sum(fitting(groups, selection).values())


def _count(groups: Mapping[int, int], facet: FacetName) -> Counter[int]:
    shift, mask = PLACES[facet]
    counts: dict[int, int] = {}
    for packed, number in groups.items():
        value = packed >> shift & mask
        counts[value] = counts.get(value, 0) + number
    return Counter(counts)


def fitting(
    groups: Mapping[int, int], selection: Selection, besides: FacetName | None = None
) -> Mapping[int, int]:
    """Return the groups that satisfy every choice, or every choice but one facet's."""
    for facet in FACETS:
        chosen = selection.chosen(facet)
        if chosen and facet != besides:
            shift, mask = PLACES[facet]
            groups = {g: number for g, number in groups.items() if g >> shift & mask in chosen}
    return groups
