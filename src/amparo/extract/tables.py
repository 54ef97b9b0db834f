"""Rows and cells as text: one line a row, cells parted by tabs."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Table", "line", "read_delimited"]

_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SAMPLE = 64 * 1024
_LARGEST_CELL = 2**24


@dataclass(frozen=True, slots=True)
class Table:
    """A delimited text as lines, with its counts and the name of what parts its cells.

    ``numbers`` are the rows that the lines are, counted from 1 as a spreadsheet shows them; none
    where the text could not be parsed as a table.
    """

    text: str
    numbers: tuple[int, ...]
    rows: int
    columns: int
    delimiter: str


def line(cells: Iterable[str]) -> str:
    """Make one line of a row's cells: inner tabs and line ends become spaces, empty ends go."""
    return "\t".join(" ".join(cell.split()) for cell in cells).rstrip("\t")


def read_delimited(text: str) -> Table:
    """Read CSV or TSV; never fails: what cannot be parsed as a table is kept as it stands."""
    delimiter = _delimiter(text)
    csv.field_size_limit(_LARGEST_CELL)
    lines: list[str] = []
    columns = 0
    try:
        for row in csv.reader(text.splitlines(keepends=True), delimiter=delimiter):
            columns = max(columns, len(row))
            lines.append(line(row))
    except csv.Error:
        return Table(text, (), text.count("\n") + 1, 0, _NAMES[delimiter])
    numbers = tuple(range(1, len(lines) + 1))
    return Table("\n".join(lines), numbers, len(lines), columns, _NAMES[delimiter])


def _delimiter(text: str) -> str:
    """Choose the sign that parts the lines of a sample into the most even number of cells."""
    sample = text[:_SAMPLE].splitlines()[:50]
    return max(_NAMES, key=lambda sign: (_evenness(sample, sign), sign == ","))


def _evenness(lines: list[str], sign: str) -> float:
    counts = [line_.count(sign) for line_ in lines if line_.strip()]
    if not counts or not max(counts):
        return 0.0
    usual = max(set(counts), key=counts.count)
    return counts.count(usual) / len(counts) * min(usual, 5) if usual else 0.1
