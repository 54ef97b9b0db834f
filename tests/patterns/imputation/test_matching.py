"""Donors: near in what is predicted, drawn each with the same chance."""

from __future__ import annotations

import numpy as np

from amparo.patterns.imputation.matching import DONORS, design, matched, patterns
from amparo.patterns.imputation.variables import Groups


def test_rows_alike_in_every_helping_column_are_one_pattern() -> None:
    helping = [Groups(np.array([0, 1, 0, 1]), 2), Groups(np.array([2, 0, 2, 1]), 3)]
    pattern, first = patterns(helping, 4)
    assert pattern[0] == pattern[2]
    assert len(set(pattern.tolist())) == len(first) == 3
    assert design(helping, first).shape == (3, 1 + 2 + 3)


def test_nobody_helps_and_everybody_is_a_donor() -> None:
    """Without helping columns values come as often as they are stated."""
    codes = np.array([0] * 300 + [1] * 100 + [-1] * 4_000)
    drawn = matched(
        codes, np.eye(2), np.arange(400, 4_400), np.arange(400), [], np.random.default_rng(3)
    )
    assert 0.18 < drawn.mean() < 0.32


def test_a_small_pattern_borrows_from_the_one_nearest_to_it() -> None:
    """Four donors are too few, so the group beside it gives too, and the one far away does not."""
    group = np.array([0] * 4 + [1] * 30 + [2] * 30 + [0] * 500)
    codes = np.array([0] * 4 + [0] * 29 + [1] + [2] * 30 + [-1] * 500)
    silent, stated = np.arange(64, 564), np.arange(64)
    helping = [Groups(group, 3)]
    drawn = [
        set(matched(codes, np.eye(3), silent, stated, helping, np.random.default_rng(n)).tolist())
        for n in range(10)
    ]
    assert DONORS == 5
    assert set().union(*drawn) == {0, 1}


def test_a_group_that_nobody_stated_is_of_is_filled_in_all_the_same() -> None:
    group = np.array([0] * 40 + [1] * 40 + [2] * 200)
    codes = np.array([0] * 40 + [1] * 40 + [-1] * 200)
    silent, stated = np.arange(80, 280), np.arange(80)
    drawn = [
        matched(codes, np.eye(2), silent, stated, [Groups(group, 3)], np.random.default_rng(n))
        for n in range(20)
    ]
    assert set(np.concatenate(drawn).tolist()) == {0, 1}
