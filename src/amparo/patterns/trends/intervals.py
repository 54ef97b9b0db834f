"""The exact interval of a count (F. Garwood, *Biometrika* 28, 1936, 437–442).

It says how much a count of independent things would vary by chance. It says nothing of what was
never documented.
"""

from __future__ import annotations

import math

from amparo.base.errors import UsageError

__all__ = ["poisson_interval"]


def poisson_interval(count: int, level: float = 0.95) -> tuple[float, float]:
    """The lower and upper limit of the mean that ``count`` came from, at ``level``."""
    from scipy.special import chdtri

    if count < 0:
        raise UsageError(f"Got the count {count}, expected none or more.")
    if not 0 < level < 1:
        raise UsageError(f"Got the level {level}, expected one between 0 and 1.")
    tail = (1 - level) / 2
    lower = 0.0 if count == 0 else float(chdtri(2 * count, 1 - tail)) / 2
    upper = float(chdtri(2 * count + 2, tail)) / 2
    return lower, upper if math.isfinite(upper) else math.inf
