"""The values of a finding: words, grids whose numbers open their records, pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from amparo.patterns.charts import Picture

__all__ = ["WITHHELD", "Cell", "Finding", "Grid", "shown"]

WITHHELD = "…"
"""Stands where a count is withheld, so that a blank never reads as zero."""

Behind = Callable[[], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a grid. None is withheld; ``digits`` are shown after the point of a number.

    ``behind`` gives the numbers of the records that it was counted from, counted from 1; None
    where it rests on no particular records, as a heading does.
    """

    value: str | int | float | None
    behind: Behind | None = None
    digits: int = 0

    @property
    def text(self) -> str:
        """The value as it is shown."""
        return shown(self.value, self.digits)

    @property
    def is_number(self) -> bool:
        """Whether it stands in a column of numbers."""
        return not isinstance(self.value, str)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a finding: a title, heads, and lines as wide as the heads; ``prose`` says that
    words stand in all of its columns."""

    title: str
    heads: tuple[str, ...]
    lines: tuple[tuple[Cell, ...], ...]
    note: str = ""
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a method says of a table.

    ``counted`` names the unit in the plural. ``says`` are sentences that hold; ``warnings`` are
    what must be read before a number is used; ``notes`` say how it was counted; ``python`` does
    the same in a notebook.
    """

    title: str
    counted: str
    says: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    pictures: tuple[Picture, ...] = ()
    python: str = ""

    def cell(self, grid: int, line: int, column: int) -> Cell:
        """A cell by its places counted from 0; IndexError where there is none."""
        if min(grid, line, column) < 0:
            raise IndexError("places count from 0")
        return self.grids[grid].lines[line][column]

    def numbers(self) -> Iterator[Cell]:
        """Every cell that opens its records."""
        for grid in self.grids:
            for line in grid.lines:
                yield from (cell for cell in line if cell.behind is not None)


def shown(value: str | int | float | None, digits: int = 0) -> str:
    """A value as text: a withheld one as its sign, a number with ``digits`` after its point."""
    if value is None:
        return WITHHELD
    if isinstance(value, float):
        return f"{value:.{digits}f}"
    return str(value)
