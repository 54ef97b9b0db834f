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
from amparo.patterns.estimate.chains.convergence import effective, effective_tails, rank_r_hat
from amparo.patterns.estimate.chains.modes import Cells, Mode, evidence, parted
from amparo.patterns.estimate.chains.starts import anywhere, fitted
from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.kernels.latent import chain

__all__ = ["LatentFit", "Plan", "default_classes", "fit"]

Array = npt.NDArray[np.float64]
STEP = 0.05
WEIGHED, RUNS = 4, 2
SLIGHT, AGAIN = 0.01, 4


@dataclass(frozen=True, slots=True)
class Plan:
    """How to sample. ``classes`` None is ``2**k - 1`` classes, ten at most."""

    classes: int | None = None
    prior: tuple[float, float] = (0.25, 0.25)
    chains: int = 12
    draws: int = 800
    burn: int = 400
    furthest: int = 100
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
    drawn = [_of_mode(cells, classes, plan, mode, runs) for mode in modes]
    return LatentFit(
        draws=totals,
        weighted=_weighted(drawn, modes, plan.seed),
        log_likelihoods=likelihoods,
        r_hat=rank_r_hat(odds),
        effective=effective(odds),
        effective_tails=effective_tails(odds),
        modes=tuple(mode.described(each) for mode, each in zip(modes, drawn, strict=True)),
        classes=classes,
        accepted=float(np.mean([run[4] for run in runs])),
    )


Run = tuple[Array, Array, Array, Array, float]


def _run(cells: Cells, classes: int, plan: Plan, number: int) -> Run:
    """One chain: totals, log-odds of being unseen, log-likelihoods, its last state, acceptance."""
    rng = np.random.default_rng([plan.seed, number])
    begin = fitted if number % 2 else anywhere
    state = begin(rng, cells, classes, 1 + number // 2 % min(6, classes))
    outputs = [np.empty(plan.draws) for _ in range(3)]
    accepted, _ = chain(
        rng, state, classes, cells.lists, cells.counts, cells.starts, cells.members, plan.prior,
        STEP, plan.furthest, plan.burn, *outputs,
    )  # fmt: skip
    return outputs[0], outputs[1], outputs[2], state, accepted


def _modes(
    cells: Cells, classes: int, plan: Plan, odds: Array, likelihoods: Array, states: list[Array]
) -> tuple[Mode, ...]:
    groups = parted(odds, likelihoods)
    means = likelihoods.mean(axis=1)
    if len(groups) == 1:
        return (Mode(groups[0], 1.0, None, float(means.mean())),)
    groups = sorted(groups, key=lambda group: -max(means[c] for c in group))
    found = []
    for group in groups[:WEIGHED]:
        best = max(group, key=lambda c: float(means[c]))
        rng = np.random.default_rng([plan.seed, 1000, best])
        runs = [evidence(rng, cells, classes, plan.prior, states[best]) for _ in range(RUNS)]
        found.append((group, float(np.mean(runs)), float(np.ptp(runs)), float(means[best])))
    weights = _softened([each[1] for each in found], [each[2] for each in found])
    modes = [Mode(g, w, z, ll) for (g, z, _, ll), w in zip(found, weights, strict=True)]
    rest = [Mode(g, 0.0, None, float(means[list(g)].mean())) for g in groups[WEIGHED:]]
    return tuple(sorted([*modes, *rest], key=lambda mode: -mode.weight))


def _softened(evidences: list[float], spreads: list[float]) -> list[float]:
    """Weights by evidence; where two runs of it differ, no surer than they agree."""
    doubt = max(1.0, float(np.mean(spreads)))
    logs = (np.array(evidences) - max(evidences)) / doubt
    weights = np.exp(logs)
    return [float(weight) for weight in weights / weights.sum()]


def _of_mode(cells: Cells, classes: int, plan: Plan, mode: Mode, runs: list[Run]) -> Array:
    """Draws of one mode. Where there are several, a mode that weighs is sampled anew from its best
    chain, since chains that settled apart may not have settled for good."""
    own = [runs[c] for c in mode.chains]
    if (mode.weight == 1.0 and len(own) == len(runs)) or mode.weight < SLIGHT:
        return np.concatenate([run[0] for run in own])
    best, parts = max(own, key=lambda run: float(run[2].mean())), []
    for number in range(AGAIN):
        rng = np.random.default_rng([plan.seed, 3000, mode.chains[0], number])
        outputs = [np.empty(plan.draws) for _ in range(3)]
        chain(
            rng, best[3].copy(), classes, cells.lists, cells.counts, cells.starts, cells.members,
            plan.prior, STEP, plan.furthest, plan.burn, *outputs,
        )  # fmt: skip
        parts.append(outputs[0])
    return np.concatenate(parts)


def _weighted(drawn: list[Array], modes: tuple[Mode, ...], seed: int) -> Array:
    """Draws of the whole posterior: each mode's in proportion to its weight."""
    if len(modes) == 1:
        return drawn[0]
    rng = np.random.default_rng([seed, 2000])
    numbers = rng.multinomial(4000, [mode.weight for mode in modes])
    parts = [rng.choice(each, number) for each, number in zip(drawn, numbers, strict=True)]
    return np.concatenate(parts)
