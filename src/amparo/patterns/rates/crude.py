"""Counts of a unit per so many people of a group, with the exact interval of the count."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from amparo.base.errors import UsageError
from amparo.base.folding import fold
from amparo.patterns.tables import CrossTable, Records, cross, rows_of
from amparo.patterns.tables.units import Unit
from amparo.patterns.trends.intervals import poisson_interval

__all__ = ["Rate", "Rates", "populations", "rates"]

_SPACES = re.compile(r"[\s\u00a0\u202f']")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
FEW = 20
"""Below so many counted, a rate jumps with every single one (US National Center for Health
Statistics, since 1964)."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A group's count, its people, and the rate ``per`` so many with its 95 % interval."""

    label: str
    count: int
    population: float
    rate: float
    lower: float
    upper: float

    @property
    def is_unstable(self) -> bool:
        """Whether too few were counted for the rate to be compared."""
        return self.count < FEW


@dataclass(frozen=True, slots=True)
class Rates:
    """Rates by group. ``without`` are counted groups whose people are not known, ``unseen`` those
    with people of whom nothing was documented and that stand at zero."""

    unit: Unit
    per: int
    rates: tuple[Rate, ...]
    without: tuple[tuple[str, int], ...]
    unseen: tuple[str, ...]
    table: CrossTable
    records: Records = field(repr=False, compare=False)

    def rows(self, label: str) -> list[int]:
        """The numbers of the records of a group, from 1."""
        return rows_of(self.records, self.table, label) if label in self.table.row_labels else []


def rates(
    records: Records,
    *,
    rows: str,
    population: Mapping[str, float],
    unit: str = "victim",
    per: int = 100_000,
) -> Rates:
    """Count ``unit`` by ``rows`` and divide by the people of each group.

    Groups are matched without regard to case and accents. UsageError where none of them has people.
    """
    table = cross(records, rows=rows, unit=unit)
    counted = {
        label: line[0] or 0 for label, line in zip(table.row_labels, table.counts, strict=True)
    }
    people = {fold(label): (label, number) for label, number in population.items()}
    found = {fold(label): (label, count) for label, count in counted.items()}
    if not set(people) & set(found):
        raise UsageError(
            f"No group of {rows} is in the table of people.",
            next_step="Its first column must name the groups as the table does.",
        )
    told = [
        _rate(found.get(key, (label, 0)), number, per) for key, (label, number) in people.items()
    ]
    return Rates(
        unit=table.unit,
        per=per,
        rates=tuple(sorted(told, key=lambda each: -each.rate)),
        without=tuple(pair for key, pair in found.items() if key not in people),
        unseen=tuple(label for key, (label, _) in people.items() if key not in found),
        table=table,
        records=records,
    )


def populations(records: Records, label: str, number: str) -> dict[str, float]:
    """People by group from a table. UsageError for a group twice, and for a number that is none."""
    labels, numbers = records.column(label), records.column(number)
    told: dict[str, float] = {}
    for row in range(len(records)):
        name, written = labels.word(row), numbers.word(row)
        if name is None or written is None:
            continue
        if name in told:
            raise UsageError(
                f"“{name}” stands twice in the table of people.",
                next_step="Give each group one row, or choose the column that tells them apart.",
            )
        told[name] = _number(written, name)
    return told


def _rate(found: tuple[str, int], people: float, per: int) -> Rate:
    label, count = found
    low, high = poisson_interval(count)
    each = per / people
    return Rate(label, count, people, count * each, low * each, high * each)


def _number(written: str, name: str) -> float:
    plain = _SPACES.sub("", written)
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "").replace(".", "")
    try:
        number = float(plain)
    except ValueError:
        number = 0.0
    if not 0 < number < 1e11:
        raise UsageError(
            f"The people of “{name}” are given as {written!r}, which is no number of people.",
            next_step="Write whole numbers above zero.",
        )
    return number
