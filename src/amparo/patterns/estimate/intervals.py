"""Intervals of totals, which can never lie below those documented.

The undocumented number is taken as log-normal about its estimate (Chao 1987; Burnham and others
1987), so that the interval is longer upward.
"""

from __future__ import annotations

import math

__all__ = ["Interval", "log_normal"]

Interval = tuple[float, float]
TWO_SIDED = 1.959964


def log_normal(documented: float, total: float, error: float) -> Interval:
    """95 % limits of a total whose standard error is ``error``."""
    unseen = total - documented
    if unseen <= 0 or not math.isfinite(total) or not math.isfinite(error):
        return (documented, total if math.isfinite(total) else math.inf)
    factor = math.exp(TWO_SIDED * math.sqrt(math.log(1 + (error / unseen) ** 2)))
    return documented + unseen / factor, documented + unseen * factor
