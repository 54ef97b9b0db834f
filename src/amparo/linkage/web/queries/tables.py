"""The tables among a matter's files, as sheets to be linked: read row by row from what was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from amparo.base.errors import UsageError
from amparo.evidence.web.models import Item
from amparo.extract.web.models import PageText, TableRows
from amparo.linkage.records.sheets import Sheet, from_rows
from amparo.matters.web.models import Matter

__all__ = ["MOST_ROWS", "Place", "Table", "cells_of", "heads_of", "sheet_of", "tables_in"]

MOST_ROWS = 100_000
"""So many rows are linked by pages; larger tables by the command line."""
_SMALLEST = 2  # a head and a row


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of an item, with how many rows are below its head."""

    item: Item
    sheet: str
    rows: int

    @property
    def value(self) -> str:
        """What names the table in a form."""
        return f"{self.item.pk}|{self.sheet}"

    @property
    def name(self) -> str:
        """What it is called."""
        return f"{self.item} · {self.sheet}" if self.sheet else str(self.item)


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a table, with the page of the reading on which it stands."""

    item: UUID
    page: int
    row: int

    @property
    def address(self) -> str:
        """Where the row is shown in its file."""
        place = urlencode({"page": self.page, "row": self.row})
        return f"{reverse('extract:item', args=[self.item])}?{place}"


def tables_in(matter: Matter) -> list[Table]:
    """The tables of a matter, by the names of their files."""
    rows = TableRows.objects.filter(page__item__matter=matter, page__is_current=True)
    rows = rows.order_by("page__item__name", "page__item", "page__number")
    counted: dict[tuple[UUID, str], int] = {}
    for item, sheet, runs in rows.values_list("page__item", "sheet", "runs"):
        counted[item, sheet] = counted.get((item, sheet), 0) + sum(count for _, count in runs)
    items = Item.objects.select_related("parent").in_bulk({item for item, _ in counted})
    return [
        Table(items[item], sheet, count - 1)
        for (item, sheet), count in counted.items()
        if count >= _SMALLEST
    ]


def heads_of(item: UUID, sheet: str) -> list[str]:
    """The headings of a table: the cells of its first row."""
    return next((cells for _page, _row, cells in _lines(item, sheet)), [])


def sheet_of(item: UUID, sheet: str, name: str) -> tuple[Sheet, list[int], list[int]]:
    """A table as a sheet, and for each of its records the row and the page of the file."""
    lines = _lines(item, sheet)
    _page, _row, head = next(lines, (0, 0, []))
    if not head:
        raise UsageError("This file has no such table.", next_step="Choose the tables again.")
    pages, rows, cells = [], [], []
    for page, row, line in lines:
        pages.append(page)
        rows.append(row)
        cells.append(line[: len(head)])
    return from_rows(name, head, cells), rows, pages


def cells_of(places: Iterable[Place]) -> dict[Place, list[str]]:
    """The cells of rows, as they stand in the files; rows that are no longer there are left out."""
    wanted: dict[tuple[UUID, int], list[Place]] = {}
    for place in places:
        wanted.setdefault((place.item, place.page), []).append(place)
    found: dict[Place, list[str]] = {}
    for (item, number), here in wanted.items():
        page = _tables(item).filter(page__number=number).first()
        lines = dict(_of_page(page)) if page else {}
        found |= {place: lines[place.row] for place in here if place.row in lines}
    return found


def _lines(item: UUID, sheet: str) -> Iterator[tuple[int, int, list[str]]]:
    """Each line that is not blank: its page, its row, its cells."""
    for page in _tables(item).filter(sheet=sheet).order_by("page__number"):
        for row, cells in _of_page(page):
            yield page.page.number, row, cells


def _tables(item: UUID) -> QuerySet[TableRows]:
    rows = TableRows.objects.filter(page__item=item, page__is_current=True)
    return rows.select_related("page").defer("page__packed")


def _of_page(table: TableRows) -> Sequence[tuple[int, list[str]]]:
    page: PageText = table.page
    lines = zip(table.numbers, page.text.split("\n"), strict=False)
    return [(row, line.split("\t")) for row, line in lines if line.strip()]
