"""Log-linear models of more than five lists, found step by step.

There are 7,785,061 hierarchical models of six lists, too many to fit each. The search starts at
independence and adds or takes away one interaction at a time, always to the lowest BIC,
until nothing lowers it. Every model met on the way takes part in the average.
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.models.hierarchical import Model, independence
from amparo.patterns.estimate.models.loglinear import Fit, fit_all

__all__ = ["MOST_LISTS", "stepwise"]

MOST_LISTS = 8
DEEPEST = 3
MOST_STEPS = 60


def stepwise(table: Table) -> tuple[Fit, ...]:
    """Every model met, the lowest BIC first. Interactions of at most three lists are tried."""
    lists = len(table.lists)
    here = fit_all(table, [independence(lists)])[0]
    met = {here.model: here}
    for _ in range(MOST_STEPS):
        near = set(_neighbours(here.model, lists))
        fresh = sorted(near - met.keys(), key=sorted)
        met |= {fit.model: fit for fit in fit_all(table, fresh)}
        sound = [met[model] for model in sorted(near, key=sorted) if met[model].converged]
        best = min(sound, key=lambda fit: fit.bic, default=None)
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
