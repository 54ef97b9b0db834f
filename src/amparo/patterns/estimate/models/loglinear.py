"""Log-linear models of capture histories (Fienberg 1972; Cormack 1989).

The counts of the ``2**k - 1`` histories are Poisson with means ``exp(X b)``; ``exp`` of the
intercept is the estimate of the people whom no list names. Figures agree with R's package Rcapture
(Baillargeon and Rivest 2007).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.kernels.poisson import fit_effects, sum_above, variance_of_intercept
from amparo.patterns.estimate.models.hierarchical import Model, all_models, name_of

__all__ = ["Fit", "fit_all", "select"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fit:
    """One fitted model. ``total`` counts documented and undocumented; ``converged`` False means
    that the estimate does not exist or is not the only one; its figures are then infinite."""

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


def fit_all(table: Table, models: Iterable[Model]) -> tuple[Fit, ...]:
    """Fit every model to the table, each by Newton's steps in machine code."""
    counts = table.cells.astype(np.float64)
    above = counts.copy()
    sum_above(above, len(table.lists))
    return tuple(_fit(model, counts, above, len(table.lists)) for model in models)


def select(table: Table, models: Iterable[Model] | None = None) -> tuple[Fit, ...]:
    """Every model (all hierarchical ones by default), the lowest BIC first."""
    fits = fit_all(table, all_models(len(table.lists)) if models is None else models)
    return tuple(sorted(fits, key=lambda fit: (not fit.converged, fit.bic)))


def _fit(model: Model, counts: Array, above: Array, lists: int) -> Fit:
    ordered = [0, *sorted(model, key=lambda s: (s.bit_count(), s))]
    effects, size = np.array(ordered, dtype=np.int64), len(ordered)
    alive, means, found, note = (np.ones(len(counts)), *(np.zeros(len(counts)) for _ in range(3)))
    alive[0] = 0.0
    found = np.zeros(size)
    exists = bool(min(above[ordered]) > 0) and fit_effects(
        above, alive, effects, size, lists, means, found
    )
    if not exists:
        return Fit(model, np.inf, np.inf, np.inf, 0, np.inf, np.inf, converged=False)
    variance_of_intercept(means, effects, size, lists, note)
    unseen, seen, fitted = float(np.exp(found[0])), counts[1:], means[1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(seen > 0, seen * np.log(seen / fitted), 0.0)
        likelihood = float((seen * np.log(fitted) - fitted - gammaln(seen + 1)).sum())
    documented = float(seen.sum())
    return Fit(
        model=model,
        total=documented + unseen,
        standard_error=float(np.sqrt(unseen + unseen**2 * max(0.0, note[0]))),
        deviance=float(2 * (ratio - seen + fitted).sum()),
        freedom=len(seen) - size,
        aic=2 * size - 2 * likelihood,
        bic=float(np.log(documented)) * size - 2 * likelihood,
        converged=True,
    )
