"""Missingness: what each column does not say, which silences come together, and whether the silence
depends on something else.

Whether a column is silent more often in some groups is asked by chi-square: where it is, records
are not missing completely at random (R. Little and D. Rubin, *Statistical Analysis with Missing
Data*, 3rd ed. 2019, ch. 1), and leaving silent rows out would bend the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amparo.patterns.tables import Records
from amparo.patterns.tables.crossing import NOT_STATED

__all__ = ["Missing", "missing"]

SAID_TO_BE_UNKNOWN = frozenset(
    {
        "unknown", "not known", "n/a", "na", "none", "null", "?", "-", "–", "desconocido",
        "desconocida", "no sabe", "sin dato", "inconnu", "inconnue", "невідомо", "неизвестно",
        "غير معروف", "مجهول",
    }
)  # fmt: skip
"""Cells that say that it is unknown, in the six languages: a statement, counted apart."""

MOST_PATTERNS = 12
MOST_GROUPS = 20


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how many cells are empty, how many say "unknown", how many different words."""

    name: str
    empty: tuple[int, ...]
    unknown: tuple[int, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Columns that are empty together in these records, and the others are not."""

    columns: tuple[str, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Uneven:
    """``column`` is empty more often in some groups of ``by`` than in others: shares by group."""

    column: str
    by: str
    shares: tuple[tuple[str, int, int], ...]
    p: float


@dataclass(frozen=True, slots=True)
class Missing:
    """What a table does not say: by column, by pattern, and by group of the column asked for."""

    rows: int
    whole: tuple[int, ...]
    columns: tuple[Column, ...]
    patterns: tuple[Pattern, ...]
    uneven: tuple[Uneven, ...] = ()


def missing(records: Records, *, by: str = "") -> Missing:
    """Look for what is not stated; with ``by``, whether that depends on another column."""
    names = list(records.columns)
    empty = np.column_stack([records.columns[name].codes < 0 for name in names])
    columns = tuple(
        Column(
            name,
            _rows(empty[:, i]),
            _rows(_unknown(records, name)),
            len(records.columns[name].words),
        )
        for i, name in enumerate(names)
    )
    return Missing(
        rows=len(records),
        whole=_rows(np.logical_not(empty.any(axis=1))),
        columns=columns,
        patterns=_patterns(names, empty),
        uneven=_uneven(records, names, empty, by) if by else (),
    )


def _unknown(records: Records, name: str) -> np.ndarray:
    column = records.columns[name]
    said = [word.casefold().strip(" .()") in SAID_TO_BE_UNKNOWN for word in column.words]
    return np.array([*said, False])[column.codes]


def _patterns(names: list[str], empty: np.ndarray) -> tuple[Pattern, ...]:
    """Which columns are empty together, the most frequent first."""
    kinds, which, counts = np.unique(empty, axis=0, return_inverse=True, return_counts=True)
    order = [n for n in np.argsort(-counts, kind="stable") if kinds[n].any()][:MOST_PATTERNS]
    return tuple(
        Pattern(
            tuple(name for name, gone in zip(names, kinds[n], strict=True) if gone),
            _rows(which.ravel() == int(n)),
        )
        for n in order
    )


def _uneven(records: Records, names: list[str], empty: np.ndarray, by: str) -> tuple[Uneven, ...]:
    """Columns whose silence goes with ``by``: by chi-square, corrected for how many were asked
    (Y. Benjamini and Y. Hochberg, 1995), at 5 %."""
    from scipy.stats import chi2_contingency, false_discovery_control

    groups = records.column(by)
    labels = [*groups.words, NOT_STATED]
    codes = np.where(groups.codes < 0, len(groups.words), groups.codes)
    sizes = np.bincount(codes, minlength=len(labels))
    if np.count_nonzero(sizes) > MOST_GROUPS:
        return ()
    found = []
    for i, name in enumerate(names):
        gone = np.bincount(codes[empty[:, i]], minlength=len(labels))
        if name.casefold() == by.casefold() or not gone.any() or gone.sum() == len(codes):
            continue
        there = sizes > 0
        p = float(chi2_contingency(np.array([gone[there], (sizes - gone)[there]])).pvalue)
        shares = tuple((labels[n], int(gone[n]), int(sizes[n])) for n in np.flatnonzero(there))
        found.append(Uneven(name, by, shares, p))
    if not found:
        return ()
    corrected = false_discovery_control([each.p for each in found])
    kept = [
        Uneven(each.column, each.by, each.shares, float(p))
        for each, p in zip(found, corrected, strict=True)
        if p < 0.05
    ]
    return tuple(sorted(kept, key=lambda each: each.p))


def _rows(inside: np.ndarray) -> tuple[int, ...]:
    return tuple(int(row) + 1 for row in np.flatnonzero(inside))
