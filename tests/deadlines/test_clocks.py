"""Clocks that run and stop."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.errors import UsageError
from amparo.deadlines.clocks import Stop, days_run, reach

START = date(2026, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


STOPS = st.lists(
    st.builds(
        lambda first, length: Stop(day(first), day(first + length), "delay"),
        st.integers(0, 300),
        st.integers(0, 60),
    ),
    max_size=5,
)


def by_hand(until: date, stops: list[Stop]) -> int:
    """The definition, a day at a time."""
    standing = {
        stop.first + timedelta(days=n)
        for stop in stops
        for n in range(((stop.last or until) - stop.first).days + 1)
    }
    days = (START + timedelta(days=n) for n in range(1, (until - START).days + 1))
    return sum(each not in standing for each in days)


@given(stops=STOPS, until=st.integers(0, 500))
def test_the_days_run_are_those_not_stopped(stops: list[Stop], until: int) -> None:
    assert days_run(START, day(until), stops) == by_hand(day(until), stops)


@given(stops=STOPS, days=st.integers(1, 200))
def test_on_the_day_reached_the_clock_has_run_that_many(stops: list[Stop], days: int) -> None:
    steps = reach(START, days, stops)
    assert steps is not None
    assert by_hand(steps[-1].date, stops) == days


def test_a_stop_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UsageError, match="ends before it begins"):
        Stop(day(3), day(2), "delay")


def test_an_open_stop_is_never_passed() -> None:
    stops = [Stop(day(10), None, "denied")]
    assert reach(START, 9, stops) is not None
    assert reach(START, 10, stops) is None
    assert days_run(START, day(500), stops) == 9
