"""The headline held to truths that are known: the sizes of lists that the others have to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.known_truth import Case, Score, Trial, cases, on_own_lists, score
from amparo.patterns.estimate.models.averaging import calibrated, calibration, headline
from tests.patterns.estimate.tables import DIABETES, HEPATITIS, REAL, invented, read

THIN = {1: 20, 2: 15, 4: 12, 3: 2, 5: 1}


def _times(cells: dict[int, int], factor: int) -> dict[int, int]:
    return {history: factor * count for history, count in cells.items()}


def average(table: Table) -> tuple[float, float, float]:
    found = headline(table)
    return found.total, *found.interval


def known(shared: Path) -> list[Case]:
    tables = {name: read(shared, name) for name in REAL}
    colombia = read(shared, "verdata/R1_HOMBRE_1999")
    tables["Colombia"] = colombia.joined(9).only(range(8))
    return [case for name, table in tables.items() for case in cases(name, table)]


def test_intervals_hold_the_truth_and_errors_are_small(shared_data: Path) -> None:
    found = score(average, known(shared_data))
    assert len(found.trials) >= 20
    assert found.coverage >= 0.85
    assert found.log_error <= 0.45


def test_tables_of_other_fields_are_held_too() -> None:
    found = score(average, cases("Casale", DIABETES))
    assert (len(found.trials), found.coverage) == (4, 1.0)
    assert found.log_error < 0.15
    of_two = score(average, cases("Taiwan", HEPATITIS, least_lists=2))
    assert (len(of_two.trials), of_two.coverage) == (3, 1.0)


def test_a_case_is_the_people_of_one_list() -> None:
    table = invented(5000, (0.3, 0.4, 0.35, 0.3))
    found = {case.given: case for case in cases("invented", table)}
    assert found["B"].truth == table.list_sizes["B"]
    assert found["B"].table.lists == ("A", "C", "D")
    assert headline(found["B"].table).total == pytest.approx(found["B"].truth, rel=0.1)


def test_the_answer_shows_how_it_does_on_ones_own_lists() -> None:
    trials = {trial.case.given: trial for trial in on_own_lists(DIABETES)}
    assert set(trials) == set(DIABETES.lists)
    assert trials["clinics"].case.truth == DIABETES.list_sizes["clinics"]


def test_a_score_counts_what_holds() -> None:
    case = Case("t", "A", invented(), 100)
    found = Score((Trial(case, 100, 90, 110), Trial(case, 271.828, 200, 400)))
    assert found.coverage == 0.5
    assert found.log_error == pytest.approx(0.5**0.5, rel=1e-4)
    assert found.width == 2.0


def test_the_interval_reaches_further_up_than_down() -> None:
    shipped = calibration()
    assert 1 < shipped.down < shipped.up


def test_little_overlap_draws_to_the_prior_and_much_does_not() -> None:
    thin, thick = (Table(("a", "b", "c"), cells) for cells in (THIN, _times(THIN, 100)))
    wide, narrow = headline(thin), headline(thick)
    assert 0.2 < wide.drawn < 0.5
    assert narrow.drawn < 0.01
    assert wide.total < narrow.total / 100
    assert wide.error > narrow.error


def test_ways_that_differ_widen_the_interval() -> None:
    table = invented(2000)
    near = calibrated(table, {"chao": 2000.0, "loglinear": 2000.0}, calibration())
    far = calibrated(table, {"chao": 1700.0, "loglinear": 3300.0}, calibration())
    assert far.error > 1.3 * near.error
    assert near.parts["chao"] == 2000.0
