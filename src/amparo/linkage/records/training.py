"""What agreement is worth: the chances m and u of every level, learned without any labels.

``u`` is how often two records of different people agree in this way, from random pairs; ``m`` how
often two of the same person do, by expectation and maximisation (Dempster, Laird and Rubin 1977)
over all pairs that blocking found. Since u and the share of matches hold for all pairs there are,
not for the blocked ones alone, blocking on a field does not make its agreement look worthless. What
random pairs hold of matches is taken out of u (Winkler 1988).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amparo.linkage.records.comparing import Comparison
from amparo.linkage.records.vectors import UNIT_BITS, Pairs

__all__ = ["Chances", "learn", "likely", "rare_bits", "shares_of_random", "weights"]

_MOST_ROUNDS = 100
_STILL = 1e-3  # bits by which no pair's weight moves any more
_PRIOR = 0.5  # of an observation, for every level: none is impossible
_LEAST_LEFT = 0.1  # of u, whatever is taken out of it

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Chances:
    """``m`` and ``u`` by comparison and value (0 is "different"), and the share of matches."""

    m: tuple[tuple[float, ...], ...]
    u: tuple[tuple[float, ...], ...]
    prior: float


def shares_of_random(pairs: Pairs, made: Sequence[Comparison]) -> list[Floats]:
    """How often each value of each comparison came among random pairs where something was said."""
    shares = []
    for column, each in enumerate(made):
        values = pairs.values[:, column]
        counts = np.bincount(values[values >= 0], minlength=len(each.levels) + 1) + _PRIOR / 2
        shares.append(counts / counts.sum())
    return shares


def learn(
    pairs: Pairs,
    made: Sequence[Comparison],
    random: Sequence[Floats],
    *,
    possible: float,
    prior: float,
    labels: Floats | None = None,
    begin: Chances | None = None,
    least: Floats | float = 0.0,
) -> Chances:
    """The chances by expectation and maximisation over ``pairs``.

    ``possible`` is how many pairs there are at all, blocked or not; ``prior`` where the share of
    matches begins, unless all begins with ``begin``. ``labels`` holds 1 for pairs that a person
    called a match, 0 for those called none, and NaN for the others; ``least`` is how likely a match
    each pair is at least, by what is known beyond the pair.
    """
    first = tuple(_begin(len(each.levels)) for each in made)
    chances = begin or Chances(first, _tuples(random), prior)
    before = np.zeros(len(pairs))
    for _ in range(_MOST_ROUNDS):
        bits = weights(pairs, made, chances)
        if np.abs(bits - before).max(initial=0) < _STILL:
            break
        before = bits
        matching = np.maximum(likely(bits), least)
        if labels is not None:
            matching = np.where(np.isnan(labels), matching, labels)
        share = float(np.clip(matching.sum() / possible, 0.5 / possible, 0.5))
        m = [_matching(pairs.values[:, c], matching, len(e.levels)) for c, e in enumerate(made)]
        u = [_others(seen, own, share) for seen, own in zip(random, m, strict=True)]
        chances = Chances(_tuples(m), _tuples(u), share)
    return chances


def weights(pairs: Pairs, made: Sequence[Comparison], chances: Chances) -> Floats:
    """Each pair's weight in bits: the logarithm of the odds that it is a match."""
    bits = np.full(len(pairs), np.log2(chances.prior / (1 - chances.prior)))
    for column, each in enumerate(made):
        m, u = np.array(chances.m[column]), np.array(chances.u[column])
        table = np.append(np.log2(m / u), 0.0) + rare_bits(each, chances.u[column])
        bits += table[pairs.values[:, column]] + pairs.rarity[:, column]
    return bits


def likely(bits: Floats) -> Floats:
    """How likely a match each pair is, from 0 to 1, by its weight in bits."""
    return np.asarray(1 / (1 + np.exp2(-np.clip(bits, -60, 60))), float)


def rare_bits(each: Comparison, u: Sequence[float]) -> Floats:
    """By value what of its chance is to be added to its rarity; the last is for nothing said.

    Rarity is measured against the chance of the exact agreement on the same column, or against the
    level's own (Splink's term frequency adjustment).
    """
    rare = np.zeros(len(each.levels) + 2)
    exact = {
        level.rare: len(each.levels) - place
        for place, level in reversed(list(enumerate(each.levels)))
        if level.rare and not level.own and level.share == 1.0
    }
    for place, level in enumerate(each.levels):
        if level.rare:
            value = len(each.levels) - place
            against = u[value] if level.own else u[exact.get(level.rare, value)]
            rare[value] = level.share * (np.log2(against) + UNIT_BITS)
    return rare


def _begin(levels: int) -> tuple[float, ...]:
    shares = 0.5 ** np.arange(levels, -1, -1, dtype=float)
    return tuple(shares / shares.sum())


def _matching(values: NDArray[np.int8], matching: Floats, levels: int) -> Floats:
    said = values >= 0
    counts = np.bincount(values[said], matching[said], minlength=levels + 1) + _PRIOR
    return np.asarray(counts / counts.sum(), float)


def _others(seen: Floats, matching: Floats, share: float) -> Floats:
    left = np.maximum((seen - share * matching) / (1 - share), seen * _LEAST_LEFT)
    return np.asarray(left / left.sum(), float)


def _tuples(columns: Sequence[Floats]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(each) for each in column) for column in columns)
