"""The compiled part of the stepwise estimator for sparse lists (Chan, Silverman, Vincent 2021)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from amparo.patterns.estimate.kernels.compiled import compiled
from amparo.patterns.estimate.kernels.poisson import fit_effects, sum_above, variance_of_intercept

__all__ = ["stepwise", "stepwise_all"]

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@compiled
def _tail(count: float, mean: float) -> float:
    """The smaller of P(X <= count) and P(X >= count) for a Poisson variate."""
    if mean <= 0.0:
        return 0.0 if count > 0.0 else 1.0
    here = -mean
    for one in range(1, int(count) + 1):
        here += np.log(mean / one)
    at = np.exp(here)
    below, term, i = at, at, float(count)
    while i > 0.0 and term > 1e-18 * below:
        term *= i / mean
        below += term
        i -= 1.0
    upward, term, i = at, at, float(count)
    while term > 1e-18 * upward or i < mean:
        i += 1.0
        term *= mean / i
        upward += term
        if i > count + 10.0 * mean + 1000.0:
            break
    return float(min(below, upward))


@compiled
def _candidates(
    above: Array, means: Array, pairs: Ints, taken: npt.NDArray[np.bool_], lists: int
) -> Array:
    """How surprising each pair's overlap is under the fitted cells; 1 for those taken."""
    summed = means.copy()
    sum_above(summed, lists)
    surprise = np.ones(len(pairs))
    for p in range(len(pairs)):
        if not taken[p]:
            surprise[p] = _tail(above[pairs[p]], summed[pairs[p]])
    return surprise


@compiled
def _begun(above: Array, alive: Array, effects: Ints, lists: int) -> int:
    """The effects of the lists that name somebody, into ``effects``; cells of the others die in
    ``alive``. Returns how many effects there are, the intercept among them."""
    size = 1
    for i in range(lists):
        if above[1 << i] > 0.0:
            effects[size] = 1 << i
            size += 1
        else:
            for s in range(len(alive)):
                if s & (1 << i):
                    alive[s] = 0.0
    return size


@compiled
def _taking(above: Array, pair: int, alive: Array, effects: Ints, size: int, living: Array) -> int:
    """With the pair: an effect more, or its cells dead in ``living`` where its lists never meet.
    Returns how many effects there are then."""
    living[:] = alive
    if above[pair] == 0.0:
        for s in range(len(living)):
            if s & pair == pair:
                living[s] = 0.0
        return size
    effects[size] = pair
    return size + 1


@compiled
def stepwise(
    counts: Array, pairs: Ints, lists: int, threshold: float, order: Ints, note: Array
) -> float:
    """The dark figure after stepwise choice of two-list effects (Chan, Silverman, Vincent 2021).

    ``counts`` by history, ``pairs`` as bits. ``order`` receives the pairs taken, by number, then
    -1; ``note[0]`` the variance of its logarithm and ``note[1]`` the chance at which it stopped.
    Infinite when no lists overlap.
    """
    size_all = len(counts)
    above, alive = counts.copy(), np.ones(size_all)
    alive[0] = 0.0
    sum_above(above, lists)
    effects = np.zeros(1 + lists + len(pairs), dtype=np.int64)
    order[:] = -1
    size = _begun(above, alive, effects, lists)
    means, found = np.zeros(size_all), np.zeros(len(effects))
    best, tried, living = np.zeros(size_all), np.zeros(len(effects)), np.zeros(size_all)
    if not fit_effects(above, alive, effects, size, size - 1, best, found):
        return np.inf
    taken = np.zeros(len(pairs), dtype=np.bool_)
    steps, added = 0, size == 1 + lists
    while added and steps < len(pairs):
        surprise = _candidates(above, best, pairs, taken, lists)
        added = False
        for _ in range(len(pairs)):
            p = int(np.argmin(surprise))
            note[1] = surprise[p]
            if surprise[p] >= threshold:
                break
            wider = _taking(above, pairs[p], alive, effects, size, living)
            if fit_effects(above, living, effects, wider, lists, means, tried):
                best[:], found[:], alive[:] = means, tried, living
                size, taken[p], order[steps], added = wider, True, p, True
                steps += 1
                break
            surprise[p] = 1.0
    variance_of_intercept(best, effects, size, lists, note)
    return float(np.exp(found[0]))


@compiled
def stepwise_all(tables: Array, pairs: Ints, lists: int, threshold: float, found: Array) -> None:
    """The dark figure of each row of ``tables``, into ``found``."""
    order, note = np.empty(len(pairs), dtype=np.int64), np.zeros(2)
    for row in range(len(tables)):
        found[row] = stepwise(tables[row], pairs, lists, threshold, order, note)
