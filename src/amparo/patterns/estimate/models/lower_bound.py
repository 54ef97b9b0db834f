"""Chao's lower bound (1987), from how many stand on one list and how many on two.

When people differ in how easily they are listed, at least ``(k-1)/k * f1**2 / (2 f2)`` are on no
list. The form without bias, ``f1 (f1-1) / (2 (f2+1))``, stays finite when nobody is on two lists.
Lists of very different size, or lists that repel one another, break the bound.
"""

from __future__ import annotations

from dataclasses import dataclass

from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.intervals import Interval, log_normal

__all__ = ["BoundFit", "fit"]


@dataclass(frozen=True, slots=True)
class BoundFit:
    """``once`` and ``twice`` are how many stand on exactly one list and exactly two."""

    documented: int
    once: int
    twice: int
    total: float
    standard_error: float

    @property
    def interval(self) -> Interval:
        """95 % limits of the bound, not of the truth above it."""
        return log_normal(self.documented, self.total, self.standard_error)


def fit(table: Table) -> BoundFit:
    """The bound and its standard error."""
    once, twice = int(table.captures[1]), int(table.captures[2])
    share = (len(table.lists) - 1) / len(table.lists)
    unseen = share * once * (once - 1) / (2 * (twice + 1))
    ratio = once / max(twice, 1)
    spread = share**2 * ratio**4 / 4 + share**2 * ratio**3 + share * ratio**2 / 2
    variance = max(twice, 1) * spread
    return BoundFit(table.documented, once, twice, table.documented + unseen, variance**0.5)
