"""Change points: where the mean of a series of counts became another.

The best parting into stretches of constant mean is found exactly (B. Jackson and others, *IEEE
Signal Processing Letters* 12, 2005, 105–108), each further change costing ``2 log n`` times the
extra variation, as BIC does (Y.-C. Yao, *Statistics & Probability Letters* 6, 1988, 181–189).
Whether there is any change at all is asked by shuffling the periods.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from amparo.base.errors import UsageError

__all__ = ["Change", "Changes", "changes"]

FEWEST_PERIODS = 8
MOST_PERIODS = 600
_WITHIN = 1.92
"""Half the 95 % point of chi-square with one degree: places as likely as this may be the place."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Change:
    """The mean becomes ``after`` at the period ``at`` (from 0); it may be ``earliest`` to
    ``latest``."""

    at: int
    earliest: int
    latest: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes in their order, and the ``level`` of each period.

    ``p`` is the share of shuffled series whose best single change is as strong as the real one's;
    ``dispersion`` is the extra variation from one period to the next, 1 for none.
    """

    changes: tuple[Change, ...]
    levels: tuple[float, ...]
    p: float
    dispersion: float
    shuffles: int


def changes(counts: Sequence[int], *, shuffles: int = 999, seed: int = 1) -> Changes:
    """Find the changes. UsageError for a series too short, or longer than can be searched."""
    if not FEWEST_PERIODS <= len(counts) <= MOST_PERIODS:
        raise UsageError(
            f"{len(counts)} periods; change points take {FEWEST_PERIODS} to {MOST_PERIODS}.",
            next_step="Choose shorter or longer periods.",
        )
    if not any(counts):
        raise UsageError("Nothing was counted, so nothing can change.")
    y = np.asarray(counts, dtype=float)
    extra = _extra_variation(y)
    p = _by_chance(y, shuffles, np.random.default_rng(seed))
    starts = _best_starts(y, 2 * math.log(len(y)) * extra)
    bounds = [0, *starts, len(y)]
    means = [float(y[a:b].mean()) for a, b in pairwise(bounds)]
    found = tuple(
        _told(y, bounds[i - 1], bounds[i], bounds[i + 1], extra) for i in range(1, len(bounds) - 1)
    )
    lengths = np.diff(bounds)
    levels = tuple(float(value) for value in np.repeat(means, lengths))
    return Changes(found, levels, p, extra, shuffles)


def _extra_variation(y: Numbers) -> float:
    """The variation from one period to the next, as a multiple of that of independent things.

    A change between stretches touches one pair only, so that it is not taken for variation.
    """
    apart, both = np.diff(y) ** 2, y[1:] + y[:-1]
    seen = both > 0
    return max(1.0, float((apart[seen] / both[seen]).mean())) if seen.any() else 1.0


def _likelihoods(y: Numbers) -> Numbers:
    """``table[a, b]``: the greatest log-likelihood of a constant mean over ``y[a:b]``."""
    sums = np.concatenate([[0.0], np.cumsum(y)])
    total = sums[None, :] - sums[:, None]
    length = np.arange(len(sums))[None, :] - np.arange(len(sums))[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        table = np.where((total > 0) & (length > 0), total * np.log(total / length) - total, 0.0)
    table[length <= 0] = -np.inf
    return np.asarray(table, dtype=float)


def _best_starts(y: Numbers, price: float) -> list[int]:
    """Where the stretches of the best parting begin, the first one left out."""
    table = _likelihoods(y)
    cost = np.full(len(y) + 1, np.inf)
    cost[0], back = -price, np.zeros(len(y) + 1, dtype=int)
    for end in range(1, len(y) + 1):
        tried = cost[:end] - 2 * table[:end, end] + price
        back[end] = int(tried.argmin())
        cost[end] = tried[back[end]]
    starts, end = [], len(y)
    while end:
        end = int(back[end])
        starts.append(end)
    return sorted(starts)[1:]


def _told(y: Numbers, first: int, at: int, end: int, extra: float) -> Change:
    """One change with the places that are nearly as likely, its neighbours held where they are."""
    table = _likelihoods(y[first:end])
    inside = np.arange(1, end - first)
    gains = table[0, inside] + table[inside, end - first]
    near = inside[gains >= gains.max() - _WITHIN * extra]
    return Change(
        at=at,
        earliest=first + int(near.min()),
        latest=first + int(near.max()),
        before=float(y[first:at].mean()),
        after=float(y[at:end].mean()),
    )


def _by_chance(y: Numbers, shuffles: int, chance: np.random.Generator) -> float:
    """How often a shuffled series has a single change as strong as the real one's."""
    if not shuffles:
        return math.nan
    real = _strongest(y[None, :])[0]
    every = chance.permuted(np.broadcast_to(y, (shuffles, len(y))), axis=1)
    return float((1 + np.count_nonzero(_strongest(every) >= real - 1e-9)) / (shuffles + 1))


def _strongest(y: Numbers) -> Numbers:
    """The log-likelihood of each series' best single change."""
    n = y.shape[1]
    left = np.cumsum(y, axis=1)[:, :-1]
    right = y.sum(axis=1, keepdims=True) - left
    before, after = np.arange(1, n), n - np.arange(1, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        gain = np.where(left > 0, left * np.log(left / before), 0.0)
        gain += np.where(right > 0, right * np.log(right / after), 0.0)
    return np.asarray(gain.max(axis=1), dtype=float)
