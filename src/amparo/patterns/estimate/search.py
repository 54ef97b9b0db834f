"""Log-linear models of more than five lists, found step by step.

There are 7,785,061 hierarchical models of six lists, too many to fit each. The search starts at
independence and adds or takes away one interaction at a time, always to the lowest BIC,
until nothing lowers it. Every model met on the way takes part in the average.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from amparo.patterns.estimate.hierarchical import Model, independence
from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.loglinear import Fit
from amparo.patterns.estimate.poisson_kernel import fit_effects, sum_above, variance_of_intercept

__all__ = ["MOST_LISTS", "stepwise"]

Array = npt.NDArray[np.float64]
MOST_LISTS = 8
DEEPEST = 3
MOST_STEPS = 60


def stepwise(table: Table) -> tuple[Fit, ...]:
    """Every model met, the lowest BIC first. Interactions of at most three lists are tried."""
    lists = len(table.lists)
    counts = table.cells.astype(np.float64)
    above = counts.copy()
    sum_above(above, lists)
    met: dict[Model, Fit] = {}

    def fitted(model: Model) -> Fit:
        if model not in met:
            met[model] = _fit(model, counts, above, lists)
        return met[model]

    here = fitted(independence(lists))
    for _ in range(MOST_STEPS):
        near = [fitted(model) for model in _neighbours(here.model, lists)]
        best = min((fit for fit in near if fit.converged), key=lambda f: f.bic, default=None)
        if best is None or (here.converged and best.bic >= here.bic):
            break
        here = best
    return tuple(sorted(met.values(), key=lambda fit: (not fit.converged, fit.bic)))


def _neighbours(model: Model, lists: int) -> Iterator[Model]:
    """Models with one interaction more or one maximal interaction less."""
    for s in range(1, 1 << lists):
        size = s.bit_count()
        if size < 2 or size > DEEPEST:
            continue
        if s in model:
            if not any(s != t and s & t == s for t in model):
                yield model - {s}
        elif all(s ^ (1 << i) in model for i in range(lists) if s >> i & 1):
            yield model | {s}


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
