"""Small cells are withheld in what becomes public, and enough others that nobody can work them out.

Primary suppression takes cells from 1 to ``below`` - 1, totals included. Secondary suppression then
asks, as an outsider would, how far each of them can be narrowed by subtraction (the least and the
greatest value that the shown cells and totals allow: linear programming), and withholds the
smallest other cell of its line until every small count could be ``below`` - 1 or more, and at least
three different values (L. Willenborg and T. de Waal, *Elements of Statistical Disclosure Control*,
2001, ch. 8; M. Fischetti and J. Salazar, *Mathematical Programming* 84, 1999, 283–312). Zero is
shown: it names nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from amparo.base.errors import UsageError
from amparo.patterns.tables.crossing import CrossTable

__all__ = ["outsiders", "suppress"]

MOST_SMALL = 400
_NEARLY = 1e-6
_FEWEST_VALUES = 3

Place = tuple[int, int]
"""Row and column; the row and the column behind the last are the totals."""

Counts = NDArray[np.int64]


def suppress(table: CrossTable, *, below: int = 5) -> CrossTable:
    """The table with every count from 1 to ``below`` - 1 withheld, and what would give it away.

    UsageError for a limit under 2, and for a table of so many small counts that hardly any could
    be shown.
    """
    if below < 2:
        raise UsageError("A limit under 2 withholds nothing.", next_step="Use 5 or more.")
    counts = _whole(table)
    small = {_place(at) for at in np.argwhere((counts > 0) & (counts < below))}
    if len(small) > MOST_SMALL:
        raise UsageError(
            f"{len(small)} counts are small; hardly any of this table could be shown.",
            next_step="Count by larger groups: years and not months, provinces and not towns.",
        )
    hidden, asked = set(small), set(small)
    while asked:
        bounds = _Bounds(counts.astype(float), hidden, added=_is_added(table))
        asked = {place for place in asked if _is_narrow(bounds.of(place), below)}
        more = _partners(counts, asked, hidden)
        if not more:
            break
        hidden |= more
    return _without(table, hidden, below)


def outsiders(table: CrossTable) -> Mapping[Place, tuple[float, float]]:
    """What an outsider can work out of a table with withheld cells: the least and the greatest
    value of each, by row and column; totals stand behind the last."""
    known = _known(table)
    hidden = {_place(at) for at in np.argwhere(np.isnan(known))}
    bounds = _Bounds(known, hidden, added=_is_added(table))
    return {place: bounds.of(place) for place in sorted(hidden)}


class _Bounds:
    """The linear program of an outsider: which values of the hidden cells agree with the shown."""

    def __init__(self, counts: NDArray[np.float64], hidden: set[Place], *, added: bool) -> None:
        self.places = sorted(hidden)
        number = {place: n for n, place in enumerate(self.places)}
        height, width = counts.shape
        equal: list[tuple[NDArray[np.float64], float]] = []
        self.most: list[tuple[NDArray[np.float64], float]] = []
        lines = [[(i, j) for j in range(width)] for i in range(height)]
        lines += [[(i, j) for i in range(height)] for j in range(width)]
        for line in lines:
            if not any(place in number for place in line):
                continue
            *cells, total = line
            row, known = np.zeros(len(number)), 0.0
            for place, sign in [*((cell, 1.0) for cell in cells), (total, -1.0)]:
                if place in number:
                    row[number[place]] += sign
                else:
                    known += sign * counts[place]
            if added:
                equal.append((row, -known))
                continue
            self.most.append((-row, known))  # the total is at most the sum of the cells
            for cell in cells:  # and at least each of them
                self._at_least(total, cell, counts, number)
        self.equal = equal

    def _at_least(
        self, total: Place, cell: Place, counts: NDArray[np.float64], number: Mapping[Place, int]
    ) -> None:
        row, known = np.zeros(len(number)), 0.0
        for place, sign in ((cell, 1.0), (total, -1.0)):
            if place in number:
                row[number[place]] += sign
            else:
                known += sign * counts[place]
        if row.any():
            self.most.append((row, -known))

    def of(self, place: Place) -> tuple[float, float]:
        """The least and the greatest value of a hidden cell; it is known to be at least 1."""
        goal = np.zeros(len(self.places))
        goal[self.places.index(place)] = 1.0
        return self._solve(goal), -self._solve(-goal)

    def _solve(self, goal: NDArray[np.float64]) -> float:
        from scipy.optimize import linprog

        found = linprog(
            goal,
            A_eq=np.array([row for row, _ in self.equal]) if self.equal else None,
            b_eq=np.array([value for _, value in self.equal]) if self.equal else None,
            A_ub=np.array([row for row, _ in self.most]) if self.most else None,
            b_ub=np.array([value for _, value in self.most]) if self.most else None,
            bounds=(1, None),
            method="highs",
        )
        return float(found.fun or 0.0) if found.status == 0 else -np.inf


def _is_narrow(bounds: tuple[float, float], below: int) -> bool:
    """Whether an outsider knows much more of a small count than that it is small."""
    low, high = bounds
    return high < below - 1 - _NEARLY or high - low < min(_FEWEST_VALUES, below - 1) - 1 - _NEARLY


def _partners(counts: Counts, known: set[Place], hidden: set[Place]) -> set[Place]:
    """One more cell for each that could be narrowed, unless its line has just lost one; where its
    lines have no other, the smallest of all. None when nothing is left to withhold."""
    more: set[Place] = set()
    for place in sorted(known):
        beside = _beside(counts, place)
        others = [at for at in beside - hidden if counts[at]]
        if others and not more & beside:
            more.add(min(others, key=lambda at: (_is_total(counts, at), counts[at], at)))
    left = [at for at in map(_place, np.argwhere(counts > 0)) if at not in hidden]
    if known and not more and left:
        more.add(min(left, key=lambda at: (_is_total(counts, at), counts[at], at)))
    return more


def _beside(counts: Counts, place: Place) -> set[Place]:
    """The other cells of a cell's row and column, totals included."""
    height, width = counts.shape
    row = {(place[0], j) for j in range(width)}
    return (row | {(i, place[1]) for i in range(height)}) - {place}


