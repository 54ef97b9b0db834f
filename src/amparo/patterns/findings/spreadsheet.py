"""Findings as CSV and as a workbook, with the words that belong to the numbers beside them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from amparo.base import sheets
from amparo.patterns.findings.finding import WITHHELD, Cell, Finding, Grid

__all__ = ["as_csv", "as_workbook"]

_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_WORDS = "Words"


def as_csv(finding: Finding) -> bytes:
    """Every grid one below the other, its title above, then what must be read with it; UTF-8."""
    return sheets.write([finding.title], [line for part in _blocks(finding) for line in part])


def as_workbook(finding: Finding) -> bytes:
    """An XLSX: a sheet for each grid, numbers as numbers, and a sheet of words first."""
    import xlsxwriter

    out = io.BytesIO()
    # Text stays text: no cell becomes a formula or an address.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        words = book.add_worksheet(_WORDS)
        words.set_column(0, 0, 100)
        words.write_string(0, 0, finding.title, bold)
        for number, said in enumerate(_words(finding), start=2):
            words.write_string(number, 0, said, wrap)
        used = {_WORDS.casefold()}
        for grid in finding.grids:
            page = book.add_worksheet(_name(grid.title, used))
            for column, head in enumerate(grid.heads):
                page.write_string(0, column, head, bold)
            for row, line in enumerate(grid.lines, start=1):
                for column, cell in enumerate(line):
                    _put(page, row, column, cell)
            page.freeze_panes(1, 1)
            page.autofit()
    return out.getvalue()


def _put(page: object, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell.value, int | float):
        page.write_number(row, column, cell.value)  # type: ignore[attr-defined]
    else:
        text = WITHHELD if cell.value is None else cell.value
        page.write_string(row, column, text)  # type: ignore[attr-defined]


def _words(finding: Finding) -> Iterator[str]:
    yield from (*finding.says, *finding.warnings, *finding.notes)


def _blocks(finding: Finding) -> Iterator[list[list[str]]]:
    yield [*[[line] for line in _words(finding)], []]
    for grid in finding.grids:
        yield [[grid.title], list(grid.heads), *_lines(grid), []]


def _lines(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in line] for line in grid.lines]


def _name(title: str, used: set[str]) -> str:
    """A name that a workbook takes and has not yet: 31 characters, none of ``[]:*?/\\'``."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", title).split())[:_LONGEST_NAME] or "Table"
    name, number = plain, 2
    while name.casefold() in used:
        end = f" {number}"
        name, number = plain[: _LONGEST_NAME - len(end)] + end, number + 1
    used.add(name.casefold())
    return name
