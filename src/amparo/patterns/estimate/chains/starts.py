"""Where chains of the latent-class sampler begin: far from one another, and not all in the open.

Half begin anywhere, with one to six classes filled. The others begin at fits of one to six classes,
each the best of several by the EM algorithm (Dempster, Laird and Rubin 1977): a mode with many
classes is narrow, and a chain from anywhere seldom finds it, however much it weighs.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from amparo.patterns.estimate.chains.modes import Cells

__all__ = ["anywhere", "fitted"]

Array = npt.NDArray[np.float64]
TRIES, ROUNDS = 12, 60
SMALL = 1e-3


def anywhere(rng: np.random.Generator, cells: Cells, classes: int, filled: int) -> Array:
    """A state with ``filled`` classes of random share and random chances."""
    chances = rng.uniform(0.01, 0.91, size=(cells.lists, classes))
    return _state(rng.dirichlet(np.ones(filled)), chances, classes)


def fitted(rng: np.random.Generator, cells: Cells, classes: int, filled: int) -> Array:
    """A state at the best of several maximum-likelihood fits of ``filled`` classes."""
    marks = _marks(cells)
    tries = [_em(rng, cells, marks, filled) for _ in range(TRIES)]
    _, shares, found = max(tries, key=lambda each: each[0])
    chances = rng.uniform(0.01, 0.91, size=(cells.lists, classes))
    chances[:, :filled] = found
    order = np.argsort(-shares)
    chances[:, :filled] = chances[:, order]
    return _state(shares[order], chances, classes)


def _marks(cells: Cells) -> Array:
    marks = np.zeros((len(cells.counts), cells.lists))
    for row in range(len(cells.counts)):
        marks[row, cells.members[cells.starts[row] : cells.starts[row + 1]]] = 1.0
    return marks


def _em(
    rng: np.random.Generator, cells: Cells, marks: Array, filled: int
) -> tuple[float, Array, Array]:
    """Likelihood, shares and chances; classes begin around cells drawn by their counts."""
    drawn = rng.choice(len(marks), size=filled, p=cells.counts / cells.counts.sum())
    chances = 0.05 + 0.6 * marks[drawn].T + 0.2 * rng.random((cells.lists, filled))
    shares, likelihood = np.full(filled, 1 / filled), 0.0
    for _ in range(ROUNDS):
        joint = np.log(shares) + marks @ np.log(chances) + (1 - marks) @ np.log(1 - chances)
        weights = np.exp(joint)
        cell = weights.sum(axis=1)
        nobody = shares * np.exp(np.log(1 - chances).sum(axis=0))
        unseen = float(nobody.sum())
        likelihood = float(cells.counts @ np.log(cell) - cells.counts.sum() * np.log1p(-unseen))
        people = cells.counts[:, None] * weights / cell[:, None]
        whole = people.sum(axis=0) + cells.counts.sum() * nobody / (1 - unseen)
        chances = np.clip((marks.T @ people + 0.5) / (whole + 1.0), SMALL, 1 - SMALL)
        shares = (whole + SMALL) / (whole + SMALL).sum()
    return likelihood, shares, chances


def _state(filled: Array, chances: Array, classes: int) -> Array:
    """As the sampler reads it: stick fractions and chances as log-odds."""
    shares = np.full(classes, 1e-6)
    shares[: len(filled)] = filled
    left = np.concatenate([[1.0], 1 - np.cumsum(shares / shares.sum())])[: classes - 1]
    sticks = np.clip(shares[:-1] / np.maximum(left, 1e-9), SMALL, 1 - SMALL)
    both = np.clip(np.concatenate([sticks, chances.ravel()]), SMALL, 1 - SMALL)
    odds: Array = np.log(both / (1 - both))
    return odds
