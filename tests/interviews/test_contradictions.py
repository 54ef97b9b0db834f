"""What cannot be true at once is found and named; what may be true is not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from amparo.base.errors import UsageError
from amparo.interviews.contradictions import contradictions, parse_suspicions, suspicions
from tests.interviews.builders import said

TODAY = date(2026, 11, 22)
WRONG: dict[str, dict[str, str]] = {
    "arrived_before_leaving": {
        "applicant__entry__1__date": "2022-06",
        "applicant__last_left_country": "2022-07-19",
    },
    "arrived_before_birth": {
        "applicant__entry__1__date": "1991",
        "applicant__birth__date": "1992-05-09",
    },
    "arrival_in_future": {"applicant__entry__2__date": "2027"},
    "birth_in_future": {"applicant__birth__date": "2026-12"},
    "married_before_birth": {
        "spouse__marriage__date": "1989",
        "spouse__birth__date": "1990-01",
    },
    "child_older": {"children__1__birth__date": "1990", "applicant__birth__date": "1992"},
    "child_in_future": {"children__2__birth__date": "2030"},
    "stay_turned": {"applicant__jobs__3__from": "2022", "applicant__jobs__3__to": "2021-09"},
    "not_married_with_spouse": {
        "applicant__marital_status": "single",
        "spouse__name__given": "Nabil",
    },
    "no_children_but_named": {"children__any": "no", "children__1__name__given": "Yusuf"},
    "within_year_but_later": {
        "asylum__after_one_year": "no",
        "applicant__entry__1__date": "2021-01-01",
        "asylum__filed_on": "2023-02-27",
    },
    "later_but_within_year": {
        "asylum__after_one_year": "yes",
        "applicant__entry__1__date": "2022-11-18",
        "asylum__filed_on": "2023-02-27",
    },
    "no_harm_but_story": {"asylum__past_harm": "no", "asylum__past_harm_story": "…"},
    "no_fear_but_story": {"asylum__fear": "no", "asylum__fear_story": "…"},
    "never_in_court_but_hearing": {
        "applicant__court_proceedings": "never",
        "intake__next_hearing": "2027-03-22",
    },
    "no_card_but_number": {"i765__has_ssn": "no", "applicant__ssn": "000-12-0014"},
}


@pytest.mark.parametrize("rule", WRONG)
def test_a_contradiction_is_named_with_its_answers(rule: str) -> None:
    (found,) = contradictions(said(**WRONG[rule]), TODAY)
    assert found.id == rule
    assert set(found.questions) == {name.replace("__", ".") for name in WRONG[rule]}


def test_every_rule_was_broken_once() -> None:
    assert {each.id for each in suspicions()} == set(WRONG)


def test_the_member_is_named() -> None:
    (found,) = contradictions(said(**WRONG["child_in_future"]), TODAY)
    assert found.member == "children.2"


@pytest.mark.parametrize(
    "answers",
    [
        {"applicant__entry__1__date": "2022", "applicant__last_left_country": "2022-07-19"},
        {"applicant__entry__1__date": "2022-06~", "applicant__last_left_country": "2022-07"},
        {"applicant__jobs__1__from": "2022", "applicant__jobs__1__to": "2022"},
        {"applicant__jobs__1__from": "2022", "applicant__jobs__1__to": "present"},
        {"asylum__after_one_year": "no", "applicant__entry__1__date": "2021-01-01"},
        {"asylum__after_one_year": "yes", "asylum__filed_on": "2023"},
    ],
)
def test_what_may_be_true_is_no_contradiction(answers: dict[str, str]) -> None:
    assert contradictions(said(**answers), TODAY) == ()


@pytest.mark.parametrize("wrong", [{}, ["a"], [{"id": "a"}], [{"id": "a", "when": {}, "x": 1}]])
def test_wrong_rules_are_refused(wrong: Any) -> None:
    with pytest.raises(UsageError):
        parse_suspicions(wrong)
