"""Kinds that come together within one victim, event or place, beside what chance would give.

For each pair Fisher's exact test (R. Fisher, *Statistical Methods for Research Workers*, 5th ed.
1934), corrected for the number of pairs (Y. Benjamini and Y. Hochberg, *Journal of the Royal
Statistical Society B* 57, 1995, 289–300). Repeated ways of acting are closed sets of kinds: nothing
could be added without losing a case (N. Pasquier and others, *ICDT* 1999).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from amparo.base.errors import UsageError
from amparo.patterns.tables import Records

__all__ = ["Pair", "Together", "Way", "together"]

MOST_KINDS = 60
MOST_WAYS = 40
FEWEST = 10
_LARGEST_WAY = 8
_MOST_LOOKED_AT = 20_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two kinds: in how many groups both are, how many chance would give, the odds ratio, and the
    corrected p of Fisher's test."""

    one: str
    other: str
    both: int
    expected: float
    odds_ratio: float
    p: float
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """Kinds that come together again and again; ``groups`` are the victims or events."""

    kinds: tuple[str, ...]
    groups: tuple[str, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Pairs, the least likely by chance first, and repeated ways, the most frequent first.

    ``groups`` is how many victims or events have any kind stated, ``left_out`` how many rows say
    no kind or no group.
    """

    what: str
    within: str
    kinds: tuple[tuple[str, int], ...]
    groups: int
    left_out: tuple[int, ...]
    pairs: tuple[Pair, ...]
    ways: tuple[Way, ...]


def together(records: Records, *, what: str, within: str, fewest: int = 3) -> Together:
    """Look for kinds of ``what`` that come together within the words of ``within``.

    ``fewest`` is how many groups a repeated way needs. UsageError for too many kinds or too few
    groups to say anything.
    """
    kind, group = records.column(what), records.column(within)
    stated = (kind.codes >= 0) & (group.codes >= 0)
    if len(kind.words) > MOST_KINDS:
        raise UsageError(
            f"{what} has {len(kind.words)} different values; {MOST_KINDS} can be compared.",
            next_step="Group them first.",
        )
    present = np.zeros((len(group.words), len(kind.words)), dtype=bool)
    present[group.codes[stated], kind.codes[stated]] = True
    present = present[present.any(axis=1)] if not present.any(axis=1).all() else present
    if len(present) < FEWEST or len(kind.words) < 2:
        raise UsageError(
            f"{len(present)} groups of {within} and {len(kind.words)} kinds are too few.",
            next_step=f"It takes {FEWEST} groups and two kinds.",
        )
    look = _Look(kind.words, group.words, kind.codes, group.codes)
    sizes = [(word, int(n)) for word, n in zip(kind.words, present.sum(axis=0), strict=True)]
    return Together(
        what=what,
        within=within,
        kinds=tuple(sorted(sizes, key=lambda each: -each[1])),
        groups=len(present),
        left_out=tuple(int(row) + 1 for row in np.flatnonzero(~stated)),
        pairs=_pairs(present, look),
        ways=_ways(look, fewest),
    )


@dataclass(frozen=True)
class _Look:
    """The words and codes of both columns, to find groups and rows again."""

    kinds: tuple[str, ...]
    groups: tuple[str, ...]
    kind: np.ndarray
    group: np.ndarray

    def having(self, kind: int) -> set[int]:
        """The groups that have a kind."""
        return set(self.group[(self.kind == kind) & (self.group >= 0)].tolist())

    def rows(self, kinds: tuple[int, ...], groups: set[int]) -> tuple[int, ...]:
        """The records of these kinds in these groups."""
        inside = np.isin(self.kind, kinds) & np.isin(self.group, list(groups))
        return tuple(int(row) + 1 for row in np.flatnonzero(inside))


def _pairs(present: np.ndarray, look: _Look) -> tuple[Pair, ...]:
    from scipy.stats import false_discovery_control, fisher_exact

    n, sizes = len(present), present.sum(axis=0)
    both = present.T.astype(int) @ present.astype(int)
    found = []
    for i in range(len(sizes)):
        for j in range(i + 1, len(sizes)):
            a, b, c = int(both[i, j]), int(sizes[i]), int(sizes[j])
            table = np.array([[a, b - a], [c - a, n - b - c + a]])
            odds, p = fisher_exact(table)
            found.append((i, j, a, b * c / n, float(odds), float(p)))
    corrected = false_discovery_control([each[5] for each in found])
    told = [
        Pair(
            look.kinds[i],
            look.kinds[j],
            a,
            due,
            odds if math.isfinite(odds) else math.inf,
            float(p),
            look.rows((i, j), look.having(i) & look.having(j)),
        )
        for (i, j, a, due, odds, _), p in zip(found, corrected, strict=True)
    ]
    return tuple(sorted(told, key=lambda pair: (pair.p, -pair.both)))


def _ways(look: _Look, fewest: int) -> tuple[Way, ...]:
    """Closed sets of at least two kinds in at least ``fewest`` groups, found depth first."""
    having = {kind: look.having(kind) for kind in range(len(look.kinds))}
    frequent = sorted((k for k in having if len(having[k]) >= fewest), key=lambda k: len(having[k]))
    found: dict[frozenset[int], set[int]] = {}
    waiting: list[tuple[tuple[int, ...], set[int], int]] = [
        ((kind,), having[kind], place) for place, kind in enumerate(frequent)
    ]
    looked = 0
    while waiting and looked < _MOST_LOOKED_AT:
        kinds, groups, place = waiting.pop()
        looked += 1
        closed = frozenset(kind for kind in frequent if groups <= having[kind])
        if 2 <= len(closed) <= _LARGEST_WAY:
            found.setdefault(closed, groups)
        for later in range(place + 1, len(frequent)):
            kept = groups & having[frequent[later]]
            if len(kept) >= fewest and frequent[later] not in closed:
                waiting.append(((*kinds, frequent[later]), kept, later))
    ordered = sorted(found.items(), key=lambda way: (-len(way[1]), -len(way[0])))[:MOST_WAYS]
    return tuple(
        Way(
            tuple(sorted(look.kinds[kind] for kind in kinds)),
            tuple(sorted(look.groups[group] for group in groups)),
            look.rows(tuple(kinds), groups),
        )
        for kinds, groups in ordered
    )
