"""The tables among a matter's files, as records: taken from what was read of them, row by row.

Nothing is parsed here: the sandbox read the file when it came in, and each line kept the number of
its row. So every number that is counted from these records leads back to rows of the sealed file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from amparo.base.errors import UsageError
from amparo.evidence.web.models import Item
from amparo.extract.web.models import PageText
from amparo.extract.web.models.entries import TableRows
from amparo.matters.web.models import Matter
from amparo.patterns.tables import Records

__all__ = ["Sheet", "Source", "head_of", "sheet_of", "tables_of"]

MOST_ROWS = 1_000_000
_SMALLEST = 2  # a head and a row


@dataclass(frozen=True, slots=True)
class Source:
    """A table that can be counted: a sheet of an item, with how many rows are below its head."""

    item: Item
    sheet: str
    rows: int

    @property
    def query(self) -> str:
        """What names the sheet in an address."""
        return urlencode({"sheet": self.sheet}) if self.sheet else ""


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
        place = {"page": self.pages[record - 1], "row": self.numbers[record - 1]}
        return f"{reverse('extract:item', args=[self.item.pk])}?{urlencode(place)}"


def tables_of(matter: Matter) -> list[Source]:
    """The tables of a matter, by the names of their files."""
    rows = TableRows.objects.filter(page__item__matter=matter, page__is_current=True)
    rows = rows.order_by("page__item__name", "page__item", "page__number")
    counted: dict[tuple[object, str], int] = {}
    for item, sheet, runs in rows.values_list("page__item", "sheet", "runs"):
        counted[item, sheet] = counted.get((item, sheet), 0) + sum(count for _, count in runs)
    items = Item.objects.select_related("parent").in_bulk({item for item, _ in counted})
    return [
        Source(items[item], sheet, count - 1)
        for (item, sheet), count in counted.items()
        if count >= _SMALLEST
    ]


def sheet_of(item: Item, name: str = "") -> Sheet:
    """A sheet of an item as records; without a name the first that has rows.

    UsageError says why it cannot be counted: no table, no head, a row wider than the head.
    """
    pages = list(
        TableRows.objects.filter(page__item=item, page__is_current=True)
        .select_related("page")
        .defer("page__text", "page__packed")
        .order_by("page__number")
    )
    named = [each for each in pages if each.sheet == name] if name else _first(pages)
    if not named:
        raise UsageError(
            "This file has no such table.", next_step="Choose a table of the matter again."
        )
    _refuse_endless(named)
    lines = _lines(named)
    head_row, _, head = next(lines, (0, 0, []))
    if not head:
        raise UsageError("The table is empty.", next_step="The first row names the columns.")
    numbers, places, rows = [], [], []
    for number, page, cells in lines:
        numbers.append(number)
        places.append(page)
        rows.append(_as_wide(number, cells, len(head)))
    return Sheet(item, named[0].sheet, Records.of(head, rows), head_row, numbers, places)


def head_of(source: Source) -> list[str]:
    """The names of a table's columns, without reading its rows."""
    rows = TableRows.objects.filter(page__item=source.item, page__is_current=True)
    first = rows.filter(sheet=source.sheet).order_by("page__number").first()
    text = first.page.text if first else ""
    head = next((line for line in text.split("\n") if line.strip()), "")
    return [name.strip() for name in head.split("\t")]


def _first(pages: Sequence[TableRows]) -> list[TableRows]:
    """The pages of the first sheet that has rows."""
    first = next((each.sheet for each in pages if each.runs), None)
    return [each for each in pages if each.sheet == first]


def _refuse_endless(pages: Sequence[TableRows]) -> None:
    count = sum(many for each in pages for _, many in each.runs)
    if count > MOST_ROWS:
        raise UsageError(
            f"The table has {count} rows; pages count up to {MOST_ROWS}.",
            next_step="Count it with “amparo table” or in Python.",
        )


def _lines(pages: Sequence[TableRows]) -> Iterator[tuple[int, int, list[str]]]:
    """Each line that is not blank: its row, its page, its cells."""
    texts = PageText.objects.filter(pk__in=[each.page_id for each in pages])
    by_page = dict(texts.values_list("pk", "text"))
    for each in pages:
        lines = by_page[each.page_id].split("\n")
        for number, line in zip(each.numbers, lines, strict=False):
            if line.strip():
                yield number, each.page.number, line.split("\t")


def _as_wide(number: int, cells: list[str], width: int) -> list[str]:
    if any(cell.strip() for cell in cells[width:]):
        raise UsageError(
            f"Row {number} has {len(cells)} cells, the first row {width}.",
            next_step="Name every column in the first row.",
        )
    return [*cells[:width], *[""] * (width - len(cells))]
