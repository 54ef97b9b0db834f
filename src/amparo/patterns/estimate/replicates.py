"""Several replicates of the same table into one answer.

When a stratum's variable was missing and imputed several times, or when links were drawn several
times, each replicate gives its own estimate. Rubin's rules (1987) add the variance between
replicates to the mean variance within, on the logarithm of the undocumented. ``verdata_rule`` is
what the R package of Colombia's Truth Commission does with posterior draws, to the same digits.

Two replicates are useless: their variance between rests on one difference, and the interval's
t-quantile with one degree of freedom is 12.7. Fewer than ten are unreliable.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from amparo.base.errors import UsageError
from amparo.patterns.estimate.answers import Estimate
from amparo.patterns.estimate.intervals import TWO_SIDED
from amparo.patterns.estimate.pooling import FEW, enough, few, pooled

__all__ = ["FEW", "Combined", "rubin", "verdata_rule"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Combined:
    """``missing_share`` is the share of the variance that comes from replicates differing."""

    replicates: int
    documented: float
    estimate: float
    lower: float
    upper: float
    missing_share: float
    reasons: tuple[str, ...]


def rubin(answers: Sequence[Estimate]) -> Combined:
    """Rubin's rules over one method's answers. UsageError for fewer than two that answer."""
    usable = [answer for answer in answers if not answer.refused]
    enough(len(usable))
    documented = float(np.mean([answer.documented for answer in usable]))
    logs = [_log(answer.estimate, answer) for answer in usable]
    reach = np.array([_log(a.upper, a) - _log(a.lower, a) for a in usable])
    found = pooled(logs, [float(each) for each in (reach / (2 * TWO_SIDED)) ** 2])
    middle, low, high = (
        documented + math.exp(value) for value in (found.value, found.lower, found.upper)
    )
    refused = len(answers) - len(usable)
    reasons = (*few(len(usable)), *((f"{refused} replicates bear no estimate.",) * bool(refused)))
    return Combined(len(usable), documented, middle, low, high, found.share, reasons)


def verdata_rule(draws: Sequence[Array], documented: Sequence[int]) -> Combined:
    """Combine posterior draws of the total, one array a replicate, as verdata's
    ``combine_estimates``: its mean of the undocumented, limits on their logarithm, all rounded.
    """
    enough(len(draws))
    unseen = [np.asarray(d, dtype=np.float64) - n for d, n in zip(draws, documented, strict=True)]
    if any((each < 0).any() for each in unseen):
        raise UsageError("A draw of the total is smaller than the number documented.")
    logs = [np.log(np.where(each == 0, 0.1, each)) for each in unseen]
    means = np.array([each.mean() for each in logs])
    within = float(np.mean([each.var(ddof=1) for each in logs]))
    low, high, share = _limits(float(means.mean()), within, float(means.var(ddof=1)), len(logs))
    seen = round(float(np.mean(documented)))
    middle = round(float(np.mean([each.mean() for each in unseen])))
    return Combined(
        len(logs), seen, seen + middle, seen + round(low), seen + round(high), share,
        few(len(logs)),
    )  # fmt: skip


def _limits(
    middle: float, within: float, between: float, number: int
) -> tuple[float, float, float]:
    """Limits of the undocumented, and the share of the variance between replicates.

    The degrees of freedom are verdata's own: fewer than Rubin's, so that its limits lie wider.
    """
    extra = (number + 1) / number * between
    spread = math.sqrt(within + extra)
    if between == 0:
        quantile = TWO_SIDED
    else:
        freedom = (number - 1) * (1 + within / ((number + 1) * between)) ** 2
        quantile = abs(float(stdtrit(freedom, 0.025)))
    share = extra / (within + extra) if within + extra else 0.0
    return math.exp(middle - quantile * spread), math.exp(middle + quantile * spread), share


def _log(total: float | None, answer: Estimate) -> float:
    return math.log(max(0.1, (total or 0.0) - answer.documented))
