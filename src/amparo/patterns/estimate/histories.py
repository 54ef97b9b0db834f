"""Capture histories: on which lists each documented person stands.

A history of ``k`` lists is a number from 1 to ``2**k - 1`` whose bit ``i`` says that list ``i``
names the person. A ``Table`` holds how many people have each history. History 0, the people that no
list names, is what is estimated.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from amparo.base.errors import UsageError

__all__ = [
    "COUNT_COLUMNS",
    "MOST_LISTS",
    "Table",
    "from_csv",
    "from_frame",
    "from_records",
    "from_rows",
    "list_columns",
]

COUNT_COLUMNS = frozenset({"count", "n", "freq", "frequency"})
MOST_LISTS = 62

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Table:
    """Names of ``k`` lists, and the histories that occur with their counts."""

    lists: tuple[str, ...]
    counts: Mapping[int, int]
    repeated: int = field(default=0, compare=False)
    """How many rows of a counted file repeated an earlier one's history."""

    @property
    def documented(self) -> int:
        """How many people at least one list names."""
        return sum(self.counts.values())

    @cached_property
    def cells(self) -> Counts:
        """Counts by history, shape ``(2**k,)``; cell 0 is 0. UsageError beyond 20 lists."""
        if len(self.lists) > 20:
            raise UsageError(
                f"A full table of {len(self.lists)} lists has too many cells.",
                next_step="Join lists that come from one source, to 20 at most.",
            )
        full = np.zeros(2 ** len(self.lists), dtype=np.int64)
        for history, count in self.counts.items():
            full[history] = count
        return full

    @cached_property
    def list_sizes(self) -> dict[str, int]:
        """How many people each list names."""
        return {
            name: sum(count for history, count in self.counts.items() if history >> i & 1)
            for i, name in enumerate(self.lists)
        }

    @cached_property
    def captures(self) -> Counts:
        """How many people stand on exactly ``j`` lists, for ``j`` from 0 to ``k``; entry 0 is 0."""
        by_number = np.zeros(len(self.lists) + 1, dtype=np.int64)
        for history, count in self.counts.items():
            by_number[history.bit_count()] += count
        return by_number

    def overlap(self, *lists: int) -> int:
        """How many people stand on all of these lists (given by position)."""
        wanted = sum(1 << i for i in lists)
        return sum(count for history, count in self.counts.items() if history & wanted == wanted)

    def only(self, kept: Sequence[int]) -> Table:
        """The table of the lists at these positions; who stands on none of them drops out."""
        found: dict[int, int] = {}
        for history, count in self.counts.items():
            rest = sum(1 << new for new, old in enumerate(kept) if history >> old & 1)
            found[rest] = found.get(rest, 0) + count
        found.pop(0, None)
        return Table(tuple(self.lists[i] for i in kept), found)

    def joined(self, most: int) -> Table:
        """At most ``most`` lists: the largest as they are, the smaller ones read as one."""
        if len(self.lists) <= most:
            return self
        sizes = list(self.list_sizes.values())
        order = sorted(range(len(self.lists)), key=lambda i: (-sizes[i], i))
        kept, rest = sorted(order[: most - 1]), order[most - 1 :]
        others, found = sum(1 << i for i in rest), dict[int, int]()
        for history, count in self.counts.items():
            new = sum(1 << place for place, old in enumerate(kept) if history >> old & 1)
            new |= (1 << most - 1) if history & others else 0
            found[new] = found.get(new, 0) + count
        return Table((*(self.lists[i] for i in kept), f"{len(rest)} smaller lists"), found)

    def within(self, given: int) -> Table:
        """The table of the other lists among the people whom list ``given`` names.

        Its truth is known, the size of that list, which is how intervals are held to account.
        """
        kept = [i for i in range(len(self.lists)) if i != given]
        inside = {h: count for h, count in self.counts.items() if h >> given & 1}
        return Table(self.lists, inside).only(kept)


