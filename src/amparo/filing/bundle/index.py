"""The index: rows of ``tab, file, description, date`` as people send them, checked row by row.

A spreadsheet's CSV is taken as it comes: with or without a byte order mark, commas, semicolons or
tabs between columns, columns in any order, any script. Dates are EDTF or words ("March 2021") and
stay what they are. Every wrong row is named, all at once, with what to do about it.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amparo.base.dates import PartialDate, from_person
from amparo.base.errors import UnclearDate, UsageError
from amparo.filing.bundle.profiles import Tabs

__all__ = ["COLUMNS", "BadIndex", "IndexRow", "RowProblem", "fill_tabs", "read_index"]

COLUMNS = ("tab", "file", "description", "date")
_LONGEST_DESCRIPTION = 2000
_LONGEST_TAB = 12


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One exhibit as the index names it. ``row`` is its row in the file, the header being 1.

    ``tab`` may be empty: ``fill_tabs`` gives the next one.
    """

    row: int
    tab: str
    file: str
    description: str
    date: PartialDate | None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a row, and what to do about it."""

    row: int
    says: str
    next_step: str

    def __str__(self) -> str:
        return f"Row {self.row}: {self.says} {self.next_step}"


class BadIndex(UsageError):
    """The index has rows that cannot be used; ``problems`` names each."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def read_index(data: bytes) -> tuple[IndexRow, ...]:
    """Read the bytes of a CSV file into rows, in their order.

    Raises BadIndex with every problem that the file has.
    """
    table = _table(_decode(data))
    places = _places(table[0] if table else [])
    rows, problems = [], []
    for number, cells in enumerate(table[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row, found = _row(number, _named(cells, places))
        rows.append(row)
        problems.extend(found)
    problems.extend(_repeated(rows))
    if not rows and not problems:
        problems.append(RowProblem(2, "There are no exhibits.", "Add one row for each."))
    if problems:
        raise BadIndex(sorted(problems, key=lambda problem: problem.row))
    return tuple(rows)


def fill_tabs(tabs: Sequence[str], style: Tabs) -> tuple[str, ...]:
    """Give every empty tab the next letter (A … Z, AA …) or number that is not taken."""
    taken = {tab.casefold() for tab in tabs if tab}
    free = (mark for mark in _marks(style) if mark.casefold() not in taken)
    return tuple(tab or next(free) for tab in tabs)


def _marks(style: Tabs) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield str(number) if style.style == "numbers" else _letters(number)


def _letters(number: int) -> str:
    """Give the tab letters of an ordinal: 1 is A, 26 is Z, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _decode(data: bytes) -> str:
    """Decode as UTF-8 or UTF-16 by its mark; anything else is refused, not guessed."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        advice = "Save the sheet as CSV UTF-8."
        raise BadIndex([RowProblem(row, "The text is not in UTF-8.", advice)]) from error


def _table(text: str) -> list[list[str]]:
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False))
    except csv.Error as error:
        raise BadIndex(
            [RowProblem(1, f"The file is not CSV: {error}.", "Save it as CSV.")]
        ) from error


def _places(header: Sequence[str]) -> dict[str, int]:
    """Give the position of each known column; the date may be missing."""
    names = [name.strip().casefold() for name in header]
    places = {name: names.index(name) for name in COLUMNS if name in names}
    missing = [name for name in ("tab", "file", "description") if name not in places]
    if missing:
        raise BadIndex(
            [
                RowProblem(
                    1,
                    f"The column {missing[0]!r} is missing.",
                    f"Name the columns {', '.join(COLUMNS)} in the first row.",
                )
            ]
        )
    return places


def _named(cells: Sequence[str], places: dict[str, int]) -> dict[str, str]:
    return {
        name: " ".join(cells[place].split()) if place < len(cells) else ""
        for name, place in places.items()
    }


def _row(number: int, cells: dict[str, str]) -> tuple[IndexRow, list[RowProblem]]:
    """Read one row and say everything that is wrong with it."""
    problems = []
    if not cells["file"]:
        says = "No file is named."
        problems.append(RowProblem(number, says, "Write its received path or its file name."))
    if not cells["description"]:
        problems.append(RowProblem(number, "The description is empty.", "Say what the exhibit is."))
    if len(cells["description"]) > _LONGEST_DESCRIPTION:
        says = f"The description has {len(cells['description'])} characters."
        problems.append(RowProblem(number, says, f"Use at most {_LONGEST_DESCRIPTION}."))
    if len(cells["tab"]) > _LONGEST_TAB:
        says = f"The tab {cells['tab']!r} is longer than {_LONGEST_TAB} characters."
        problems.append(RowProblem(number, says, "Use a letter or a number."))
    date = None
    try:
        date = from_person(cells["date"]) if cells.get("date") else None
    except UnclearDate as error:
        problems.append(RowProblem(number, error.message, error.next_step))
    row = IndexRow(number, cells["tab"], cells["file"], cells["description"], date)
    return row, problems


def _repeated(rows: Sequence[IndexRow]) -> list[RowProblem]:
    counts = Counter(row.tab.casefold() for row in rows if row.tab)
    return [
        RowProblem(row.row, f"The tab {row.tab!r} is used more than once.", "Give each its own.")
        for row in rows
        if counts[row.tab.casefold()] > 1
    ]
