"""The space-time permutation scan statistic, for cases alone (M. Kulldorff and others, *PLoS
Medicine* 2(3), 2005, e59).

Each cylinder, a circle of places over a stretch of periods, is compared with what it would hold if
time and place had nothing to do with each other; the best one's likelihood ratio is compared with
that of data whose times were shuffled among the cases.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from amparo.base.errors import UsageError

__all__ = ["Scan", "Window", "neighbours", "overlaps", "scan", "work"]

LARGEST_SHARE = 0.5
MOST_CLUSTERS = 5

Counts = NDArray[np.int64]
Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Window:
    """A cylinder: the places inside, periods from ``first`` to ``last`` (both in), what it holds
    and what was to be expected; ``p`` is NaN where nothing was shuffled."""

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


def scan(counts: Counts, at: Reals, *, shuffles: int = 999, seed: int = 1) -> Scan:
    """Scan ``counts`` (places by periods) of places ``at`` (places by x and y, in one unit).

    A cylinder holds at most half of all cases and half of the periods. UsageError for fewer than
    two places or periods.
    """
    if counts.ndim != 2 or min(counts.shape) < 2 or len(at) != len(counts):
        raise UsageError(
            "A cluster takes at least two places and two periods.",
            next_step="Choose shorter periods, or a table with more places.",
        )
    order, ends = neighbours(at)
    look = _compiled()
    total = int(counts.sum())
    most = int(total * LARGEST_SHARE)
    longest = max(1, int(counts.shape[1] * LARGEST_SHARE))
    real = look(counts, order, ends, most, longest)
    chance = np.random.default_rng(seed)
    best = np.array(
        [_shuffled(counts, order, ends, most, longest, chance) for _ in range(shuffles)]
    )
    return Scan(_chosen(counts, real, order, best), shuffles)


def _shuffled(
    counts: Counts,
    order: Counts,
    ends: Counts,
    most: int,
    longest: int,
    chance: np.random.Generator,
) -> float:
    """The best ratio after the times of all cases were shuffled."""
    where, when = _cases(counts)
    made = np.zeros_like(counts)
    np.add.at(made, (where, chance.permutation(when)), 1)
    return float(_compiled()(made, order, ends, most, longest)[:, 0].max())


def _cases(counts: Counts) -> tuple[Counts, Counts]:
    where, when = np.nonzero(counts)
    many = counts[where, when]
    return np.repeat(where, many), np.repeat(when, many)


def neighbours(at: Reals) -> tuple[Counts, Counts]:
    """For each place all places by their distance, and where each ring of equal distance ends."""
    apart = np.hypot(*(at[:, None, axis] - at[None, :, axis] for axis in (0, 1)))
    order = np.argsort(apart, axis=1, kind="stable")
    sorted_ = np.take_along_axis(apart, order, axis=1)
    ends = np.ones_like(order)
    ends[:, :-1] = sorted_[:, 1:] > sorted_[:, :-1] + 1e-12
    return order.astype(np.int64), ends.astype(np.int64)


def _chosen(counts: Counts, found: Reals, order: Counts, best: Reals) -> tuple[Window, ...]:
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
        inside = int(counts[np.ix_(places, span)].sum())
        due = counts[list(places)].sum() * counts[:, span].sum() / counts.sum()
        p = (
            (1 + np.count_nonzero(best >= ratio - 1e-9)) / (len(best) + 1)
            if len(best)
            else math.nan
        )
        taken.append(Window(places, span[0], span[-1], inside, float(due), float(ratio), float(p)))
    return tuple(taken)


def overlaps(one: Window, places: tuple[int, ...], span: range) -> bool:
    """Whether a window shares a place at some time with another."""
    return bool(set(one.places) & set(places)) and one.first <= span[-1] and span[0] <= one.last


class _Look(Protocol):
    """A compiled function's type: ratio, ring, first and last period of each centre's best."""

    def __call__(
        self, counts: Counts, order: Counts, ends: Counts, most: int, longest: int
    ) -> Reals: ...


_made: list[_Look] = []


def _compiled() -> _Look:
    """The search, compiled on first use."""
    if not _made:
        from numba import njit

        _made.append(cast(_Look, njit(cache=True)(_best_of_each)))
    return _made[0]


def _best_of_each(counts, order, ends, most, longest):  # type: ignore[no-untyped-def] # numba
    places, periods = counts.shape
    total = counts.sum()
    by_period = counts.sum(axis=0)
    found = np.zeros((places, 4))
    for centre in range(places):
        inside = np.zeros(periods, dtype=np.int64)
        zone = 0
        for ring in range(places):
            place = order[centre, ring]
            for t in range(periods):
                inside[t] += counts[place, t]
            zone += counts[place].sum()
            if zone > most:
                break
            if ends[centre, ring] == 0 or zone == 0:
                continue
            for first in range(periods):
                seen, all_then = 0, 0
                for last in range(first, min(periods, first + longest)):
                    seen += inside[last]
                    all_then += by_period[last]
                    if seen < 2:
                        continue
                    due = zone * all_then / total
                    if seen <= due:
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
