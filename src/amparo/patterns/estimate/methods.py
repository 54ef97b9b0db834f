"""The estimators side by side, each behind the same question and the same kind of answer.

``estimate`` looks at the table first. What it cannot bear is refused with the reasons; what is
answered carries every warning, and the headline carries all the other methods' answers beside its
own, because the spread between them is part of the result.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from amparo.base.errors import UsageError
from amparo.patterns.estimate import (
    averaging,
    closed,
    coverage,
    decomposable,
    known_truth,
    latent,
    lower_bound,
    search,
    sparse,
    two_lists,
)
from amparo.patterns.estimate.checks import check, ready
from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.intervals import log_normal

if TYPE_CHECKING:
    from amparo.patterns.estimate.latent import LatentFit
    from amparo.patterns.estimate.modes import Mode

__all__ = ["BESIDE", "METHODS", "Estimate", "OnMethod", "Settings", "beside", "estimate"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may turn. ``delta`` is dga's prior (None: its default), ``classes`` and
    ``prior`` the latent classes', ``threshold`` the sparse lists'. Without ``thorough`` half as
    many chains and bootstraps do, which is enough to see whether an answer moves."""

    seed: int = 1
    delta: float | None = None
    classes: int | None = None
    prior: tuple[float, float] = (0.25, 0.25)
    threshold: float = 0.02
    bootstraps: int = 1000
    beside: bool = True
    thorough: bool = True


@dataclass(frozen=True, slots=True)
class Estimate:
    """An answer. ``estimate``, ``lower`` and ``upper`` are None when it is refused; the limits hold
    95 % by the method's own reckoning, 90 % by known truth for the average."""

    method: str
    documented: int
    estimate: float | None
    lower: float | None
    upper: float | None
    refused: bool
    reasons: tuple[str, ...]
    diagnostics: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As the command prints it; a figure that is not finite is null."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain


Answer = tuple[float, float, float, dict[str, Any]]


class HasQuantiles(Protocol):
    """A posterior of totals."""

    def quantile(self, share: float) -> float:
        """The total below which ``share`` of it lies."""


class _CannotSay(Exception):
    """A method's own refusal, with its reason."""


OnMethod = Callable[[str], None]
"""Hears of each method before it begins."""


def estimate(
    table: Table,
    method: str = "average",
    settings: Settings | None = None,
    *,
    on_method: OnMethod | None = None,
) -> Estimate:
    """Estimate by one method. UsageError for a method that does not exist.

    ``on_method`` hears of each method that the headline has beside it, and may raise to stop.
    """
    if method not in METHODS:
        raise UsageError(
            f"There is no method {method!r}.", next_step=f"Methods: {', '.join(METHODS)}."
        )
    settings, findings = settings or Settings(), check(table)
    used, warnings = ready(table), tuple(f.says for f in findings)
    seen = _seen(table) | {"findings": [asdict(finding) for finding in findings]}
    if any(finding.weight == "refuse" for finding in findings):
        return _refused(method, table, warnings, seen)
    answering = METHODS[method]
    if method == "average" and on_method is not None:
        answering = partial(_average, on_method=on_method)
    try:
        total, lower, upper, told = answering(used, settings)
    except _CannotSay as reason:
        return _refused(method, table, (str(reason), *warnings), seen)
    if not all(map(math.isfinite, (total, lower, upper))):
        words = "The estimate or its interval is not finite on this table."
        return _refused(method, table, (words, *warnings), seen | told)
    total, lower, upper = (round(float(value), 2) for value in (total, lower, upper))
    warnings = (*told.pop("warnings", ()), *warnings)
    told = seen | told
    return Estimate(method, table.documented, total, lower, upper, False, warnings, told)


