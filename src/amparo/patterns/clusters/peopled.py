"""Clusters of cases among people: places with their number of people, cases by place and period."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from amparo.base.errors import UsageError
from amparo.base.folding import fold
from amparo.patterns.clusters.against import scan_against
from amparo.patterns.clusters.cylinders import Counts, Reals, Window
from amparo.patterns.clusters.found import (
    FEWEST_CASES,
    Cluster,
    are_degrees,
    coordinates,
    on_a_plane,
    refuse_large,
)
from amparo.patterns.rates import populations
from amparo.patterns.tables import Records
from amparo.patterns.trends.series import series

__all__ = ["PeopledClusters", "Places", "clusters_per_people", "places_of"]


@dataclass(frozen=True, slots=True)
class Places:
    """Places with their people: ``at`` is names by x and y. ``in_degrees`` says that they are
    longitude and latitude."""

    names: tuple[str, ...]
    at: Reals
    people: Reals
    in_degrees: bool


@dataclass(frozen=True, slots=True)
class PeopledClusters:
    """The clusters, the strongest first, among ``places`` with the cases of each.

    ``without`` are words of the place's column that no place is called, with how many cases they
    have; ``left_out`` the records without a place or a period. ``where`` is each record's place.
    """

    by: str
    clusters: tuple[Cluster, ...]
    places: Places
    counts: tuple[int, ...]
    expected: tuple[float, ...]
    cases: int
    left_out: tuple[int, ...]
    without: tuple[tuple[str, int], ...]
    shuffles: int
    where: Counts = field(repr=False, compare=False)

    def rows(self, place: int) -> list[int]:
        """The numbers of the records that were counted at a place, from 1."""
        return [int(row) + 1 for row in np.flatnonzero(self.where == place)]

    def times(self, cluster: Cluster) -> float:
        """The risk inside as a multiple of the risk outside."""
        beyond = self.cases - cluster.count
        due = self.cases - cluster.expected
        return (cluster.count / cluster.expected) / (beyond / due) if beyond else float("inf")


def places_of(records: Records, name: str, x: str, y: str, people: str) -> Places:
    """Places from a table, one row each. UsageError for a place twice, without people or without
    coordinates."""
    told = populations(records, name, people)
    across, along = coordinates(records, x), coordinates(records, y)
    column = records.column(name)
    rows = [row for row in range(len(records)) if column.word(row) in told]
    at = np.column_stack([across[rows], along[rows]])
    if not np.isfinite(at).all():
        nowhere = column.word(rows[int(np.flatnonzero(~np.isfinite(at).all(axis=1))[0])])
        raise UsageError(
            f"“{nowhere}” has no coordinates.", next_step="Give each place its middle."
        )
    names = tuple(str(column.word(row)) for row in rows)
    return Places(names, at, np.array([told[name] for name in names]), are_degrees(at, x, y))


def clusters_per_people(
    records: Records,
    places: Places,
    *,
    place: str,
    by: str = "",
    shuffles: int = 999,
    seed: int = 1,
) -> PeopledClusters:
    """Scan the rows of a table, each a case, against the people of each place.

    ``place`` is the column that names it, met without regard to case and accents; ``by`` is a step
    of time, as ``date:month``, "" for all time together. People are taken as the same throughout.
    UsageError for too few cases, and for more places and periods than can be scanned.
    """
    where, without = _placed(records, places, place)
    if (where < 0).all():
        raise UsageError(
            f"No group of {place} is in the table of people.",
            next_step="Its first column must name the groups as the table does.",
        )
    when, periods = _timed(records, by)
    kept = np.flatnonzero((where >= 0) & (when >= 0))
    if len(kept) < FEWEST_CASES:
        raise UsageError(
            f"{len(kept)} rows have a place with people and a period; that is too few.",
            next_step=f"It takes {FEWEST_CASES}.",
        )
    refuse_large(len(places.names), len(periods), shuffles)
    counts = np.zeros((len(places.names), len(periods)), dtype=np.int64)
    np.add.at(counts, (where[kept], when[kept]), 1)
    share = places.people / places.people.sum()
    expected = np.outer(share, np.full(len(periods), len(kept) / len(periods)))
    flat = on_a_plane(places.at) if places.in_degrees else places.at
    found = scan_against(counts, expected, flat, shuffles=shuffles, seed=seed)
    return PeopledClusters(
        by=by,
        clusters=tuple(
            _cluster(window, places, flat, periods, kept, (where[kept], when[kept]))
            for window in found.windows
        ),
        places=places,
        counts=tuple(map(int, counts.sum(axis=1))),
        expected=tuple(map(float, expected.sum(axis=1))),
        cases=len(kept),
        left_out=tuple(int(row) + 1 for row in np.flatnonzero((where == -1) | (when < 0))),
        without=without,
        shuffles=shuffles,
        where=np.where(when >= 0, where, -1),
    )


_UNKNOWN = -2


def _placed(
    records: Records, places: Places, place: str
) -> tuple[Counts, tuple[tuple[str, int], ...]]:
    """Each row's place: -1 where it names none, ``_UNKNOWN`` where nobody knows its people."""
    column = records.column(place)
    number = {fold(name): at for at, name in enumerate(places.names)}
    lookup = np.array([*(number.get(fold(word), _UNKNOWN) for word in column.words), -1])
    many = np.bincount(column.codes[column.codes >= 0], minlength=len(column.words))
    without = [
        (word, int(many[code]))
        for code, word in enumerate(column.words)
        if lookup[code] == _UNKNOWN and many[code]
    ]
    return lookup[column.codes], tuple(without)


def _timed(records: Records, by: str) -> tuple[Counts, tuple[str, ...]]:
    """Each row's period, -1 for none, and the periods; one without a name for all time."""
    if not by:
        return np.zeros(len(records), dtype=np.int64), ("",)
    timed = series(records, by=by, unit="row")
    number = {period: place for place, period in enumerate(timed.periods)}
    column = records.column(by)
    lookup = np.array([*(number.get(word, -1) for word in column.words), -1])
    return lookup[column.codes], timed.periods


def _cluster(
    window: Window,
    places: Places,
    flat: Reals,
    periods: tuple[str, ...],
    kept: Counts,
    cases: tuple[Counts, Counts],
) -> Cluster:
    where, when = cases
    inside = np.isin(where, window.places) & (when >= window.first) & (when <= window.last)
    chosen = list(window.places)
    centre = places.at[chosen].mean(axis=0)
    return Cluster(
        x=float(centre[0]),
        y=float(centre[1]),
        radius=float(np.hypot(*(flat[chosen] - flat[chosen].mean(axis=0)).T).max()),
        first=periods[window.first],
        last=periods[window.last],
        count=window.count,
        expected=window.expected,
        p=window.p,
        rows=tuple(int(row) + 1 for row in kept[inside]),
        places=window.places,
    )
