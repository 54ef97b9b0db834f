"""Chapman, Chao, sample coverage and existence beside published figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.intervals import log_normal
from amparo.patterns.estimate.models import coverage, loglinear, lower_bound, search, two_lists
from amparo.patterns.estimate.models.existence import existence
from amparo.patterns.estimate.models.hierarchical import closure
from tests.patterns.estimate.tables import DIABETES, HEPATITIS, invented, read


def test_hepatitis_in_taiwan_as_published() -> None:
    """Chao and others (2001): coverage 51.3 %, 407, 508 and 971; the truth was 545."""
    found = coverage.fit(HEPATITIS)
    assert found is not None
    assert round(found.coverage, 3) == 0.513
    assert found.high is not None
    assert [round(x) for x in (found.independent, found.low, found.high)] == [407, 508, 971]
    assert found.total == found.low
    low, high = coverage.interval(HEPATITIS)
    assert low < 545 < high


def test_diabetes_in_casale_as_published() -> None:
    found = coverage.fit(DIABETES)
    assert found is not None
    assert round(found.total) == 2609


def test_chapman_by_hand() -> None:
    found = two_lists.chapman(Table(("a", "b"), {1: 80, 2: 60, 3: 20}))
    assert found.total == pytest.approx(101 * 81 / 21 - 1)
    assert found.interval[0] > 160


def test_chaos_bound_by_hand_and_near_rcaptures(shared_data: Path) -> None:
    assert lower_bound.fit(HEPATITIS).total == pytest.approx(271 + 2 / 3 * 187 * 186 / (2 * 57))
    assert lower_bound.fit(read(shared_data, "Kosovo")).total == pytest.approx(8787.2, rel=0.002)


def test_an_interval_never_falls_below_the_documented() -> None:
    low, high = log_normal(100, 101, 50)
    assert 100 < low < 101 < high


@pytest.mark.parametrize(
    ("pairs", "finite", "unique"),
    [((3, 5, 6), True, False), ((3,), False, True), ((5, 6), True, True), ((), True, True)],
)
def test_existence_as_in_the_paper(
    shared_data: Path, pairs: tuple[int, ...], finite: bool, unique: bool
) -> None:
    """Chan, Silverman and Vincent's artificial table with three lists."""
    found = existence(read(shared_data, "sparsemse_Artificial_3"), closure(pairs, 3))
    assert (found.finite, found.unique) == (finite, unique)
    assert bool(found) == (finite and unique)


def test_the_search_finds_the_best_of_all_models(shared_data: Path) -> None:
    table = read(shared_data, "Kosovo")
    assert search.stepwise(table)[0] == loglinear.select(table)[0]


def test_the_search_finds_a_tie_among_six_lists() -> None:
    table = invented(20_000, (0.3, 0.25, 0.4, 0.2, 0.35, 0.3))
    counts = {h: n * 3 if h & 3 == 3 else n for h, n in table.counts.items()}
    found = search.stepwise(Table(table.lists, counts))[0]
    assert found.name == "[12,3,4,5,6]"
    assert found.total - sum(counts.values()) == pytest.approx(20_000 * 0.1147, rel=0.02)
