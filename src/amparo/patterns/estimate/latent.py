"""Bayesian latent classes (Manrique-Vallier, Biometrics 2016), as R's package LCMCR.

People fall into classes; within a class the lists are independent, each with its own chance.
Class shares are a truncated stick-breaking process with concentration ``alpha``, gamma with shape
and rate ``prior``; the chances are uniform; the prior of the total ``N`` is ``1 / N``.

The sampler is ours: the undocumented are summed out, chains move by Hamiltonian trajectories
(Neal 2011), and ``N`` is drawn exactly for each state. Chains start dispersed, with one to six
classes filled. Where they settle apart, each mode is described and weighed by its evidence, and
the result says so: see ``modes``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from amparo.base.errors import UsageError
from amparo.patterns.estimate.convergence import effective, effective_tails, rank_r_hat
from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.latent_kernel import chain
from amparo.patterns.estimate.modes import Cells, Mode, evidence, parted

__all__ = ["LatentFit", "Plan", "default_classes", "fit"]

Array = npt.NDArray[np.float64]
STEP = 0.05


@dataclass(frozen=True, slots=True)
class Plan:
    """How to sample. ``classes`` None is ``2**k - 1`` classes, ten at most."""

    classes: int | None = None
    prior: tuple[float, float] = (0.25, 0.25)
    chains: int = 12
    draws: int = 500
    burn: int = 500
    furthest: int = 60
    seed: int = 1


@dataclass(frozen=True, slots=True)
class LatentFit:
    """Draws of the total, shape ``(chains, draws)``, and what is known of how they came about.

    ``modes`` has one entry where the chains agree. ``weighted`` are draws of the whole posterior,
    each mode in proportion to its weight.
    """

    draws: Array
    weighted: Array
    log_likelihoods: Array
    r_hat: float
    effective: float
    effective_tails: float
    modes: tuple[Mode, ...]
    classes: int
    accepted: float

    @property
    def multimodal(self) -> bool:
        """Whether chains settled in more than one place."""
        return len(self.modes) > 1

    def quantile(self, share: float) -> float:
        """The total below which ``share`` of the posterior lies."""
        return float(np.quantile(self.weighted, share))


def default_classes(lists: int) -> int:
    """As many classes as cells could tell apart, ten at most."""
    return int(min(2**lists - 1, 10))


def fit(table: Table, plan: Plan | None = None) -> LatentFit:
    """Sample the posterior of the total. UsageError for fewer than three lists with people."""
    plan = plan or Plan()
    cells = Cells.of(table)
    if cells.lists < 3:
        raise UsageError(
            "Latent classes need three lists with people on them.",
            next_step="Add a third source.",
        )
    classes = plan.classes or default_classes(cells.lists)
    runs = [_run(cells, classes, plan, number) for number in range(plan.chains)]
    totals, odds, likelihoods = (np.stack([run[i] for run in runs]) for i in (0, 1, 2))
    modes = _modes(cells, classes, plan, odds, likelihoods, [run[3] for run in runs])
    return LatentFit(
        draws=totals,
        weighted=_weighted(totals, modes, plan.seed),
        log_likelihoods=likelihoods,
        r_hat=rank_r_hat(odds),
        effective=effective(odds),
        effective_tails=effective_tails(odds),
        modes=tuple(mode.described(totals[list(mode.chains)]) for mode in modes),
        classes=classes,
        accepted=float(np.mean([run[4] for run in runs])),
    )


Run = tuple[Array, Array, Array, Array, float]


def _run(cells: Cells, classes: int, plan: Plan, number: int) -> Run:
    """One chain: totals, log-odds of being unseen, log-likelihoods, its last state, acceptance."""
    rng = np.random.default_rng([plan.seed, number])
    state = _start(rng, cells.lists, classes, filled=1 + number % min(6, classes))
    outputs = [np.empty(plan.draws) for _ in range(3)]
    accepted, _ = chain(
        rng, state, classes, cells.lists, cells.counts, cells.starts, cells.members, plan.prior,
        STEP, plan.furthest, plan.burn, *outputs,
    )  # fmt: skip
    return outputs[0], outputs[1], outputs[2], state, accepted


def _start(rng: np.random.Generator, lists: int, classes: int, *, filled: int) -> Array:
    """A dispersed state with ``filled`` classes of random share and random chances."""
    shares = np.full(classes, 1e-6)
    shares[:filled] = rng.dirichlet(np.ones(filled))
    left = np.concatenate([[1.0], 1 - np.cumsum(shares / shares.sum())])[: classes - 1]
    sticks = np.clip(shares[:-1] / np.maximum(left, 1e-9), 0.001, 0.999)
    chances = rng.uniform(0.01, 0.91, size=lists * classes)
    both = np.concatenate([sticks, chances])
    odds: Array = np.log(both / (1 - both))
    return odds


def _modes(
    cells: Cells, classes: int, plan: Plan, odds: Array, likelihoods: Array, states: list[Array]
) -> tuple[Mode, ...]:
    groups = parted(odds)
    if len(groups) == 1:
        return (Mode(groups[0], 1.0, None, float(likelihoods.mean())),)
    found = []
    for group in groups:
        best = max(group, key=lambda c: float(likelihoods[c].mean()))
        rng = np.random.default_rng([plan.seed, 1000, best])
        weight = evidence(rng, cells, classes, plan.prior, states[best])
        found.append((group, weight, float(likelihoods[best].mean())))
    peak = max(weight for _, weight, _ in found)
    whole = sum(float(np.exp(weight - peak)) for _, weight, _ in found)
    modes = [Mode(g, float(np.exp(w - peak)) / whole, w, ll) for g, w, ll in found]
    return tuple(sorted(modes, key=lambda mode: -mode.weight))


def _weighted(totals: Array, modes: tuple[Mode, ...], seed: int) -> Array:
    if len(modes) == 1:
        return totals.ravel()
    rng = np.random.default_rng([seed, 2000])
    numbers = rng.multinomial(4000, [mode.weight for mode in modes])
    parts = [
        rng.choice(totals[list(mode.chains)].ravel(), number)
        for mode, number in zip(modes, numbers, strict=True)
    ]
    return np.concatenate(parts)
