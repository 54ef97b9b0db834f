"""Sparse lists: few people stand on two of them, and some lists do not overlap at all.

The method of Chan, Silverman and Vincent (Multiple systems estimation for sparse capture data,
Journal of the American Statistical Association 2021): Poisson models with the lists' own effects
and two-list effects; an effect whose lists never overlap is minus infinity, which takes its cells
out of the table; effects enter one by one while an overlap is more surprising than ``threshold``
and the estimate exists. Intervals are bias-corrected accelerated (BCa, DiCiccio and Efron 1996)
from a bootstrap that chooses the model anew each time. Figures agree with R's package SparseMSE.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from amparo.base.errors import UsageError
from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.kernels.sparse import stepwise, stepwise_all

__all__ = ["SparseFit", "bootstrap", "fit"]

Array = npt.NDArray[np.float64]
THRESHOLD = 0.02
MOST_LISTS = 10


@dataclass(frozen=True, slots=True)
class SparseFit:
    """The chosen model. ``total`` is infinite when nobody stands on two lists.

    ``pairs`` are the two-list effects in the order in which they entered, ``empty`` those among
    them whose lists never overlap. ``log_error`` is the standard error of the undocumented
    number's logarithm, as if the model had been given.
    """

    total: float
    pairs: tuple[tuple[str, str], ...]
    empty: tuple[tuple[str, str], ...]
    log_error: float
    threshold: float


def fit(table: Table, *, threshold: float = THRESHOLD) -> SparseFit:
    """Choose the model and estimate the total. UsageError beyond ten lists."""
    lists = _lists(table)
    pairs, order, note = _pairs(lists), np.empty(lists * (lists - 1) // 2, np.int64), np.zeros(2)
    counts = table.cells.astype(np.float64)
    dark = stepwise(counts, pairs, lists, threshold, order, note)
    places = list(combinations(range(lists), 2))
    taken = [places[p] for p in order if p >= 0]
    named = [(table.lists[a], table.lists[b]) for a, b in taken]
    empty = [n for n, place in zip(named, taken, strict=True) if table.overlap(*place) == 0]
    error = float(np.sqrt(max(0.0, note[0])))
    return SparseFit(table.documented + dark, tuple(named), tuple(empty), error, threshold)


def bootstrap(
    table: Table,
    shares: tuple[float, ...] = (0.025, 0.975),
    *,
    draws: int = 1000,
    threshold: float = THRESHOLD,
    seed: int = 1,
) -> tuple[float, ...]:
    """BCa limits of the total at ``shares``, from ``draws`` tables drawn anew."""
    lists, counts = _lists(table), table.cells.astype(np.float64)
    rng, people = np.random.default_rng(seed), table.documented
    drawn = rng.multinomial(people, counts / people, size=draws).astype(np.float64)
    seen = np.flatnonzero(counts)
    without = np.repeat(counts[None, :], len(seen), axis=0)
    without[np.arange(len(seen)), seen] -= 1
    found, left_out, here = np.empty(draws), np.empty(len(seen)), np.empty(1)
    pairs = _pairs(lists)
    stepwise_all(drawn, pairs, lists, threshold, found)
    stepwise_all(without, pairs, lists, threshold, left_out)
    stepwise_all(counts[None, :], pairs, lists, threshold, here)
    limits = _bca(found, float(here[0]), _acceleration(counts[seen], left_out - 1), shares)
    return tuple(people + limit for limit in limits)


def _acceleration(counts: Array, left_out: Array) -> float:
    """From the jackknife: leave one person out, weighted by how many have that history."""
    usable = np.isfinite(left_out)
    if not usable.all():
        counts, left_out = counts[usable], left_out[usable]
    apart = (counts @ left_out) / counts.sum() - left_out
    square = float(counts @ apart**2)
    return float(counts @ apart**3) / (6 * square**1.5) if square > 0 else 0.0


def _bca(found: Array, here: float, acceleration: float, shares: tuple[float, ...]) -> list[float]:
    below = float(np.clip(np.mean(found < here), 0.5 / len(found), 1 - 0.5 / len(found)))
    bias = ndtri(below)
    moved = bias + ndtri(np.array(shares))
    at = ndtr(bias + moved / (1 - acceleration * moved))
    ordered = np.sort(found)
    return [_quantile(ordered, float(share)) for share in at]


def _quantile(ordered: Array, share: float) -> float:
    """Linear between order statistics; infinite only where the upper neighbour is."""
    place = share * (len(ordered) - 1)
    low = int(np.floor(place))
    high = min(low + 1, len(ordered) - 1)
    if not np.isfinite(ordered[high]):
        return float(ordered[high] if place > low else ordered[low])
    return float(ordered[low] + (place - low) * (ordered[high] - ordered[low]))


def _pairs(lists: int) -> npt.NDArray[np.int64]:
    return np.array([1 << a | 1 << b for a, b in combinations(range(lists), 2)], dtype=np.int64)


def _lists(table: Table) -> int:
    if len(table.lists) > MOST_LISTS:
        raise UsageError(
            f"The method for sparse lists takes {MOST_LISTS} lists at most, not "
            f"{len(table.lists)}.",
            next_step="Join lists that come from one source, or use --method lcmcr.",
        )
    return len(table.lists)
