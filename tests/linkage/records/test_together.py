"""Pairs seen in their groups: those that were found, and those that no rule found."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from amparo.linkage.records.clusters import Cluster
from amparo.linkage.records.together import often, within
from amparo.linkage.records.vectors import Pairs


def pairs(*both: tuple[int, int]) -> Pairs:
    first, second = np.array(both, np.int64).reshape(-1, 2).T
    return Pairs(first, second, np.zeros((len(both), 1), np.int8), np.zeros((len(both), 1), "f4"))


def group(*records: int) -> Cluster:
    return Cluster(records, None, 0.0, records)


class Compared:
    """Compares what it is given, and remembers it."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []

    def of(self, table: pa.Table) -> Pairs:
        columns = (table.column(f"join_key_{side}").to_pylist() for side in "lr")
        self.asked = list(zip(*columns, strict=True))
        return pairs(*self.asked)


@pytest.mark.parametrize(
    ("groups", "sheets", "asked", "inside"),
    [
        ([group(0, 1, 2)], None, [(0, 2)], [True, True, False, True]),
        ([group(0, 1, 2)], [0, 1, 0, 1], [], [True, True, False]),
        ([group(0, 1)], None, [], [False, False, False]),
        ([], None, [], [False, False, False]),
        ([group(*range(101))], None, [], [False, False, False]),
    ],
)
def test_pairs_are_seen_in_their_groups(groups, sheets, asked, inside) -> None:
    compared = Compared()
    apart = None if sheets is None else np.array(sheets)
    found, together = within(pairs((1, 0), (1, 2), (2, 3)), groups, compared, apart)
    assert compared.asked == asked
    assert together.tolist() == inside
    assert len(found) == len(inside)


def test_a_group_may_reach_beyond_what_was_found() -> None:
    found, together = within(pairs((0, 1)), [group(0, 1, 9)], Compared(), None)
    assert len(found) == 3
    assert together.all()


@pytest.mark.parametrize(
    ("first", "chance", "many"),
    [
        ([0, 0, 3], [0.9, 0.9, 0.9], True),
        ([0, 1, 3], [0.9, 0.9, 0.9], False),
        ([0, 0, 3], [0.9, 0.1, 0.9], False),
        ([0, 0], [0.1, 0.1], False),
        ([0, 0, *range(1, 30)], [0.9] * 31, False),
    ],
)
def test_people_of_three_records_are_counted(first, chance, many: bool) -> None:
    assert often(np.array(first), np.array(chance)) is many
