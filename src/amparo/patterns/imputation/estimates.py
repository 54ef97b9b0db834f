"""Estimates by stratum where some records do not say their stratum: each replicate is estimated,
and the answers are combined by Rubin's rules on the logarithm of the undocumented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from amparo.base.errors import UsageError
from amparo.patterns.estimate.methods import Estimate, Settings, estimate
from amparo.patterns.estimate.parting import by_stratum
from amparo.patterns.estimate.replicates import Combined, rubin
from amparo.patterns.imputation.imputed import Imputed

__all__ = ["Apart", "estimate_strata"]

MOST_BEAR = 0.9


@dataclass(frozen=True, slots=True)
class Apart:
    """The combined answer of each stratum, and why the others have none.

    The sum's limits are the sums of the limits, as if all strata erred alike; strata without an
    answer count in it with their documented alone, so that it is then too low.
    """

    each: Mapping[str, Combined]
    refused: Mapping[str, tuple[float, str]]
    """Of a stratum without an answer: how many are documented in the mean, and the reason."""

    @property
    def documented(self) -> float:
        """How many are documented in all, in the mean over replicates."""
        return self._sum("documented")

    def total(self, part: str) -> float:
        """The sum of ``estimate``, ``lower`` or ``upper``."""
        return self._sum(part)

    def as_json(self) -> dict[str, Any]:
        """The strata by name and their sum, in plain values, as ``Whole.strata_as_json`` has it."""
        refused = {
            name: {"documented": documented, "estimate": None, "refused": True, "reasons": [reason]}
            for name, (documented, reason) in self.refused.items()
        }
        answered = {
            name: asdict(each) | {"refused": False, "reasons": list(each.reasons)}
            for name, each in self.each.items()
        }
        parts = ("documented", "estimate", "lower", "upper")
        return {
            "each": dict(sorted({**answered, **refused}.items())),
            "left_out": list(self.refused),
            **{part: self._sum(part) for part in parts},
        }

    def _sum(self, part: str) -> float:
        told = sum(getattr(answer, part) for answer in self.each.values())
        return float(told + sum(documented for documented, _reason in self.refused.values()))


def estimate_strata(
    made: Imputed,
    lists: Sequence[str],
    count: str = "",
    *,
    by: str,
    method: str = "average",
    settings: Settings | None = None,
) -> Apart:
    """Estimate each stratum of the column ``by`` in every replicate, and combine.

    UsageError where ``by`` was not filled in; it should have been by the lists, among others, or
    the strata come out more alike than they are.
    """
    if by not in made.columns:
        raise UsageError(
            f"The column {by} was not filled in.",
            next_step=f"Filled in: {', '.join(made.columns)}.",
        )
    settings = settings or Settings(beside=False)
    answers: dict[str, list[Estimate]] = {}
    for one in made.replicates():
        for name, table in by_stratum(one, lists, count, by).items():
            answers.setdefault(name, []).append(estimate(table, method, settings))
    told = {name: _bearing(found, made.times) for name, found in answers.items()}
    return Apart(
        each={
            name: replace(rubin(answers[name]), documented=_documented(answers[name], made.times))
            for name, bears in told.items()
            if bears
        },
        refused={
            name: _why(answers[name], made.times) for name, bears in told.items() if not bears
        },
    )


def _bearing(found: Sequence[Estimate], times: int) -> bool:
    """Whether the stratum bears an estimate in nearly all replicates: where those with few people
    refuse it, the others alone would give too much."""
    return sum(not each.refused for each in found) >= max(2, MOST_BEAR * times)


def _documented(found: Sequence[Estimate], times: int) -> float:
    """The mean over all replicates, those that bear no estimate and those without the stratum
    among them."""
    return sum(each.documented for each in found) / times


def _why(found: Sequence[Estimate], times: int) -> tuple[float, str]:
    usable = sum(not each.refused for each in found)
    if usable:
        reason = f"{times - usable} of {times} replicates bear no estimate of it."
    else:
        reason = next((each.reasons[0] for each in found if each.reasons), "")
    return _documented(found, times), reason
