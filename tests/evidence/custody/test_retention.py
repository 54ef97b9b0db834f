"""Rules of retention: well formed, sourced, and counted in whole months."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.base.errors import UsageError
from amparo.evidence.custody.retention import check, rules, until


def test_every_rule_says_who_says_so() -> None:
    for rule in rules().values():
        assert rule.title
        assert bool(rule.source) != (rule.months == "chosen"), "chosen periods name their own"


@pytest.mark.parametrize(
    ("begin", "months", "end"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 22), 60, date(2031, 11, 22)),
    ],
)
def test_months_are_whole(begin: date, months: int, end: date) -> None:
    assert until(begin, months) == end


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 1200))
def test_a_longer_period_never_ends_earlier(begin: date, months: int) -> None:
    assert begin < until(begin, months) <= until(begin, months + 1)


@pytest.mark.parametrize(
    ("rule", "months", "source", "problem"),
    [
        ("for ever", None, "", "no rule"),
        ("own", None, "our policy", "period is missing"),
        ("own", 0, "our policy", "period is missing"),
        ("own", 12, " ", "needs its source"),
    ],
)
def test_a_choice_that_says_too_little(
    rule: str, months: int | None, source: str, problem: str
) -> None:
    with pytest.raises(UsageError, match=problem):
        check(rule, months, source)
