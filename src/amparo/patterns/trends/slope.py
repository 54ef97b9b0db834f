"""The average change from period to period: a log-linear trend that allows for extra variation.

Poisson regression of the counts on time, its standard errors widened by the variation that is left
(quasi-likelihood: P. McCullagh and J. Nelder, *Generalized Linear Models*, 2nd ed. 1989, ch. 6.2).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from amparo.base.errors import UsageError

__all__ = ["Slope", "slope"]

FEWEST_PERIODS, FEWEST_COUNTED = 5, 20
_STEPS, _CLOSE = 100, 1e-10


@dataclass(frozen=True, slots=True)
class Slope:
    """The change a period in per cent with its interval at ``level``; ``dispersion`` is 1 where
    counts vary as independent things do, and more where they come in bursts."""

    percent: float
    lower: float
    upper: float
    dispersion: float
    level: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out no change at all."""
        return self.lower > 0 or self.upper < 0


def slope(counts: Sequence[int], level: float = 0.95) -> Slope:
    """Fit the trend. UsageError for too few periods, or too little counted, to say anything."""
    from scipy.special import stdtrit

    if len(counts) < FEWEST_PERIODS or sum(counts) < FEWEST_COUNTED:
        raise UsageError(
            f"{sum(counts)} in {len(counts)} periods are too few to speak of a trend.",
            next_step=f"It takes {FEWEST_PERIODS} periods and {FEWEST_COUNTED} counted.",
        )
    y = np.asarray(counts, dtype=float)
    x = np.arange(len(y)) - (len(y) - 1) / 2
    design = np.column_stack([np.ones_like(x), x])
    fitted, spread = _fit(design, y)
    mean = np.exp(design @ fitted)
    free = len(y) - 2
    dispersion = max(1.0, float(((y - mean) ** 2 / mean).sum() / free))
    wide = float(stdtrit(free, (1 + level) / 2)) * math.sqrt(dispersion * spread[1, 1])
    low, at, high = (100 * math.expm1(fitted[1] + move) for move in (-wide, 0, wide))
    return Slope(at, low, high, dispersion, level)


def _fit(design: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Newton's steps to the greatest likelihood: coefficients, and the inverse information."""
    told = np.array([math.log(y.mean()), 0.0])
    for _ in range(_STEPS):
        mean = np.exp(design @ told)
        inverse = np.linalg.inv(design.T @ (design * mean[:, None]))
        move = inverse @ (design.T @ (y - mean))
        told = told + np.clip(move, -1, 1)
        if np.abs(move).max() < _CLOSE:
            return told, inverse
    raise UsageError("No trend fits these counts.", next_step="Most of them may lie in one period.")
