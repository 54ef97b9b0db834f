"""Conditions hold, do not hold, or cannot be told; never more than the dates say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from amparo.base.dates import Truth
from amparo.base.errors import UsageError
from amparo.interviews.conditions import holds, parse_condition, placed, questions_of
from tests.interviews.builders import said

TODAY = date(2026, 11, 22)
YES, NO, PERHAPS = Truth.YES, Truth.NO, Truth.PERHAPS
MARRIED = {"question": "a", "is": "married"}


def truth(condition: Any, **answers: Any) -> Truth:
    return holds(parse_condition(condition, "here"), said(**answers), TODAY)


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        (MARRIED, {"a": "married"}, YES),
        (MARRIED, {"a": "single"}, NO),
        (MARRIED, {}, PERHAPS),
        ({"question": "a", "is": ["x", "y"]}, {"a": ("z", "y")}, YES),
        ({"question": "a", "is": True}, {"a": "yes"}, YES),
        (MARRIED, {"a": "unknown"}, PERHAPS),
        ({"question": "a", "known": True}, {"a": "unknown"}, NO),
        ({"question": "a", "known": True}, {}, NO),
        ({"question": "a", "known": False}, {}, YES),
        ({"not": MARRIED}, {"a": "married"}, NO),
        ({"not": MARRIED}, {}, PERHAPS),
        ({"all": [MARRIED, {"question": "b", "is": "x"}]}, {"a": "single"}, NO),
        ({"all": [MARRIED, {"question": "b", "is": "x"}]}, {"a": "married"}, PERHAPS),
        ({"any": [MARRIED, {"question": "b", "is": "x"}]}, {"a": "married"}, YES),
        ({"any": [MARRIED, {"question": "b", "is": "x"}]}, {"b": "y"}, PERHAPS),
        ({"any": [MARRIED, {"question": "b", "is": "x"}]}, {"a": "single", "b": "y"}, NO),
    ],
)
def test_answers(condition: Any, answers: dict[str, Any], expected: Truth) -> None:
    assert truth(condition, **answers) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2020-01-01", "2020-01-02", YES),
        ("2020-01-02", "2020-01-02", NO),
        ("2021", "2020-05-01", NO),
        ("2020", "2020-05-01", PERHAPS),
        ("2020-01-01?", "2020-05-01", PERHAPS),
        ("not a date", "2020-05-01", PERHAPS),
        ("2020", "present", YES),
    ],
)
def test_before(first: str, second: str, expected: Truth) -> None:
    assert truth({"before": ["a", "b"]}, a=first, b=second) is expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2022-11-18", "2023-11-18", YES),
        ("2022-11-18", "2023-11-19", NO),
        ("2022-11", "2023-11-15", PERHAPS),
        ("2022-11", "2023-12-01", NO),
        ("2022-11~", "2022-12-01", PERHAPS),
        ("2024-02-29", "2025-02-28", YES),
    ],
)
def test_within_a_year(start: str, end: str, expected: Truth) -> None:
    condition = {"within": {"from": "a", "to": "b", "years": 1}}
    assert truth(condition, a=start, b=end) is expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2005-11-22", NO),
        ("2005-11-23", YES),
        ("2005", PERHAPS),
        ("1990~", PERHAPS),
        ("2006", YES),
    ],
)
def test_younger_than_twenty_one(born: str, expected: Truth) -> None:
    assert truth({"younger": {"born": "a", "than": 21}}, a=born) is expected


def test_a_birthday_of_29_february_comes_on_1_march() -> None:
    condition = parse_condition({"younger": {"born": "a", "than": 21}}, "here")
    answers = said(a="2004-02-29")
    assert holds(condition, answers, date(2025, 2, 28)) is YES
    assert holds(condition, answers, date(2025, 3, 1)) is NO


@pytest.mark.parametrize(
    ("filed", "expected"),
    [("2026-06-25", YES), ("2026-06-26", NO), ("2026-06", PERHAPS), ("2026", PERHAPS)],
)
def test_since(filed: str, expected: Truth) -> None:
    assert truth({"since": {"from": "a", "days": 150}}, a=filed) is expected


def test_a_point_stands_for_the_same_member() -> None:
    condition = placed(
        parse_condition({"all": [{"question": ".x", "is": "1"}, MARRIED]}, "h"), "c.2"
    )
    assert questions_of(condition) == ("c.2.x", "a")


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        [],
        {"question": "a"},
        {"question": "A b", "is": "x"},
        {"question": "a", "is": "x", "known": True},
        {"before": ["a"]},
        {"within": {"from": "a"}},
        {"sometimes": []},
        {"all": [], "any": []},
    ],
)
def test_a_wrong_condition_names_its_place(wrong: Any) -> None:
    with pytest.raises(UsageError, match="over here"):
        parse_condition(wrong, "over here")