def from_rows(lists: Sequence[str], rows: Iterable[tuple[Sequence[int], int]]) -> Table:
    """A table from rows of 0 and 1 with their counts; equal histories add up.

    Raises UsageError, naming the row, for a value that is not 0 or 1, a count that is negative or
    not whole, a row on no list, and fewer than two lists.
    """
    names = tuple(lists)
    _check_names(names)
    counts: dict[int, int] = {}
    for number, (marks, count) in enumerate(rows, 1):
        history = _checked(marks, len(names), count, number)
        if count:
            counts[history] = counts.get(history, 0) + int(count)
    return Table(names, counts)


def from_csv(path: Path, lists: Sequence[str] = ()) -> Table:
    """Read ``lists.csv``: one column a list with 0 and 1, and a last column ``count`` or ``n``.

    Without a count column each row is one record. ``lists`` names the columns that are lists where
    there are others, such as names. Raises UsageError naming the row.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=_delimiter(file.readline()))
        file.seek(0)
        header = [name.strip() for name in next(reader, [])]
        if not header:
            raise UsageError(f"{path.name} is empty.", next_step="Give one column for each list.")
        counted = header[-1].casefold() in COUNT_COLUMNS
        names = list(lists) or (header[:-1] if counted else header)
        chosen = _places(header, names, counted)
        rows = [
            _row(row, number, len(header), chosen, counted)
            for number, row in enumerate(reader, 2)
            if row
        ]
    table = from_rows(names, rows)
    repeated = len(rows) - len({tuple(marks) for marks, _ in rows}) if counted else 0
    return replace(table, repeated=repeated)


class Words(Protocol):
    """A column of records: its different words, and for each row which; -1 is empty."""

    @property
    def words(self) -> Sequence[str]:
        """The different words."""

    @property
    def codes(self) -> npt.NDArray[np.int64]:
        """The number of each row's word."""


class HasColumns(Protocol):
    """Records as ``patterns.tables`` reads them: columns by name."""

    @property
    def columns(self) -> Mapping[str, Any]:
        """Each a ``Words``."""


def list_columns(records: HasColumns) -> tuple[str, ...]:
    """The columns of records that hold nothing but 0 and 1 and could be lists."""
    return tuple(
        name
        for name, column in records.columns.items()
        if {_mark(word) for word in column.words} <= {0, 1}
        and column.words
        and int(column.codes.min()) >= 0
    )


def from_records(records: HasColumns, lists: Sequence[str], count: str = "") -> Table:
    """A table from chosen columns of records, other columns left aside.

    ``count`` names the column of counts; without it each row is one person. UsageError names the
    row, counted from 1 below the head.
    """
    columns = [_column(records, name) for name in (*lists, *((count,) if count else ()))]
    together = np.stack([np.asarray(column.codes) for column in columns], axis=1)
    kinds, first, numbers = np.unique(together, axis=0, return_index=True, return_counts=True)
    _check_names(tuple(lists))
    counts: dict[int, int] = {}
    for at in np.argsort(first):
        row = int(first[at]) + 1
        values = [
            _whole("" if code < 0 else column.words[code], row, "Row")
            for column, code in zip(columns, kinds[at], strict=True)
        ]
        marks, people = (values[:-1], values[-1]) if count else (values, 1)
        history = _checked(marks, len(lists), people, row)
        if people:
            counts[history] = counts.get(history, 0) + people * int(numbers[at])
    return Table(tuple(lists), counts)


def _column(records: HasColumns, name: str) -> Words:
    if name not in records.columns:
        raise UsageError(
            f"There is no column {name!r}.", next_step=f"Columns: {', '.join(records.columns)}."
        )
    column: Words = records.columns[name]
    return column


def _mark(word: str) -> int | None:
    try:
        value = float({"true": "1", "false": "0"}.get(word.casefold(), word))
    except ValueError:
        return None
    return int(value) if value in (0.0, 1.0) else None


