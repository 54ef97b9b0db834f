"""Whether a log-linear model has an estimate on this table at all (Fienberg and Rinaldo 2012).

The estimate of Poisson means exists when some strictly positive table has the same margins as the
one observed, which a linear programme decides; it is unique when the design has full rank. An
interaction whose lists never meet counts as minus infinity and takes its cells out of the table
(the extended estimate of Chan, Silverman and Vincent 2021).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.models.hierarchical import Model

__all__ = ["Existence", "existence"]

Array = npt.NDArray[np.float64]
TINY = 1e-7


@dataclass(frozen=True, slots=True)
class Existence:
    """``finite``: the estimate exists; ``unique``: no other fits as well."""

    finite: bool
    unique: bool

    def __bool__(self) -> bool:
        return self.finite and self.unique


def existence(table: Table, model: Model) -> Existence:
    """Decide for one hierarchical model."""
    never = [s for s in model if _people(table, s) == 0]
    cells = [h for h in range(1, 2 ** len(table.lists)) if not any(h & s == s for s in never)]
    effects = [0, *sorted(model - set(never))]
    design = np.array([[float(h & s == s) for h in cells] for s in effects])
    margins = design @ np.array([float(table.counts.get(h, 0)) for h in cells])
    unique = int(np.linalg.matrix_rank(design)) == len(effects)
    lone = any(s.bit_count() == 1 for s in never)
    return Existence(not lone and _smallest(design, margins) > TINY, unique)


def _people(table: Table, lists: int) -> int:
    return sum(count for history, count in table.counts.items() if history & lists == lists)


def _smallest(design: Array, margins: Array) -> float:
    """The largest floor that all cells of a table with these margins can share."""
    rows, cells = design.shape
    objective = np.append(np.zeros(cells), -1.0)
    floor = np.hstack([-np.eye(cells), np.ones((cells, 1))])
    answer = linprog(
        objective,
        A_ub=floor,
        b_ub=np.zeros(cells),
        A_eq=np.hstack([design, np.zeros((rows, 1))]),
        b_eq=margins,
        bounds=[(0, None)] * (cells + 1),
        method="highs",
    )
    return -float(answer.fun) if answer.status == 0 and answer.fun is not None else 0.0
