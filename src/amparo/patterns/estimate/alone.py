"""Each method by itself: a table and settings in, an answer and its diagnostics out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Protocol

from amparo.patterns.estimate.answers import Answer, CannotSay, Settings
from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.intervals import log_normal
from amparo.patterns.estimate.models import (
    averaging,
    closed,
    coverage,
    decomposable,
    latent,
    lower_bound,
    search,
    sparse,
    two_lists,
)

if TYPE_CHECKING:
    from amparo.patterns.estimate.chains.modes import Mode
    from amparo.patterns.estimate.models.latent import LatentFit

__all__ = ["ALONE", "Method"]

Method = Callable[[Table, Settings], Answer]


class HasQuantiles(Protocol):
    """A posterior of totals."""

    def quantile(self, share: float) -> float:
        """The total below which ``share`` of it lies."""


def _chao(table: Table, _settings: Settings) -> Answer:
    found = lower_bound.fit(table)
    told: dict[str, Any] = {"once": found.once, "twice": found.twice, "a_lower_bound": True}
    if len(table.lists) <= 8:
        told["closed_models"] = _closed(table)
    return found.total, *found.interval, told


def _closed(table: Table) -> list[dict[str, Any]]:
    try:
        return [asdict(fit) for fit in closed.closed_models(table)]
    except (ValueError, ArithmeticError):
        return []


def _chapman(table: Table, _settings: Settings) -> Answer:
    every = two_lists.pairs(table)
    told = {"pairs": [asdict(pair) | {"interval": pair.interval} for pair in every]}
    if len(every) > 1:
        raise CannotSay("Chapman's estimate is for two lists; --method average shows every pair.")
    return every[0].total, *every[0].interval, told


def _coverage(table: Table, settings: Settings) -> Answer:
    found = coverage.fit(table)
    if found is None:
        raise CannotSay("Sample coverage cannot be estimated: nobody stands on two lists.")
    limits = coverage.interval(table, seed=settings.seed)
    return found.total, *limits, asdict(found)


def _loglinear(table: Table, _settings: Settings) -> Answer:
    _three(table, "Log-linear models")
    fits = averaging.loglinear_fits(table)
    usable = [fit for fit in fits if fit.converged]
    if not usable:
        raise CannotSay("No log-linear model has an estimate on this table.")
    best = usable[0]
    told = {
        "model": best.name,
        "numbers": dict(enumerate(table.joined(search.MOST_LISTS).lists, 1)),
        "bic_average": round(averaging.average_of(fits, table.documented), 2),
        "models": [
            {"name": f.name, "estimate": round(f.total, 1), "bic": round(f.bic, 1)}
            for f in usable[:10]
        ],
        "tried": len(fits),
        "without_an_estimate": len(fits) - len(usable),
    }
    return best.total, *log_normal(table.documented, best.total, best.standard_error), told


def _dga(table: Table, settings: Settings) -> Answer:
    _three(table, "Averaging over graphs")
    used = table.joined(decomposable.MOST_LISTS)
    most = max(2_000, min(10 * used.documented, 150_000))
    found = decomposable.posterior(used, delta=settings.delta, most=most)
    if found.at_the_end > 1e-4:
        found = decomposable.posterior(used, delta=settings.delta, most=10 * most)
    told = {
        "mean": round(found.mean, 1),
        "delta": found.delta,
        "graphs": [[graph.name, round(weight, 4)] for graph, weight in found.graphs[:5]],
        "joined_lists": used.lists != table.lists,
    }
    return (*_quantiles(found), told)


def _quantiles(found: HasQuantiles) -> tuple[float, float, float]:
    """Median and 95 % limits."""
    return found.quantile(0.5), found.quantile(0.025), found.quantile(0.975)


def _lcmcr(table: Table, settings: Settings) -> Answer:
    _three(table, "Latent classes")
    plan = latent.Plan(classes=settings.classes, prior=settings.prior, seed=settings.seed)
    if not settings.thorough:
        plan = replace(plan, chains=6, draws=400)
    found = latent.fit(table, plan)
    told = {
        "mean": round(float(found.weighted.mean()), 1),
        "classes": found.classes,
        "r_hat": round(found.r_hat, 4),
        "effective": round(found.effective),
        "effective_tails": round(found.effective_tails),
        "chains": len(found.draws),
        "log_likelihood_by_chain": [round(float(c.mean()), 1) for c in found.log_likelihoods],
        "mean_by_chain": [round(float(c.mean()), 1) for c in found.draws],
        "multimodal": found.multimodal,
        "modes": [asdict(mode) for mode in found.modes],
        "warnings": tuple(_of_chains(found)),
    }
    return (*_quantiles(found), told)


def _of_chains(found: LatentFit) -> Iterator[str]:
    """What the chains say against their own answer."""
    weighing = [mode for mode in found.modes if mode.weight >= 0.01]
    if found.multimodal:
        places = "; ".join(f"{m.median:,.0f} ({_weight(m)})" for m in found.modes[:4])
        yield (
            f"The chains settled in {len(found.modes)} places, not one: medians {places}. "
            f"{'One of them' if len(weighing) == 1 else 'More than one'} carries the probability; "
            "the weights are estimates."
        )
    elif found.r_hat > 1.05 or found.effective < 200:
        yield (
            f"The chains have not said enough (R-hat {found.r_hat:.2f}, {found.effective:,.0f} "
            "effective draws)."
        )


def _weight(mode: Mode) -> str:
    if mode.log_evidence is None:
        return "not weighed, its likelihood is low"
    return f"weight {mode.weight:.0%}"


def _sparse(table: Table, settings: Settings) -> Answer:
    _three(table, "The method for sparse lists")
    used = table.joined(sparse.MOST_LISTS)
    found = sparse.fit(used, threshold=settings.threshold)
    limits = sparse.bootstrap(
        used,
        draws=settings.bootstraps if settings.thorough else settings.bootstraps // 2,
        threshold=settings.threshold,
        seed=settings.seed,
    )
    if not math.isfinite(limits[1]):
        raise CannotSay(
            "The upper limit is infinite: in too many tables redrawn by the bootstrap the lists "
            "no longer overlap."
        )
    told = {"pairs": found.pairs, "pairs_without_overlap": found.empty, "interval": "BCa bootstrap"}
    return found.total, limits[0], limits[1], told


def _three(table: Table, what: str) -> None:
    if len(table.lists) < 3:
        raise CannotSay(f"{what} need three lists; there are two.")


ALONE: Mapping[str, Method] = {
    "chao": _chao,
    "chapman": _chapman,
    "coverage": _coverage,
    "loglinear": _loglinear,
    "dga": _dga,
    "lcmcr": _lcmcr,
    "sparse": _sparse,
}
