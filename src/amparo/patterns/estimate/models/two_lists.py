"""Two lists: Chapman (1951), the nearly unbiased form of Petersen's estimate.

Nothing in two lists can tell whether standing on one changes the chance of standing on the other.
If it does, the estimate is wrong by as much, and no interval shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.intervals import Interval, log_normal

__all__ = ["PairFit", "chapman", "pairs"]


@dataclass(frozen=True, slots=True)
class PairFit:
    """The estimate from two lists; ``documented`` counts who is on either."""

    lists: tuple[str, str]
    documented: int
    overlap: int
    total: float
    standard_error: float

    @property
    def interval(self) -> Interval:
        """95 % limits if the lists were independent."""
        return log_normal(self.documented, self.total, self.standard_error)


def chapman(table: Table, first: int = 0, second: int = 1) -> PairFit:
    """Chapman's estimate from two lists of a table, the others left aside."""
    names = (table.lists[first], table.lists[second])
    a, b = table.list_sizes[names[0]], table.list_sizes[names[1]]
    both = table.overlap(first, second)
    total = (a + 1) * (b + 1) / (both + 1) - 1
    variance = (a + 1) * (b + 1) * (a - both) * (b - both) / ((both + 1) ** 2 * (both + 2))
    return PairFit(names, a + b - both, both, total, variance**0.5)


def pairs(table: Table) -> tuple[PairFit, ...]:
    """Chapman's estimate from every two lists: far apart, they tell of dependence."""
    return tuple(chapman(table, a, b) for a, b in combinations(range(len(table.lists)), 2))
