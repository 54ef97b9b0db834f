"""The space-time permutation scan statistic, for cases alone (M. Kulldorff and others, *PLoS
Medicine* 2(3), 2005, e59).

Each cylinder, a circle of places over a stretch of periods, is compared with what it would hold if
time and place had nothing to do with each other; the best one's likelihood ratio is compared with
that of data whose times were shuffled among the cases.
"""

from __future__ import annotations

import numpy as np

from amparo.base.errors import UsageError
from amparo.patterns.clusters.cylinders import Counts, Reals, Scan, best_windows

__all__ = ["scan"]


def scan(counts: Counts, at: Reals, *, shuffles: int = 999, seed: int = 1) -> Scan:
    """Scan ``counts`` (places by periods) of places ``at`` (places by x and y, in one unit).

    A cylinder holds at most half of all cases and half of the periods. UsageError for fewer than
    two places or periods.
    """
    if counts.ndim != 2 or min(counts.shape) < 2 or len(at) != len(counts):
        raise UsageError(
            "A cluster takes at least two places and two periods.",
            next_step="Choose shorter periods, or a table with more places.",
        )
    chance = np.random.default_rng(seed)
    where, when = _cases(counts)
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / max(1, int(counts.sum()))

    def shuffled() -> Counts:
        made = np.zeros_like(counts)
        np.add.at(made, (where, chance.permutation(when)), 1)
        return made

    return best_windows(counts, expected, at, by_chance=shuffled, shuffles=shuffles)


def _cases(counts: Counts) -> tuple[Counts, Counts]:
    where, when = np.nonzero(counts)
    many = counts[where, when]
    return np.repeat(where, many), np.repeat(when, many)
