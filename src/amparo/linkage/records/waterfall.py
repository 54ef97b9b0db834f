"""Why two records are taken for one person or not: the weight, step by step, in words.

Each step adds bits: one bit doubles the odds. The first step is how common matches are at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from amparo.linkage.records import training
from amparo.linkage.records.model import Model
from amparo.linkage.records.vectors import UNIT_BITS, Pairs

__all__ = ["Step", "Waterfall", "waterfall"]


@dataclass(frozen=True, slots=True)
class Step:
    """One comparison: what it is of, what it says, and what that weighs in bits.

    ``one_in`` is how rare the shared value is among the records, where rarity counts.
    """

    name: str
    title: str
    says: str
    bits: float
    one_in: float | None = None

    @property
    def times(self) -> str:
        """How many times likelier or less likely it makes that the two are one; "" for neither."""
        return _times(self.bits)

    @property
    def sentence(self) -> str:
        """The step in words, with what it weighs."""
        rare = f", found in 1 of {self.one_in:,.0f} records" if self.one_in else ""
        return f"{self.says[:1].upper()}{self.says[1:]}{rare}: {verdict(self.bits)}."


@dataclass(frozen=True, slots=True)
class Waterfall:
    """All steps, those that say nothing left out."""

    prior_bits: float
    steps: tuple[Step, ...]

    @property
    def bits(self) -> float:
        """The whole weight."""
        return self.prior_bits + sum(step.bits for step in self.steps)

    @property
    def chance(self) -> float:
        """How likely the two are one person, from 0 to 1, if the model is right."""
        return float(1 / (1 + 2.0 ** -min(max(self.bits, -60.0), 60.0)))

    @property
    def sentences(self) -> tuple[str, ...]:
        """The steps in words, the heaviest first."""
        heaviest = sorted(self.steps, key=lambda step: -abs(step.bits))
        return tuple(step.sentence for step in heaviest)


def verdict(bits: float) -> str:
    """What a step's weight means, in words: how much likelier it makes one answer."""
    times = _times(bits)
    if not times:
        return "says next to nothing"
    return f"makes it {times} times {'likelier' if bits > 0 else 'less likely'}"


def _times(bits: float) -> str:
    times = 2.0 ** min(abs(bits), 40.0)
    if times < 1.15:
        return ""
    return f"{times:,.1f}" if times < 10 else f"{times:,.0f}"


def waterfall(model: Model, pairs: Pairs, row: int) -> Waterfall:
    """The waterfall of one row of compared pairs."""
    steps = []
    for column, each in enumerate(model.made):
        value = int(pairs.values[row, column])
        if value < 0:
            continue
        m, u = model.chances.m[column][value], model.chances.u[column][value]
        own = training.rare_bits(each, model.chances.u[column])[value]
        rarity = float(pairs.rarity[row, column])
        bits = float(np.log2(m / u)) + rarity + own
        one_in = _one_in(each, value, rarity)
        steps.append(Step(each.name, each.title, each.say(value), bits, one_in))
    prior = model.chances.prior
    return Waterfall(float(np.log2(prior / (1 - prior))), tuple(steps))


def _one_in(each: Any, value: int, rarity: float) -> float | None:
    """How many records there are to one with the shared value."""
    if not value or not rarity:
        return None
    level = each.levels[len(each.levels) - value]
    if level.rare is None or level.share < 1:
        return None
    one_in = float(2.0 ** (rarity + UNIT_BITS))
    return one_in if one_in >= 2 else None
