"""The compiled part of the latent-class model: its density, its gradient, its trajectories.

A state is one vector: ``K - 1`` stick-breaking fractions and, list by list, ``K`` chances of being
listed, all as log-odds. The number of undocumented people is summed out of the density, which is
what makes long moves possible: it is drawn exactly for every state that is kept.

Cells come as three arrays: ``counts`` (people), and for cell ``m`` the lists that name them,
``members[starts[m]:starts[m + 1]]``.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from amparo.patterns.estimate.kernels.compiled import compiled

__all__ = ["chain", "density", "move_all"]

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
AIM = 0.8
FURTHEST = 30.0


@compiled
def _shares(state: Array, alpha: float, share: Array) -> float:
    """Each class's share by breaking the stick, into ``share``; the log prior of the breaks."""
    classes, prior, rest = len(share), 0.0, 1.0
    for k in range(classes - 1):
        value = state[k]
        part = 1.0 / (1.0 + np.exp(-value))
        share[k] = rest * part
        rest *= 1.0 - part
        small = -np.log1p(np.exp(-abs(value)))
        prior += small + min(value, 0.0) + alpha * (small - max(value, 0.0))
    share[classes - 1] = rest
    return float(prior)


@compiled
def _chances(state: Array, prior: float, odds: Array, nobody: Array) -> float:
    """The odds of being listed by list and class, into ``odds``; ``nobody`` by the chance of being
    on no list. Returns ``prior`` with that of the chances."""
    lists, classes = odds.shape
    offset = classes - 1
    for j in range(lists):
        for k in range(classes):
            ratio = np.exp(state[offset + j * classes + k])
            missed = 1.0 / (1.0 + ratio)
            odds[j, k] = ratio
            nobody[k] *= missed
            prior += np.log(ratio * missed * missed)
    return float(prior)


@compiled
def _cells(
    likelihood: float,
    counts: Array,
    starts: Ints,
    members: Ints,
    odds: Array,
    nobody: Array,
    weight: Array,
    people: Array,
    listed: Array,
) -> float:
    """``likelihood`` with that of every cell; its people shared out among the classes, into
    ``people`` and, by list, ``listed``."""
    classes = len(nobody)
    for m in range(len(counts)):
        weight[:] = nobody
        for at in range(starts[m], starts[m + 1]):
            row = odds[members[at]]
            for k in range(classes):
                weight[k] *= row[k]
        chance = 0.0
        for k in range(classes):
            chance += weight[k]
        likelihood += counts[m] * np.log(chance)
        scale = counts[m] / chance
        for k in range(classes):
            weight[k] *= scale
            people[k] += weight[k]
        for at in range(starts[m], starts[m + 1]):
            row = listed[members[at]]
            for k in range(classes):
                row[k] += weight[k]
    return float(likelihood)


@compiled
def _slope(
    state: Array,
    alpha: float,
    heat: float,
    odds: Array,
    people: Array,
    listed: Array,
    gradient: Array,
) -> None:
    """The derivative of the density by ``state``, into ``gradient``."""
    lists, classes = odds.shape
    later = heat * people[classes - 1]
    for k in range(classes - 2, -1, -1):
        part = 1.0 / (1.0 + np.exp(-state[k]))
        here = heat * people[k]
        gradient[k] = here + 1.0 - part * (here + later + 1.0 + alpha)
        later += here
    offset = classes - 1
    for j in range(lists):
        for k in range(classes):
            chance = odds[j, k] / (1.0 + odds[j, k])
            gradient[offset + j * classes + k] = (
                heat * (listed[j, k] - chance * people[k]) + 1.0 - 2.0 * chance
            )


@compiled
def density(
    state: Array,
    alpha: float,
    heat: float,
    counts: Array,
    starts: Ints,
    members: Ints,
    lists: int,
    gradient: Array,
    work: Array,
) -> tuple[float, float, float]:
    """Log posterior given ``alpha``, log-likelihood, and the chance of being on no list.

    The likelihood counts with the power ``heat``. ``gradient`` receives the derivative by
    ``state``; ``work`` is scratch of shape ``(4 + 2 * lists, K)``.
    """
    share, nobody, weight, people = work[0], work[1], work[2], work[3]
    odds, listed = work[4 : 4 + lists], work[4 + lists :]
    prior = _shares(state, alpha, share)
    nobody[:] = share
    listed[:] = 0.0
    prior = _chances(state, prior, odds, nobody)
    unseen, total = 0.0, 0.0
    for k in range(len(share)):
        unseen += nobody[k]
    for m in range(len(counts)):
        total += counts[m]
    for k in range(len(share)):
        people[k] = total * nobody[k] / (1.0 - unseen)
    likelihood = _cells(
        -total * np.log1p(-unseen), counts, starts, members, odds, nobody, weight, people, listed
    )
    _slope(state, alpha, heat, odds, people, listed, gradient)
    return prior + heat * likelihood, likelihood, unseen


