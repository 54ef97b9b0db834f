"""Direct standardisation: the rate that a group would have with the ages of a standard population.

The interval is the gamma interval of M. Fay and E. Feuer (*Statistics in Medicine* 16, 1997,
791–801), which holds for small counts too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from amparo.base.errors import UsageError

__all__ = ["Standardised", "standardised"]


@dataclass(frozen=True, slots=True)
class Standardised:
    """The crude and the standardised rate ``per`` so many, with the latter's interval."""

    crude: float
    rate: float
    lower: float
    upper: float


def standardised(
    counts: Sequence[int],
    population: Sequence[float],
    standard: Sequence[float],
    *,
    per: int = 100_000,
    level: float = 0.95,
) -> Standardised:
    """Standardise counts by stratum. UsageError for lists of other lengths or people below one."""
    if not len(counts) == len(population) == len(standard) or not len(counts):
        raise UsageError(
            "Counts, people and the standard need the same groups, at least one.",
            next_step="Give one number for each group in each.",
        )
    n, people = np.asarray(counts, dtype=float), np.asarray(population, dtype=float)
    share = np.asarray(standard, dtype=float)
    if (n < 0).any() or (people <= 0).any() or (share < 0).any() or not share.sum():
        raise UsageError("Counts from zero, and people above zero, are needed in every group.")
    weight = share / share.sum() / people
    rate, variance = float(weight @ n), float(weight**2 @ n)
    low, high = _gamma(rate, variance, float(weight.max()), level)
    return Standardised(float(n.sum() / people.sum()) * per, rate * per, low * per, high * per)


def _gamma(rate: float, variance: float, most: float, level: float) -> tuple[float, float]:
    from scipy.stats import gamma

    tail = (1 - level) / 2
    low = 0.0
    if rate:
        low = float(gamma.ppf(tail, rate**2 / variance, scale=variance / rate))
    above, spread = rate + most, variance + most**2
    high = float(gamma.ppf(1 - tail, above**2 / spread, scale=spread / above))
    return low, high
