"""Missingness: what each column does not say, which silences come together, and whether the silence
depends on something else.

Whether a column is silent more often in some groups is asked by chi-square: where it is, records
are not missing completely at random (R. Little and D. Rubin, *Statistical Analysis with Missing
Data*, 3rd ed. 2019, ch. 1), and leaving silent rows out would bend the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from amparo.patterns.tables import Records
from amparo.patterns.tables.crossing import NOT_STATED

__all__ = ["Missing", "Uneven", "depends", "missing", "says_unknown"]

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
    return np.array([*map(says_unknown, column.words), False])[column.codes]


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


def says_unknown(word: str) -> bool:
    """Whether a cell says that it is unknown, in one of the six languages."""
    return word.casefold().strip(" .()") in SAID_TO_BE_UNKNOWN


def depends(
    records: Records, columns: Sequence[str], on: Sequence[str], *, also_unknown: bool = False
) -> tuple[Uneven, ...]:
    """On which of ``on`` it depends whether ``columns`` are stated, the clearest first.

    By chi-square, corrected for how many pairs were asked (Y. Benjamini and Y. Hochberg, 1995), at
    5 %. With ``also_unknown`` a cell that says "unknown" counts as silent.
    """
    asked = []
    for name in columns:
        gone = records.column(name).codes < 0
        if also_unknown:
            gone |= _unknown(records, name)
        asked += [_asked(records, name, gone, by) for by in on if by.casefold() != name.casefold()]
    return _clear([each for each in asked if each])


def _uneven(records: Records, names: list[str], empty: np.ndarray, by: str) -> tuple[Uneven, ...]:
    """Columns whose silence goes with ``by``."""
    asked = [
        _asked(records, name, empty[:, i], by)
        for i, name in enumerate(names)
        if name.casefold() != by.casefold()
    ]
    return _clear([each for each in asked if each])


def _asked(records: Records, name: str, gone: np.ndarray, by: str) -> Uneven | None:
    """How often a column is silent by group, with its p; None where that cannot be asked."""
    from scipy.stats import chi2_contingency

    groups = records.column(by)
    labels = [*groups.words, NOT_STATED]
    codes = np.where(groups.codes < 0, len(groups.words), groups.codes)
    sizes = np.bincount(codes, minlength=len(labels))
    there = sizes > 0
    if not 2 <= np.count_nonzero(there) <= MOST_GROUPS or not gone.any() or gone.all():
        return None
    silent = np.bincount(codes[gone], minlength=len(labels))
    p = float(chi2_contingency(np.array([silent[there], (sizes - silent)[there]])).pvalue)
    shares = tuple((labels[n], int(silent[n]), int(sizes[n])) for n in np.flatnonzero(there))
    return Uneven(name, by, shares, p)


def _clear(asked: Sequence[Uneven]) -> tuple[Uneven, ...]:
    from scipy.stats import false_discovery_control

    if not asked:
        return ()
    corrected = false_discovery_control([each.p for each in asked])
    told = [replace(each, p=float(p)) for each, p in zip(asked, corrected, strict=True) if p < 0.05]
    return tuple(sorted(told, key=lambda each: each.p))


def _rows(inside: np.ndarray) -> tuple[int, ...]:
    return tuple(int(row) + 1 for row in np.flatnonzero(inside))