class Frame(Protocol):
    """A pandas or polars frame: named columns."""

    @property
    def columns(self) -> Iterable[Any]:
        """The names, in order."""

    def __getitem__(self, name: str, /) -> Iterable[Any]:
        """One column's values."""


def from_frame(frame: Frame) -> Table:
    """Read a frame laid out like ``lists.csv``. Raises UsageError naming the row."""
    header = [str(name) for name in frame.columns]
    if not header:
        raise UsageError("The frame has no columns.", next_step="Give one column for each list.")
    counted = header[-1].casefold() in COUNT_COLUMNS
    rows = zip(*([str(value) for value in frame[name]] for name in header), strict=True)
    names = header[:-1] if counted else header
    chosen = _places(header, names, counted)
    read = [
        _row(list(row), number, len(header), chosen, counted) for number, row in enumerate(rows, 1)
    ]
    return from_rows(names, read)


def _delimiter(header: str) -> str:
    """A comma; a semicolon or a tab where spreadsheets wrote one instead."""
    return next((mark for mark in (",", ";", "\t") if mark in header), ",")


def _places(header: Sequence[str], names: Sequence[str], counted: bool) -> list[int]:
    """Where the named columns stand. UsageError for one that is not there."""
    columns = list(header[:-1] if counted else header)
    for name in names:
        if name not in columns:
            raise UsageError(
                f"There is no column {name!r}.", next_step=f"Columns: {', '.join(columns)}."
            )
    return [columns.index(name) for name in names] if names != columns else [*range(len(columns))]


def _row(
    row: list[str], number: int, width: int, chosen: Sequence[int], counted: bool
) -> tuple[list[int], int]:
    """The marks of a line in the chosen columns, and its count."""
    if len(row) != width:
        raise UsageError(f"Line {number}: it has {len(row)} columns, not {width}.")
    marks = [_whole(row[at], number) for at in chosen]
    return marks, _whole(row[-1], number) if counted else 1


def _checked(marks: Sequence[int], width: int, count: float, number: int) -> int:
    """The history of a row with its count. UsageError for one that cannot be."""
    history = _history(marks, width, number)
    if count < 0 or count != int(count):
        raise UsageError(f"Row {number}: the count is {count}, not a whole number from 0.")
    if history == 0 and count:
        raise UsageError(
            f"Row {number}: it stands on no list.",
            next_step="Leave out people whom no list names: they are what is estimated.",
        )
    return history


def _whole(value: str, number: int, what: str = "Line") -> int:
    """``1``, ``1.0`` and ``True`` are whole; ``1.5``, ``yes`` and nothing are not."""
    try:
        found = float({"true": "1", "false": "0"}.get(value.casefold(), value))
    except ValueError:
        found = math.nan
    if not found.is_integer():
        raise UsageError(
            f"{what} {number}: {value!r} is not a whole number.",
            next_step="Lists hold 0 and 1; counts are whole numbers.",
        )
    return int(found)


def _history(marks: Sequence[int], width: int, number: int) -> int:
    if len(marks) != width:
        raise UsageError(f"Row {number}: it has {len(marks)} lists, not {width}.")
    if any(mark not in (0, 1) for mark in marks):
        raise UsageError(f"Row {number}: a list holds 0 or 1, not {list(marks)}.")
    return sum(int(mark) << i for i, mark in enumerate(marks))


def _check_names(names: tuple[str, ...]) -> None:
    if len(names) < 2:
        raise UsageError(
            f"There is {len(names)} list.",
            next_step="Nothing can be estimated from one list: two at least must overlap.",
        )
    if len(names) > MOST_LISTS:
        raise UsageError(f"{len(names)} lists are more than {MOST_LISTS}.")
    if len(set(names)) != len(names) or not all(names):
        raise UsageError("Two lists have the same name, or one has none.")
