"""Sparse lists beside what R's SparseMSE printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from amparo.patterns.estimate.histories import Table, from_csv
from amparo.patterns.estimate.models import sparse
from tests.patterns.estimate.tables import invented

FILES = {
    "Kosovo": "kosovo_1999_4lists",
    "UK5": "sparsemse_UKdat_5",
    "UK6": "sparsemse_UKdat",
    "Ned5": "sparsemse_Ned_5",
    "Ned6": "sparsemse_Ned",
    "NewOrl5": "sparsemse_NewOrl_5",
    "NewOrl8": "sparsemse_NewOrl",
    "Western": "sparsemse_Western",
    "Australia": "msetools_Australia",
}


@pytest.mark.parametrize("name", FILES)
def test_every_digit_that_sparsemse_printed(shared_data: Path, name: str) -> None:
    oracle = (shared_data / "mse" / "oracles_rcapture_sparsemse.txt").read_text()
    printed = re.search(rf"^{name} n=\d+  N=([\d.]+)", oracle, re.MULTILINE)
    assert printed is not None
    digits = len(printed[1].partition(".")[2])
    found = sparse.fit(from_csv(shared_data / "mse" / f"{FILES[name]}.csv"))
    assert round(found.total, digits) == float(printed[1])


@pytest.mark.parametrize(("name", "low", "high"), [("Kosovo", 12484, 16623), ("UK6", 9267, 14307)])
def test_the_bootstrap_agrees_but_for_chance(
    shared_data: Path, name: str, low: float, high: float
) -> None:
    table = from_csv(shared_data / "mse" / f"{FILES[name]}.csv")
    assert sparse.bootstrap(table, seed=7) == pytest.approx((low, high), rel=0.08)


def test_pairs_that_never_meet_are_named(shared_data: Path) -> None:
    found = sparse.fit(from_csv(shared_data / "mse" / "sparsemse_Ned_5.csv"))
    assert found.empty == (("K", "R"),)


def test_without_overlap_the_dark_figure_is_infinite() -> None:
    assert sparse.fit(Table(("a", "b", "c"), {1: 30, 2: 20, 4: 25})).total == float("inf")


def test_independent_lists_need_no_pairs() -> None:
    found = sparse.fit(invented())
    assert found.pairs == ()
    assert found.total == pytest.approx(1000, rel=0.01)
