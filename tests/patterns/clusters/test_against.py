"""Poisson's scan: as if every circle were looked at by hand, and honest about chance."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from amparo.base.errors import UsageError
from amparo.patterns.clusters import clusters_per_people, places_of, scan_against
from amparo.patterns.tables import Records

GRID = np.array(list(itertools.product(range(4), range(3))), dtype=float)
PEOPLE = np.array([500, 300, 900, 100, 400, 250, 800, 650, 120, 340, 560, 780], dtype=float)


def expected(counts: np.ndarray) -> np.ndarray:
    return np.outer(PEOPLE / PEOPLE.sum(), np.full(counts.shape[1], counts.sum() / counts.shape[1]))


def by_hand(counts: np.ndarray, due: np.ndarray) -> float:
    """The greatest ratio of all cylinders, each counted anew (Kulldorff 1997)."""
    total, best = counts.sum(), 0.0
    longest = max(1, counts.shape[1] // 2)
    for centre in GRID:
        apart = np.hypot(*(GRID - centre).T)
        for radius in sorted(set(apart)):
            zone = apart <= radius + 1e-12
            if due[zone].sum() > total / 2:
                break
            for first, last in itertools.combinations(range(counts.shape[1] + 1), 2):
                c, m = counts[zone, first:last].sum(), due[zone, first:last].sum()
                if last - first <= longest and c >= 2 and c > m:
                    ratio = c * math.log(c / m)
                    if total > c:
                        ratio += (total - c) * math.log((total - c) / (total - m))
                    best = max(best, ratio)
    return best


@pytest.mark.parametrize("periods", [1, 6])
@pytest.mark.parametrize("seed", range(3))
def test_the_strongest_is_the_one_found_by_hand(seed: int, periods: int) -> None:
    counts = np.random.default_rng(seed).poisson(2, (len(GRID), periods))
    due = expected(counts)
    assert scan_against(counts, due, GRID, shuffles=0).windows[0].ratio == pytest.approx(
        by_hand(counts, due)
    )


def test_two_places_by_hand() -> None:
    """30 of 40 cases where half the people live: 30 ln(30/20) + 10 ln(10/20) = 5.2325."""
    found = scan_against(
        np.array([[30], [10]]),
        np.array([[20.0], [20.0]]),
        np.array([[0.0, 0], [1, 0]]),
        shuffles=99,
    )
    (window,) = found.windows
    assert window.ratio == pytest.approx(5.2325, abs=1e-4)
    assert (window.places, window.count, window.expected) == ((0,), 30, 20)
    assert window.p == pytest.approx(0.01)


def test_a_place_that_is_high_all_the_time_is_seen() -> None:
    """The permutation model cannot see it: its times are like everybody's."""
    counts = np.random.default_rng(1).poisson(3 * np.outer(PEOPLE / PEOPLE.mean(), np.ones(6)))
    counts[4] *= 4
    found = scan_against(counts, expected(counts), GRID, shuffles=99)
    assert 4 in found.windows[0].places
    assert found.windows[0].p == pytest.approx(0.01)


def test_chance_alone_is_called_chance() -> None:
    drawn = np.random.default_rng(7)
    shares = PEOPLE / PEOPLE.sum()
    small = [
        scan_against(counts, expected(counts), GRID, shuffles=99, seed=n).windows[0].p
        for n in range(40)
        for counts in [drawn.multinomial(120, shares)[:, None]]
    ]
    assert sum(p <= 0.05 for p in small) <= 6
    assert 0.3 < np.mean(small) < 0.7


CENSUS = Records.of(
    ["district", "longitude", "latitude", "population"],
    [
        ("Ríohondo", "-73.1", "4.2", "12,000"),
        ("Ар-Рабія", "-73.4", "4.9", "30 000"),
        ("الوادي", "-72.9", "4.4", "8000"),
        ("Far", "-70.0", "1.0", "50000"),
    ],
)


def acts() -> Records:
    rows = [("riohondo", f"20{19 + n % 2}-03-0{1 + n % 9}") for n in range(30)]
    rows += [("Ар-Рабія", "2019-05-01"), ("Far", "2020-05-01")] * 8
    return Records.of(
        ["place", "date"], [*rows, ("Elsewhere", "2020-01-01"), ("", "2020-01-01"), ("Far", "")]
    )


def test_cases_meet_their_people_and_open_their_rows() -> None:
    places = places_of(CENSUS, "district", "longitude", "latitude", "population")
    found = clusters_per_people(acts(), places, place="place", shuffles=99)
    first = found.clusters[0]
    assert [places.names[at] for at in first.places] == ["Ríohondo"]
    assert (first.count, first.p) == (30, 0.01)
    assert first.expected == pytest.approx(47 * 12 / 100)
    assert first.rows == tuple(range(1, 31))
    assert found.times(first) == pytest.approx((30 / 5.64) / (17 / 41.36))
    assert found.rows(0) == list(range(1, 31))
    assert found.without == (("Elsewhere", 1),)
    assert found.left_out == (48,)
    assert (found.counts[2], places.in_degrees) == (0, True)


def test_with_periods_it_says_when() -> None:
    places = places_of(CENSUS, "district", "longitude", "latitude", "population")
    found = clusters_per_people(acts(), places, place="place", by="date:year", shuffles=99)
    assert found.clusters[0].first in ("2019", "2020")
    assert found.cases == 46


def test_what_cannot_be_is_refused() -> None:
    places = places_of(CENSUS, "district", "longitude", "latitude", "population")
    few = Records.of(["place"], [("Far",)] * 5)
    with pytest.raises(UsageError, match="too few"):
        clusters_per_people(few, places, place="place")
    with pytest.raises(UsageError, match="No group of place"):
        clusters_per_people(Records.of(["place"], [("Nowhere",)] * 30), places, place="place")
    with pytest.raises(UsageError, match="two places"):
        scan_against(np.array([[3]]), np.array([[3.0]]), np.zeros((1, 2)))
    with pytest.raises(UsageError, match="needs people"):
        scan_against(np.array([[3], [1]]), np.array([[4.0], [0.0]]), np.zeros((2, 2)))
    nowhere = Records.of(["d", "x", "y", "n"], [("A", "1", "", "5"), ("B", "2", "3", "5")])
    with pytest.raises(UsageError, match="“A” has no coordinates"):
        places_of(nowhere, "d", "x", "y", "n")
