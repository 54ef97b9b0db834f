"""Inter-coder agreement: how far people who read the same papers coded them alike.

Cohen's kappa for two coders (J. Cohen, *Educational and Psychological Measurement* 20, 1960,
37–46), Fleiss' kappa for several who each coded everything (J. Fleiss, *Psychological Bulletin* 76,
1971, 378–382), Krippendorff's alpha for any number with gaps, by level of measurement
(K. Krippendorff, *Content Analysis*, 4th ed. 2018, ch. 12; "Computing Krippendorff's
Alpha-Reliability", 2011). Intervals by drawing units anew.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from amparo.base.errors import UsageError
from amparo.patterns.tables import Records

__all__ = ["Agreement", "Level", "agreement", "alpha", "cohen", "fleiss"]

Level = Literal["nominal", "ordinal", "interval"]
FEWEST_UNITS = 10
DRAWS = 1_000

Coded = np.ndarray
"""Units by coders: the number of a code, NaN where a coder left a unit out."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What coders of the same units agree on. ``lower`` and ``upper`` are of ``alpha``, at 95 %.

    A kappa is None where it has no meaning: Cohen's for other than two coders, Fleiss' with gaps.
    ``disagreed`` are the numbers of the records on which not all coders said the same.
    """

    coders: tuple[str, ...]
    units: int
    codes: tuple[str, ...]
    percent: float
    alpha: float
    lower: float
    upper: float
    cohen: float | None
    fleiss: float | None
    level: Level
    disagreed: tuple[int, ...]
    pairs: tuple[tuple[str, str, int, tuple[int, ...]], ...]

    @property
    def verdict(self) -> str:
        """Krippendorff's own limits (2018, p. 356): .800 to rely on, .667 for tentative words."""
        if self.lower >= 0.8:
            return "reliable"
        if self.alpha >= 0.667:
            return "tentative"
        return "not reliable"


def agreement(
    records: Records, coders: Sequence[str], *, level: Level = "nominal", seed: int = 1
) -> Agreement:
    """Compare the columns ``coders``, one a coder, each row a unit that they coded.

    UsageError for fewer than two coders or ten units that two coded, and for codes that are no
    numbers where the level asks for them.
    """
    if len(set(coders)) < 2:
        raise UsageError(
            "Agreement takes two coders.", next_step="Choose the columns of two or more coders."
        )
    words, table = _coded(records, coders, level)
    shared = np.count_nonzero(~np.isnan(table), axis=1) >= 2
    units = table[shared]
    if len(units) < FEWEST_UNITS:
        raise UsageError(
            f"Only {len(units)} rows were coded by two; that is too few to judge.",
            next_step=f"Let two people code {FEWEST_UNITS} or more of the same records.",
        )
    value = alpha(units, level)
    low, high = _interval(units, level, seed)
    whole = not np.isnan(units).any()
    apart = shared & (np.nanmax(table, axis=1, initial=-1) != _least(table))
    return Agreement(
        coders=tuple(coders),
        units=len(units),
        codes=words,
        percent=_percent(units),
        alpha=value,
        lower=low,
        upper=high,
        cohen=cohen(units) if len(coders) == 2 and whole else None,
        fleiss=fleiss(units) if whole else None,
        level=level,
        disagreed=tuple(int(row) + 1 for row in np.flatnonzero(apart)),
        pairs=_pairs(table, words),
    )


def cohen(units: Coded) -> float:
    """Cohen's kappa of two coders without gaps; NaN where both said one thing throughout."""
    codes, flat = np.unique(units, return_inverse=True)
    one, other = flat.reshape(units.shape).T
    table = np.zeros((len(codes), len(codes)))
    np.add.at(table, (one, other), 1)
    table /= table.sum()
    seen, due = np.trace(table), float(table.sum(0) @ table.sum(1))
    return math.nan if due == 1 else float((seen - due) / (1 - due))


def fleiss(units: Coded) -> float:
    """Fleiss' kappa of coders without gaps; NaN where all said one thing throughout."""
    codes, flat = np.unique(units, return_inverse=True)
    told = flat.reshape(units.shape)
    counts = np.stack([(told == code).sum(axis=1) for code in range(len(codes))], axis=1)
    many = units.shape[1]
    seen = float(((counts**2).sum(axis=1) - many).mean() / (many * (many - 1)))
    due = float(((counts.sum(axis=0) / counts.sum()) ** 2).sum())
    return math.nan if due == 1 else float((seen - due) / (1 - due))


