"""What must be looked at before filled-in cells are counted.

How much was filled in; whether what was filled in is distributed as what is stated (it may differ
for good reason, which somebody must be able to name: K. Abayomi, A. Gelman and M. Levy, *Applied
Statistics* 57, 2008, 273–291); whether the rounds have settled (R-hat over the second half of the
rounds, each replicate a chain: van Buuren 2018, ch. 6.5.2); on what silence depends, and whether
that helped to fill in. Whether silence depends on the very value that is missing, no table shows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amparo.patterns.estimate.chains.convergence import r_hat
from amparo.patterns.imputation.imputed import Filled, Imputed
from amparo.patterns.imputation.variables import MOST_GROUPS
from amparo.patterns.quality.missing import Uneven, depends

__all__ = ["Beside", "Diagnosis", "OfColumn", "diagnose"]

MUCH, TOO_MUCH = 0.3, 0.5
SETTLED = 1.2
FAR = 0.1
FEWEST_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Beside:
    """A word, or a tenth of the numbers from ``word`` on: its share of what is stated and of what
    was filled in, with the least and greatest share over the replicates."""

    word: str
    stated: float
    filled: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class OfColumn:
    """A column's diagnosis. ``means`` are those of numbers, stated and filled in; ``r_hat`` is None
    where there are no rounds to settle. ``distance`` is half the sum of the differences of shares,
    from 0 to 1."""

    name: str
    filled: int
    share: float
    beside: tuple[Beside, ...]
    distance: float
    means: tuple[float, float] | None
    r_hat: float | None
    trace: tuple[tuple[float, ...], ...]

    @property
    def is_settled(self) -> bool:
        """Whether the rounds agree; True where there are none."""
        return self.r_hat is None or self.r_hat < SETTLED


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """By column, and on what silence depends: ``used`` helped to fill in, ``unused`` did not."""

    columns: tuple[OfColumn, ...]
    used: tuple[Uneven, ...]
    unused: tuple[Uneven, ...]
    replicates_wanted: int

    @property
    def too_few(self) -> bool:
        """Whether there should be more replicates, by the share that is silent."""
        return self.replicates_wanted > 0


def diagnose(made: Imputed) -> Diagnosis:
    """Look at everything that was filled in."""
    named = list(made.columns)
    others = [name for name, column in made.records.columns.items() if _is_few(len(column.words))]
    asked = list(dict.fromkeys([*made.using, *others]))
    found = depends(made.records, named, asked, also_unknown=made.also_unknown)
    helped = {*made.using, *named}
    wanted = max(int(np.ceil(100 * each.share)) for each in made.columns.values())
    return Diagnosis(
        columns=tuple(map(_of_column, made.columns.values())),
        used=tuple(each for each in found if each.by in helped),
        unused=tuple(each for each in found if each.by not in helped),
        replicates_wanted=wanted if wanted > made.times else 0,
    )


def _is_few(words: int) -> bool:
    return 2 <= words <= MOST_GROUPS


def _of_column(filled: Filled) -> OfColumn:
    beside = _beside(filled)
    return OfColumn(
        name=filled.name,
        filled=len(filled.rows),
        share=filled.share,
        beside=beside,
        distance=sum(abs(each.stated - each.filled) for each in beside) / 2,
        means=_means(filled),
        r_hat=_r_hat(filled),
        trace=_shown_trace(filled),
    )


def _beside(filled: Filled) -> tuple[Beside, ...]:
    """The shares of the stated and of each replicate's filled-in cells."""
    labels, place = _classes(filled)
    number = len(labels)
    stated = np.bincount(place[filled.stated], minlength=number) / len(filled.stated)
    each = np.stack([np.bincount(place[line], minlength=number) for line in filled.codes])
    shares = each / len(filled.rows)
    return tuple(
        Beside(
            labels[n],
            float(stated[n]),
            float(shares[:, n].mean()),
            float(shares[:, n].min()),
            float(shares[:, n].max()),
        )
        for n in range(number)
        if stated[n] or shares[:, n].any()
    )


def _classes(filled: Filled) -> tuple[list[str], np.ndarray]:
    """Labels, and the label of each word: itself, or a tenth of the stated numbers."""
    if filled.numbers is None:
        return list(filled.words), np.arange(len(filled.words))
    seen = filled.numbers[filled.stated]
    starts = np.unique(np.quantile(seen, np.arange(10) / 10, method="lower"))
    place = np.searchsorted(starts, np.nan_to_num(filled.numbers), side="right") - 1
    return [f"{start:g}" for start in starts], np.maximum(place, 0)


def _means(filled: Filled) -> tuple[float, float] | None:
    if filled.numbers is None:
        return None
    return (
        float(filled.numbers[filled.stated].mean()),
        float(filled.numbers[filled.codes].mean()),
    )


def _r_hat(filled: Filled) -> float | None:
    """The largest R-hat of the shares (or the mean) over the second half of the rounds."""
    chains = filled.trace[:, filled.trace.shape[1] // 2 :]
    if filled.trace.shape[1] < FEWEST_ROUNDS:
        return None
    moving = [chains[:, :, n] for n in range(chains.shape[2]) if np.ptp(chains[:, :, n]) > 0]
    return max((r_hat(each) for each in moving), default=1.0)


def _shown_trace(filled: Filled) -> tuple[tuple[float, ...], ...]:
    """By replicate and round: the mean of the numbers that were filled in, or the share of the word
    that is stated most often."""
    if filled.numbers is not None:
        seen = filled.numbers[filled.stated]
        told = filled.trace[:, :, 0] * (float(seen.std()) or 1.0) + float(seen.mean())
    else:
        told = filled.trace[:, :, int(np.bincount(filled.stated).argmax())]
    return tuple(tuple(map(float, line)) for line in told)
