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

__all__ = ["Cluster", "cluster", "components", "weakest", "with_weakest"]

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
    ``bits`` what that one link weighs; records on either side of it are ``halves``.
    """

    records: tuple[int, ...]
    weakest: tuple[int, int] | None
    bits: float
    halves: tuple[tuple[int, ...], tuple[int, ...]]


def components(first: Integers, second: Integers, count: int) -> Integers:
    """The number of the connected part that each of ``count`` records lies in."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    edges = coo_matrix((np.ones(len(first), np.int8), (first, second)), (count, count))
    return np.asarray(connected_components(edges, directed=False)[1], np.int64)


def cluster(
    first: Integers, second: Integers, bits: Floats, *, threshold: float, unseen: float
) -> list[tuple[int, ...]]:
    """Groups of two records or more. ``unseen`` is what a pair weighs that was never compared."""
    if not (bits > threshold).any():
        return []
    count = int(max(first.max(), second.max())) + 1
    speaking = bits > threshold
    part = components(first[speaking], second[speaking], count)
    size = np.bincount(part, minlength=count)[part]
    twos = speaking & (size[first] == 2)
    two = zip(first[twos].tolist(), second[twos].tolist(), strict=True)
    groups: list[tuple[int, ...]] = [tuple(sorted(each)) for each in two]
    inside = (part[first] == part[second]) & (size[first] > 2)
    near: dict[int, dict[int, float]] = {}
    evidence = np.where(np.abs(bits) < SAID, np.clip(bits - threshold, -MOST, MOST), bits)
    evidence = evidence[inside].tolist()
    for a, b, weight in zip(first[inside].tolist(), second[inside].tolist(), evidence, strict=True):
        near.setdefault(a, {})[b] = weight
        near.setdefault(b, {})[a] = weight
    groups += [tuple(sorted(each)) for each in _grow(near, unseen - threshold) if len(each) > 1]
    return sorted(groups)


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
        return Cluster(tuple(records), None, 0.0, (tuple(records), ()))
    weight, a, b = min(branches)
    half = _side(a, [each for each in branches if each[1:] != (a, b)])
    rest = tuple(record for record in records if record not in half)
    return Cluster(tuple(records), (a, b), weight, (tuple(sorted(half)), rest))


def with_weakest(
    groups: Sequence[tuple[int, ...]], first: Integers, second: Integers, bits: Floats, count: int
) -> tuple[Cluster, ...]:
    """Each group with its weakest link, the largest first."""
    group = np.full(count, -1, np.int64)
    for number, records in enumerate(groups):
        group[list(records)] = number
    inside = np.flatnonzero((group[first] >= 0) & (group[first] == group[second]))
    inside = inside[np.argsort(group[first[inside]], kind="stable")]
    ends = np.searchsorted(group[first[inside]], np.arange(len(groups) + 1))
    found = []
    for number, records in enumerate(groups):
        own = inside[ends[number] : ends[number + 1]]
        if len(records) == 2 and len(own) == 1:
            a, b = records
            found.append(Cluster((a, b), (a, b), float(bits[own[0]]), ((a,), (b,))))
        else:
            found.append(weakest(records, first[own], second[own], bits[own]))
    return tuple(sorted(found, key=lambda each: (-len(each.records), each.records)))


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
