"""What the page of a table reads: a stretch of a sheet's rows, in their order or in another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from urllib.parse import urlencode

from amparo.base.folding import fold
from amparo.base.numbers import whole
from amparo.base.pinpoints import RowSelector
from amparo.evidence.web.models import Item
from amparo.extract.rows import Row, has_head, in_order, letters
from amparo.extract.web.models import PageText
from amparo.extract.web.models.entries import TableRows

__all__ = ["Asked", "Column", "Sheet", "Table", "page_of_row", "table", "table_of"]

SHOWN = 100
MOST_SORTED = 50_000
_WIDEST = 200
_BEFORE = 5  # rows shown above one that is asked for


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a table is asked for. ``by`` is a column from 0, None for the file's own order;
    ``at`` how many rows are passed over; ``row`` one that must be seen, 0 for none."""

    page: int = 1
    by: int | None = None
    down: bool = False
    words: str = ""
    at: int = 0
    row: int = 0

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Asked:
        """Read the query of an address; what is no number is passed over."""
        by = whole(asked.get("by", ""))
        return cls(
            page=whole(asked.get("page", "")) or 1,
            by=by if by is not None and by < _WIDEST else None,
            down=asked.get("down") == "1",
            words=asked.get("words", "").strip()[:200],
            at=whole(asked.get("at", "")) or 0,
            row=whole(asked.get("row", "")) or 0,
        )

    def query(self, **changed: object) -> str:
        """The query of an address with some of it changed."""
        parts: dict[str, object] = {
            "page": self.page, "by": self.by, "down": "1" if self.down else "", "words": self.words,
            **changed,
        }  # fmt: skip
        return urlencode({name: value for name, value in parts.items() if value not in (None, "")})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet, or another section of the file, by its first page."""

    label: str
    page: int
    is_table: bool
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its letters, its name in the first row, and the queries that sort by it."""

    letters: str
    name: str
    sorted: str
    query: str


@dataclass(frozen=True, slots=True)
class Table:
    """A stretch of a sheet. ``sorted`` of a column is "", "ascending" or "descending"."""

    asked: Asked
    name: str
    sheets: Sequence[Sheet]
    columns: Sequence[Column]
    rows: Sequence[Row]
    pinned: frozenset[int]
    total: int
    first: int
    too_long: bool
    earlier: str
    later: str
    head: Row | None = None

    @property
    def last(self) -> int:
        """The place of the last row shown, counted from 1."""
        return self.first + max(0, len(self.rows) - 1)


def table_of(item: Item, asked: Mapping[str, str]) -> dict[str, object]:
    """What the page of an item shows in the place of its text, if that page is of a table."""
    wanted = Asked.of(asked)
    first = TableRows.objects.filter(
        page__item=item, page__is_current=True, page__number=wanted.page
    ).first()
    return {"sheet": table(item, first.sheet, wanted)} if first else {}


def table(item: Item, sheet: str, asked: Asked) -> Table:
    """The rows that are asked for, at most ``SHOWN`` of them."""
    pages = list(
        TableRows.objects.filter(page__item=item, page__is_current=True, sheet=sheet)
        .select_related("page")
        .defer("page__text", "page__packed")
        .order_by("page__number")
    )
    head = _head(pages)
    total = sum(count for page in pages for _, count in page.runs) - bool(head)
    narrowed = asked.by is not None or bool(asked.words)
    too_long = narrowed and total > MOST_SORTED
    if narrowed and not too_long:
        every = _ordered([row for row in _rows(pages) if row != head], asked)
        start = min(asked.at, max(0, len(every) - 1))
        rows, total = every[start : start + SHOWN], len(every)
    else:
        start = _start(pages, asked, bool(head))
        rows = list(_stretch(pages, start + bool(head), SHOWN))
    return Table(
        asked=asked,
        name=sheet,
        sheets=_sheets(item, sheet),
        columns=_columns(rows, head, asked),
        rows=rows,
        pinned=_pinned(item, sheet),
        total=total,
        first=start + 1,
        too_long=too_long,
        earlier=asked.query(at=max(0, start - SHOWN)) if start else "",
        later=asked.query(at=start + SHOWN) if start + SHOWN < total else "",
        head=head,
    )


