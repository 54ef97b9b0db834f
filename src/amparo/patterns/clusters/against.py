"""The scan statistic with expected counts (M. Kulldorff, *Communications in Statistics: Theory and
Methods* 26, 1997, 1481–1496): Poisson's model, for cases among people whose number is known.

Each cylinder, a circle of places over a stretch of periods, is compared with what its people would
have if all had the same risk. With ``c`` cases of ``C`` inside and ``m`` expected, the logarithm of
the likelihood ratio is ``c log(c/m) + (C-c) log((C-c)/(C-m))``. The best one is compared with those
of tables in which all ``C`` cases fell where people are. It sees a place that is high all the time,
which the permutation model of ``scan`` cannot; and it takes fewer documents for fewer cases.
"""

from __future__ import annotations

import math
from typing import Protocol, cast

import numpy as np

from amparo.base.errors import UsageError
from amparo.patterns.clusters.scan import (
    LARGEST_SHARE,
    MOST_CLUSTERS,
    Counts,
    Reals,
    Scan,
    Window,
    neighbours,
    overlaps,
)

__all__ = ["scan_against"]


def scan_against(
    counts: Counts, expected: Reals, at: Reals, *, shuffles: int = 999, seed: int = 1
) -> Scan:
    """Scan ``counts`` against ``expected`` (both places by periods, with the same sum) of places
    ``at`` (places by x and y, in one unit); one period looks at places alone.

    A cylinder holds at most half of what is expected and half of the periods. UsageError for fewer
    than two places, and for numbers that cannot be.
    """
    _refuse(counts, expected, at)
    order, ends = neighbours(at)
    look, total = _compiled(), int(counts.sum())
    most = float(expected.sum() * LARGEST_SHARE)
    longest = max(1, int(counts.shape[1] * LARGEST_SHARE))
    real = look(counts, expected, order, ends, most, longest)
    chance = np.random.default_rng(seed)
    shares = (expected / expected.sum()).ravel()
    best = np.empty(shuffles)
    for turn in range(shuffles):
        made = chance.multinomial(total, shares).reshape(counts.shape)
        best[turn] = look(made, expected, order, ends, most, longest)[:, 0].max()
    return Scan(_chosen(counts, expected, real, order, best), shuffles)


def _refuse(counts: Counts, expected: Reals, at: Reals) -> None:
    if counts.ndim != 2 or len(counts) < 2 or len(at) != len(counts):
        raise UsageError(
            "A cluster takes at least two places.",
            next_step="Give the people of each place apart.",
        )
    if counts.shape != expected.shape or (expected <= 0).any() or not counts.sum():
        raise UsageError("Every place needs people, and somebody must have been counted.")


def _chosen(
    counts: Counts, expected: Reals, found: Reals, order: Counts, best: Reals
) -> tuple[Window, ...]:
    """The best window of each centre, strongest first, none of them over another."""
    taken: list[Window] = []
    for centre in np.argsort(-found[:, 0], kind="stable"):
        ratio, ring, first, last = found[centre]
        if ratio <= 0 or len(taken) == MOST_CLUSTERS:
            break
        places = tuple(sorted(int(place) for place in order[centre, : int(ring) + 1]))
        span = range(int(first), int(last) + 1)
        if any(overlaps(each, places, span) for each in taken):
            continue
        inside = np.ix_(places, span)
        p = (1 + np.count_nonzero(best >= ratio - 1e-9)) / (len(best) + 1)
        taken.append(
            Window(
                places,
                span[0],
                span[-1],
                int(counts[inside].sum()),
                float(expected[inside].sum()),
                float(ratio),
                float(p) if len(best) else math.nan,
            )
        )
    return tuple(taken)


class _Look(Protocol):
    """A compiled function's type: ratio, ring, first and last period of each centre's best."""

    def __call__(
        self,
        counts: Counts,
        expected: Reals,
        order: Counts,
        ends: Counts,
        most: float,
        longest: int,
    ) -> Reals: ...


_made: list[_Look] = []


def _compiled() -> _Look:
    """The search, compiled on first use."""
    if not _made:
        from numba import njit

        _made.append(cast(_Look, njit(cache=True)(_best_of_each)))
    return _made[0]


def _best_of_each(counts, expected, order, ends, most, longest):  # type: ignore[no-untyped-def] # numba
    places, periods = counts.shape
    total = counts.sum()
    found = np.zeros((places, 4))
    for centre in range(places):
        inside = np.zeros(periods)
        due_then = np.zeros(periods)
        zone = 0.0
        for ring in range(places):
            place = order[centre, ring]
            for t in range(periods):
                inside[t] += counts[place, t]
                due_then[t] += expected[place, t]
                zone += expected[place, t]
            if zone > most:
                break
            if ends[centre, ring] == 0:
                continue
            for first in range(periods):
                seen, due = 0.0, 0.0
                for last in range(first, min(periods, first + longest)):
                    seen += inside[last]
                    due += due_then[last]
                    if seen < 2 or seen <= due:
                        continue
                    ratio = seen * math.log(seen / due)
                    if total > seen:
                        ratio += (total - seen) * math.log((total - seen) / (total - due))
                    if ratio > found[centre, 0]:
                        found[centre, 0] = ratio
                        found[centre, 1] = ring
                        found[centre, 2] = first
                        found[centre, 3] = last
    return found