def _is_total(counts: Counts, at: Place) -> bool:
    height, width = counts.shape
    return bool(at[0] == height - 1 or at[1] == width - 1)


def _whole(table: CrossTable) -> Counts:
    """Counts with the totals behind the last row and column."""
    inner = np.array([[count or 0 for count in line] for line in table.counts], dtype=np.int64)
    inner = inner.reshape(len(table.row_labels), len(table.column_labels))
    right = np.array([total or 0 for total in table.row_totals], dtype=np.int64)
    below = np.array([*(total or 0 for total in table.column_totals), table.total or 0])
    return np.vstack([np.column_stack([inner, right]), below]).astype(np.int64)


def _known(table: CrossTable) -> NDArray[np.float64]:
    """The same of a table in which some are withheld, those as NaN."""
    lines = [[*line, total] for line, total in zip(table.counts, table.row_totals, strict=True)]
    lines.append([*table.column_totals, table.total])
    return np.array([[np.nan if n is None else n for n in line] for line in lines], dtype=float)


def _is_added(table: CrossTable) -> bool:
    """Whether the cells add up to the totals, as an outsider reads below the table."""
    return not any("totals count each once" in note for note in table.notes)


def _without(table: CrossTable, hidden: set[Place], below: int) -> CrossTable:
    table = replace(table, notes=tuple(note for note in table.notes if not _tells_rows(note)))
    if not hidden:
        return table
    high, wide = len(table.row_labels), len(table.column_labels)
    note = f"Counts from 1 to {below - 1} are withheld, and others by which they could be found."
    return replace(
        table,
        counts=tuple(
            tuple(None if (i, j) in hidden else count for j, count in enumerate(line))
            for i, line in enumerate(table.counts)
        ),
        row_totals=_shown(table.row_totals, [(i, wide) for i in range(high)], hidden),
        column_totals=_shown(table.column_totals, [(high, j) for j in range(wide)], hidden),
        total=None if (high, wide) in hidden else table.total,
        notes=(*map(_discreet, table.notes), note),
    )


def _shown(
    totals: tuple[int | None, ...], places: list[Place], hidden: set[Place]
) -> tuple[int | None, ...]:
    return tuple(
        None if place in hidden else total for total, place in zip(totals, places, strict=True)
    )


def _place(at: NDArray[np.int64]) -> Place:
    return int(at[0]), int(at[1])


def _tells_rows(note: str) -> bool:
    """Whether a note says of how many rows something was not known, which may be very few."""
    return note.startswith(("Rows with words", "Rows that do not say"))


def _discreet(note: str) -> str:
    """A note without the sum of the cells, from which a withheld one could be found."""
    told, counted_once, _ = note.partition("totals count each once")
    return f"{told}{counted_once}." if counted_once else note
