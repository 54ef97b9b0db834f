"""Facets: how many of the results are of which matter, kind, language, year and tag.

The counts of a facet leave its own choice out, so that one can see what choosing more would add;
they heed every other choice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from amparo.search.address import Group

__all__ = ["FACETS", "FacetName", "Selection", "count_facets", "count_selected"]

FacetName = Literal["matter", "kind", "language", "year"]
FACETS: tuple[FacetName, ...] = ("matter", "kind", "language", "year")


@dataclass(frozen=True, slots=True)
class Selection:
    """What a person has chosen, as numbers of the index; an empty set means no choice.

    ``years`` holds 0 for passages without a date.
    """

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


def _value(group: Group, facet: FacetName) -> int:
    values: dict[FacetName, int] = {
        "matter": group.matter,
        "kind": group.kind,
        "language": group.language,
        "year": group.year or 0,
    }
    return values[facet]


def _misses(group: Group, selection: Selection) -> list[FacetName]:
    return [
        facet
        for facet in FACETS
        if selection.chosen(facet) and _value(group, facet) not in selection.chosen(facet)
    ]


def count_facets(groups: Mapping[int, int], selection: Selection) -> dict[FacetName, Counter[int]]:
    """Count each facet's values over groups of results (packed group: number of passages)."""
    counts: dict[FacetName, Counter[int]] = {facet: Counter() for facet in FACETS}
    for packed, number in groups.items():
        group = Group.unpack(packed)
        misses = _misses(group, selection)
        for facet in FACETS:
            if not misses or misses == [facet]:
                counts[facet][_value(group, facet)] += number
    return counts


def count_selected(groups: Mapping[int, int], selection: Selection) -> int:
    """Count the results that satisfy every choice."""
    return sum(
        number for packed, number in groups.items() if not _misses(Group.unpack(packed), selection)
    )