@compiled
def _travel(
    rng: np.random.Generator,
    state: Array,
    alpha: float,
    heat: float,
    step: float,
    most: int,
    counts: Array,
    starts: Ints,
    members: Ints,
    lists: int,
    gradient: Array,
    work: Array,
    moved: Array,
    speed: Array,
) -> float:
    """One Hamiltonian trajectory (Neal 2011) from ``state``, in place; its acceptance chance."""
    size = len(state)
    here, _, _ = density(state, alpha, heat, counts, starts, members, lists, gradient, work)
    stride = step * (0.8 + 0.4 * rng.random())
    steps = 1 + int(rng.random() * most)
    for i in range(size):
        speed[i] = rng.standard_normal()
        here -= 0.5 * speed[i] * speed[i]
        moved[i] = state[i]
    there = here
    for _ in range(steps):
        for i in range(size):
            speed[i] += 0.5 * stride * gradient[i]
            moved[i] += stride * speed[i]
            if abs(moved[i]) > FURTHEST:
                return 0.0
        there, _, _ = density(moved, alpha, heat, counts, starts, members, lists, gradient, work)
        for i in range(size):
            speed[i] += 0.5 * stride * gradient[i]
    for i in range(size):
        there -= 0.5 * speed[i] * speed[i]
    change = there - here
    if np.isnan(change):
        return 0.0
    accepted = float(min(1.0, np.exp(min(change, 0.0))))
    if rng.random() < accepted:
        state[:] = moved
    return accepted


@compiled
def _concentration(
    rng: np.random.Generator, state: Array, classes: int, shape: float, rate: float
) -> float:
    """``alpha`` given the sticks: a gamma variate."""
    left = 0.0
    for k in range(classes - 1):
        left -= np.log1p(np.exp(-abs(state[k]))) + max(state[k], 0.0)
    return float(max(1e-6, rng.standard_gamma(shape + classes - 1) / (rate - left)))


@compiled
def chain(
    rng: np.random.Generator,
    state: Array,
    classes: int,
    lists: int,
    counts: Array,
    starts: Ints,
    members: Ints,
    prior: tuple[float, float],
    step: float,
    most: int,
    burn: int,
    totals: Array,
    log_odds: Array,
    likelihoods: Array,
) -> tuple[float, float]:
    """Run one chain from ``state``; fill the three outputs, one entry a draw.

    ``log_odds`` are those of being on no list. Returns the share accepted and the step used.
    """
    gradient, moved, speed = np.empty_like(state), np.empty_like(state), np.empty_like(state)
    work = np.empty((4 + 2 * lists, classes))
    people = counts.sum()
    alpha, taken, logged = 1.0, 0.0, np.log(step)
    for turn in range(burn + len(totals)):
        accepted = _travel(
            rng, state, alpha, 1.0, np.exp(logged), most, counts, starts, members, lists,
            gradient, work, moved, speed,
        )  # fmt: skip
        alpha = _concentration(rng, state, classes, prior[0], prior[1])
        if turn < burn:
            logged += (accepted - AIM) * min(0.1, 3.0 / (turn + 10.0) ** 0.6)
            continue
        taken += accepted
        _, likelihood, unseen = density(
            state, alpha, 1.0, counts, starts, members, lists, gradient, work
        )
        at = turn - burn
        totals[at] = people + rng.poisson(rng.standard_gamma(people) * unseen / (1.0 - unseen))
        log_odds[at] = np.log(unseen / (1.0 - unseen))
        likelihoods[at] = likelihood
    return taken / max(1, len(totals)), np.exp(logged)


@compiled
def move_all(
    rng: np.random.Generator,
    states: Array,
    alphas: Array,
    heat: float,
    step: float,
    most: int,
    moves: int,
    classes: int,
    lists: int,
    counts: Array,
    starts: Ints,
    members: Ints,
    prior: tuple[float, float],
    likelihoods: Array,
    unseen: Array,
) -> float:
    """Move every particle ``moves`` times at ``heat``; returns the share accepted."""
    size = states.shape[1]
    gradient, moved, speed = np.empty(size), np.empty(size), np.empty(size)
    work = np.empty((4 + 2 * lists, classes))
    taken = 0.0
    for p in range(len(states)):
        for _ in range(moves):
            taken += _travel(
                rng, states[p], alphas[p], heat, step, most, counts, starts, members, lists,
                gradient, work, moved, speed,
            )  # fmt: skip
            alphas[p] = _concentration(rng, states[p], classes, prior[0], prior[1])
        _, likelihoods[p], unseen[p] = density(
            states[p], alphas[p], heat, counts, starts, members, lists, gradient, work
        )
    return taken / max(1, len(states) * moves)
