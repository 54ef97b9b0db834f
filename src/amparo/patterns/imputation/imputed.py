"""What was filled in: the replicates, and in each which cells were not stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from amparo.base.errors import UsageError
from amparo.patterns.imputation.variables import Codes, Reals
from amparo.patterns.tables import Records
from amparo.patterns.tables.records import Column

__all__ = ["MARK", "Filled", "Imputed"]

MARK = "imputed"
"""Stands in the column ``<name> (imputed)`` of a replicate, in each row that was filled in."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A column that was filled in.

    ``rows`` are those without a value, from 0; ``codes`` (replicates by rows) the words that they
    received; ``stated`` the words of the others. ``trace`` (replicates by iterations by scores) is
    the mean of what was filled in after each round.
    """

    name: str
    words: tuple[str, ...]
    rows: Codes
    codes: Codes
    stated: Codes
    numbers: Reals | None
    trace: Reals
    spared: int

    @property
    def share(self) -> float:
        """The share of the column's cells that were filled in."""
        return len(self.rows) / (len(self.rows) + len(self.stated) + self.spared)


@dataclass(frozen=True, slots=True)
class Imputed:
    """A table and its replicates. The ``records`` are as they were; nothing in them was changed."""

    records: Records = field(repr=False)
    columns: Mapping[str, Filled]
    using: tuple[str, ...]
    times: int
    iterations: int
    seed: int
    also_unknown: bool

    def replicate(self, number: int) -> Records:
        """A replicate, counted from 1: the table filled in, with a column of marks for each column
        that was. UsageError where there is none of that number."""
        if not 1 <= number <= self.times:
            raise UsageError(f"There is no replicate {number} of {self.times}.")
        made: dict[str, Column] = {}
        for name, filled in self.columns.items():
            codes = self.records.columns[name].codes.copy()
            codes[filled.rows] = filled.codes[number - 1]
            made[name] = Column(filled.words, codes)
            marks = np.full(len(codes), -1, dtype=np.int64)
            marks[filled.rows] = 0
            made[f"{name} ({MARK})"] = Column((MARK,), marks)
        return self.records.replaced(made)

    def replicates(self) -> Iterator[Records]:
        """Every replicate in its order."""
        return (self.replicate(number) for number in range(1, self.times + 1))

    def rows(self, name: str) -> list[int]:
        """The numbers of the records whose cell in ``name`` was filled in, from 1."""
        return [int(row) + 1 for row in self.columns[name].rows]
