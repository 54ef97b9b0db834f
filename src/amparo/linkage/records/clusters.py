"""Records grouped into people: who belongs together when all evidence is weighed, not one chain.

Linking whoever is linked to somebody linked joins strangers through one wrong pair. Here groups
grow from the strongest pair on, and two groups join only while the evidence between all their
records, for and against, speaks for it (greedy correlation clustering; Bansal, Blum and Chawla
2004). Every group knows the link by which it is weakest.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Cluster", "components", "grouped", "weakest"]

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

MOST = 12.0
"""Bits beyond which one pair's evidence counts no further, for or against."""
SAID = 500.0
"""Bits from which on a person has said so, and no evidence outweighs it."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A person's records, with the join that is weakest.

    ``weakest`` names the two records by which the last two parts of the group hang together best,
    ``bits`` what that one link weighs; the records on its first side are ``half``.
    """

    records: tuple[int, ...]
    weakest: tuple[int, int] | None
    bits: float
    half: tuple[int, ...]

    @property
    def halves(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The records on either side of the weakest link."""
        return self.half, tuple(record for record in self.records if record not in self.half)


def components(first: Integers, second: Integers, count: int) -> Integers:
    """The number of the connected part that each of ``count`` records lies in."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    edges = coo_matrix((np.ones(len(first), np.int8), (first, second)), (count, count))
    return np.asarray(connected_components(edges, directed=False)[1], np.int64)


def grouped(
    first: Integers, second: Integers, bits: Floats, *, threshold: float, unseen: float
) -> tuple[Cluster, ...]:
    """Groups of two records or more, each with its weakest link, the largest first.

    ``unseen`` is what a pair weighs that was never compared.
    """
    speaking = bits > threshold
    if not speaking.any():
        return ()
    count = int(max(first.max(), second.max())) + 1
    part = components(first[speaking], second[speaking], count)
    size = np.bincount(part, minlength=count)[part]
    twos = speaking & (size[first] == 2)
    inside = (part[first] == part[second]) & (size[first] > 2)
    larger = _larger(first[inside], second[inside], bits[inside], threshold, unseen)
    return _ordered([*larger, *_of_two(first[twos], second[twos], bits[twos])])


def _of_two(first: Integers, second: Integers, bits: Floats) -> Iterable[Cluster]:
    """Most groups: two records that nothing else is linked to, in their order."""
    lesser, greater = np.minimum(first, second), np.maximum(first, second)
    order = np.argsort(lesser)
    rows = zip(*(each[order].tolist() for each in (lesser, greater, bits)), strict=True)
    for a, b, weight in rows:
        both = (a, b)
        yield Cluster(both, both, weight, (a,))


def _larger(
    first: Integers, second: Integers, bits: Floats, threshold: float, unseen: float
) -> Iterable[Cluster]:
    """The groups within parts of three records or more."""
    near: dict[int, dict[int, float]] = {}
    evidence = np.where(np.abs(bits) < SAID, np.clip(bits - threshold, -MOST, MOST), bits)
    rows = zip(first.tolist(), second.tolist(), evidence.tolist(), strict=True)
    for a, b, weight in rows:
        near.setdefault(a, {})[b] = weight
        near.setdefault(b, {})[a] = weight
    groups = [sorted(each) for each in _grow(near, unseen - threshold) if len(each) > 1]
    return _with_weakest(groups, first, second, bits)


def _ordered(groups: Iterable[Cluster]) -> tuple[Cluster, ...]:
    return tuple(sorted(groups, key=lambda each: (-len(each.records), each.records)))


def _grow(near: dict[int, dict[int, float]], unseen: float) -> Iterable[list[int]]:
    """Join the two groups whose records speak for it most on average, until none do."""
    members = {record: [record] for record in near}
    sums = {record: dict(others) for record, others in near.items()}
    seen = {record: dict.fromkeys(others, 1) for record, others in near.items()}
    heap = [(-w, a, b) for a, others in sums.items() for b, w in others.items() if a < b and w > 0]
    heapq.heapify(heap)

    def mean(a: int, b: int) -> float:
        count = len(members[a]) * len(members[b])
        return (sums[a][b] + unseen * (count - seen[a][b])) / count

    while heap:
        against, a, b = heapq.heappop(heap)
        if a not in members or b not in members or b not in sums[a]:
            continue
        now = mean(a, b)
        if now <= 0:
            continue
        if -now > against + 1e-9:
            heapq.heappush(heap, (-now, a, b))
            continue
        if len(sums[a]) < len(sums[b]):
            a, b = b, a
        _join(a, b, members, sums, seen)
        for other in sums[a]:
            worth = mean(a, other)
            if worth > 0:
                heapq.heappush(heap, (-worth, min(a, other), max(a, other)))
    return members.values()


def _join(
    a: int,
    b: int,
    members: dict[int, list[int]],
    sums: dict[int, dict[int, float]],
    seen: dict[int, dict[int, int]],
) -> None:
    members[a] += members.pop(b)
    for other, weight in sums.pop(b).items():
        count = seen[b][other]
        del sums[other][b], seen[other][b]
        if other == a:
            continue
        for one, two in ((a, other), (other, a)):
            sums[one][two] = sums[one].get(two, 0.0) + weight
            seen[one][two] = seen[one].get(two, 0) + count
    seen.pop(b)


def weakest(records: Sequence[int], first: Integers, second: Integers, bits: Floats) -> Cluster:
    """The cluster of these records with its weakest link, by its maximum spanning tree.

    Taking the lightest branch out of the tree parts the cluster where its best evidence is least.
    """
    order = np.argsort(-bits, kind="stable")
    parent = {record: record for record in records}

    def root(record: int) -> int:
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    branches: list[tuple[float, int, int]] = []
    for a, b, weight in zip(
        first[order].tolist(), second[order].tolist(), bits[order].tolist(), strict=True
    ):
        one, other = root(a), root(b)
        if one != other:
            parent[other] = one
            branches.append((weight, a, b))
    if len(branches) < len(records) - 1:  # nothing compared holds it together: somebody said so
        return Cluster(tuple(records), None, 0.0, tuple(records))
    weight, a, b = min(branches)
    half = _side(a, [each for each in branches if each[1:] != (a, b)])
    return Cluster(tuple(records), (a, b), weight, tuple(sorted(half)))


def _with_weakest(
    groups: Sequence[Sequence[int]], first: Integers, second: Integers, bits: Floats
) -> Iterable[Cluster]:
    """Each group with its weakest link."""
    if not groups:
        return
    group = np.full(int(max(first.max(), second.max())) + 1, -1, np.int64)
    for number, records in enumerate(groups):
        group[records] = number
    inside = np.flatnonzero((group[first] >= 0) & (group[first] == group[second]))
    inside = inside[np.argsort(group[first[inside]], kind="stable")]
    ends = np.searchsorted(group[first[inside]], np.arange(len(groups) + 1))
    for number, records in enumerate(groups):
        own = inside[ends[number] : ends[number + 1]]
        yield weakest(records, first[own], second[own], bits[own])


def _side(start: int, branches: Sequence[tuple[float, int, int]]) -> set[int]:
    side, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for _, a, b in branches:
            for one, other in ((a, b), (b, a)):
                if one == here and other not in side:
                    side.add(other)
                    waiting.append(other)
    return side
