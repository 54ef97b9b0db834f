"""Age heaping: do ages end in 0 and 5 more often than people are born?

Whipple's index and Myers' blended index as in H. Shryock and J. Siegel, *The Methods and Materials
of Demography* (1973), ch. 8; the words for Whipple's are those of the United Nations (*Demographic
Yearbook*). They were made for whole populations: victims are not one, so that a heap may be in
who was attacked and not in what was written down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from amparo.base.errors import UsageError
from amparo.patterns.tables import Records
from amparo.patterns.tables.parts import OLDEST, age_of

__all__ = ["Ages", "ages", "myers", "whipple"]

FEWEST = 100
_WHIPPLE_FROM, _WHIPPLE_TO = 23, 62
_MYERS_FROM, _MYERS_TO = 10, 89
_VERDICTS = (
    (105, "very exact"),
    (110, "fairly exact"),
    (125, "approximate"),
    (175, "rough"),
    (float("inf"), "very rough"),
)


@dataclass(frozen=True, slots=True)
class Ages:
    """What the ages of a column show. An index is None where too few ages lie in its range.

    ``last_digits`` are the counts of ages by their last digit, ``unread`` the cells that are no
    age, ``rows`` the records by last digit.
    """

    column: str
    stated: int
    unread: int
    whipple: float | None
    verdict: str
    myers: float | None
    last_digits: tuple[int, ...]
    rows: tuple[tuple[int, ...], ...]
    unread_rows: tuple[int, ...]

    @property
    def is_heaped(self) -> bool:
        """Whether either index says that ages were rounded."""
        return (self.whipple or 0) >= 125 or (self.myers or 0) >= 20


def ages(records: Records, column: str) -> Ages:
    """Look at the ages of a column. UsageError where none of its cells is an age."""
    cells = records.column(column)
    known = [age_of(word) for word in cells.words]
    by_word = np.array([-2 if age is None else age for age in known] + [-1], dtype=np.int64)
    each = by_word[cells.codes]
    told = np.bincount(each[each >= 0], minlength=OLDEST + 1)
    if not told.sum():
        raise UsageError(
            f"The column {column} holds no ages.", next_step="Choose the column of ages."
        )
    counts = {age: int(count) for age, count in enumerate(told) if count}
    one, verdict = _judged(counts)
    digits = [np.flatnonzero((each >= 0) & (each % 10 == digit)) + 1 for digit in range(10)]
    return Ages(
        column=column,
        stated=int(told.sum()),
        unread=int(np.count_nonzero(each == -2)),
        whipple=one,
        verdict=verdict,
        myers=myers(counts) if _between(counts, _MYERS_FROM, _MYERS_TO) >= FEWEST else None,
        last_digits=tuple(len(rows) for rows in digits),
        rows=tuple(tuple(map(int, rows)) for rows in digits),
        unread_rows=tuple(int(row) + 1 for row in np.flatnonzero(each == -2)),
    )


def whipple(counts: Mapping[int, int]) -> float:
    """Whipple's index of counts by age in years: 100 for no heaping on 0 and 5, 500 for nothing
    else. ZeroDivisionError without anyone from 23 to 62."""
    heaped = sum(n for age, n in counts.items() if 25 <= age <= 60 and age % 5 == 0)
    return 500 * heaped / _between(counts, _WHIPPLE_FROM, _WHIPPLE_TO)


def myers(counts: Mapping[int, int]) -> float:
    """Myers' blended index of counts by age: 0 for none, 90 where all ages end in one digit.

    It is half the sum of the distances of the ten blended shares from 10 %, over ages 10 to 89.
    """
    blended = np.zeros(10)
    for digit in range(10):
        first = sum(counts.get(age, 0) for age in range(_MYERS_FROM + digit, 90, 10))
        later = sum(counts.get(age, 0) for age in range(20 + digit, 90, 10))
        blended[digit] = (digit + 1) * first + (9 - digit) * later
    shares = 100 * blended / blended.sum()
    return float(np.abs(shares - 10).sum() / 2)


def _judged(counts: Mapping[int, int]) -> tuple[float | None, str]:
    if _between(counts, _WHIPPLE_FROM, _WHIPPLE_TO) < FEWEST:
        return None, ""
    index = whipple(counts)
    return index, next(word for limit, word in _VERDICTS if index < limit)


def _between(counts: Mapping[int, int], low: int, high: int) -> int:
    return sum(n for age, n in counts.items() if low <= age <= high)
