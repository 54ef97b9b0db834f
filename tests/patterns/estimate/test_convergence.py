"""Convergence measures on chains whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from amparo.patterns.estimate.chains.convergence import effective, effective_tails, rank_r_hat
from amparo.patterns.estimate.chains.modes import parted

RNG = np.random.default_rng(11)
APART = RNG.normal(size=(4, 1000)) + np.array([[0.0], [0.0], [3.0], [3.0]])


def test_independent_draws_are_all_effective() -> None:
    chains = np.random.default_rng(1).normal(size=(4, 2000))
    assert rank_r_hat(chains) == pytest.approx(1.0, abs=0.005)
    assert effective(chains) == pytest.approx(8000, rel=0.12)
    assert effective_tails(chains) == pytest.approx(8000, rel=0.25)


def test_an_autoregression_loses_what_theory_says() -> None:
    rng, chains = np.random.default_rng(2), np.zeros((4, 20_000))
    for at in range(1, chains.shape[1]):
        chains[:, at] = 0.8 * chains[:, at - 1] + rng.normal(size=4)
    assert effective(chains) == pytest.approx(80_000 * 0.2 / 1.8, rel=0.15)


def test_chains_apart_are_seen() -> None:
    assert rank_r_hat(APART) > 1.5
    assert effective(APART) < 50


def test_equal_places_of_unequal_spread_are_seen() -> None:
    chains = np.random.default_rng(3).normal(size=(4, 1000)) * np.array([[1], [1], [5], [5]])
    assert rank_r_hat(chains) > 1.05


def test_chains_are_parted_by_place_or_by_likelihood() -> None:
    level = RNG.normal(size=(4, 1000))
    assert parted(APART, level) == [(0, 1), (2, 3)]
    assert parted(level, level) == [(0, 1, 2, 3)]
    assert parted(level, APART * 3) == [(0, 1), (2, 3)]
