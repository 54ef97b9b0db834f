"""Records to count: the rows of a CSV, a spreadsheet or a DataFrame, as text, by their number.

Nothing is guessed: every cell is text as it stands in the file, an empty cell is not stated, and a
date column gives a year only where EDTF (ISO 8601-2) does. A column is kept as its different words
and, for each row, the number of its word, so that a million rows are counted as numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from amparo.base.errors import UsageError
from amparo.patterns.rights import Own
from amparo.patterns.tables.parts import PARTS, PARTS_OF_AGES, part_of

__all__ = ["Column", "Records", "read"]

LARGEST = 2**31
_DATE_COLUMNS = ("date", "event_date", "date_of_act", "occurred_at", "when")
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its different ``words``, and for each row which it is; -1 is not stated."""

    words: tuple[str, ...]
    codes: Codes

    @classmethod
    def of(cls, cells: Iterable[object]) -> Self:
        """A column of cells of any kind; what is empty is not stated."""
        numbers: dict[str, int] = {}
        seen: dict[object, int] = {}
        codes = []
        for cell in cells:
            code = seen.get(cell)
            if code is None:
                text = _text(cell)
                code = -1 if text is None else numbers.setdefault(text, len(numbers))
                seen[cell] = code
            codes.append(code)
        return cls(tuple(numbers), np.array(codes, dtype=np.int64))

    def mapped(self, change: Callable[[str], str | None]) -> Column:
        """The column with each word changed; each different word is looked at once."""
        words: dict[str, int] = {}
        table = [
            -1 if new is None else words.setdefault(new, len(words))
            for new in map(change, self.words)
        ]
        lookup = np.array([*table, -1], dtype=np.int64)  # the last is for -1
        return Column(tuple(words), lookup[self.codes])

    def word(self, row: int) -> str | None:
        """The word of a row, counted from 0."""
        code = int(self.codes[row])
        return None if code < 0 else self.words[code]


class Records:
    """A table in memory: ``columns`` by name, in their order; ``own`` is what its makers say that
    its words mean."""

    def __init__(self, columns: Mapping[str, Column], own: Own | None = None) -> None:
        self.columns = dict(columns)
        self.own = own
        self._made: dict[str, Column] = {}

    @classmethod
    def of(cls, names: Sequence[object], rows: Iterable[Sequence[object]]) -> Self:
        """Records of rows as wide as ``names``; a row's number counts from 1."""
        known = _names(names)
        wide = list(zip(*rows, strict=True)) or [()] * len(known)
        columns = [Column.of(column) for column in wide]
        return cls(dict(zip(known, columns, strict=True)))

    @classmethod
    def of_frame(cls, frame: Any) -> Self:
        """Records of a DataFrame (pandas, polars) or of columns by name."""
        names = list(frame.keys()) if isinstance(frame, Mapping) else list(frame.columns)
        columns = [Column.of(frame[name]) for name in names]
        return cls(dict(zip(_names(names), columns, strict=True)))

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())).codes)

    def column(self, name: str) -> Column:
        """The column that ``name`` means: its own, or a part of a date or an age made for it.

        ``year`` is taken from the column of dates, ``arrested:year`` from the column of that name,
        ``age:ten`` and ``age:adult`` from a column of ages.
        UsageError when there is none.
        """
        for own, column in (*self.columns.items(), *self._made.items()):
            if own.casefold() == name.casefold():
                return column
        dated, _, part = name.rpartition(":")
        if part not in PARTS or (part in PARTS_OF_AGES and not dated):
            raise UsageError(
                f"The table has no column {name!r}.",
                next_step=f"Columns: {', '.join(self.columns)}.",
            )
        source = self.column(dated) if dated else self._dates(part)
        self._made[name] = source.mapped(lambda text: part_of(text, part))
        return self._made[name]

    def row(self, number: int) -> dict[str, str | None]:
        """The cells of one row, counted from 1, as they stand in the file."""
        if not 1 <= number <= len(self):
            raise UsageError(f"There is no row {number}.")
        return {name: column.word(number - 1) for name, column in self.columns.items()}

    def meaning(self, own: Own) -> Self:
        """The same records, their words read as ``own`` says before the vocabulary is asked."""
        other = self.replaced({})
        other.own = own
        return other

    def only(self, rows: NDArray[np.bool_], columns: Sequence[str]) -> Records:
        """These columns of the rows that are True, numbered anew."""
        kept = {name: self.column(name) for name in columns}
        left = {name: Column(each.words, each.codes[rows]) for name, each in kept.items()}
        return Records(left, self.own)

    def replaced(self, columns: Mapping[str, Column]) -> Self:
        """The same records with these columns in place of their own, or behind them; parts of
        dates that are made of others are kept."""
        other = type(self)({**self.columns, **columns}, self.own)
        other._made = {
            name: column
            for name, column in self._made.items()
            if name.rpartition(":")[0] not in columns
        }
        return other

    def _dates(self, wanted: str) -> Column:
        by_name = {name.casefold(): column for name, column in self.columns.items()}
        for name in _DATE_COLUMNS:
            if name in by_name:
                return by_name[name]
        raise UsageError(
            f"The table has no column {wanted!r} and no date to take it from.",
            next_step=f"Name the column of dates {_DATE_COLUMNS[0]}.",
        )


