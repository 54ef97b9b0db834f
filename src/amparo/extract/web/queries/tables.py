"""The tables among a matter's files, row by row, as they were read when the files came in.

Nothing is parsed here: each line of a page kept the number of its row, so whatever is counted or
linked from these rows leads back to the sealed file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from amparo.evidence.web.models import Item
from amparo.extract.web.models import TableRows
from amparo.matters.web.models import Matter

__all__ = [
    "Line",
    "Place",
    "Table",
    "cells_at",
    "first_sheet",
    "head_of",
    "lines_of",
    "tables_of",
]

_SMALLEST = 2  # a head and a row


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of an item ("" in a file without sheets), with how many rows are below its head."""

    item: Item
    sheet: str
    rows: int

    @property
    def name(self) -> str:
        """What it is called."""
        return f"{self.item} · {self.sheet}" if self.sheet else str(self.item)

    @property
    def value(self) -> str:
        """What names the table in a form."""
        return f"{self.item.pk}|{self.sheet}"

    @property
    def query(self) -> str:
        """What names the sheet in an address."""
        return urlencode({"sheet": self.sheet}) if self.sheet else ""

    @property
    def head(self) -> list[str]:
        """The names of its columns, without reading its rows."""
        return head_of(self.item.pk, self.sheet)


class Line(NamedTuple):
    """A row that is not blank: the page of the reading, the row of the file, the cells."""

    page: int
    row: int
    cells: list[str]


class Place(NamedTuple):
    """A row of an item: the page of the reading on which it stands, and its number in the file."""

    item: UUID
    page: int
    row: int

    @property
    def address(self) -> str:
        """Where the row is shown in its file."""
        place = urlencode({"page": self.page, "row": self.row})
        return f"{reverse('extract:item', args=[self.item])}?{place}"


def tables_of(matter: Matter) -> list[Table]:
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


def first_sheet(item: UUID) -> str | None:
    """The first sheet of an item that has rows; None when it has no table."""
    pages = _pages(item).order_by("page__number").values_list("sheet", "runs")
    return next((sheet for sheet, runs in pages if runs), None)


def head_of(item: UUID, sheet: str) -> list[str]:
    """The names of a sheet's columns: the cells of its first row; none when there is no table."""
    return [name.strip() for line in islice(lines_of(item, sheet), 1) for name in line.cells]


def lines_of(item: UUID, sheet: str) -> Iterator[Line]:
    """The rows of a sheet that are not blank, in order, a page at a time."""
    for page in _pages(item).filter(sheet=sheet).order_by("page__number").iterator(chunk_size=8):
        yield from _lines(page)


def cells_at(places: Iterable[Place]) -> dict[Place, list[str]]:
    """The cells of rows, as they stand in the files; rows that are no longer there are left out."""
    wanted: dict[tuple[UUID, int], set[int]] = {}
    for place in places:
        wanted.setdefault((place.item, place.page), set()).add(place.row)
    found: dict[Place, list[str]] = {}
    for (item, number), rows in wanted.items():
        for page in _pages(item).filter(page__number=number):
            here = (line for line in _lines(page) if line.row in rows)
            found |= {Place(item, number, line.row): line.cells for line in here}
    return found


def _pages(item: UUID) -> QuerySet[TableRows]:
    rows = TableRows.objects.filter(page__item=item, page__is_current=True)
    return rows.select_related("page").defer("page__packed")


def _lines(page: TableRows) -> Iterator[Line]:
    texts = page.page.text.split("\n")
    for row, text in zip(page.numbers, texts, strict=False):
        if text.strip():
            yield Line(page.page.number, row, text.split("\t"))
