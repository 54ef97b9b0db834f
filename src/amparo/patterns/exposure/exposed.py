"""Counts of acts by unit: its own, and those of the units that stood under it at that time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from amparo.base import dates
from amparo.base.errors import UsageError
from amparo.patterns.exposure.chain import Chain
from amparo.patterns.tables import Records
from amparo.patterns.tables.records import Codes
from amparo.patterns.tables.units import Unit
from amparo.patterns.tables.units import unit as unit_named

__all__ = ["Exposed", "Line", "exposed"]

_ALWAYS = (date.min, date.max)


@dataclass(frozen=True, slots=True)
class Line:
    """A unit: the records that name it, those of units surely under it then, and those of units
    that were perhaps under it. A record is in one of the three only."""

    unit: str
    own: tuple[int, ...]
    under: tuple[int, ...]
    perhaps: tuple[int, ...]
    counts: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Exposed:
    """Lines, the most exposed first. ``unknown`` are units that the chain does not know, with their
    records; ``nobody`` the records that name no unit, ``undated`` those without a date."""

    counted: Unit
    lines: tuple[Line, ...]
    unknown: tuple[tuple[str, tuple[int, ...]], ...]
    nobody: tuple[int, ...]
    undated: tuple[int, ...]


def exposed(
    records: Records, chain: Chain, *, unit: str, when: str = "", counted: str = "act"
) -> Exposed:
    """Count ``counted`` by the column ``unit`` and up the chain. Without a date a record counts
    upward as "perhaps" where the chain changed, since it may have been at any time."""
    named = records.column(unit)
    told = unit_named(counted)
    column = told.column_in(tuple(records.columns))
    who = records.columns[column].codes if column else None
    days = records.column(when) if when else None
    found: dict[str, tuple[list[int], list[int], list[int]]] = defaultdict(lambda: ([], [], []))
    nobody, undated = [], []
    for row in range(len(records)):
        name = named.word(row)
        if name is None:
            nobody.append(row + 1)
            continue
        span = _span(days.word(row) if days else None)
        if span is None:
            undated.append(row + 1)
        found[name][0].append(row + 1)
        for higher, sure in chain.above(name, *(span or _ALWAYS)).items():
            if higher != name:
                found[higher][1 if sure else 2].append(row + 1)
    known = set(chain.posts) | {post.above for posts in chain.posts.values() for post in posts}
    lines = [
        Line(name, tuple(own), tuple(under), tuple(perhaps), _counts((own, under, perhaps), who))
        for name, (own, under, perhaps) in found.items()
    ]
    return Exposed(
        counted=told,
        lines=tuple(sorted(lines, key=lambda line: (-sum(line.counts[:2]), line.unit))),
        unknown=tuple((name, tuple(rows[0])) for name, rows in found.items() if name not in known),
        nobody=tuple(nobody),
        undated=tuple(undated),
    )


def _counts(
    rows: tuple[list[int], list[int], list[int]], who: Codes | None
) -> tuple[int, int, int]:
    """How many of the unit each list of records holds."""
    if who is None:
        return len(rows[0]), len(rows[1]), len(rows[2])
    codes = [{int(who[row - 1]) for row in each} - {-1} for each in rows]
    return len(codes[0]), len(codes[1]), len(codes[2])


def _span(word: str | None) -> tuple[date, date] | None:
    if word is None:
        return None
    try:
        told = dates.from_person(word)
    except UsageError:
        return None
    if told.earliest is None or told.latest is None:
        return None
    return told.earliest, told.latest
