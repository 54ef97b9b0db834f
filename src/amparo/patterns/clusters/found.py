"""Clusters of a table: cases with a place and a date, scanned, each cluster with its records."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from amparo.base.errors import UsageError
from amparo.patterns.clusters.cylinders import Window, work
from amparo.patterns.clusters.scan import scan
from amparo.patterns.tables import Records
from amparo.patterns.tables.units import Unit
from amparo.patterns.tables.units import unit as unit_named
from amparo.patterns.trends.series import Series, series

__all__ = [
    "FEWEST_CASES",
    "Cluster",
    "Clusters",
    "are_degrees",
    "clusters",
    "coordinates",
    "on_a_plane",
    "refuse_large",
]

FEWEST_CASES = 20
MOST_PLACES = 400
MOST_PERIODS = 120
MOST_WORK = 6_000_000_000
_EARTH_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Cluster:
    """A circle of places over a stretch of time with more cases than it should have.

    ``radius`` is in kilometres for longitude and latitude, else in the unit of the columns.
    """

    x: float
    y: float
    radius: float
    first: str
    last: str
    count: int
    expected: float
    p: float
    rows: tuple[int, ...]
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Clusters:
    """The clusters, the strongest first, among the places ``at`` with their counts.

    ``left_out`` are the records without a place or a date that says its period; ``shuffles`` how
    often times were shuffled; ``in_degrees`` whether places are longitude and latitude.
    """

    unit: Unit
    by: str
    clusters: tuple[Cluster, ...]
    at: tuple[tuple[float, float, int], ...]
    cases: int
    left_out: tuple[int, ...]
    shuffles: int
    in_degrees: bool


def clusters(
    records: Records, *, x: str, y: str, by: str, shuffles: int = 999, seed: int = 1
) -> Clusters:
    """Scan the rows of a table; ``by`` is a step of time, as ``date:month``.

    Each row is a case. UsageError for places that are no numbers, too few cases, and a table so
    large that its shuffles would take too long.
    """
    timed = series(records, by=by, unit="row")
    where, when, kept = _placed(records, x, y, timed)
    if len(kept) < FEWEST_CASES:
        raise UsageError(
            f"{len(kept)} rows have a place and a period; that is too few for clusters.",
            next_step=f"It takes {FEWEST_CASES}.",
        )
    degrees = are_degrees(where, x, y)
    places, which = np.unique(where, axis=0, return_inverse=True)
    which = np.asarray(which).ravel()
    refuse_large(len(places), len(timed.periods), shuffles)
    counts = np.zeros((len(places), len(timed.periods)), dtype=np.int64)
    np.add.at(counts, (which, when), 1)
    flat = on_a_plane(places) if degrees else places
    found = scan(counts, flat, shuffles=shuffles, seed=seed)
    told = [_cluster(window, places, flat, timed, which, when, kept) for window in found.windows]
    everyone = np.arange(1, len(records) + 1)
    return Clusters(
        unit=unit_named("row"),
        by=by,
        clusters=tuple(told),
        at=tuple(
            (float(px), float(py), int(n))
            for (px, py), n in zip(places, counts.sum(axis=1), strict=True)
        ),
        cases=len(kept),
        left_out=tuple(map(int, np.setdiff1d(everyone, kept))),
        shuffles=shuffles,
        in_degrees=degrees,
    )


def _placed(
    records: Records, x: str, y: str, timed: Series
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places, periods and numbers of the records that have both."""
    across, along = coordinates(records, x), coordinates(records, y)
    number = {period: place for place, period in enumerate(timed.periods)}
    column = records.column(timed.by)
    lookup = np.array([*(number.get(word, -1) for word in column.words), -1])
    when = lookup[column.codes]
    kept = np.isfinite(across) & np.isfinite(along) & (when >= 0)
    return np.column_stack([across, along])[kept], when[kept], np.flatnonzero(kept) + 1


def coordinates(records: Records, name: str) -> np.ndarray:
    """A column as numbers, NaN where it says none. UsageError where it never does."""
    column = records.column(name)
    read = np.array([*map(_number, column.words), math.nan])
    if column.words and not np.isfinite(read).any():
        raise UsageError(
            f"The column {name} holds no coordinates.",
            next_step="Choose the columns of longitude and latitude, in decimal degrees.",
        )
    return np.asarray(read[column.codes], dtype=float)


def _number(word: str) -> float:
    try:
        return float(word.replace(",", "."))
    except ValueError:
        return math.nan


def are_degrees(where: np.ndarray, x: str, y: str) -> bool:
    """Whether the columns are longitude and latitude, by their names and within their range."""
    named = x.casefold().startswith("lon") and y.casefold().startswith("lat")
    inside = bool((np.abs(where[:, 0]) <= 180).all() and (np.abs(where[:, 1]) <= 90).all())
    if named and not inside:
        raise UsageError(
            "Some coordinates lie outside the earth.",
            next_step="Longitude goes from -180 to 180 and latitude from -90 to 90.",
        )
    return named


def on_a_plane(places: np.ndarray) -> np.ndarray:
    """Longitude and latitude as kilometres around their middle; good for a country."""
    middle = np.radians(places.mean(axis=0))
    east = _EARTH_KM * np.cos(middle[1]) * (np.radians(places[:, 0]) - middle[0])
    north = _EARTH_KM * (np.radians(places[:, 1]) - middle[1])
    return np.column_stack([east, north])


def refuse_large(places: int, periods: int, shuffles: int) -> None:
    """UsageError for what would take too long to scan."""
    if places > MOST_PLACES or periods > MOST_PERIODS:
        raise UsageError(
            f"{places} places in {periods} periods are too many to scan.",
            next_step=f"Use up to {MOST_PLACES} places and {MOST_PERIODS} periods: longer periods, "
            "or the centres of districts.",
        )
    if work(places, periods) * max(1, shuffles) > MOST_WORK:
        raise UsageError(
            f"{shuffles} shuffles of {places} places in {periods} periods would take too long.",
            next_step="Choose longer periods, or fewer shuffles.",
        )


def _cluster(
    window: Window,
    places: np.ndarray,
    flat: np.ndarray,
    timed: Series,
    which: np.ndarray,
    when: np.ndarray,
    kept: np.ndarray,
) -> Cluster:
    inside = np.isin(which, window.places) & (when >= window.first) & (when <= window.last)
    at = flat[list(window.places)]
    middle = at.mean(axis=0)
    centre = places[list(window.places)].mean(axis=0)
    return Cluster(
        x=float(centre[0]),
        y=float(centre[1]),
        radius=float(np.hypot(*(at - middle).T).max()),
        first=timed.periods[window.first],
        last=timed.periods[window.last],
        count=window.count,
        expected=window.expected,
        p=window.p,
        rows=tuple(int(row) for row in kept[inside]),
        places=window.places,
    )