def _plain(value: Any) -> Any:
    """Lists for tuples, null for what is not finite."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return value


def _refused(method: str, table: Table, reasons: tuple[str, ...], seen: dict[str, Any]) -> Estimate:
    return Estimate(method, table.documented, None, None, None, True, reasons, seen)


def _seen(table: Table) -> dict[str, Any]:
    """What the table shows before any model."""
    cells = 2 ** len(table.lists) - 1
    return {
        "lists": table.list_sizes,
        "people_by_number_of_lists": {
            str(n): int(count) for n, count in enumerate(table.captures) if n
        },
        "empty_cells": cells - sum(1 for count in table.counts.values() if count),
        "cells": cells,
    }


def _average(table: Table, settings: Settings, on_method: OnMethod | None = None) -> Answer:
    found = averaging.headline(table)
    told: dict[str, Any] = {
        "parts": {name: round(value, 2) for name, value in found.parts.items()},
        "sampling_error_of_log": round(found.sampling_error, 4),
        "error_of_log": round(found.error, 4),
        "drawn_to_prior": round(found.drawn, 4),
        "calibration": asdict(averaging.calibration()),
        "interval": "90 %, calibrated on tables whose truth is known",
    }
    if settings.beside:
        others = _beside(table, settings, on_method)
        told["methods"] = [_brief(each) for each in others]
        told["latent_classes"] = _of_sampler(others)
        answers = [m["estimate"] for m in told["methods"] if m["estimate"] is not None]
        told["spread"] = [min([found.total, *answers]), max([found.total, *answers])]
        told["own_lists"] = [_trial(trial) for trial in known_truth.on_own_lists(table)]
    return found.total, *found.interval, told


def beside(table: Table) -> tuple[str, ...]:
    """The other methods that this number of lists allows."""
    return ("chapman", "chao", "coverage") if len(table.lists) == 2 else BESIDE


def _beside(table: Table, settings: Settings, on_method: OnMethod | None) -> list[Estimate]:
    """Every other method on the same table."""
    answers = []
    for name in beside(table):
        if on_method is not None:
            on_method(name)
        answers.append(estimate(table, name, settings))
    return answers


def _of_sampler(others: list[Estimate]) -> dict[str, Any] | None:
    """What the sampler of latent classes says of itself."""
    found = next((each for each in others if each.method == "lcmcr" and not each.refused), None)
    return {key: found.diagnostics[key] for key in SAID_OF_CHAINS} if found else None


def _trial(trial: known_truth.Trial) -> dict[str, Any]:
    """Within one list: how many it names, and what the others make of it."""
    values = {key: round(getattr(trial, key), 1) for key in ("total", "lower", "upper")}
    return {"list": trial.case.given, "names": trial.case.truth, **values, "held": trial.holds}


def _brief(answer: Estimate) -> dict[str, Any]:
    kept = {key: getattr(answer, key) for key in ("method", "estimate", "lower", "upper")}
    return kept | {"refused": answer.refused, "reasons": list(answer.reasons[:1])}


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
        raise _CannotSay("Chapman's estimate is for two lists; --method average shows every pair.")
    return every[0].total, *every[0].interval, told


def _coverage(table: Table, settings: Settings) -> Answer:
    found = coverage.fit(table)
    if found is None:
        raise _CannotSay("Sample coverage cannot be estimated: nobody stands on two lists.")
    limits = coverage.interval(table, seed=settings.seed)
    return found.total, *limits, asdict(found)


def _loglinear(table: Table, _settings: Settings) -> Answer:
    _three(table, "Log-linear models")
    fits = averaging.loglinear_fits(table)
    usable = [fit for fit in fits if fit.converged]
    if not usable:
        raise _CannotSay("No log-linear model has an estimate on this table.")
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
        raise _CannotSay(
            "The upper limit is infinite: in too many tables redrawn by the bootstrap the lists "
            "no longer overlap."
        )
    told = {"pairs": found.pairs, "pairs_without_overlap": found.empty, "interval": "BCa bootstrap"}
    return found.total, limits[0], limits[1], told


def _three(table: Table, what: str) -> None:
    if len(table.lists) < 3:
        raise _CannotSay(f"{what} need three lists; there are two.")


SAID_OF_CHAINS = (
    "chains", "r_hat", "effective", "effective_tails", "multimodal", "modes",
    "log_likelihood_by_chain", "mean_by_chain",
)  # fmt: skip
BESIDE = ("chao", "coverage", "loglinear", "dga", "lcmcr", "sparse")
METHODS: dict[str, Callable[[Table, Settings], Answer]] = {
    "average": _average,
    "chao": _chao,
    "chapman": _chapman,
    "coverage": _coverage,
    "loglinear": _loglinear,
    "dga": _dga,
    "lcmcr": _lcmcr,
    "sparse": _sparse,
}
