"""Sample coverage (Chao and Tsay 1998; Chao and others, Statistics in Medicine 2001).

The coverage ``C`` is the share of the whole that would be met again, estimated from how many of
each list stand on another. ``low`` is the one-step estimator for low coverage, ``high`` the full
one; with less than about 55 % of coverage the full one is unstable and the one-step is a lower
bound where lists attract one another. Figures agree with R's package CARE1.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from amparo.patterns.estimate.histories import Table

__all__ = ["LOW", "CoverageFit", "fit", "interval"]

LOW = 0.55


@dataclass(frozen=True, slots=True)
class CoverageFit:
    """``independent`` ignores dependence; ``low`` and ``high`` correct it. ``high`` is None when
    the table cannot support it."""

    coverage: float
    independent: float
    low: float
    high: float | None

    @property
    def total(self) -> float:
        """The one that this coverage allows."""
        return self.low if self.high is None or self.coverage < LOW else self.high


def fit(table: Table) -> CoverageFit | None:
    """The three estimates of the total; None when nobody stands on two lists."""
    lists = range(len(table.lists))
    sizes = list(table.list_sizes.values())
    only = [table.counts.get(1 << j, 0) for j in lists]
    if not all(sizes) or sum(only) == table.documented:
        return None
    coverage = 1 - sum(o / s for o, s in zip(only, sizes, strict=True)) / len(sizes)
    distinct = table.documented - sum(only) / len(sizes)
    pairs = [
        (
            only[j] + only[k] + 2 * table.counts.get(1 << j | 1 << k, 0),
            table.overlap(j, k) / (sizes[j] * sizes[k]),
        )
        for j, k in combinations(lists, 2)
    ]
    scale = len(sizes) * coverage

    def corrected(total: float) -> float:
        return distinct / coverage + sum(met * (total * tie - 1) for met, tie in pairs) / scale

    first = distinct / coverage
    left = scale - sum(met * tie for met, tie in pairs)
    full = (len(sizes) * distinct - sum(met for met, _ in pairs)) / left if left > 1e-4 else None
    low = max(float(table.documented), corrected(corrected(first)))
    return CoverageFit(coverage, first, low, _sound(full, table.documented))


def interval(table: Table, *, draws: int = 400, seed: int = 1) -> tuple[float, float]:
    """95 % limits, log-normal about the undocumented, its spread from a bootstrap of the table."""
    here = fit(table)
    if here is None:
        return float(table.documented), float("inf")
    rng = np.random.default_rng(seed)
    histories = sorted(table.counts)
    shares = np.array([table.counts[h] for h in histories], dtype=np.float64) / table.documented
    whole = [
        _of(here, fit(Table(table.lists, {h: int(c) for h, c in zip(histories, row, strict=True)})))
        for row in rng.multinomial(table.documented, shares, size=draws)
    ]
    unseen = max(0.5, here.total - table.documented)
    spread = float(np.std([value for value in whole if value is not None]))
    factor = float(np.exp(1.96 * np.sqrt(np.log(1 + (spread / unseen) ** 2))))
    lower = min(here.total, table.documented + unseen / factor)
    return lower, table.documented + unseen * factor


def _of(chosen: CoverageFit, drawn: CoverageFit | None) -> float | None:
    """The same kind of estimate of a redrawn table."""
    if drawn is None:
        return None
    return drawn.low if chosen.total == chosen.low else drawn.high


def _sound(total: float | None, documented: int) -> float | None:
    return None if total is None or total < documented else total
