"""A column in which one row may stand under several words: the rights that an act touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from amparo.patterns.tables.records import Codes, Column

__all__ = ["Several", "expanded", "together"]

MOST_TICKS = 50_000_000
"""Up to how many different numbers are ticked off in memory; beyond, they are sorted."""


@dataclass(frozen=True, slots=True)
class Several:
    """``words`` in their order, sets of their places as ``groups``, and each row's group.

    ``notes`` are what must be read before a number is used; ``read_as`` says how words were read.
    """

    words: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    codes: Codes
    notes: tuple[str, ...] = ()
    read_as: tuple[str, ...] = ()


def expanded(
    numbers: Codes, codes: Codes, groups: tuple[tuple[int, ...], ...] | None
) -> tuple[Codes, Codes]:
    """Each of ``numbers`` as often as its group has places, and those places; without groups the
    codes are the places."""
    if groups is None:
        return numbers, codes
    sizes = np.array([len(group) for group in groups], dtype=np.int64)
    flat = np.array([place for group in groups for place in group], dtype=np.int64)
    begins = np.cumsum(sizes) - sizes
    many = sizes[codes]
    within = np.arange(int(many.sum()), dtype=np.int64) - np.repeat(np.cumsum(many) - many, many)
    return np.repeat(numbers, many), flat[np.repeat(begins[codes], many) + within]


def together(columns: Sequence[Column]) -> tuple[list[tuple[str | None, ...]], Codes]:
    """The different combinations of words that rows have, and for each row which it has."""
    codes = np.zeros(len(columns[0].codes), dtype=np.int64)
    for column in columns:
        codes = _renumbered(codes * (len(column.words) + 1) + column.codes + 1)
    first = np.zeros(int(codes.max(initial=-1)) + 1, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return [tuple(column.word(int(row)) for column in columns) for row in first], codes


def _renumbered(codes: Codes) -> Codes:
    """The same numbers without gaps, in their order."""
    most = int(codes.max(initial=0)) + 1
    if most > MOST_TICKS:
        return np.unique(codes, return_inverse=True)[1].astype(np.int64)
    there = np.zeros(most, dtype=bool)
    there[codes] = True
    return (np.cumsum(there) - 1)[codes]
