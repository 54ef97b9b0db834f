"""The cylinders of a scan: circles of places over stretches of periods, and the best around each.

A cylinder with ``c`` of all ``C`` cases, of which ``m`` were to be expected, has the log likelihood
ratio ``c log(c/m) + (C-c) log((C-c)/(C-m))`` where ``c`` is above ``m`` (M. Kulldorff,
*Communications in Statistics: Theory and Methods* 26, 1997, 1481–1496). What is to be expected, and
what chance would give, is for the models to say (``scan``, ``against``).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

__all__ = ["Counts", "Reals", "Scan", "Window", "best_windows", "work"]

LARGEST_SHARE = 0.5
MOST_CLUSTERS = 5
_HAIR = 1e-9

Counts = NDArray[np.int64]
Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Window:
    """A cylinder: the places inside, periods from ``first`` to ``last`` (both in), what it holds
    and what was to be expected; ``p`` is NaN where chance was not asked."""

    places: tuple[int, ...]
    first: int
    last: int
    count: int
    expected: float
    ratio: float
    p: float


@dataclass(frozen=True, slots=True)
class Scan:
    """The windows that do not overlap in places and time, the strongest first."""

    windows: tuple[Window, ...]
    shuffles: int


def work(places: int, periods: int) -> int:
    """About how many cylinders one look compares."""
    longest = max(1, int(periods * LARGEST_SHARE))
    return places * max(1, int(places * LARGEST_SHARE)) * periods * longest


def best_windows(
    counts: Counts, expected: Reals, at: Reals, *, by_chance: Callable[[], Counts], shuffles: int
) -> Scan:
    """The strongest windows of ``counts`` beside what was ``expected`` (both places by periods,
    with the same sum) of places ``at`` (places by x and y, in one unit).

    ``by_chance`` gives a table as chance would; the best of ``shuffles`` of them give the p-values.
    A cylinder holds at most half of what is expected and half of the periods.
    """
    order, ends = _neighbours(at)
    most = float(expected.sum() * LARGEST_SHARE) + _HAIR
    longest = max(1, int(counts.shape[1] * LARGEST_SHARE))

    def look(table: Counts) -> Reals:
        return _compiled()(table, expected, order, ends, most, longest)

    best = np.array([look(by_chance())[:, 0].max() for _ in range(shuffles)])
    return Scan(_chosen(counts, expected, look(counts), order, best), shuffles)


def _neighbours(at: Reals) -> tuple[Counts, Counts]:
    """For each place all places by their distance, and where each ring of equal distance ends."""
    apart = np.hypot(*(at[:, None, axis] - at[None, :, axis] for axis in (0, 1)))
    order = np.argsort(apart, axis=1, kind="stable")
    sorted_ = np.take_along_axis(apart, order, axis=1)
    ends = np.ones_like(order)
    ends[:, :-1] = sorted_[:, 1:] > sorted_[:, :-1] + 1e-12
    return order.astype(np.int64), ends.astype(np.int64)


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
        if any(_overlaps(each, places, span) for each in taken):
            continue
        inside = np.ix_(places, span)
        count, due = int(counts[inside].sum()), float(expected[inside].sum())
        p = (1 + np.count_nonzero(best >= ratio - _HAIR)) / (len(best) + 1)
        said = float(p) if len(best) else math.nan
        taken.append(Window(places, span[0], span[-1], count, due, float(ratio), said))
    return tuple(taken)


def _overlaps(one: Window, places: tuple[int, ...], span: range) -> bool:
    """Whether a window shares a place at some time with another."""
    return bool(set(one.places) & set(places)) and one.first <= span[-1] and span[0] <= one.last


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
