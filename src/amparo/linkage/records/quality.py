"""How right the whole is, from pairs that people judged: precision and recall with intervals.

The judged pairs are a random sample in layers of weight. In each layer the share of true matches
has the posterior of a binomial share under Jeffreys' prior, Beta(½, ½) (Brown, Cai and DasGupta
2001, Statistical Science 16:101-133); precision and recall are functions of those shares and of the
sizes of the layers, so their intervals come from draws of all shares together.

Recall is among the pairs that were compared. What blocking never brought together is not in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Judged", "Quality", "Share", "quality"]

_DRAWS = 20_000
_INSIDE = 0.95


@dataclass(frozen=True, slots=True)
class Judged:
    """A layer: how many pairs it has, how many were judged, how many of them are matches.

    ``taken`` says that the program takes the layer's pairs for one person. Pairs of which a person
    was not sure are left out by the caller, who says how many they are.
    """

    pairs: int
    judged: int
    matches: int
    taken: bool


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval, from 0 to 1."""

    middle: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Quality:
    """What the sample says; ``None`` with the ``reason`` where it says nothing yet."""

    precision: Share | None
    recall: Share | None
    judged: int
    reason: str = ""


def quality(layers: Sequence[Judged], seed: int = 1) -> Quality:
    """Precision and recall of the pairs that are taken for one person."""
    judged = sum(layer.judged for layer in layers)
    waiting = [layer for layer in layers if layer.pairs and not layer.judged]
    if not judged:
        return Quality(None, None, 0, "No pair of the sample is judged yet.")
    rng = np.random.default_rng(seed)
    taken = _matches([layer for layer in layers if layer.taken], rng)
    left = _matches([layer for layer in layers if not layer.taken], rng)
    size = sum(layer.pairs for layer in layers if layer.taken)
    precision = _share(taken / size) if size else None
    if waiting:
        return Quality(
            precision if all(not layer.taken for layer in waiting) else None,
            None,
            judged,
            "Some layers of the sample have no judged pair yet.",
        )
    both = taken + left
    recall = _share(taken / both) if size else None
    return Quality(precision, recall, judged)


def _matches(layers: Sequence[Judged], rng: np.random.Generator) -> NDArray[np.float64]:
    """Draws of how many true matches the layers hold; a layer judged whole is known."""
    whole = np.zeros(_DRAWS)
    for layer in layers:
        rest = layer.pairs - layer.judged
        a, b = layer.matches + 0.5, layer.judged - layer.matches + 0.5
        whole += layer.matches + rest * rng.beta(a, b, _DRAWS)
    return whole


def _share(draws: NDArray[np.float64]) -> Share:
    outside = (1 - _INSIDE) / 2
    lower, middle, upper = np.quantile(draws, [outside, 0.5, 1 - outside])
    return Share(float(middle), float(lower), float(upper))
