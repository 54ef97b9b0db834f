"""Log-linear models of capture histories (Fienberg 1972; Cormack 1989), all fitted at once.

The counts of the ``2**k - 1`` histories are Poisson with means ``exp(X b)``; ``exp`` of the
intercept is the estimate of the people whom no list names. Newton's method runs over all models
together: each uses the same design with its absent columns switched off. Figures agree with R's
package Rcapture (Baillargeon and Rivest 2007).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from amparo.patterns.estimate.hierarchical import Model, all_models, name_of
from amparo.patterns.estimate.histories import Table

__all__ = ["Fit", "average", "fit_all", "select"]

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
STEPS = 40
TOLERANCE = 1e-9
RUNAWAY = 12.0
BATCH = 256


@dataclass(frozen=True, slots=True)
class Fit:
    """One fitted model. ``total`` counts documented and undocumented; ``converged`` False means
    that a parameter runs off to minus infinity: the estimate then may not exist."""

    model: Model
    total: float
    standard_error: float
    deviance: float
    freedom: int
    aic: float
    bic: float
    converged: bool

    @property
    def name(self) -> str:
        """The model in Rcapture's notation."""
        return name_of(self.model)


def fit_all(table: Table, models: Sequence[Model]) -> tuple[Fit, ...]:
    """Fit every model to the table: a matrix with a row a model and a column an interaction."""
    counts = table.cells.astype(np.float64)
    fits: list[Fit] = []
    for start in range(0, len(models), BATCH):
        fits += _fit_batch(models[start : start + BATCH], counts, len(table.lists))
    return tuple(fits)


def select(table: Table, models: Sequence[Model] | None = None) -> tuple[Fit, ...]:
    """Every model (all hierarchical ones by default), the lowest BIC first."""
    fits = fit_all(table, all_models(len(table.lists)) if models is None else models)
    return tuple(sorted(fits, key=lambda fit: fit.bic))


def average(fits: Sequence[Fit]) -> tuple[float, float]:
    """Total and standard error averaged with weights ``exp(-BIC / 2)`` over converged fits.

    The error holds the spread between models (Buckland, Burnham and Augustin 1997).
    """
    usable = [fit for fit in fits if fit.converged and np.isfinite(fit.standard_error)]
    bics = np.array([fit.bic for fit in usable])
    weights = np.exp(-(bics - bics.min()) / 2)
    weights /= weights.sum()
    totals = np.array([fit.total for fit in usable])
    errors = np.array([fit.standard_error for fit in usable])
    mean = float(weights @ totals)
    return mean, float(weights @ np.sqrt(errors**2 + (totals - mean) ** 2))


def _fit_batch(models: Sequence[Model], counts: Array, lists: int) -> list[Fit]:
    used = np.zeros((len(models), 2**lists), dtype=bool)
    used[:, 0] = True
    for row, model in enumerate(models):
        used[row, list(model)] = True
    coefficients, converged = _newton(used, counts, lists)
    means = np.exp(_over_subsets(coefficients, lists))
    means[:, 0] = 0.0
    first_unit = np.zeros_like(coefficients)
    first_unit[:, 0] = 1.0
    variance = _solve(_information(means, used, lists), first_unit)[:, 0]
    return _summaries(models, counts, used, coefficients[:, 0], variance, means, converged)


def _newton(used: Mask, counts: Array, lists: int) -> tuple[Array, Mask]:
    """Newton's steps, the models that have settled left out of the further ones."""
    coefficients = _first_step(used, counts, lists)
    settled = np.zeros(len(used), dtype=bool)
    for _ in range(STEPS):
        rows = np.flatnonzero(~settled)
        if not len(rows):
            break
        means = np.exp(np.clip(_over_subsets(coefficients[rows], lists), -30.0, 50.0))
        means[:, 0] = 0.0
        gradient = _over_supersets(counts - means, lists) * used[rows]
        information = _information(means, used[rows], lists)
        step = _solve(information, gradient)
        largest = np.abs(step).max(axis=1)
        coefficients[rows] += step * np.minimum(1.0, 5.0 / np.maximum(largest, 1e-300))[:, None]
        settled[rows] = (largest < TOLERANCE) | _runs_away(coefficients[rows])
    return coefficients, settled & ~_runs_away(coefficients)


def _runs_away(coefficients: Array) -> Mask:
    """Whether an interaction goes to minus infinity, or the unseen to infinity."""
    away: Mask = np.abs(coefficients[:, 1:]).max(axis=1) > RUNAWAY
    return away | (coefficients[:, 0] > 2 * RUNAWAY)


def _first_step(used: Mask, counts: Array, lists: int) -> Array:
    """Least squares on the logarithm of the counts and a half."""
    weights: Array = np.add(counts, 0.5)
    weights[0] = 0.0
    target: Array = weights * np.log(counts + 0.5)
    right = _over_supersets(target[None, :], lists) * used
    information = _information(np.broadcast_to(weights, used.shape), used, lists)
    return _solve(information, right)


def _solve(matrices: Array, vectors: Array) -> Array:
    return np.asarray(np.linalg.solve(matrices, vectors[..., None])[..., 0], dtype=np.float64)


def _information(means: Array, used: Mask, lists: int) -> Array:
    """``X' W X`` of each model; switched-off columns get a 1 on the diagonal and nothing else.

    Columns ``a`` and ``b`` are both 1 in the histories that hold ``a | b``, so that their product
    is a sum over supersets.
    """
    columns = np.arange(2**lists)
    above = _over_supersets(means, lists)
    masked = above[:, columns[:, None] | columns[None, :]]
    masked *= used[:, :, None]
    masked *= used[:, None, :]
    masked[:, columns, columns] += np.where(used, 1e-12, 1.0)
    return masked


def _over_subsets(values: Array, lists: int) -> Array:
    """For each history the sum of ``values`` over the interactions within it."""
    summed = values.copy()
    for shaped in _by_list(summed, lists):
        shaped[:, :, 1] += shaped[:, :, 0]
    return summed


def _over_supersets(values: Array, lists: int) -> Array:
    """For each interaction the sum of ``values`` over the histories that hold it."""
    summed = values.copy()
    for shaped in _by_list(summed, lists):
        shaped[:, :, 0] += shaped[:, :, 1]
    return summed


def _by_list(values: Array, lists: int) -> Iterator[Array]:
    """Views of ``values`` whose third axis is absence and presence of one list."""
    for i in range(lists):
        yield values.reshape(len(values), 2 ** (lists - 1 - i), 2, 2**i)


def _summaries(
    models: Sequence[Model],
    counts: Array,
    used: Mask,
    intercepts: Array,
    variance: Array,
    means: Array,
    converged: Mask,
) -> list[Fit]:
    documented = counts.sum()
    counts, means = counts[1:], means[:, 1:]
    unseen = np.exp(np.clip(intercepts, -50.0, 60.0))
    errors = np.sqrt(unseen + unseen**2 * np.maximum(variance, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(counts > 0, counts * np.log(counts / means), 0.0)
    deviance = 2 * (ratio - counts + means).sum(axis=1)
    likelihood = (counts * np.log(means) - means - gammaln(counts + 1)).sum(axis=1)
    size = used.sum(axis=1)
    return [
        Fit(
            model=model,
            total=float(documented + unseen[i]),
            standard_error=float(errors[i]),
            deviance=float(deviance[i]),
            freedom=int(len(counts) - size[i]),
            aic=float(2 * size[i] - 2 * likelihood[i]),
            bic=float(np.log(documented) * size[i] - 2 * likelihood[i]),
            converged=bool(converged[i]),
        )
        for i, model in enumerate(models)
    ]
