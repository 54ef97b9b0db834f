"""The classical models of a closed population (Otis and others 1978), as Rcapture's ``closedp.t``.

``M0``: everyone has one chance of being listed. ``Mt``: each list its own. ``Mh``: each person
their own, in four shapes. ``Mth``: both. ``Mb`` and ``Mbh``: being listed changes the later
chances, which makes sense only for lists in order of time.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from amparo.patterns.estimate.histories import Table

__all__ = ["ClosedFit", "closed_models"]

Array = npt.NDArray[np.float64]
STEPS, SETTLED = 50, 1e-8


@dataclass(frozen=True, slots=True)
class ClosedFit:
    """One model of the table. ``total`` counts documented and undocumented."""

    name: str
    total: float
    standard_error: float
    deviance: float
    freedom: int
    aic: float
    bic: float


def closed_models(table: Table) -> tuple[ClosedFit, ...]:
    """All twelve models in Rcapture's order; a model that cannot be fitted is left out.

    The two lower bounds after Chao (1987) leave out the terms whose estimate is negative.
    """
    lists = len(table.lists)
    histories = np.arange(1, 2**lists)
    marks = (histories[:, None] >> np.arange(lists)) & 1
    number = marks.sum(axis=1).astype(np.float64)
    base, counts = np.ones((len(histories), 1)), table.cells[1:].astype(np.float64)
    each = {"M0": number[:, None], "Mt": marks.astype(np.float64)}
    fits = [_fit(name, np.hstack([base, columns]), counts) for name, columns in each.items()]
    for letter, columns in zip(("Mh", "Mth"), each.values(), strict=True):
        common = np.hstack([base, columns])
        fits.append(_lower_bound(f"{letter} Chao (LB)", common, number, counts, lists))
        for shape, term in _SHAPES.items():
            design = np.hstack([common, term(number)[:, None]])
            fits.append(_fit(f"{letter} {shape}", design, counts))
    fits += _behaviour(marks, counts)
    return tuple(fits)


_SHAPES: dict[str, Callable[[Array], Array]] = {
    "Poisson2": lambda captures: 2.0**captures - 1,
    "Darroch": lambda captures: captures**2 / 2,
    "Gamma3.5": lambda captures: np.log(3.5) - np.log(3.5 + captures),
}


def _lower_bound(name: str, common: Array, captures: Array, counts: Array, lists: int) -> ClosedFit:
    """Chao's bound as a model: a term for each number of captures from three on, none negative."""
    kept = list(range(3, lists + 1))
    while True:
        terms = [np.maximum(captures - j + 1, 0)[:, None] for j in kept]
        design = np.hstack([common, *terms])
        coefficients, _ = _reweighted(design, counts)
        added = coefficients[common.shape[1] :]
        if not kept or added.min() >= 0:
            return _fit(name, design, counts)
        del kept[int(added.argmin())]


def _behaviour(marks: npt.NDArray[np.int64], counts: Array) -> list[ClosedFit]:
    lists = marks.shape[1]
    before = marks.argmax(axis=1).astype(np.float64)
    after = marks.sum(axis=1) - 1.0
    same = np.column_stack([np.ones(len(marks)), before, after])
    first = np.column_stack([same, before == 0])
    return [
        _fit(name, design, counts, unseen=_never_listed(lists))
        for name, design in (("Mb", same), ("Mbh", first))
    ]


def _never_listed(lists: int) -> Callable[[Array], float]:
    """How many people nobody lists, from the geometric fall of first listings."""

    def unseen(coefficients: Array) -> float:
        again = 1 / (1 + np.exp(-coefficients[2]))
        missed = np.exp(coefficients[1]) * (1 - again)
        first = np.exp(coefficients[0]) * (1 - again) ** (1 - lists)
        return float(first / (1 - missed) * missed**lists)

    return unseen


def _intercept(coefficients: Array) -> float:
    return float(np.exp(coefficients[0]))


def _fit(
    name: str, design: Array, counts: Array, unseen: Callable[[Array], float] = _intercept
) -> ClosedFit:
    coefficients, variance = _reweighted(design, counts)
    means = np.exp(design @ coefficients)
    likelihood = float((counts * np.log(means) - means - gammaln(counts + 1)).sum())
    size = design.shape[1]
    with np.errstate(divide="ignore", invalid="ignore"):  # no fall of first listings, no total
        nobody, slope = unseen(coefficients), _gradient(unseen, coefficients)
    return ClosedFit(
        name=name,
        total=float(counts.sum()) + nobody,
        standard_error=max(0.0, nobody + float(slope @ variance @ slope)) ** 0.5,
        deviance=_deviance(counts, means),
        freedom=len(counts) - size,
        aic=2 * size - 2 * likelihood,
        bic=float(np.log(counts.sum())) * size - 2 * likelihood,
    )


def _reweighted(design: Array, counts: Array) -> tuple[Array, Array]:
    """Coefficients of a Poisson regression and their covariance.

    Iteratively reweighted least squares from ``counts + 0.1`` until the deviance settles (Nelder
    and Wedderburn 1972), with the covariance of the last step's weights: where R's ``glm`` stops
    too, so that standard errors agree to the digits that Rcapture prints.
    """
    means, before = counts + 0.1, math.inf
    predicted = np.log(means)
    for _ in range(STEPS):
        weights = np.sqrt(means)
        weighted = design * weights[:, None]
        aim = (predicted + (counts - means) / means) * weights
        coefficients: Array = np.linalg.lstsq(weighted, aim, rcond=None)[0].astype(np.float64)
        predicted = design @ coefficients
        means = np.exp(np.clip(predicted, -50.0, 50.0))
        deviance = _deviance(counts, means)
        if abs(deviance - before) / (abs(deviance) + 0.1) < SETTLED:
            break
        before = deviance
    return coefficients, np.asarray(np.linalg.inv(weighted.T @ weighted), dtype=np.float64)


def _deviance(counts: Array, means: Array) -> float:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(counts > 0, counts * np.log(counts / means), 0.0)
    return float(2 * (ratio - counts + means).sum())


def _gradient(function: Callable[[Array], float], at: Array) -> Array:
    """Central differences; the functions here are smooth in a few coefficients."""
    steps = np.eye(len(at)) * 1e-5
    return np.array([(function(at + step) - function(at - step)) / 2e-5 for step in steps])