def page_of_row(item: Item, sheet: str, row: int) -> tuple[PageText, str] | None:
    """The page that holds a row of a sheet, and the row's line; None when there is none."""
    wanted = TableRows.objects.filter(page__item=item, page__is_current=True, sheet=sheet)
    for each in wanted.select_related("page"):
        if any(first <= row < first + count for first, count in each.runs):
            line = each.page.text.split("\n")[each.numbers.index(row)]
            return each.page, line
    return None


def _rows(pages: Sequence[TableRows]) -> Iterator[Row]:
    texts = dict(
        PageText.objects.filter(pk__in=[each.page_id for each in pages]).values_list("pk", "text")
    )
    for each in pages:
        lines = texts[each.page_id].split("\n") if each.runs else []
        for number, line in zip(each.numbers, lines, strict=False):
            yield Row(number, tuple(line.split("\t")), each.page.number)


def _head(pages: Sequence[TableRows]) -> Row | None:
    rows = [row for _, row in zip(range(21), _rows(pages[:1]), strict=False)]
    return rows[0] if has_head(rows) else None


def _stretch(pages: Sequence[TableRows], start: int, count: int) -> Iterator[Row]:
    """``count`` rows after ``start`` of them, reading only the pages that hold them."""
    sizes = [sum(count for _, count in page.runs) for page in pages]
    ends = list(accumulate(sizes))
    needed = [
        page
        for page, size, end in zip(pages, sizes, ends, strict=True)
        if end > start and end - size < start + count
    ]
    passed = next((end - size for size, end in zip(sizes, ends, strict=True) if end > start), start)
    for place, row in enumerate(_rows(needed), passed):
        if start <= place < start + count:
            yield row


def _start(pages: Sequence[TableRows], asked: Asked, has_head_: bool) -> int:
    """How many rows stand above the stretch: by number, by the row or by the page asked for."""
    if asked.at:
        return asked.at
    above = 0
    for page in pages:
        if asked.row in page.numbers:
            return max(0, above + page.numbers.index(asked.row) - has_head_ - _BEFORE)
        if not asked.row and page.page.number >= asked.page:
            return max(0, above - has_head_)
        above += len(page.numbers)
    return 0


def _ordered(rows: list[Row], asked: Asked) -> list[Row]:
    if asked.words:
        wanted = fold(asked.words)
        rows = [row for row in rows if wanted in fold(" ".join(row.cells))]
    return rows if asked.by is None else in_order(rows, asked.by, descending=asked.down)


def _columns(rows: Sequence[Row], head: Row | None, asked: Asked) -> list[Column]:
    widest = max((len(row.cells) for row in (*rows, *([head] if head else []))), default=0)
    made = []
    for number in range(min(widest, _WIDEST)):
        chosen = number == asked.by
        made.append(
            Column(
                letters(number),
                head.cell(number) if head else "",
                ("descending" if asked.down else "ascending") if chosen else "",
                asked.query(by=number, down="1" if chosen and not asked.down else ""),
            )
        )
    return made


def _sheets(item: Item, current: str) -> list[Sheet]:
    """Every section of the file once, in its order."""
    rows = item.pages.filter(is_current=True).order_by("number")
    found: dict[tuple[bool, str], Sheet] = {}
    for number, label, sheet in rows.values_list("number", "label", "table__sheet"):
        is_table = sheet is not None
        key = (is_table, sheet if is_table else label.partition(", part ")[0])
        found.setdefault(key, Sheet(label, number, is_table, is_table and sheet == current))
    return list(found.values())


def _pinned(item: Item, sheet: str) -> frozenset[int]:
    places = (each.place.selector for each in item.pinpoints.filter(withdrawn_at=None))
    return frozenset(
        each.row for each in places if isinstance(each, RowSelector) and each.sheet == sheet
    )
