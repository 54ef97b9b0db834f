"""Rows of a table put in order by one of their columns, as a reader of six languages expects it.

Numbers before days before words, blanks last; numbers as English ("1,234.5"), Spanish or French
("1.234,5", "1 234,5") write them, also with a currency or per cent; days as ISO 8601.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amparo.base.folding import fold

__all__ = ["Row", "has_head", "in_order", "letters", "sort_key"]

_BESIDE = re.compile(r"[\s\u00a0\u202f$€£₴₽%+]|[A-Z]{3}\b")
_ENGLISH = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?|-?\d+(\.\d+)?([eE][-+]?\d+)?")
_OTHER = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d+,\d+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[ T].*)?")
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A row as its file has it: its number, counted from 1, its cells, the page that holds it."""

    number: int
    cells: tuple[str, ...]
    page: int

    def cell(self, column: int) -> str:
        """The cell in a column counted from 0; "" beyond the last."""
        return self.cells[column] if column < len(self.cells) else ""


def sort_key(cell: str) -> tuple[int, float, str]:
    """Where a cell stands among others: kind, number, folded words."""
    text = cell.strip()
    if not text:
        return 3, 0.0, ""
    if _DAY.fullmatch(text):
        return 1, 0.0, text
    number = _number(_BESIDE.sub("", text))
    return (0, number, "") if number is not None else (2, 0.0, fold(text))


def in_order(rows: Iterable[Row], column: int, *, descending: bool = False) -> list[Row]:
    """Rows by the cells of a column; equal ones keep their order, blank ones stand last."""
    keyed = [(sort_key(row.cell(column)), row) for row in rows]
    filled = [pair for pair in keyed if pair[0][0] < 3]
    filled.sort(key=lambda pair: pair[0], reverse=descending)
    return [row for _, row in filled] + [row for key, row in keyed if key[0] == 3]


def has_head(rows: Sequence[Row]) -> bool:
    """Whether the first row names the columns: it has words only, none twice, and others follow."""
    if len(rows) < 2 or len(rows[0].cells) < 2:
        return False
    head = rows[0].cells
    named = [cell for cell in head if cell]
    words = all(sort_key(cell)[0] == 2 for cell in named)
    widest = max(len(row.cells) for row in rows[1:_LOOKED_AT])
    return words and len(set(named)) == len(named) and len(named) * 2 > widest


def letters(column: int) -> str:
    """The name of a column counted from 0, as spreadsheets give it: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _number(text: str) -> float | None:
    if _ENGLISH.fullmatch(text):
        return float(text.replace(",", ""))
    if _OTHER.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    return None
