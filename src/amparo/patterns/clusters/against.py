"""The scan statistic with expected counts (M. Kulldorff, *Communications in Statistics: Theory and
Methods* 26, 1997, 1481–1496): Poisson's model, for cases among people whose number is known.

Each cylinder, a circle of places over a stretch of periods, is compared with what its people would
have if all had the same risk. The best one is compared with those of tables in which as many cases
fell where people are. It sees a place that is high all the time, which the permutation model of
``scan`` cannot; and it takes fewer documents for fewer cases.
"""

from __future__ import annotations

import numpy as np

from amparo.base.errors import UsageError
from amparo.patterns.clusters.cylinders import Counts, Reals, Scan, best_windows

__all__ = ["scan_against"]


def scan_against(
    counts: Counts, expected: Reals, at: Reals, *, shuffles: int = 999, seed: int = 1
) -> Scan:
    """Scan ``counts`` against ``expected`` (both places by periods, with the same sum) of places
    ``at`` (places by x and y, in one unit); one period looks at places alone.

    A cylinder holds at most half of what is expected and half of the periods. UsageError for fewer
    than two places, and for numbers that cannot be.
    """
    _refuse(counts, expected, at)
    chance, total = np.random.default_rng(seed), int(counts.sum())
    shares = (expected / expected.sum()).ravel()

    def fallen() -> Counts:
        return chance.multinomial(total, shares).reshape(counts.shape)

    return best_windows(counts, expected, at, by_chance=fallen, shuffles=shuffles)


def _refuse(counts: Counts, expected: Reals, at: Reals) -> None:
    if counts.ndim != 2 or len(counts) < 2 or len(at) != len(counts):
        raise UsageError(
            "A cluster takes at least two places.",
            next_step="Give the people of each place apart.",
        )
    if counts.shape != expected.shape or (expected <= 0).any() or not counts.sum():
        raise UsageError("Every place needs people, and somebody must have been counted.")
