"""Poisson models of capture histories, compiled: one fit in microseconds.

Everything is indexed by sets of lists as bits. ``above[s]``, the sum over all histories that hold
``s``, gives both the sufficient statistic of an effect and, at ``a | b``, an entry of the
information matrix; so a Newton step costs little more than one exponential a cell.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from amparo.patterns.estimate.kernels.compiled import compiled

__all__ = ["fit_effects", "sum_above", "sum_below", "variance_of_intercept"]

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
STEPS = 60
FURTHEST = 30.0
SETTLED = 1e-9


@compiled
def sum_above(values: Array, lists: int) -> None:
    """In place: each entry becomes the sum over the sets that contain it."""
    for i in range(lists):
        bit = 1 << i
        for s in range(len(values)):
            if not s & bit:
                values[s] += values[s | bit]


@compiled
def sum_below(values: Array, lists: int) -> None:
    """In place: each entry becomes the sum over the sets within it."""
    for i in range(lists):
        bit = 1 << i
        for s in range(len(values)):
            if s & bit:
                values[s] += values[s ^ bit]


@compiled
def solve(matrix: Array, vector: Array, size: int) -> bool:
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
def fit_effects(
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
        sum_below(log_means, lists)
        means[0] = 0.0
        for s in range(1, len(alive)):
            means[s] = alive[s] * np.exp(min(log_means[s], 60.0))
        summed = means.copy()
        sum_above(summed, lists)
        for a in range(size):
            step[a] = above[effects[a]] - summed[effects[a]]
            for b in range(a + 1):
                matrix[a, b] = summed[effects[a] | effects[b]]
        if not solve(matrix, step, size):
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
def variance_of_intercept(means: Array, effects: Ints, size: int, lists: int, note: Array) -> None:
    """The variance of the intercept, into ``note[0]``."""
    summed = means.copy()
    sum_above(summed, lists)
    matrix, unit = np.empty((size, size)), np.zeros(size)
    for a in range(size):
        for b in range(a + 1):
            matrix[a, b] = summed[effects[a] | effects[b]]
    unit[0] = 1.0
    solved = solve(matrix, unit, size)
    note[0] = unit[0] if solved else np.inf
