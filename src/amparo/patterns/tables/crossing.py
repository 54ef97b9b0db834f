"""The cross-table itself: counts by two columns, of one unit, each with its rows.

Totals are counted, not added: who stands in two cells is one in the total. What is not
stated is a line of its own, never left out and never shared among the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amparo.patterns.tables.records import Codes, Column, Records
from amparo.patterns.tables.units import Unit
from amparo.patterns.tables.units import unit as unit_named

__all__ = ["NOT_STATED", "CrossTable", "cross", "rows_of"]

NOT_STATED = "(not stated)"
"""The label of what the records do not say; "unknown" is what some of them do say."""

MOST_TICKS = 200_000_000
"""Up to how many pairs of group and person are ticked off in memory (a byte each)."""


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Counts by ``row_labels`` and ``column_labels``; ``counts[i][j]`` is None where withheld.

    ``columns`` is empty, and there is one column, when the table has rows only.
    """

    unit: Unit
    rows: str
    columns: str
    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None
    notes: tuple[str, ...] = ()

    def count(self, row: str, column: str) -> int | None:
        """The count at two labels; ValueError when there is no such label."""
        return self.counts[self.row_labels.index(row)][self.column_labels.index(column)]


def cross(records: Records, *, rows: str, columns: str = "", unit: str = "act") -> CrossTable:
    """Count ``unit`` by the column ``rows`` and, if given, by ``columns``.

    UsageError for a column that is not there and a unit that the table cannot count.
    """
    counted = unit_named(unit)
    down = _Side.of(records.column(rows))
    across = _Side.of(records.column(columns)) if columns else _Side.one(counted.many, len(records))
    told = counted.column_in(tuple(records.columns))
    if told:
        counts = _different(down, across, records.columns[told])
    else:
        counts = _all(down, across)
    notes = _notes(counted, told, counts, records.columns[told] if told else None)
    return _table(counted, rows, columns, (down, across), counts, notes)


def rows_of(records: Records, table: CrossTable, row: str, column: str = "") -> list[int]:
    """The numbers of the records behind a cell, from 1; every number opens its rows."""
    asked = {table.rows: row, **({table.columns: column} if table.columns and column else {})}
    inside = np.ones(len(records), dtype=bool)
    for name, label in asked.items():
        side = _Side.of(records.column(name))
        inside &= side.codes == side.labels.index(label)
    return [int(number) + 1 for number in np.flatnonzero(inside)]


@dataclass(frozen=True, slots=True)
class _Side:
    """The labels down a side of the table in their order, and each row's place among them."""

    labels: tuple[str, ...]
    codes: Codes

    @classmethod
    def of(cls, column: Column) -> _Side:
        used = np.bincount(column.codes + 1, minlength=len(column.words) + 1) > 0
        words = [word for word, there in zip(column.words, used[1:], strict=True) if there]
        labels = sorted(words, key=_order) + ([NOT_STATED] if used[0] else [])
        place = {label: number for number, label in enumerate(labels)}
        lookup = [place.get(NOT_STATED, -1), *(place.get(word, -1) for word in column.words)]
        return cls(tuple(labels), np.array(lookup, dtype=np.int64)[column.codes + 1])

    @classmethod
    def one(cls, label: str, length: int) -> _Side:
        return cls((label,), np.zeros(length, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class _Counts:
    """Counts of cells (rows by columns), of rows, of columns, of all."""

    cells: Codes
    rows: Codes
    columns: Codes
    total: int


def _all(down: _Side, across: _Side) -> _Counts:
    """Each row is one."""
    shape = (len(down.labels), len(across.labels))
    flat = np.bincount(down.codes * shape[1] + across.codes, minlength=shape[0] * shape[1])
    cells = flat.reshape(shape)
    return _Counts(cells, cells.sum(1), cells.sum(0), int(cells.sum()))


def _different(down: _Side, across: _Side, who: Column) -> _Counts:
    """Each different word of ``who`` is one: in a cell, in a row, in a column, in all."""
    stated = who.codes >= 0
    a, b, one = down.codes[stated], across.codes[stated], who.codes[stated]
    height, width, many = len(down.labels), len(across.labels), len(who.words)
    return _Counts(
        _distinct(a * width + b, height * width, one, many).reshape(height, width),
        _distinct(a, height, one, many),
        _distinct(b, width, one, many),
        int(np.count_nonzero(np.bincount(one, minlength=1))),
    )


def _distinct(groups: Codes, count: int, one: Codes, many: int) -> Codes:
    """How many different ``one`` each of ``count`` groups has: by ticking, or by sorting pairs."""
    if count * many <= MOST_TICKS:
        ticked = np.zeros(count * many, dtype=bool)
        ticked[groups * many + one] = True
        counted: Codes = ticked.reshape(count, many).sum(axis=1, dtype=np.int64)
        return counted
    pairs: Codes = np.unique(groups * many + one)
    return np.bincount(pairs // many, minlength=count).astype(np.int64)


def _table(
    counted: Unit,
    rows: str,
    columns: str,
    sides: tuple[_Side, _Side],
    counts: _Counts,
    notes: tuple[str, ...],
) -> CrossTable:
    return CrossTable(
        unit=counted,
        rows=rows,
        columns=columns,
        row_labels=sides[0].labels,
        column_labels=sides[1].labels,
        counts=tuple(tuple(map(int, line)) for line in counts.cells),
        row_totals=tuple(map(int, counts.rows)),
        column_totals=tuple(map(int, counts.columns)),
        total=counts.total,
        notes=notes,
    )


def _order(label: str) -> tuple[bool, float, str]:
    """Numbers by size before words by alphabet."""
    number = label.replace(".", "", 1).isdecimal()
    return (not number, float(label) if number else 0.0, label.casefold())


def _notes(counted: Unit, told: str | None, counts: _Counts, who: Column | None) -> tuple[str, ...]:
    notes = [
        f"Counted: {counted.many}, told apart by the column {told}."
        if told
        else f"Counted: {counted.many}, one a row."
    ]
    cells = int(counts.cells.sum())
    if cells > counts.total:
        notes.append(
            f"Some {counted.many} stand in several cells; totals count each once, so the cells "
            f"add up to {cells} and the total is {counts.total}."
        )
    nobody = int(np.count_nonzero(who.codes < 0)) if who else 0
    if nobody:
        notes.append(f"{nobody} rows name no {counted.one} and are in no count.")
    notes.append("These are counts of what was documented, not of what happened.")
    return tuple(notes)
