"""One side of a table: its labels in their order, and under which of them each row stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amparo.patterns.tables.records import Codes, Column
from amparo.patterns.tables.several import Several, expanded
from amparo.patterns.tables.touching import NOT_STATED

__all__ = ["Side", "joined"]


@dataclass(frozen=True, slots=True)
class Side:
    """The labels down a side of the table in their order, and each row's place among them.

    Where a row may stand under several labels, ``groups`` are the sets of places that rows have,
    and ``codes`` says of each row which set is its own.
    """

    labels: tuple[str, ...]
    codes: Codes
    groups: tuple[tuple[int, ...], ...] | None = None
    notes: tuple[str, ...] = ()
    read_as: tuple[str, ...] = ()

    @classmethod
    def of(cls, column: Column | Several) -> Side:
        if isinstance(column, Several):
            return cls(column.words, column.codes, column.groups, column.notes, column.read_as)
        used = np.bincount(column.codes + 1, minlength=len(column.words) + 1) > 0
        words = [word for word, there in zip(column.words, used[1:], strict=True) if there]
        labels = sorted(words, key=_order) + ([NOT_STATED] if used[0] else [])
        place = {label: number for number, label in enumerate(labels)}
        lookup = [place.get(NOT_STATED, -1), *(place.get(word, -1) for word in column.words)]
        return cls(tuple(labels), np.array(lookup, dtype=np.int64)[column.codes + 1])

    @classmethod
    def one(cls, label: str, length: int) -> Side:
        return cls((label,), np.zeros(length, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.labels) if self.groups is None else len(self.groups)

    def has(self, label: str) -> NDArray[np.bool_]:
        """Of each row, whether it stands under a label."""
        place = self.labels.index(label)
        if self.groups is None:
            here: NDArray[np.bool_] = self.codes == place
            return here
        return np.array([place in group for group in self.groups], dtype=bool)[self.codes]

    def entries(self) -> tuple[Codes, Codes]:
        """Rows and places, one pair for each label that a row stands under."""
        return expanded(np.arange(len(self.codes), dtype=np.int64), self.codes, self.groups)

    def spread(self, counts: Codes) -> Codes:
        """Counts by group (the first axis) as counts by label: a group's rows are in each."""
        if self.groups is None:
            return counts
        belongs = np.zeros((len(self.labels), len(self.groups)), dtype=np.int64)
        for number, group in enumerate(self.groups):
            belongs[list(group), number] = 1
        by_label: Codes = belongs @ counts
        return by_label


def joined(down: Side, across: Side) -> tuple[Codes, Codes, Codes]:
    """Each row under each of its pairs of labels: rows, places down, places across."""
    rows, a = down.entries()
    if across.groups is None:
        return rows, a, across.codes[rows]
    each, b = expanded(np.arange(len(rows), dtype=np.int64), across.codes[rows], across.groups)
    return rows[each], a[each], b


def _order(label: str) -> tuple[bool, float, str]:
    """Numbers by size before words by alphabet."""
    number = label.replace(".", "", 1).isdecimal()
    return (not number, float(label) if number else 0.0, label.casefold())
