"""Everything that one question about a table is answered with, step by step.

The headline with every method beside it, what it depends on, each stratum apart, and the file that
gives it again: what a page keeps, made in steps that can be shown and stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from amparo.patterns.estimate.checks import check, ready
from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.methods import Estimate, Settings, beside, estimate
from amparo.patterns.estimate.record import record
from amparo.patterns.estimate.sensitivity import Variation, questions
from amparo.patterns.estimate.strata import Strata, estimate_strata

__all__ = ["OnStep", "Whole", "answer_whole"]

OnStep = Callable[[int, int, str], None]
"""Is told how many steps are done, of how many, and which begins; it may raise to stop."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The headline, what it depends on, its strata if asked for, and its record (JSON)."""

    answer: Estimate
    moved: tuple[Variation, ...]
    strata: Strata | None
    record: str

    def moved_as_json(self) -> list[dict[str, Any]]:
        """What was changed and the answer then, in plain values."""
        kept = ("estimate", "lower", "upper", "refused")
        return [
            {"changed": each.changed} | {key: getattr(each.answer, key) for key in kept}
            for each in self.moved
        ]

    def strata_as_json(self) -> dict[str, Any] | None:
        """The strata by name and their sum, in plain values."""
        if self.strata is None:
            return None
        told = asdict(self.strata)
        told["each"] = {
            name: {key: value for key, value in each.as_json().items() if key != "diagnostics"}
            for name, each in self.strata.each.items()
        }
        return told | {"left_out": list(self.strata.left_out)}


def answer_whole(
    table: Table,
    settings: Settings,
    *,
    strata: Mapping[str, Table] | None = None,
    on_step: OnStep,
) -> Whole:
    """Answer a table by the headline. A table that is refused is answered by its reasons alone."""
    refused = any(finding.weight == "refuse" for finding in check(table))
    asked = [] if refused else questions(table, "average", settings)
    others = () if refused else beside(ready(table))
    total, done = len(others) + len(asked) + bool(strata), 0

    def step(words: str) -> None:
        nonlocal done
        on_step(done, max(1, total), words)
        done += 1

    answer = estimate(table, "average", settings, on_method=step)
    moved = []
    for question in asked:
        step(question.changed)
        moved.append(question.answered())
    apart = None
    if strata:
        step(f"{len(strata)} strata")
        apart = estimate_strata(strata, "average", _alone(settings))
    return Whole(answer, tuple(moved), apart, record(table, answer, settings))


def _alone(settings: Settings) -> Settings:
    return Settings(seed=settings.seed, beside=False)
