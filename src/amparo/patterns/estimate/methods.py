"""The estimators side by side, each behind the same question and the same kind of answer.

``estimate`` looks at the table first. What it cannot bear is refused with the reasons; what is
answered carries every warning, and the headline carries all the other methods' answers beside its
own, because the spread between them is part of the result.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from amparo.base.errors import UsageError
from amparo.patterns.estimate import known_truth
from amparo.patterns.estimate.alone import ALONE, Method
from amparo.patterns.estimate.answers import Answer, CannotSay, Estimate, Settings
from amparo.patterns.estimate.checks import check, ready
from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.models import averaging

__all__ = ["BESIDE", "METHODS", "Estimate", "OnMethod", "Settings", "beside", "estimate"]

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
    except CannotSay as reason:
        return _refused(method, table, (str(reason), *warnings), seen)
    if not all(map(math.isfinite, (total, lower, upper))):
        words = "The estimate or its interval is not finite on this table."
        return _refused(method, table, (words, *warnings), seen | told)
    total, lower, upper = (round(float(value), 2) for value in (total, lower, upper))
    warnings = (*told.pop("warnings", ()), *warnings)
    told = seen | told
    return Estimate(method, table.documented, total, lower, upper, False, warnings, told)


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


SAID_OF_CHAINS = (
    "chains", "r_hat", "effective", "effective_tails", "multimodal", "modes",
    "log_likelihood_by_chain", "mean_by_chain",
)  # fmt: skip
BESIDE = ("chao", "coverage", "loglinear", "dga", "lcmcr", "sparse")
METHODS: Mapping[str, Method] = {"average": _average, **ALONE}
