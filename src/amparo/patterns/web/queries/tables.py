"""A matter's table as records: what was read of it, row by row.

Every number that is counted from these records leads back to rows of the sealed file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from amparo.base.errors import UsageError
from amparo.evidence.web.models import Item
from amparo.extract.web.queries.tables import Place, first_sheet, lines_of
from amparo.patterns.tables import Records
from amparo.patterns.web.queries.words import own_of

__all__ = ["Sheet", "sheet_of"]

MOST_ROWS = 1_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as records. ``numbers`` and ``pages`` say of each record which row of the file it
    is, and on which page of the reading that row stands."""

    item: Item
    name: str
    records: Records
    head: int
    numbers: Sequence[int]
    pages: Sequence[int]

    def address(self, record: int) -> str:
        """Where the row of a record, counted from 1, is shown in its file."""
        return Place(self.item.pk, self.pages[record - 1], self.numbers[record - 1]).address


def sheet_of(item: Item, name: str = "") -> Sheet:
    """A sheet of an item as records, its words meaning what people said of them; without a name the
    first that has rows.

    UsageError says why it cannot be counted: no table, no head, a row wider than the head.
    """
    sheet = name or first_sheet(item.pk)
    lines = lines_of(item.pk, sheet or "")
    head = next(lines, None)
    if sheet is None or head is None:
        raise UsageError(
            "This file has no such table.", next_step="Choose a table of the matter again."
        )
    numbers, places, rows = [], [], []
    for line in islice(lines, MOST_ROWS + 1):
        numbers.append(line.row)
        places.append(line.page)
        rows.append(_as_wide(line.row, line.cells, len(head.cells)))
    if len(rows) > MOST_ROWS:
        raise UsageError(
            f"The table has more than {MOST_ROWS} rows, which pages do not count.",
            next_step="Count it with “amparo table” or in Python.",
        )
    records, own = Records.of(head.cells, rows), own_of(item.pk, sheet)
    records = records.meaning(own) if own else records
    return Sheet(item, sheet, records, head.row, numbers, places)


def _as_wide(number: int, cells: list[str], width: int) -> list[str]:
    if any(cell.strip() for cell in cells[width:]):
        raise UsageError(
            f"Row {number} has {len(cells)} cells, the first row {width}.",
            next_step="Name every column in the first row.",
        )
    return [*cells[:width], *[""] * (width - len(cells))]
