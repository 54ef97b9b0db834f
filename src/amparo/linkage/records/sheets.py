"""The tables that are linked: every cell as text, by column, with its row's number.

A CSV in UTF-8 or UTF-16 (comma, semicolon or tab), an XLSX workbook or a DataFrame. Row 1 is the
first below the headings, as everywhere in Amparo.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amparo.base.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Sheet", "from_frame", "from_rows", "read"]

LARGEST = 2**32
_MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "unknown"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table by the name of its file: a column of texts by heading, all of one length."""

    name: str
    table: pa.Table

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @property
    def headings(self) -> list[str]:
        """The columns' names in order."""
        return list(self.table.column_names)

    def row(self, number: int) -> dict[str, str | None]:
        """The cells of one row, counted from 1, as they stand in the table."""
        cells = self.table.slice(number - 1, 1).to_pylist()
        if number < 1 or not cells:
            raise UsageError(f"{self.name} has no row {number}.")
        return {heading: (cell or "").strip() or None for heading, cell in cells[0].items()}


def read(path: Path, *, name: str | None = None) -> Sheet:
    """Read a CSV or the first sheet of an XLSX; UsageError says what is wrong with it."""
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"{path} is larger than 4 GiB.", next_step="Split it.")
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    if not data.strip():
        raise UsageError(f"{path} is empty.", next_step="Its first row names the columns.")
    table = _of_workbook(data) if data.startswith(b"PK\x03\x04") else _of_csv(data)
    return _checked(name or path.name, table)


def from_rows(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Sheet:
    """A sheet of rows of any cells; what is missing at a row's end is empty."""
    import pyarrow as pa

    wide = [[*row, *[None] * (len(headings) - len(row))] for row in rows]
    columns = [pa.array([_text(row[i]) for row in wide], pa.string()) for i in range(len(headings))]
    return _checked(name, pa.table(columns, names=_names(headings)))


def from_frame(name: str, frame: Mapping[str, Iterable[object]] | Any) -> Sheet:
    """A sheet of a mapping of columns, or of a DataFrame (pandas, polars) by its columns."""
    import pyarrow as pa

    names = list(frame.keys()) if isinstance(frame, Mapping) else list(frame.columns)
    columns = [pa.array([_text(cell) for cell in frame[each]], pa.string()) for each in names]
    return _checked(name, pa.table(columns, names=_names(names)))


def _of_csv(data: bytes) -> pa.Table:
    import pyarrow as pa
    from pyarrow import csv

    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    if encoding == "utf-16":
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf")
    line = data[:65_536].partition(b"\n")[0].decode("utf-8", "replace")
    separator = max(",;\t", key=line.count)
    headings = next(iter(_cells(line, separator)), [])
    reading = csv.ReadOptions(column_names=_names(headings), skip_rows=1)
    parsing = csv.ParseOptions(delimiter=separator, newlines_in_values=True)
    texts = csv.ConvertOptions(
        column_types=dict.fromkeys(_names(headings), pa.string()), strings_can_be_null=False
    )
    try:
        return csv.read_csv(io.BytesIO(data), reading, parsing, texts)
    except pa.ArrowInvalid as error:
        said = str(error).removeprefix("CSV parse error: ").partition("\n")[0]
        step = "Save it again from the spreadsheet program as “CSV UTF-8”."
        raise UsageError(f"The table cannot be read: {said}.", next_step=step) from error


def _cells(line: str, separator: str) -> Iterable[list[str]]:
    import csv

    return csv.reader([line.rstrip("\r")], delimiter=separator)


def _of_workbook(data: bytes) -> pa.Table:
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(data))
        head, *rows = book.get_sheet_by_name(book.sheet_names[0]).to_python() or [[]]
    except calamine.CalamineError as error:
        raise UsageError(f"The workbook cannot be read: {error}.") from error
    return from_rows("", [str(each) for each in head], rows).table


def _checked(name: str, table: pa.Table) -> Sheet:
    if table.num_rows == 0:
        raise UsageError(f"{name or 'The table'} has no rows below its headings.")
    return Sheet(name, table)


def _names(headings: Sequence[object]) -> list[str]:
    names = [" ".join(str(name if name is not None else "").split()) for name in headings]
    named = [name or f"column {place}" for place, name in enumerate(names, start=1)]
    twice = {name for name in named if named.count(name) > 1}
    if twice:
        raise UsageError(f"Columns need names of their own: {', '.join(sorted(twice))}.")
    return named


def _text(cell: object) -> str | None:
    if cell is None or cell != cell:  # NaN and NaT equal to nothing, themselves included
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip()
    return text.removesuffix(" 00:00:00") or None


def is_missing(text: str | None) -> bool:
    """Whether a cell says nothing: empty, or one of the words that stand for that."""
    return text is None or text.strip().casefold() in _MISSING
