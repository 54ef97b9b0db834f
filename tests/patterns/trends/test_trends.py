"""Series, intervals, slopes and changes, beside what was published."""

from __future__ import annotations

import numpy as np
import pytest

from amparo.base.errors import UsageError
from amparo.patterns.tables import Records
from amparo.patterns.trends import changes, poisson_interval, series, slope

# British coal-mining disasters by year, 1851 to 1962: R. Jarrett, Biometrika 66 (1979), 191–193.
DISASTERS = [
    *(4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5),
    *(3, 4, 2, 5, 2, 2, 3, 4, 2, 1, 3, 2, 2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1),
    *(0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 2, 1, 0, 0, 0, 1, 1, 0, 2, 3, 3, 1, 1),
    *(2, 1, 1, 1, 1, 2, 4, 2, 0, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1),
]


def test_the_disasters_change_where_carlin_gelfand_and_smith_found_it() -> None:
    """Applied Statistics 41 (1992), 389–405: the change is after the 41st year, 1891; the rates
    about 3.1 and 0.9 over all that follows."""
    assert (len(DISASTERS), sum(DISASTERS)) == (112, 191)
    found = changes(DISASTERS)
    first = found.changes[0]
    assert (1851 + first.at - 1, round(first.before, 1)) == (1891, 3.1)
    assert 1851 + first.earliest - 1 <= 1891 <= 1851 + first.latest - 1
    assert found.p == 0.001
    assert np.mean(DISASTERS[first.at :]) == pytest.approx(0.9, abs=0.05)


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    # F. Garwood (1936), table of 95 % limits, as reprinted by the ICRP and others.
    [(0, 0.000, 3.689), (1, 0.025, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390)],
)
def test_garwoods_limits(count: int, lower: float, upper: float) -> None:
    assert poisson_interval(count) == pytest.approx((lower, upper), abs=0.0006)


def test_a_steady_series_has_no_change() -> None:
    drawn = np.random.default_rng(5).poisson(9, 60)
    found = changes([int(n) for n in drawn])
    assert found.changes == ()
    assert found.p > 0.05


def test_a_slope_is_found_and_none_is_not() -> None:
    rising = slope([round(10 * 1.1**year) for year in range(12)])
    assert rising.percent == pytest.approx(10, abs=0.6)
    assert rising.is_clear
    assert not slope([9, 11, 10, 8, 12, 10, 9, 11]).is_clear


def test_bursts_widen_the_interval() -> None:
    bursts = slope([1, 40, 2, 1, 50, 3, 1, 45, 2])
    assert bursts.dispersion > 10
    assert not bursts.is_clear


@pytest.mark.parametrize("counts", [[3, 4], [0, 1, 0, 1, 0, 1]])
def test_too_little_has_no_slope(counts: list[int]) -> None:
    with pytest.raises(UsageError, match="too few"):
        slope(counts)


@pytest.mark.parametrize("counts", [[1, 2, 3], [0] * 20, [1] * 700])
def test_what_cannot_change_is_refused(counts: list[int]) -> None:
    with pytest.raises(UsageError):
        changes(counts)


def records(*dates: str) -> Records:
    return Records.of(["act_id", "date"], [(str(n), date) for n, date in enumerate(dates)])


def test_every_period_in_between_is_there_and_inexact_dates_are_beside() -> None:
    found = series(records("2020-11-03", "2021-02", "2021", "2021-02-08", "", "soon"), by="month")
    assert found.periods == ("2020-11", "2020-12", "2021-01", "2021-02")
    assert found.counts == (1, 0, 0, 2)
    assert found.left_out == {"several months": 1, "(not stated)": 2}
    assert found.rows("2021-02") == [2, 4]


def test_quarters_follow_each_other_over_years() -> None:
    found = series(records("2020-11-03", "2021-05-08"), by="date:quarter")
    assert found.periods == ("2020-Q4", "2021-Q1", "2021-Q2")


def test_a_mistyped_year_is_refused_rather_than_filled() -> None:
    with pytest.raises(UsageError, match="more than"):
        series(records("0221-03-01", "2021-03-01"), by="month")


def test_without_dates_there_is_no_series() -> None:
    with pytest.raises(UsageError, match="No date"):
        series(records("2021", "2022"), by="month")
