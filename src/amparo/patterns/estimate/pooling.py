"""Rubin's rules: one answer from several completed tables (D. Rubin, *Multiple Imputation for
Nonresponse in Surveys*, 1987, ch. 3; S. van Buuren, *Flexible Imputation of Missing Data*, 2nd ed.
2018, ch. 2.3–2.4).

With the answers of ``m`` tables, their mean variance within and the variance ``B`` between them,
the whole variance is ``within + (1 + 1/m) B``. Few tables leave few degrees of freedom, so that
their interval is as wide as it should be.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from amparo.base.errors import UsageError

__all__ = ["FEW", "Pooled", "enough", "few", "pooled"]

FEW = 10


@dataclass(frozen=True, slots=True)
class Pooled:
    """``value`` with its 95 % limits; ``freedom`` is infinite where the tables agree.

    ``share`` is the share of the variance that lies between the tables (lambda), and ``missing``
    the fraction of information that is missing (gamma): how much less is known than if every cell
    had been stated.
    """

    value: float
    lower: float
    upper: float
    within: float
    between: float
    freedom: float
    share: float
    missing: float


def pooled(values: Sequence[float], variances: Sequence[float]) -> Pooled:
    """Combine each table's answer and its variance. UsageError for fewer than two tables."""
    enough(len(values))
    number, middle = len(values), float(np.mean(values))
    within, between = float(np.mean(variances)), float(np.var(values, ddof=1))
    extra = (1 + 1 / number) * between
    if extra == 0:
        freedom, share, missing = math.inf, 0.0, 0.0
    elif within == 0:
        freedom, share, missing = number - 1.0, 1.0, 1.0
    else:
        more = extra / within
        freedom, share = (number - 1) * (1 + 1 / more) ** 2, more / (1 + more)
        missing = (more + 2 / (freedom + 3)) / (1 + more)
    reach = _quantile(freedom) * math.sqrt(within + extra)
    return Pooled(middle, middle - reach, middle + reach, within, between, freedom, share, missing)


def _quantile(freedom: float) -> float:
    from scipy.special import ndtri, stdtrit

    return float(stdtrit(freedom, 0.975)) if math.isfinite(freedom) else float(ndtri(0.975))


def enough(number: int) -> None:
    """UsageError where there are too few replicates for a variance between them."""
    if number < 2:
        raise UsageError(
            f"{number} replicate gives no variance between replicates.",
            next_step="Impute at least ten times.",
        )


def few(number: int) -> tuple[str, ...]:
    """What must be said of so few replicates."""
    if number == 2:
        return ("Two replicates are useless: how much they differ rests on one difference.",)
    if number < FEW:
        return (f"{number} replicates are few; with fewer than {FEW} the interval is unreliable.",)
    return ()
