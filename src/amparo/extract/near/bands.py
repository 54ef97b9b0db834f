"""Finding marks of 64 bits that differ in few: cut into bands, two like ones agree nearly in one.

Multi-index hashing (Norouzi, Punjani, Fleet, "Fast Search in Hamming Space with Multi-Index
Hashing", CVPR 2012): two marks that differ in at most 9 bits, cut into five bands, differ in at
most one bit in some band. So each band is looked up as it is and with each of its bits turned, and
nothing within 9 bits is missed.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

__all__ = ["BANDS", "close_pairs", "keys", "probes"]

BANDS = ((51, 13), (38, 13), (25, 13), (12, 13), (0, 12))
"""Where each band begins, in bits from the right, and how wide it is."""

_MOST_AT_ONCE = 4_000_000

Marks = NDArray[np.uint64]
Pairs = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def keys(mark: bytes) -> list[int]:
    """The keys under which a mark is kept: each band's number and value in one."""
    whole = int.from_bytes(mark, "big")
    return [
        number << 13 | whole >> start & (1 << width) - 1
        for number, (start, width) in enumerate(BANDS)
    ]


def probes(mark: bytes) -> list[int]:
    """The keys under which every mark within 9 bits is found."""
    found = []
    for key, (_start, width) in zip(keys(mark), BANDS, strict=True):
        found += [key, *(key ^ 1 << bit for bit in range(width))]
    return found


def close_pairs(marks: Marks, most: int) -> Pairs:
    """All pairs of ``marks`` that differ in at most ``most`` bits, 9 or fewer.

    Gives the place of the one, of the other (always later), and how many bits differ. Give each
    mark once: a thousand equal ones are half a million pairs that say nothing.
    """
    if most > 2 * len(BANDS) - 1:
        raise ValueError(f"within {most} bits some pairs would be missed")
    found = [pair for band in BANDS for pair in _pairs_in_band(marks, band, most)]
    if not found:
        empty = np.empty(0, np.int64)
        return empty, empty, empty
    one, other = (np.concatenate(each) for each in zip(*found, strict=True))
    low, high = np.minimum(one, other), np.maximum(one, other)
    both = np.unique(low * len(marks) + high)
    low, high = np.divmod(both, len(marks))
    return low, high, np.bitwise_count(marks[low] ^ marks[high]).astype(np.int64)


def _pairs_in_band(
    marks: Marks, band: tuple[int, int], most: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    start, width = band
    values = (marks >> np.uint64(start) & np.uint64((1 << width) - 1)).astype(np.int64)
    order = np.argsort(values, kind="stable")
    values, sorted_marks = values[order], marks[order]
    edges = np.searchsorted(values, np.arange((1 << width) + 1))
    for bit in (-1, *range(width)):
        firsts, lasts = _partners(values, edges, bit)
        for one, other in _expanded(firsts, lasts):
            near = np.bitwise_count(sorted_marks[one] ^ sorted_marks[other]) <= most
            yield order[one[near]], order[other[near]]


def _partners(
    values: NDArray[np.int64], edges: NDArray[np.int64], bit: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each mark in order of its band, which places hold its partners: from, up to."""
    if bit < 0:  # the same value: those after it
        return np.arange(1, len(values) + 1), edges[values + 1]
    turned = values ^ (1 << bit)
    firsts, lasts = edges[turned], edges[turned + 1]
    return firsts, np.where(turned > values, lasts, firsts)  # each pair once


def _expanded(
    firsts: NDArray[np.int64], lasts: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Each place with each of its partners, some millions at a time."""
    counts = lasts - firsts
    ends = np.cumsum(counts)
    at = 0
    while at < len(counts):
        before = ends[at - 1] if at else 0
        upto = max(at + 1, int(np.searchsorted(ends, before + _MOST_AT_ONCE, side="right")))
        some = counts[at:upto]
        one = np.repeat(np.arange(at, upto), some)
        begins = np.cumsum(some) - some
        other = np.arange(len(one)) - np.repeat(begins, some) + np.repeat(firsts[at:upto], some)
        if len(one):
            yield one, other
        at = upto
