"""The compiled part of the stepwise estimator for sparse lists: fits of two-list models.

Everything is indexed by sets of lists as bits. ``above[s]``, the sum over all histories that hold
``s``, gives both the sufficient statistic of an effect and, at ``a | b``, an entry of the
information matrix; so a Newton step costs little more than one exponential a cell.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from amparo.patterns.estimate.compiled import compiled

__all__ = ["stepwise", "stepwise_all"]

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
STEPS = 60
FURTHEST = 30.0
SETTLED = 1e-9


@compiled
def _sum_above(values: Array, lists: int) -> None:
    """In place: each entry becomes the sum over the sets that contain it."""
    for i in range(lists):
        bit = 1 << i
        for s in range(len(values)):
            if not s & bit:
                values[s] += values[s | bit]


@compiled
def _sum_below(values: Array, lists: int) -> None:
    """In place: each entry becomes the sum over the sets within it."""
    for i in range(lists):
        bit = 1 << i
        for s in range(len(values)):
            if s & bit:
                values[s] += values[s ^ bit]


@compiled
def _solve(matrix: Array, vector: Array, size: int) -> bool:
    """Solve in place by Cholesky's factors; False when the matrix is not positive definite."""
    for i in range(size):
        for j in range(i + 1):
            value = matrix[i, j]
            for k in range(j):
                value -= matrix[i, k] * matrix[j, k]
            if i == j:
                if value <= 1e-11 * (1.0 + matrix[i, i]):
                    return False
                matrix[i, i] = np.sqrt(value)
            else:
                matrix[i, j] = value / matrix[j, j]
    for i in range(size):
        for k in range(i):
            vector[i] -= matrix[i, k] * vector[k]
        vector[i] /= matrix[i, i]
    for i in range(size - 1, -1, -1):
        for k in range(i + 1, size):
            vector[i] -= matrix[k, i] * vector[k]
        vector[i] /= matrix[i, i]
    return True


@compiled
def _fit(
    above: Array, alive: Array, effects: Ints, size: int, lists: int, means: Array, found: Array
) -> bool:
    """Fit the effects by Newton's steps from independence of the living cells.

    ``means`` receives the fitted cells and ``found`` the coefficients. True when the estimate
    exists and is the only one: the fitted cells are then all positive and match every margin,
    which is Fienberg and Rinaldo's (2012) condition itself.
    """
    matrix, step = np.empty((size, size)), np.empty(size)
    log_means, total = np.zeros(len(alive)), above[0]
    found[:] = 0.0
    for e in range(1, lists + 1):
        share = min(0.9, above[effects[e]] / (2.0 * total))
        found[e] = np.log(max(share, 1e-12) / (1.0 - share))
    found[0] = np.log(total)
    for _ in range(STEPS):
        log_means[:] = 0.0
        for e in range(size):
            log_means[effects[e]] = found[e]
        _sum_below(log_means, lists)
        means[0] = 0.0
        for s in range(1, len(alive)):
            means[s] = alive[s] * np.exp(min(log_means[s], 60.0))
        summed = means.copy()
        _sum_above(summed, lists)
        for a in range(size):
            step[a] = above[effects[a]] - summed[effects[a]]
            for b in range(a + 1):
                matrix[a, b] = summed[effects[a] | effects[b]]
        if not _solve(matrix, step, size):
            return False
        largest = np.abs(step).max()
        scale = min(1.0, 3.0 / max(largest, 1e-300))
        for e in range(size):
            found[e] += scale * step[e]
            if e and abs(found[e]) > FURTHEST:
                return False
        if largest < SETTLED:
            return True
    return False


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
    _sum_above(summed, lists)
    surprise = np.ones(len(pairs))
    for p in range(len(pairs)):
        if not taken[p]:
            surprise[p] = _tail(above[pairs[p]], summed[pairs[p]])
    return surprise


@compiled
def _variance(means: Array, effects: Ints, size: int, lists: int, note: Array) -> None:
    """The variance of the intercept, into ``note[0]``."""
    summed = means.copy()
    _sum_above(summed, lists)
    matrix, unit = np.empty((size, size)), np.zeros(size)
    for a in range(size):
        for b in range(a + 1):
            matrix[a, b] = summed[effects[a] | effects[b]]
    unit[0] = 1.0
    solved = _solve(matrix, unit, size)
    note[0] = unit[0] if solved else np.inf


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
    _sum_above(above, lists)
    everyone = True
    effects = np.zeros(1 + lists + len(pairs), dtype=np.int64)
    for i in range(lists):
        effects[1 + i] = 1 << i
        if above[1 << i] == 0.0:
            everyone = False
    order[:] = -1
    if not everyone:
        size = 1
        for i in range(lists):
            if above[1 << i] > 0.0:
                effects[size] = 1 << i
                size += 1
            else:
                for s in range(size_all):
                    if s & (1 << i):
                        alive[s] = 0.0
    else:
        size = 1 + lists
    means, found = np.zeros(size_all), np.zeros(len(effects))
    best, tried = np.zeros(size_all), np.zeros(len(effects))
    if not _fit(above, alive, effects, size, size - 1, best, found):
        return np.inf
    taken = np.zeros(len(pairs), dtype=np.bool_)
    steps = 0
    while everyone and steps < len(pairs):
        surprise = _candidates(above, best, pairs, taken, lists)
        added = False
        for _ in range(len(pairs)):
            p = int(np.argmin(surprise))
            note[1] = surprise[p]
            if surprise[p] >= threshold:
                break
            living, wider = alive.copy(), size
            if above[pairs[p]] == 0.0:
                for s in range(size_all):
                    if s & pairs[p] == pairs[p]:
                        living[s] = 0.0
            else:
                effects[size] = pairs[p]
                wider = size + 1
            if _fit(above, living, effects, wider, lists, means, tried):
                best[:], found[:], alive[:] = means, tried, living
                size, taken[p], order[steps], added = wider, True, p, True
                steps += 1
                break
            surprise[p] = 1.0
        if not added:
            break
    _variance(best, effects, size, lists, note)
    return float(np.exp(found[0]))


@compiled
def stepwise_all(tables: Array, pairs: Ints, lists: int, threshold: float, found: Array) -> None:
    """The dark figure of each row of ``tables``, into ``found``."""
    order, note = np.empty(len(pairs), dtype=np.int64), np.zeros(2)
    for row in range(len(tables)):
        found[row] = stepwise(tables[row], pairs, lists, threshold, order, note)
