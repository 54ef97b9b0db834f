"""What the answer depends on, tried by default: lists, priors, classes, seed.

An estimate that moves far when one list is left out rests on that list; one that moves with a prior
rests on the prior. Both belong beside the number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from amparo.patterns.estimate.checks import ready
from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.methods import BESIDE, Estimate, Settings, estimate
from amparo.patterns.estimate.words import words_for

__all__ = ["Question", "Variation", "questions", "variations"]

OF_TWO = ("average", "chao", "coverage", "chapman")
"""Methods that answer for two lists, so that three can be left out in turn."""


@dataclass(frozen=True, slots=True)
class Variation:
    """One thing changed, and the answer then."""

    changed: str
    answer: Estimate


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to change, and what is then asked."""

    changed: str
    table: Table
    method: str
    settings: Settings

    def answered(self) -> Variation:
        """Estimate it."""
        return Variation(self.changed, estimate(self.table, self.method, self.settings))


def variations(table: Table, method: str, settings: Settings | None = None) -> list[Variation]:
    """The answer to each of ``questions``."""
    return [question.answered() for question in questions(table, method, settings)]


def questions(table: Table, method: str, settings: Settings | None = None) -> list[Question]:
    """Leave each list out in turn, then turn what the method has to turn.

    For the headline that is what the methods beside it have to turn, each named.
    """
    settings = replace(settings or Settings(), beside=False)
    used = ready(table)
    fewest = 3 if method in OF_TWO else 4
    found = [
        Question(f"without {name}", left, method, settings)
        for name, left in _left_out(used, fewest)
    ]
    for other in BESIDE if method == "average" and len(used.lists) > 2 else (method,):
        own = "" if other == method else f"{words_for(other).name}, "
        light = settings if other == method else replace(settings, thorough=False)
        for words, turned in _turned(other, light):
            found.append(Question(f"{own}{words}", table, other, turned))
    return found


def _left_out(table: Table, fewest: int) -> Iterator[tuple[str, Table]]:
    if len(table.lists) < fewest:
        return
    for out, name in enumerate(table.lists):
        yield name, table.only([i for i in range(len(table.lists)) if i != out])


def _turned(method: str, settings: Settings) -> Iterator[tuple[str, Settings]]:
    if method == "dga":
        for delta in (0.5, 1.0):
            yield f"prior weight of a cell {delta:g}", replace(settings, delta=delta)
    elif method == "lcmcr":
        for classes in (5, 15):
            yield f"{classes} classes at most", replace(settings, classes=classes)
        yield "prior of alpha gamma(1, 1)", replace(settings, prior=(1.0, 1.0))
        yield f"seed {settings.seed + 1}", replace(settings, seed=settings.seed + 1)
    elif method == "sparse":
        for threshold in (0.005, 0.05):
            yield f"threshold {threshold:g}", replace(settings, threshold=threshold)
