"""The cross-table itself: counts by two columns, of one unit, each with its rows.

Totals are counted, not added: who stands in two cells is one in the total. What is not
stated is a line of its own, never left out and never shared among the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amparo.patterns.rights import vocabulary
from amparo.patterns.tables.records import Codes, Column, Records
from amparo.patterns.tables.sides import Side, joined
from amparo.patterns.tables.touching import NOT_STATED, side_of
from amparo.patterns.tables.units import Unit
from amparo.patterns.tables.units import unit as unit_named

__all__ = ["NOT_STATED", "CrossTable", "cross", "rows_of"]

MOST_TICKS = 200_000_000
"""Up to how many pairs of group and person are ticked off in memory (a byte each)."""


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Counts by ``row_labels`` and ``column_labels``; ``counts[i][j]`` is None where withheld.

    ``columns`` is empty, and there is one column, when the table has rows only. ``read_as`` says
    how words were read, where rights or indicators were made of them.
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
    read_as: tuple[str, ...] = ()

    def count(self, row: str, column: str) -> int | None:
        """The count at two labels; ValueError when there is no such label."""
        return self.counts[self.row_labels.index(row)][self.column_labels.index(column)]


def cross(records: Records, *, rows: str, columns: str = "", unit: str = "act") -> CrossTable:
    """Count ``unit`` by the column ``rows`` and, if given, by ``columns``.

    ``right`` and ``sdg`` are made of a column of types of act (``touching``); one act then stands
    under each right that it touches.

    UsageError for a column that is not there and a unit that the table cannot count.
    """
    counted = unit_named(unit)
    down = Side.of(side_of(records, rows))
    across = Side.of(side_of(records, columns)) if columns else Side.one(counted.many, len(records))
    told = counted.column_in(tuple(records.columns))
    if told:
        counts = _different(down, across, records.columns[told])
    else:
        counts = _all(down, across)
    notes = _notes(counted, told, counts, records.columns[told] if told else None)
    notes = (
        notes[0],
        *dict.fromkeys((*down.notes, *across.notes)),
        *_of_indicators(counted, (down, across)),
        *notes[1:],
    )
    return _table(counted, rows, columns, (down, across), counts, notes)


def rows_of(records: Records, table: CrossTable, row: str, column: str = "") -> list[int]:
    """The numbers of the records behind a cell, from 1; every number opens its rows."""
    asked = {table.rows: row, **({table.columns: column} if table.columns and column else {})}
    inside = np.ones(len(records), dtype=bool)
    for name, label in asked.items():
        inside &= Side.of(side_of(records, name)).has(label)
    return [int(number) + 1 for number in np.flatnonzero(inside)]


@dataclass(frozen=True, slots=True)
class _Counts:
    """Counts of cells (rows by columns), of rows, of columns, of all."""

    cells: Codes
    rows: Codes
    columns: Codes
    total: int


def _all(down: Side, across: Side) -> _Counts:
    """Each row is one; under several labels of a side it is one in each, and one in all."""
    high, wide = len(down), len(across)
    flat = np.bincount(down.codes * wide + across.codes, minlength=high * wide)
    groups = flat.reshape(high, wide).astype(np.int64)
    return _Counts(
        across.spread(down.spread(groups).T).T,
        down.spread(groups.sum(1)),
        across.spread(groups.sum(0)),
        len(down.codes),
    )


def _different(down: Side, across: Side, who: Column) -> _Counts:
    """Each different word of ``who`` is one: in a cell, in a row, in a column, in all."""
    height, width, many = len(down.labels), len(across.labels), len(who.words)
    rows, a, b = joined(down, across)
    cells = _of_those(who, rows, a * width + b, height * width)
    return _Counts(
        cells.reshape(height, width),
        _of_those(who, *down.entries(), height),
        _of_those(who, *across.entries(), width),
        int(np.count_nonzero(np.bincount(who.codes[who.codes >= 0], minlength=many))),
    )


def _of_those(who: Column, rows: Codes, groups: Codes, count: int) -> Codes:
    """How many different words of ``who`` the rows of each group have."""
    one = who.codes[rows]
    stated = one >= 0
    return _distinct(groups[stated], count, one[stated], len(who.words))


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
    sides: tuple[Side, Side],
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
        read_as=tuple(dict.fromkeys((*sides[0].read_as, *sides[1].read_as))),
    )


def _of_indicators(counted: Unit, sides: tuple[Side, Side]) -> tuple[str, ...]:
    """That an indicator counts people, where the table counts something else."""
    codes = [
        x for side in sides for x in side.labels if side.read_as and x in vocabulary().indicators
    ]
    if not codes or counted.name == "victim":
        return ()
    many = counted.many
    return (f"An indicator counts victims; this table counts {many}, which is not its number.",)


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
