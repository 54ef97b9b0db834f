"""Date heaping and how exact dates are: days that stand for "about then".

Days of the month are compared with how often the calendar has them in the months that the records
name, by Pearson's chi-square (K. Pearson, *Philosophical Magazine* 50, 1900, 157–175); weekdays
likewise with a seventh each.
"""

from __future__ import annotations

import calendar
from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np

from amparo.base import dates
from amparo.base.errors import UsageError
from amparo.patterns.tables import Records

__all__ = ["Days", "days"]

FEWEST = 100
_DAYS = 31
_EXACTNESS = ("day", "month", "year", "less exact", "not readable", "not stated")


@dataclass(frozen=True, slots=True)
class Days:
    """What the dates of a column show.

    ``exactness`` counts records by how exact their date is. ``heaps`` are the days of the month
    that come at least twice as often as the calendar has them, with how many there are, how many
    were to be expected, and the records. ``p_days`` and ``p_weekdays`` are chances of such an
    uneven spread; None where too few dates name a day.
    """

    column: str
    exactness: dict[str, int]
    rows: dict[str, tuple[int, ...]]
    by_day: tuple[int, ...]
    expected: tuple[float, ...]
    heaps: tuple[Heap, ...]
    by_weekday: tuple[int, ...]
    p_days: float | None
    p_weekdays: float | None


@dataclass(frozen=True, slots=True)
class Heap:
    """A day of the month with more records than there should be."""

    day: int
    count: int
    expected: float
    rows: tuple[int, ...]


def days(records: Records, column: str) -> Days:
    """Look at the dates of a column. UsageError where no cell of it is a date."""
    cells = records.column(column)
    read = [_read(word) for word in cells.words]
    kind = np.array([_EXACTNESS.index(each[0]) for each in read] + [len(_EXACTNESS) - 1])
    kinds = kind[cells.codes]
    rows = {
        name: tuple(int(row) + 1 for row in np.flatnonzero(kinds == number))
        for number, name in enumerate(_EXACTNESS)
    }
    if not any(rows[name] for name in _EXACTNESS[:4]):
        raise UsageError(
            f"The column {column} holds no dates.", next_step="Choose a column of dates."
        )
    exact = [(row, day) for row in rows["day"] if (day := read[int(cells.codes[row - 1])][1])]
    by_day, expected = _spread([day for _, day in exact])
    weekdays = np.bincount([day.weekday() for _, day in exact], minlength=7)
    enough = len(exact) >= FEWEST
    return Days(
        column=column,
        exactness={name: len(found) for name, found in rows.items()},
        rows=rows,
        by_day=tuple(map(int, by_day)),
        expected=tuple(map(float, expected)),
        heaps=_heaps(exact, by_day, expected) if enough else (),
        by_weekday=tuple(map(int, weekdays)),
        p_days=_chance(by_day, expected) if enough else None,
        p_weekdays=_chance(weekdays, np.full(7, len(exact) / 7)) if enough else None,
    )


def _read(word: str) -> tuple[str, date | None]:
    """How exact a date is, and its day if it names one."""
    try:
        told = dates.from_person(word)
    except UsageError:
        return "not readable", None
    first, last = told.earliest, told.latest
    if first is None or last is None:
        return "less exact", None
    if first == last:
        return "day", first
    if (first.year, first.month) == (last.year, last.month):
        return "month", None
    return ("year", None) if first.year == last.year else ("less exact", None)


def _spread(found: list[date]) -> tuple[np.ndarray, np.ndarray]:
    """Counts by day of the month, and what an even spread over the same months would give."""
    by_day = np.bincount([day.day for day in found], minlength=_DAYS + 1)[1:]
    expected = np.zeros(_DAYS)
    for (year, month), count in Counter((day.year, day.month) for day in found).items():
        length = calendar.monthrange(year, month)[1]
        expected[:length] += count / length
    return by_day, expected


def _heaps(
    exact: list[tuple[int, date]], by_day: np.ndarray, expected: np.ndarray
) -> tuple[Heap, ...]:
    """Days at least twice as full as expected, and by more than three standard deviations."""
    found = []
    for place, (count, due) in enumerate(zip(by_day, expected, strict=True)):
        if count >= 2 * due and count - due > 3 * np.sqrt(due):
            rows = tuple(row for row, day in exact if day.day == place + 1)
            found.append(Heap(place + 1, int(count), float(due), rows))
    return tuple(sorted(found, key=lambda heap: heap.expected - heap.count))


def _chance(seen: np.ndarray, expected: np.ndarray) -> float:
    from scipy.special import chdtrc

    there = expected > 0
    apart = ((seen[there] - expected[there]) ** 2 / expected[there]).sum()
    return float(chdtrc(int(there.sum()) - 1, apart))
