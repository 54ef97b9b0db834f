"""Columns as the method sees them: what is to be filled in, and what it is filled in by."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amparo.base.errors import UsageError
from amparo.patterns.quality.missing import says_unknown
from amparo.patterns.tables import Records

__all__ = ["Groups", "Target", "fillable", "groups", "target"]

SILENT, SPARED = -1, -2
FEWEST_STATED = 20
MOST_WORDS = 30
MOST_GROUPS = 20
NUMBERS_FROM = 13
TENTHS = 10

Codes = NDArray[np.int64]
Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Target:
    """A column to be filled in.

    ``codes`` are by row: the number of a word, ``SILENT`` to be filled, ``SPARED`` for a cell that
    says "unknown" and stays. ``scores`` (words by dimensions) are what a regression predicts: one
    for each word, or the standardised number. ``grouping`` maps a word to its group where the
    column helps to fill another, ``groups`` is how many there are.
    """

    name: str
    words: tuple[str, ...]
    codes: Codes
    scores: Reals
    grouping: Codes
    groups: int
    numbers: Reals | None

    @property
    def silent(self) -> Codes:
        """The rows to be filled, from 0."""
        return np.flatnonzero(self.codes == SILENT)

    @property
    def stated(self) -> Codes:
        """The rows that say something, from 0."""
        return np.flatnonzero(self.codes >= 0)


@dataclass(frozen=True, slots=True)
class Groups:
    """A column that helps: each row's group, one of ``number``; silence is a group of its own."""

    codes: Codes
    number: int


def target(records: Records, name: str, *, also_unknown: bool) -> Target:
    """The column ``name`` as one to fill in. UsageError where there is too little to learn from,
    or too many different words."""
    column = records.columns.get(name)
    if column is None:
        raise UsageError(
            f"The table has no column {name!r}.",
            next_step=f"Columns: {', '.join(records.columns)}.",
        )
    unknown = np.array([says_unknown(word) for word in column.words] + [False])
    codes = column.codes.copy()
    codes[unknown[column.codes]] = SILENT if also_unknown else SPARED
    known = [word for word, gone in zip(column.words, unknown, strict=False) if not gone]
    stated = int(np.count_nonzero(codes >= 0))
    if stated < FEWEST_STATED:
        raise UsageError(
            f"Only {stated} cells of {name} say anything; nothing can be learned from so few.",
            next_step=f"It takes {FEWEST_STATED}.",
        )
    numbers = _numbers(column.words, unknown)
    if numbers is None and len(known) > MOST_WORDS:
        raise UsageError(
            f"The column {name} has {len(known)} different values; {MOST_WORDS} can be filled in.",
            next_step="Group them first.",
        )
    scores = np.eye(len(column.words)) if numbers is None else _standard(numbers, codes)
    grouping, number = _grouping(codes, numbers, len(column.words))
    return Target(name, column.words, codes, scores, grouping, number, numbers)


def fillable(records: Records) -> list[str]:
    """The columns that have silent cells, or cells that say "unknown", and can be filled in."""
    return [name for name in records.columns if _can_be(records, name)]


def _can_be(records: Records, name: str) -> bool:
    try:
        return len(target(records, name, also_unknown=True).silent) > 0
    except UsageError:
        return False


def groups(records: Records, name: str) -> Groups:
    """The column ``name``, or a part of a date, as one that helps: its most frequent words apart,
    the others together; numbers by tenths."""
    column = records.column(name)
    numbers = _numbers(column.words, np.zeros(len(column.words) + 1, dtype=bool))
    grouping, number = _grouping(column.codes, numbers, len(column.words))
    lookup = np.append(grouping, number)  # the last is for silence
    return Groups(lookup[column.codes], number + 1)


def _numbers(words: tuple[str, ...], unknown: NDArray[np.bool_]) -> Reals | None:
    """The words as numbers, NaN where one says "unknown"; None where the column counts nothing."""
    if len(words) < NUMBERS_FROM:
        return None
    told = np.full(len(words), math.nan)
    for place, word in enumerate(words):
        if unknown[place]:
            continue
        try:
            told[place] = float(word)
        except ValueError:
            return None
    return told if np.isfinite(told[~unknown[:-1]]).all() else None


def _standard(numbers: Reals, codes: Codes) -> Reals:
    """Numbers less their mean, by their deviation."""
    seen = numbers[codes[codes >= 0]]
    spread = float(seen.std()) or 1.0
    told = (np.nan_to_num(numbers) - float(seen.mean())) / spread
    return np.asarray(told, dtype=float)[:, None]


def _grouping(codes: Codes, numbers: Reals | None, words: int) -> tuple[Codes, int]:
    """The group of each word, and how many groups there are."""
    if numbers is not None:
        seen = numbers[codes[codes >= 0]]
        ends = np.unique(np.quantile(seen[np.isfinite(seen)], np.arange(1, TENTHS) / TENTHS))
        return np.searchsorted(ends, np.nan_to_num(numbers), side="right").astype(np.int64), (
            len(ends) + 1
        )
    often = np.bincount(codes[codes >= 0], minlength=words)
    order = np.argsort(-often, kind="stable")
    grouping = np.empty(words, dtype=np.int64)
    grouping[order] = np.minimum(np.arange(words), MOST_GROUPS - 1)
    return grouping, min(words, MOST_GROUPS)
