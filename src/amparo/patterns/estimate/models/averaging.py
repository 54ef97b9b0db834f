"""The headline: an average over models, with an interval that was held to known truth.

The middle is the geometric mean, for the undocumented, of two ways that fail differently: the
log-linear models averaged by BIC, which look at which lists go together, and Chao's estimate,
which looks at how unequal people are. Both miss downward more often than upward, since lists find
the same people again; the middle is lifted by as much. Where only a handful of people stand on two
lists the middle is mostly noise: it is then drawn toward a wide prior of how many there are for
each one documented, by the weight that normal errors give it (shrinkage; Efron and Morris 1973).

No formula gives an honest interval for a choice of models. So its reach is learned on tables whose
truth is known, the size of a list that the other lists have to find. It has three parts: what
every model gets wrong, how far the two ways differ here, and the sampling error.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.intervals import Interval
from amparo.patterns.estimate.models import lower_bound, search, two_lists
from amparo.patterns.estimate.models.loglinear import Fit, select

__all__ = [
    "Calibration",
    "Headline",
    "average_of",
    "calibrated",
    "calibration",
    "headline",
    "loglinear_fits",
    "parts_of",
]

HALF = 0.5
CLOSE = 1e-4


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was learned of errors, on the logarithm of the undocumented: see the file.

    ``lift`` is added to the middle, ``lift_of_two`` to it where there are two lists only.
    ``prior`` is how many are undocumented for one documented, give or take a factor of
    ``exp(prior_spread)``. The interval reaches ``down`` and ``up`` times the error, made of
    ``model``, of the difference between the two ways and of ``sampling`` times its error.
    """

    lift: float
    lift_of_two: float
    prior: float
    prior_spread: float
    model: float
    sampling: float
    down: float
    up: float


@dataclass(frozen=True, slots=True)
class Headline:
    """The average and the totals that it is made of, by method.

    On the logarithm of the undocumented: ``sampling_error``, and ``error`` with what models get
    wrong and with half the difference between the two ways. ``drawn`` is the prior's weight.
    """

    total: float
    interval: Interval
    parts: dict[str, float]
    sampling_error: float
    error: float
    drawn: float


@cache
def calibration() -> Calibration:
    """As shipped, from ``calibration.toml``."""
    read = files(__package__).joinpath("calibration.toml").read_text("utf-8")
    return Calibration(**tomllib.loads(read))


def headline(table: Table, known: Calibration | None = None) -> Headline:
    """Average the models of a table of two lists or more. Check the table first."""
    return calibrated(table, parts_of(table), known or calibration())


def calibrated(table: Table, parts: dict[str, float], known: Calibration) -> Headline:
    """The headline of parts that are known already."""
    logs = [math.log(total - table.documented + HALF) for total in parts.values()]
    two = len(table.lists) == 2
    middle = sum(logs) / len(logs) + known.lift + (known.lift_of_two if two else 0.0)
    sampling = _sampling_error(table)
    overlap = 1 / max(1, int(table.captures[2:].sum()))
    drawn = overlap / (overlap + known.prior_spread**2)
    middle += drawn * (math.log(known.prior * table.documented) - middle)
    apart = (max(logs) - min(logs)) / 2
    noise = known.sampling * sampling * math.sqrt(1 - drawn)
    error = math.hypot(known.model, apart, noise)

    def total(moved: float) -> float:
        return table.documented + max(0.0, math.exp(middle + moved) - HALF)

    interval = (total(-known.down * error), total(known.up * error))
    return Headline(total(0.0), interval, parts, sampling, error, drawn)


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


def parts_of(table: Table) -> dict[str, float]:
    """The totals that the headline averages, by method. Of two lists, Chapman's and Chao's."""
    parts = {"chao": lower_bound.fit(table).total}
    if len(table.lists) == 2:
        return parts | {"chapman": two_lists.chapman(table).total}
    average = average_of(loglinear_fits(table), table.documented)
    return parts | ({"loglinear": average} if math.isfinite(average) else {})


def _sampling_error(table: Table) -> float:
    """Of the logarithm of the undocumented, by the delta method on Chao's ratio."""
    once, more = int(table.captures[1]), int(table.captures[2:].sum())
    return math.sqrt(4 / max(once, 1) + 1 / max(more, 1))
