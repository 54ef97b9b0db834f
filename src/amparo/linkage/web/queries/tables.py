"""A matter's table as a sheet to be linked."""

from __future__ import annotations

from uuid import UUID

from amparo.base.errors import UsageError
from amparo.extract.web.queries.tables import lines_of
from amparo.linkage.records.sheets import Sheet, from_rows

__all__ = ["MOST_ROWS", "sheet_of"]

MOST_ROWS = 100_000
"""So many rows are linked by pages; larger tables by the command line."""


def sheet_of(item: UUID, sheet: str, name: str) -> tuple[Sheet, list[int], list[int]]:
    """A table as a sheet, and for each of its records the row and the page of the file."""
    lines = lines_of(item, sheet)
    head = next(lines, None)
    if head is None:
        raise UsageError("This file has no such table.", next_step="Choose the tables again.")
    pages, rows, cells = [], [], []
    for line in lines:
        pages.append(line.page)
        rows.append(line.row)
        cells.append(line.cells[: len(head.cells)])
    return from_rows(name, head.cells, cells), rows, pages
