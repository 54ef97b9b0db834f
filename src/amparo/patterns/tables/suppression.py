"""Small cells are withheld in what becomes public, and enough others that nobody can work them out.

Primary suppression takes cells from 1 to ``below`` - 1; secondary suppression takes, in each line
with exactly one withheld cell, its smallest other one, until every line with a withheld cell has at
least two or none (L. Willenborg and T. de Waal, *Elements of Statistical Disclosure Control*, 2001,
ch. 8). Zero is shown: it names nobody.
"""

from __future__ import annotations

from dataclasses import replace

from amparo.base.errors import UsageError
from amparo.patterns.tables.crossing import CrossTable

__all__ = ["suppress"]


def suppress(table: CrossTable, *, below: int = 5) -> CrossTable:
    """The table with every count from 1 to ``below`` - 1 withheld, and what would give it away.

    A total below the limit is withheld as well. UsageError for a limit under 2.
    """
    if below < 2:
        raise UsageError("A limit under 2 withholds nothing.", next_step="Use 5 or more.")
    counts = [list(line) for line in table.counts]
    hidden = {
        (i, j)
        for i, line in enumerate(counts)
        for j, count in enumerate(line)
        if count is not None and 0 < count < below
    }
    while more := _given_away(counts, hidden):
        hidden |= more
    shown = tuple(
        tuple(None if (i, j) in hidden else count for j, count in enumerate(line))
        for i, line in enumerate(counts)
    )
    note = f"Counts from 1 to {below - 1} are withheld, and others by which they could be found."
    return replace(
        table,
        counts=shown,
        row_totals=_totals(table.row_totals, below),
        column_totals=_totals(table.column_totals, below),
        total=table.total if table.total is None or table.total >= below else None,
        notes=(*table.notes, note) if hidden else table.notes,
    )


def _given_away(
    counts: list[list[int | None]], hidden: set[tuple[int, int]]
) -> set[tuple[int, int]]:
    """One more cell for each line in which a single withheld cell could be subtracted out."""
    height, width = len(counts), len(counts[0]) if counts else 0
    lines = [[(i, j) for j in range(width)] for i in range(height)]
    lines += [[(i, j) for i in range(height)] for j in range(width)]
    more: set[tuple[int, int]] = set()
    for line in lines:
        taken = [cell for cell in line if cell in hidden or cell in more]
        others = [cell for cell in line if cell not in taken and counts[cell[0]][cell[1]]]
        if len(taken) == 1 and others:
            more.add(min(others, key=lambda cell: counts[cell[0]][cell[1]] or 0))
    return more


def _totals(totals: tuple[int | None, ...], below: int) -> tuple[int | None, ...]:
    return tuple(None if t is not None and 0 < t < below else t for t in totals)
