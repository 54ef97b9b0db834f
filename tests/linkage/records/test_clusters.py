"""Groups by all evidence, and the link by which each is weakest."""

from __future__ import annotations

import numpy as np

from amparo.linkage.records.clusters import Cluster, grouped, weakest


def made(*edges: tuple[int, int, float]):
    first, second, bits = zip(*edges, strict=True)
    return np.array(first), np.array(second), np.array(bits, float)


def test_one_wrong_link_does_not_join_two_people() -> None:
    edges = made(
        (0, 1, 9), (0, 2, 9), (1, 2, 9), (3, 4, 9), (3, 5, 9), (4, 5, 9),
        (2, 3, 3), (0, 3, -8), (1, 4, -8), (2, 5, -8),
    )  # fmt: skip
    found = grouped(*edges, threshold=0, unseen=-2)
    assert [each.records for each in found] == [(0, 1, 2), (3, 4, 5)]
    assert all(each.bits == 9 for each in found)


def test_two_records_need_one_link() -> None:
    found = grouped(*made((7, 4, 0.1), (1, 2, -0.1)), threshold=0, unseen=-2)
    assert found == (Cluster((4, 7), (4, 7), 0.1, (4,)),)
    assert grouped(*made((1, 2, -5)), threshold=0, unseen=-2) == ()


def test_the_weakest_link_parts_the_group() -> None:
    found = weakest((0, 1, 2, 3), *made((0, 1, 9), (1, 2, 2), (0, 2, 1), (2, 3, 8)))
    assert (found.weakest, found.bits) == ((1, 2), 2.0)
    assert found.halves == ((0, 1), (2, 3))


def test_the_largest_group_comes_first() -> None:
    edges = made((0, 1, 9), (2, 3, 9), (3, 4, 9), (2, 4, 9))
    found = grouped(*edges, threshold=0, unseen=-2)
    assert [each.records for each in found] == [(2, 3, 4), (0, 1)]
