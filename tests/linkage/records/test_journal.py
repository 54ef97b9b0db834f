"""Merges and partings: what holds is what the whole journal says."""

from __future__ import annotations

import pytest

from amparo.linkage.records.journal import Entry, groups_after


@pytest.mark.parametrize(
    ("entries", "groups"),
    [
        ([], []),
        ([("merge", (1, 2))], [(1, 2)]),
        ([("merge", (1, 2)), ("merge", (2, 3))], [(1, 2, 3)]),
        ([("merge", (1, 2, 3)), ("part", (3,))], [(1, 2)]),
        ([("merge", (1, 2, 3, 4)), ("part", (3, 4))], [(1, 2), (3, 4)]),
        ([("merge", (1, 2)), ("part", (1,)), ("merge", (1, 2))], [(1, 2)]),
        ([("part", (5,))], []),
    ],
)
def test_the_groups_follow_from_the_journal(entries, groups) -> None:
    assert groups_after(Entry(kind, records) for kind, records in entries) == groups
