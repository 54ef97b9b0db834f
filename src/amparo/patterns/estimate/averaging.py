"""The headline: an average over models, with an interval that was held to known truth.

The point is the geometric mean, for the undocumented, of two ways that fail differently: the
log-linear models averaged by BIC, which look at which lists go together, and Chao's estimate,
which looks at how unequal people are. No formula gives an honest interval for a choice of models.
So it is calibrated: on tables whose truth is known (the size of a list that the other lists have to
find), the interval is as wide as it took to hold the truth nine times in ten. Errors there are
mostly downward, since lists find the same people again; the interval reaches further up than down.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from amparo.patterns.estimate import lower_bound, search, two_lists
from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.intervals import Interval
from amparo.patterns.estimate.loglinear import Fit, select

__all__ = ["Calibration", "Headline", "average_of", "calibration", "headline", "loglinear_fits"]

HALF = 0.5
CLOSE = 1e-4


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far the interval reaches on the logarithm of the undocumented: see the file."""

    down: float
    up: float
    sampling: float


@dataclass(frozen=True, slots=True)
class Headline:
    """The average and the totals that it is made of, by method."""

    total: float
    interval: Interval
    parts: dict[str, float]
    sampling_error: float


@cache
def calibration() -> Calibration:
    """As shipped, from ``calibration.toml``."""
    read = files(__package__).joinpath("calibration.toml").read_text("utf-8")
    return Calibration(**tomllib.loads(read))


def headline(table: Table, known: Calibration | None = None) -> Headline:
    """Average the models of a table of two lists or more. Check the table first."""
    known = known or calibration()
    parts = {"chapman": two_lists.chapman(table).total} if len(table.lists) == 2 else _parts(table)
    logs = [math.log(total - table.documented + HALF) for total in parts.values()]
    middle, error = sum(logs) / len(logs), _sampling_error(table)

    def total(moved: float) -> float:
        return table.documented + max(0.0, math.exp(middle + moved) - HALF)

    down, up = (math.hypot(model, known.sampling * error) for model in (known.down, known.up))
    return Headline(total(0.0), (total(-down), total(up)), parts, error)


def loglinear_fits(table: Table) -> tuple[Fit, ...]:
    """All models up to five lists, a search beyond; past eight lists the smaller are joined."""
    if len(table.lists) <= 5:
        return select(table)
    return search.stepwise(table.joined(search.MOST_LISTS))


def average_of(fits: tuple[Fit, ...], documented: int) -> float:
    """The BIC-weighted geometric mean of the undocumented, plus the documented.

    On the logarithm, a model that fits by luck and soars does not carry the others away.
    """
    usable = [fit for fit in fits if fit.converged and np.isfinite(fit.standard_error)]
    if not usable:
        return math.inf
    bics = np.array([fit.bic for fit in usable])
    weights = np.exp(-(bics - bics.min()) / 2)
    kept = weights > CLOSE
    logs = np.log(np.array([fit.total for fit in usable])[kept] - documented + HALF)
    return documented + float(np.exp(weights[kept] @ logs / weights[kept].sum())) - HALF


def _parts(table: Table) -> dict[str, float]:
    parts = {"chao": lower_bound.fit(table).total}
    average = average_of(loglinear_fits(table), table.documented)
    return parts | ({"loglinear": average} if math.isfinite(average) else {})


def _sampling_error(table: Table) -> float:
    """Of the logarithm of the undocumented, by the delta method on Chao's ratio."""
    once, more = int(table.captures[1]), int(table.captures[2:].sum())
    return math.sqrt(4 / max(once, 1) + 1 / max(more, 1))
