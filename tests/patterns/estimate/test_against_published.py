"""Ours beside what R's packages print on the same tables (Rcapture 1.4, dga 2.0)."""

from __future__ import annotations

from pathlib import Path

import pytest

from amparo.patterns.estimate import histories
from amparo.patterns.estimate.models import decomposable, loglinear
from amparo.patterns.estimate.models.hierarchical import all_models, closure, independence

KOSOVO = "kosovo_1999_4lists"


@pytest.fixture
def mse(shared_data: Path) -> Path:
    return shared_data / "mse"


def test_the_best_of_kosovos_113_models(mse: Path) -> None:
    fits = loglinear.select(histories.from_csv(mse / f"{KOSOVO}.csv"))
    best = fits[0]
    assert len(fits) == 113
    assert best.name == "[123,14,34]"
    assert round(best.total, 1) == 10356.5
    assert round(best.standard_error, 1) == 785.9
    assert (round(best.deviance, 1), best.freedom) == (9.3, 4)
    assert (round(best.aic, 1), round(best.bic, 1)) == (132.7, 203.0)


@pytest.mark.parametrize(
    ("table", "total", "error", "deviance", "bic"),
    [
        (KOSOVO, 7394.6, 129.6, 245.9, 389.3),
        ("sparsemse_UKdat_5", 13444.1, 806.9, 118.5, 253.3),
        ("sparsemse_Ned_5", 52923.9, 2333.0, 398.2, 547.7),
        ("msetools_WesternUS", 2007.1, 371.5, 41.0, 127.3),
        ("msetools_Australia", 827.2, 63.2, 171.4, 253.4),
        ("sparsemse_NewOrl_5", 1034.2, 254.9, 19.3, 96.9),
    ],
)
def test_independence_is_rcaptures_mt(
    mse: Path, table: str, total: float, error: float, deviance: float, bic: float
) -> None:
    read = histories.from_csv(mse / f"{table}.csv")
    (fit,) = loglinear.fit_all(read, [independence(len(read.lists))])
    printed = [round(x, 1) for x in (fit.total, fit.standard_error, fit.deviance, fit.bic)]
    assert printed == [total, error, deviance, bic]


@pytest.mark.parametrize(
    ("table", "delta", "most", "mean", "median", "low", "high"),
    [
        (KOSOVO, None, 30_000, 12749, 12595, 9827, 16544),
        (KOSOVO, 0.5, 30_000, 11014, 11319, 4481, 14484),
        (KOSOVO, 1.0, 30_000, 4828, 4616, 4407, 6844),
        ("sparsemse_UKdat_5", None, 40_000, 21265, 22985, 10387, 33439),
        ("sparsemse_Ned_5", None, 120_000, 49049, 47966, 40873, 57077),
        ("sparsemse_NewOrl_5", None, 10_000, 937, 869, 511, 1762),
        ("msetools_WesternUS", None, 20_000, 2257, 2133, 1343, 3878),
        ("msetools_Australia", None, 20_000, 2767, 2258, 1189, 7691),
    ],
)
def test_graphs_average_to_dgas_posterior(
    mse: Path,
    table: str,
    delta: float | None,
    most: int,
    mean: int,
    median: int,
    low: int,
    high: int,
) -> None:
    read = histories.from_csv(mse / f"{table}.csv")
    found = decomposable.posterior(read, delta=delta, most=most)
    assert round(found.mean) == mean
    assert [found.quantile(q) for q in (0.5, 0.025, 0.975)] == [median, low, high]


@pytest.mark.parametrize(("lists", "graphs", "models"), [(3, 8, 8), (4, 61, 113), (5, 822, 6893)])
def test_there_are_as_many_as_the_books_say(lists: int, graphs: int, models: int) -> None:
    assert len(decomposable.decomposable_graphs(lists)) == graphs
    assert len(all_models(lists)) == models


def test_a_models_name_goes_back_to_it() -> None:
    assert loglinear.name_of(closure([0b0111, 0b1001], 4)) == "[123,14]"
