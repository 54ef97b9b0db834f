"""The scan statistic: as if every cylinder were looked at by hand, and honest about chance."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from amparo.base.errors import UsageError
from amparo.patterns.clusters import clusters, scan
from amparo.patterns.tables import Records

GRID = np.array(list(itertools.product(range(4), range(3))), dtype=float)


def by_hand(counts: np.ndarray, at: np.ndarray) -> float:
    """The greatest ratio of all cylinders, each counted anew (Kulldorff and others 2005)."""
    total, best = counts.sum(), 0.0
    longest = counts.shape[1] // 2
    for centre in at:
        apart = np.hypot(*(at - centre).T)
        for radius in sorted(set(apart)):
            zone = counts[apart <= radius + 1e-12]
            if zone.sum() > total // 2:
                break
            for first, last in itertools.combinations(range(counts.shape[1] + 1), 2):
                if last - first > longest:
                    continue
                seen = zone[:, first:last].sum()
                due = zone.sum() * counts[:, first:last].sum() / total
                if seen >= 2 and seen > due:
                    ratio = seen * math.log(seen / due)
                    if total > seen:
                        ratio += (total - seen) * math.log((total - seen) / (total - due))
                    best = max(best, ratio)
    return best


@pytest.mark.parametrize("seed", range(4))
def test_the_strongest_is_the_one_found_by_hand(seed: int) -> None:
    counts = np.random.default_rng(seed).poisson(0.8, (len(GRID), 8))
    found = scan(counts, GRID, shuffles=0)
    assert found.windows[0].ratio == pytest.approx(by_hand(counts, GRID))


def test_chance_alone_is_called_chance() -> None:
    """Of 40 tables without any cluster about one in twenty may fall below 0.05."""
    drawn = np.random.default_rng(11)
    small = [
        scan(drawn.poisson(0.7, (len(GRID), 8)), GRID, shuffles=99, seed=n).windows[0].p
        for n in range(40)
    ]
    assert sum(p <= 0.05 for p in small) <= 6
    assert 0.3 < np.mean(small) < 0.7


def cases() -> list[tuple[float, float, str]]:
    drawn = np.random.default_rng(2)
    made = [
        (-73 + x / 10, 4 + y / 10, f"20{18 + drawn.integers(3)}-{1 + drawn.integers(12):02}-03")
        for x, y in GRID[drawn.integers(len(GRID), size=300)]
    ]
    return [*made, *([(-72.9, 4.1, "2019-05-20"), (-72.9, 4.1, "2019-06")] * 16)]


def test_a_planted_cluster_is_found_with_its_rows() -> None:
    heads = ["longitude", "latitude", "date"]
    found = clusters(Records.of(heads, cases()), x="longitude", y="latitude", by="date:month")
    first = found.clusters[0]
    assert (first.first <= "2019-05", first.last >= "2019-06", first.p) == (True, True, 0.001)
    assert set(range(301, 333)) <= set(first.rows)
    assert len(first.rows) == first.count
    assert found.in_degrees


def test_the_same_seed_gives_the_same_answer() -> None:
    table = Records.of(["x", "y", "date"], cases())
    one, other = (clusters(table, x="x", y="y", by="date:month", shuffles=99) for _ in range(2))
    assert one == other


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([("1", "2", "2021-03-04")] * 5, "too few"),
        ([("north", "2", "2021-03-04")] * 30, "no coordinates"),
        ([("1", "2", f"2021-{n % 12 + 1:02}") for n in range(30)], "at least two places"),
        ([(f"{n}", "2", f"2021-{n % 12 + 1:02}") for n in range(500)], "too many"),
    ],
)
def test_what_cannot_be_scanned_is_refused(rows: list[tuple[str, str, str]], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        clusters(Records.of(["x", "y", "date"], rows), x="x", y="y", by="date:month")


def test_places_outside_the_earth_are_refused() -> None:
    rows = [(f"{n * 100}", "95", f"2021-{n % 12 + 1:02}") for n in range(30)]
    table = Records.of(["longitude", "latitude", "date"], rows)
    with pytest.raises(UsageError, match="outside the earth"):
        clusters(table, x="longitude", y="latitude", by="date:month")
