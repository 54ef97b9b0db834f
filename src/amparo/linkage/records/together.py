"""Pairs seen in their groups: which lie in one, also of those that no rule brought together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from amparo.linkage.records.candidates import as_pairs
from amparo.linkage.records.clusters import Cluster
from amparo.linkage.records.vectors import Pairs, Vectors

__all__ = ["often", "within"]

_LARGEST = 100  # records of a group that is heard: one of more is rather a mistake of the model

_OFTEN = 0.1  # of the likely matches: where fewer are of people seen thrice, little is learned


def often(first: NDArray[np.int64], chance: NDArray[np.float64]) -> bool:
    """Whether many people have three records or more, by how likely a match each pair is.

    ``first`` is the lesser record of each pair, and all likely pairs of it are there.
    """
    _, counts = np.unique(first[chance > 0.5], return_counts=True)
    return bool(counts[counts > 1].sum() > _OFTEN * counts.sum())


def within(
    found: Pairs,
    groups: Sequence[Cluster],
    vectors: Vectors,
    sheets: NDArray[np.int64] | None,
) -> tuple[Pairs, NDArray[np.bool_]]:
    """``found`` with all other pairs of each group, and for each pair whether it lies in one.

    Groups of two are left out: they say nothing that their pair does not.
    ``sheets`` is the sheet of each record where only pairs of different sheets count.
    """
    records = [sorted(each.records) for each in groups if 2 < len(each.records) <= _LARGEST]
    if not records:
        return found, np.zeros(len(found), bool)
    inside = _in_one(found, records)
    every = [pair for each in records for pair in combinations(each, 2)]
    first, second = np.array(every, np.int64).reshape(-1, 2).T
    new = ~np.isin(_numbers(first, second), _numbers(found.first, found.second))
    if sheets is not None:
        new &= sheets[first] != sheets[second]
    if not new.any():
        return found, inside
    more = vectors.of(as_pairs(first[new], second[new]))
    return _both(found, more), np.concatenate([inside, np.ones(len(more), bool)])


def _in_one(pairs: Pairs, groups: Sequence[Sequence[int]]) -> NDArray[np.bool_]:
    last = max(pairs.first.max(initial=0), pairs.second.max(initial=0), *map(max, groups))
    group = np.full(int(last) + 1, -1, np.int64)
    for number, each in enumerate(groups):
        group[each] = number
    return np.asarray((group[pairs.first] >= 0) & (group[pairs.first] == group[pairs.second]), bool)


def _numbers(first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each pair as one number, whichever of its records stands first."""
    return np.minimum(first, second) << 32 | np.maximum(first, second)


def _both(one: Pairs, other: Pairs) -> Pairs:
    return Pairs(
        np.concatenate([one.first, other.first]),
        np.concatenate([one.second, other.second]),
        np.concatenate([one.values, other.values]),
        np.concatenate([one.rarity, other.rarity]),
    )
