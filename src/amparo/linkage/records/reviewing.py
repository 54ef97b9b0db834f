"""Which pair to show a person next, and a sample by which the whole can be judged.

Two different questions. The most informative pair is the one of which the model knows least: its
chance is nearest to one half (uncertainty sampling, Lewis and Gale 1994), and its comparison has
been judged least often so far. The sample is drawn by chance in layers of weight, for only a random
sample says how right the whole is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

import numpy as np

__all__ = ["LAYERS", "Layer", "layer_of", "most_informative", "sample"]

_REPEATED = 1.5  # bits by which a pair moves back for each pair judged that compares alike


@dataclass(frozen=True, slots=True)
class Layer:
    """Pairs whose weight is from ``least`` up to ``below`` bits; of each as many are drawn."""

    name: str
    least: float
    below: float


LAYERS = (
    Layer("almost surely apart", float("-inf"), -4.0),
    Layer("probably apart", -4.0, 0.0),
    Layer("probably one person", 0.0, 4.0),
    Layer("almost surely one person", 4.0, float("inf")),
)
"""From the weakest to the strongest; the program takes pairs of 0 bits and more for one person."""


def layer_of(bits: float) -> int:
    """The place in ``LAYERS`` of a weight."""
    return next(place for place, layer in enumerate(LAYERS) if layer.least <= bits < layer.below)


def most_informative(
    bits: Sequence[float], alike: Sequence[Hashable], judged: Collection[int]
) -> list[int]:
    """The places of the pairs that are not judged yet, the most informative first.

    ``alike`` is equal for pairs whose comparison says the same.
    """
    seen = Counter(alike[place] for place in judged)
    left = [place for place in range(len(bits)) if place not in judged]
    return sorted(left, key=lambda p: (abs(bits[p]) + _REPEATED * seen[alike[p]], p))


def sample(bits: Sequence[float], each: int, seed: int = 1) -> list[int]:
    """The places of ``each`` pairs of every layer, drawn by chance, in no telling order."""
    rng = np.random.default_rng(seed)
    layers = np.array([layer_of(value) for value in bits], int)
    drawn: list[int] = []
    for place in range(len(LAYERS)):
        own = np.flatnonzero(layers == place)
        drawn += rng.choice(own, min(each, len(own)), replace=False).tolist()
    return [int(place) for place in rng.permutation(np.array(drawn, int))]