def read(path: Path, *, sheet: str | None = None) -> Records:
    """Read a CSV (UTF-8, or UTF-16 with its mark; comma, semicolon or tab) or an XLSX sheet.

    UsageError says what is wrong with a file that is neither, is empty, or has a row of another
    width, by its number.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"{path} is larger than 2 GiB.", next_step="Split it.")
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    rows = _of_workbook(data, sheet) if data.startswith(b"PK\x03\x04") else _of_csv(data)
    head = next(rows, None)
    if not head:
        raise UsageError(f"{path} has no rows.", next_step="The first row names the columns.")
    return Records.of(head, _as_wide(rows, len(head)))


def _of_csv(data: bytes) -> Iterator[Sequence[object]]:
    text = _decoded(data)
    head = text[:10_000].partition("\n")[0]
    separator = max(",;\t", key=head.count)
    csv.field_size_limit(10_000_000)
    return iter(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _decoded(data: bytes) -> str:
    marks = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig"))
    encoding = next(code for mark, code in marks if data.startswith(mark))
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UsageError(
            "The table is not in UTF-8.",
            next_step="Save it again from the spreadsheet program as “CSV UTF-8”.",
        ) from error


def _of_workbook(data: bytes, sheet: str | None) -> Iterator[Sequence[object]]:
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(data))
        chosen = sheet or book.sheet_names[0]
        if chosen not in book.sheet_names:
            raise UsageError(
                f"There is no sheet {chosen!r}.",
                next_step=f"Sheets: {', '.join(book.sheet_names)}.",
            )
        return iter(book.get_sheet_by_name(chosen).to_python())
    except calamine.CalamineError as error:
        raise UsageError(f"The workbook cannot be read: {error}.") from error


def _as_wide(rows: Iterator[Sequence[object]], width: int) -> Iterator[Sequence[object]]:
    """Each row in its width; an empty line is passed over."""
    for number, row in enumerate(rows, start=2):
        if len(row) > width and any(row[width:]):
            raise UsageError(
                f"Row {number} has {len(row)} cells, the first row {width}.",
                next_step="Put quotation marks around cells with a separator in them.",
            )
        if any(row):
            yield [*row[:width], *[""] * (width - len(row))]


def _names(columns: Sequence[object]) -> list[str]:
    """The columns' names: each once, none empty."""
    names = [" ".join(str(name or "").split()) for name in columns]
    if "" in names:
        raise UsageError(
            f"Column {names.index('') + 1} has no name.", next_step="Name it in the first row."
        )
    twice = {name for name in names if [n.casefold() for n in names].count(name.casefold()) > 1}
    if twice or "#" in names:
        which = ", ".join(sorted(twice)) or "#"
        raise UsageError(f"Columns need names of their own: {which}.")
    return names


def _text(cell: object) -> str | None:
    """A cell as text; a spreadsheet's whole number has no fraction, its midnight is a day."""
    if cell is None or cell != cell:  # NaN and NaT equal to nothing, themselves included
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    return str(cell).strip() or None
