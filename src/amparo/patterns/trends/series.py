"""A unit counted by year, quarter or month, every period in between included.

A date that says less than the period asks for is not put into one: "2021" has no month. Such dates
are counted beside the series and said aloud.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from amparo.base.errors import UsageError
from amparo.patterns.tables import CrossTable, Records, cross, rows_of
from amparo.patterns.tables.units import Unit

__all__ = ["STEPS", "Series", "series"]

STEPS = ("year", "quarter", "month")
MOST_PERIODS = 1_200
_PERIOD = re.compile(r"(-?\d{1,4})(?:-(?:Q([1-4])|(\d\d)))?")


@dataclass(frozen=True, slots=True)
class Series:
    """Counts of ``unit`` by period. ``left_out`` are the counts that belong to no one period.

    ``table`` is the cross-table they were taken from; ``rows`` opens a period.
    """

    unit: Unit
    by: str
    periods: tuple[str, ...]
    counts: tuple[int, ...]
    left_out: Mapping[str, int]
    table: CrossTable
    records: Records = field(repr=False, compare=False)

    def rows(self, label: str) -> list[int]:
        """The numbers of the records of a period, or of what was left out, from 1."""
        if label not in self.table.row_labels:
            return []
        return rows_of(self.records, self.table, label)


def series(records: Records, *, by: str = "year", unit: str = "act") -> Series:
    """Count ``unit`` by period; ``by`` is a step or a column and its step, as ``arrested:month``.

    UsageError where no date can be read, and where the first and the last lie too far apart.
    """
    step = by.rpartition(":")[2]
    if step not in STEPS:
        raise UsageError(f"{by!r} is no way to part time.", next_step=f"Choose {', '.join(STEPS)}.")
    table = cross(records, rows=by, unit=unit)
    told = dict(zip(table.row_labels, (line[0] or 0 for line in table.counts), strict=True))
    dated = {_place(label, step): n for label, n in told.items() if _PERIOD.fullmatch(label)}
    left_out = {label: n for label, n in told.items() if not _PERIOD.fullmatch(label)}
    if not dated:
        raise UsageError(
            f"No date of this table says its {step}.",
            next_step="Choose a longer period, or another column of dates.",
        )
    first, last = min(dated), max(dated)
    if last - first >= MOST_PERIODS:
        raise UsageError(
            f"From {_label(first, step)} to {_label(last, step)} there are more than "
            f"{MOST_PERIODS} periods.",
            next_step="Look at the first and the last date: one may be mistyped.",
        )
    places = range(first, last + 1)
    return Series(
        unit=table.unit,
        by=by,
        periods=tuple(_label(place, step) for place in places),
        counts=tuple(dated.get(place, 0) for place in places),
        left_out=left_out,
        table=table,
        records=records,
    )


def _place(label: str, step: str) -> int:
    """A period's place on the line of all periods of its step."""
    match = _PERIOD.fullmatch(label)
    if match is None:
        raise ValueError(label)
    year, quarter, month = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    return {"year": year, "quarter": 4 * year + quarter - 1, "month": 12 * year + month - 1}[step]


def _label(place: int, step: str) -> str:
    if step == "year":
        return str(place)
    year, rest = divmod(place, 4 if step == "quarter" else 12)
    return f"{year}-Q{rest + 1}" if step == "quarter" else f"{year}-{rest + 1:02}"
