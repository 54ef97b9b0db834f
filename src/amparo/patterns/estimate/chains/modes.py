"""Modes of the latent-class posterior: where chains settled apart, and what each place weighs.

The evidence of a mode is the integral of prior times likelihood around it. It is found by letting a
cloud of states from the mode melt: the likelihood's power goes from one to zero in steps short
enough for reweighting (sequential Monte Carlo, Del Moral, Doucet and Jasra 2006), and the steps'
weights multiply to the ratio between mode and prior. A mode that melts late keeps some excess, the
same for all in tendency, so that weights near one half are to be read as "undecided".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from amparo.patterns.estimate.chains.convergence import rank_r_hat
from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.kernels.latent import chain, move_all

__all__ = ["Cells", "Mode", "evidence", "parted"]

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
APART, APART_LIKELIHOOD = 1.25, 2.5
DOUBTFUL = 1.1
CLOUD = 160
KEPT = 0.6
MOVES, FURTHEST = 2, 30


@dataclass(frozen=True, slots=True)
class Cells:
    """The occupied cells as the kernel reads them; lists that name nobody are left out."""

    lists: int
    counts: Array
    starts: Ints
    members: Ints

    @classmethod
    def of(cls, table: Table) -> Cells:
        """From a table."""
        sizes = list(table.list_sizes.values())
        kept = [i for i, size in enumerate(sizes) if size]
        histories = sorted(h for h, count in table.counts.items() if count)
        named = [[new for new, i in enumerate(kept) if h >> i & 1] for h in histories]
        return cls(
            lists=len(kept),
            counts=np.array([table.counts[h] for h in histories], dtype=np.float64),
            starts=np.cumsum([0, *map(len, named)]).astype(np.int64),
            members=np.array([i for each in named for i in each], dtype=np.int64),
        )


@dataclass(frozen=True, slots=True)
class Mode:
    """One place where chains settled: which of them, the share of the posterior that it holds,
    the logarithm of its evidence (None when there is one mode), and its totals."""

    chains: tuple[int, ...]
    weight: float
    log_evidence: float | None
    log_likelihood: float
    median: float = 0.0
    lower: float = 0.0
    upper: float = 0.0

    def described(self, totals: Array) -> Mode:
        """With the median and the 95 % interval of these draws."""
        lower, median, upper = np.quantile(totals, [0.025, 0.5, 0.975])
        return replace(self, median=float(median), lower=float(lower), upper=float(upper))


def parted(log_odds: Array, likelihoods: Array) -> list[tuple[int, ...]]:
    """Groups of chains that tell of the same place: near by their odds and by their likelihoods.

    Nearness is judged next to the chains' own spread and carries over (single linkage). Where all
    hang together and R-hat still objects, they are parted at the widest gap.
    """
    near = _near(log_odds, APART) & _near(likelihoods, APART_LIKELIHOOD)
    groups, left = list[set[int]](), set(range(len(log_odds)))
    while left:
        group, fresh = set[int](), {min(left)}
        while fresh:
            group |= fresh
            fresh = {j for i in fresh for j in left if near[i, j]} - group
        groups.append(group)
        left -= group
    if len(groups) == 1 and rank_r_hat(log_odds) > DOUBTFUL:
        groups = _at_widest_gap(log_odds.mean(axis=1))
    return [tuple(sorted(group)) for group in groups]


def _near(values: Array, far: float) -> npt.NDArray[np.bool_]:
    means, spreads = values.mean(axis=1), values.std(axis=1) + 1e-12
    apart = np.abs(means[:, None] - means[None, :])
    scale = np.sqrt((spreads[:, None] ** 2 + spreads[None, :] ** 2) / 2)
    near: npt.NDArray[np.bool_] = apart <= far * scale
    return near


def _at_widest_gap(means: Array) -> list[set[int]]:
    order = np.argsort(means)
    cut = int(np.argmax(np.diff(means[order]))) + 1
    return [set(map(int, order[:cut])), set(map(int, order[cut:]))]


def evidence(
    rng: np.random.Generator, cells: Cells, classes: int, prior: tuple[float, float], state: Array
) -> float:
    """The logarithm of the evidence of the mode that holds ``state``."""
    states = _cloud(rng, cells, classes, prior, state)
    alphas, likelihoods, unseen = np.ones(CLOUD), np.empty(CLOUD), np.empty(CLOUD)
    heat, step, total = 1.0, 0.08, 0.0

    def move(moves: int) -> float:
        return move_all(
            rng, states, alphas, heat, step, FURTHEST, moves, classes, cells.lists, cells.counts,
            cells.starts, cells.members, prior, likelihoods, unseen,
        )  # fmt: skip

    move(MOVES)
    while heat > 0.0:
        drop = _drop(likelihoods, heat)
        weights = np.exp(-drop * (likelihoods - likelihoods.min()))
        total += float(np.log(weights.mean())) - drop * float(likelihoods.min())
        heat = 0.0 if drop >= heat else heat - drop
        chosen = _resampled(rng, weights)
        states, alphas = states[chosen].copy(), alphas[chosen].copy()
        for _ in range(5):
            accepted = move(MOVES)
            step = min(0.6, step * float(np.exp(np.clip(accepted - 0.75, -0.5, 0.3))))
            if accepted > 0.5:
                break
    return -total


def _cloud(
    rng: np.random.Generator, cells: Cells, classes: int, prior: tuple[float, float], state: Array
) -> Array:
    """States along a chain that goes on from ``state``."""
    here, states = state.copy(), np.empty((CLOUD, len(state)))
    outputs = [np.empty(4) for _ in range(3)]
    for row in states:
        chain(
            rng, here, classes, cells.lists, cells.counts, cells.starts, cells.members, prior,
            0.07, 60, 0, *outputs,
        )  # fmt: skip
        row[:] = here
    return states


def _drop(likelihoods: Array, heat: float) -> float:
    """How far the power may fall while the weights keep ``KEPT`` of their effective number."""

    def kept(drop: float) -> float:
        weights = np.exp(-drop * (likelihoods - likelihoods.min()))
        return float(weights.sum() ** 2 / (weights**2).sum() / len(weights))

    if kept(heat) >= KEPT:
        return heat
    low, high = 0.0, heat
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if kept(middle) > KEPT else (low, middle)
    return low


def _resampled(rng: np.random.Generator, weights: Array) -> Ints:
    """Systematic resampling."""
    places = (rng.random() + np.arange(len(weights))) / len(weights)
    found = np.searchsorted(np.cumsum(weights / weights.sum()), places)
    return np.minimum(found, len(weights) - 1).astype(np.int64)
