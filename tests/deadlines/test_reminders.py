"""Reminders: which days, and which is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.errors import UsageError
from amparo.deadlines.reminders import DEFAULT_PLAN, due, parse_plan, plan_words, reminders

MONDAY = date(2026, 11, 23)


def test_a_reminder_on_a_weekend_comes_on_the_friday_before() -> None:
    told = reminders(MONDAY, (2, 1, 0))
    assert [each.on for each in told] == [date(2026, 11, 20), date(2026, 11, 20), MONDAY]


def test_nothing_is_due_before_the_first_day() -> None:
    assert due(MONDAY, MONDAY - timedelta(days=34), (30, 7)) is None


def test_the_last_that_has_come_is_due_and_stays_due_when_the_day_has_passed() -> None:
    assert due(MONDAY, date(2026, 11, 17), DEFAULT_PLAN).days_before == 7  # type: ignore[union-attr]
    assert due(MONDAY, date(2027, 1, 1), DEFAULT_PLAN).days_before == 0  # type: ignore[union-attr]


def test_a_plan_is_read_in_any_order_and_script() -> None:
    assert parse_plan(" 7, 30 ,1 30") == (30, 7, 1)
    assert parse_plan("٣٠، ٧") == (30, 7)
    assert parse_plan(plan_words(DEFAULT_PLAN)) == DEFAULT_PLAN


@pytest.mark.parametrize("text", ["", "a week", "-3", "9999", "731", "1.5"])
def test_what_is_no_plan_is_asked_back(text: str) -> None:
    with pytest.raises(UsageError, match="not a plan"):
        parse_plan(text)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sets(st.integers(0, 730), min_size=1))
def test_no_reminder_is_late_or_on_a_weekend(act_on: date, plan: set[int]) -> None:
    for each in reminders(act_on, plan):
        assert each.on <= act_on - timedelta(days=each.days_before)
        assert each.on.weekday() < 5
        assert act_on - timedelta(days=each.days_before) - each.on <= timedelta(days=2)