def alpha(units: Coded, level: Level = "nominal") -> float:
    """Krippendorff's alpha; gaps are NaN. NaN where all codes are the same."""
    codes = np.unique(units[~np.isnan(units)])
    counts = np.stack([(units == code).sum(axis=1) for code in codes], axis=1).astype(float)
    return _alpha(counts[counts.sum(axis=1) >= 2], codes, level)


def _alpha(counts: np.ndarray, codes: np.ndarray, level: Level) -> float:
    """From the counts of codes by unit, through the matrix of coincidences."""
    many = counts.sum(axis=1)
    weights = 1 / (many - 1)
    together = (counts * weights[:, None]).T @ counts - np.diag((counts * weights[:, None]).sum(0))
    totals = together.sum(axis=0)
    apart = _distances(codes, totals, level)
    due = float((np.outer(totals, totals) * apart).sum())
    if due == 0:
        return math.nan
    return float(1 - (totals.sum() - 1) * (together * apart).sum() / due)


def _distances(codes: np.ndarray, totals: np.ndarray, level: Level) -> np.ndarray:
    """The squared distance between codes."""
    if level == "nominal":
        return 1.0 - np.eye(len(codes))
    if level == "interval":
        return np.asarray((codes[:, None] - codes[None, :]) ** 2, dtype=float)
    sums = np.concatenate([[0.0], np.cumsum(totals)])
    at = np.arange(len(codes))
    low, high = np.minimum(at[:, None], at), np.maximum(at[:, None], at)
    between = sums[high + 1] - sums[low] - (totals[low] + totals[high]) / 2
    return np.asarray(np.where(low == high, 0.0, between) ** 2, dtype=float)


def _interval(units: Coded, level: Level, seed: int) -> tuple[float, float]:
    codes = np.unique(units[~np.isnan(units)])
    counts = np.stack([(units == code).sum(axis=1) for code in codes], axis=1).astype(float)
    chance = np.random.default_rng(seed)
    drawn = [
        _alpha(counts[chance.integers(len(counts), size=len(counts))], codes, level)
        for _ in range(DRAWS)
    ]
    known = [value for value in drawn if not math.isnan(value)]
    if len(known) < DRAWS / 2:
        return math.nan, math.nan
    low, high = np.quantile(known, [0.025, 0.975])
    return float(low), float(high)


def _coded(records: Records, coders: Sequence[str], level: Level) -> tuple[tuple[str, ...], Coded]:
    columns = [records.column(name) for name in coders]
    words = sorted({word for column in columns for word in column.words})
    if level != "nominal":
        words.sort(key=_number)
    number = {w: float(i) if level == "nominal" else _number(w) for i, w in enumerate(words)}
    table = np.full((len(records), len(columns)), math.nan)
    for i, column in enumerate(columns):
        lookup = np.array([number[word] for word in column.words] + [math.nan])
        table[:, i] = lookup[column.codes]
    return tuple(words), table


def _number(word: str) -> float:
    try:
        return float(word)
    except ValueError as error:
        raise UsageError(
            f"The code {word!r} is no number, so codes have no order here.",
            next_step="Compare them as names (nominal).",
        ) from error


def _least(table: Coded) -> np.ndarray:
    return np.asarray(np.nanmin(table, axis=1, initial=np.inf))


def _percent(units: Coded) -> float:
    """The share of pairs of coders who said the same of a unit."""
    same = pairs = 0
    for i in range(units.shape[1]):
        for j in range(i):
            both = ~np.isnan(units[:, i]) & ~np.isnan(units[:, j])
            pairs += int(both.sum())
            same += int((units[both, i] == units[both, j]).sum())
    return 100 * same / pairs


def _pairs(
    table: Coded, words: tuple[str, ...]
) -> tuple[tuple[str, str, int, tuple[int, ...]], ...]:
    """Which codes are taken for each other, the most frequent first, with the records."""
    values = np.unique(table[~np.isnan(table)])
    found: dict[tuple[str, str], list[int]] = {}
    for row, told in enumerate(table, start=1):
        said = sorted({words[int(np.searchsorted(values, code))] for code in told[~np.isnan(told)]})
        for i, one in enumerate(said):
            for other in said[i + 1 :]:
                found.setdefault((one, other), []).append(row)
    ordered = sorted(found.items(), key=lambda pair: -len(pair[1]))
    return tuple((one, other, len(rows), tuple(rows)) for (one, other), rows in ordered)
