"""What linking gives: pairs with their weights, strongest first, and the groups they make."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amparo.linkage.records.clusters import Cluster

__all__ = ["Pair", "Result"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, by their rows in all sheets together, and how likely they are one person's."""

    first: int
    second: int
    bits: float

    @property
    def chance(self) -> float:
        """From 0 to 1."""
        return float(1 / (1 + 2.0 ** -min(max(self.bits, -60.0), 60.0)))


@dataclass(frozen=True, slots=True)
class Result:
    """All scored pairs that may matter (strongest first), and the groups they make."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    bits: NDArray[np.float64]
    clusters: tuple[Cluster, ...]
    threshold: float

    @property
    def pairs(self) -> list[Pair]:
        """The pairs at or above the threshold."""
        return self.above(self.threshold)

    def above(self, bits: float) -> list[Pair]:
        """The pairs that weigh at least ``bits``, strongest first."""
        count = int((self.bits >= bits).sum())
        rows = (self.first[:count], self.second[:count], self.bits[:count])
        return [Pair(*row) for row in zip(*(each.tolist() for each in rows), strict=True)]
