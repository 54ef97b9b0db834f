"""Screens: met, not met, not known, or not asked, each with its reason and what it rests on."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from amparo.base.errors import UsageError
from amparo.interviews.screening import NAMES, Finding, load_screen, parse_screen, screened
from tests.interviews.builders import said

TODAY = date(2026, 11, 22)
CRITERION = {"id": "a", "source": "Act 1", "confidence": "primary", "rests_on": ["x"]}


def finding(screen: str, criterion: str, **answers: Any) -> Finding:
    found = screened(load_screen(screen), said(**answers), TODAY)
    return next(each for each in found if each.criterion.id == criterion)


@pytest.mark.parametrize(
    ("answers", "verdict", "reason"),
    [
        ({}, "not known", "not answered"),
        ({"entry": "2022-11-18", "filed": "2023-02-27"}, "met", "said"),
        ({"entry": "2022-11-18", "filed": "2024-02-27"}, "not met", "said otherwise"),
        ({"entry": "2022", "filed": "2023-02-27"}, "not known", "not exact"),
        ({"entry": "2026-03-01"}, "met", "said"),
        ({"entry": "2024-03-01"}, "not met", "said otherwise"),
    ],
)
def test_the_year_for_asylum(answers: dict[str, str], verdict: str, reason: str) -> None:
    names = {"entry": "applicant__entry__1__date", "filed": "asylum__filed_on"}
    found = finding("asylum", "one_year", **{names[k]: v for k, v in answers.items()})
    assert (found.verdict, found.reason) == (verdict, reason)


def test_an_exception_arises_only_when_the_year_is_over() -> None:
    dates = {"applicant__entry__1__date": "2022-11-18", "asylum__filed_on": "2023-02-27"}
    assert finding("asylum", "exception", **dates).verdict == "not asked"
    late = finding("asylum", "exception", **{**dates, "asylum__filed_on": "2024-02-27"})
    assert (late.verdict, late.reason) == ("not known", "for a person")
    assert late.missing == ("asylum.after_one_year_story",)


def test_torture_alone_is_no_ground_of_asylum() -> None:
    assert finding("asylum", "ground", asylum__grounds="torture_convention").verdict == "not met"
    both = finding("asylum", "ground", asylum__grounds=("torture_convention", "race"))
    assert both.verdict == "met"
    assert both.rests_on == ("asylum.grounds",)


@pytest.mark.parametrize("criterion", ["persecutor", "crime_in_us", "crime_elsewhere", "resettled"])
def test_a_bar_is_never_called_by_an_answer_alone(criterion: str) -> None:
    questions = {
        "persecutor": "asylum__took_part_in_persecution",
        "crime_in_us": "asylum__crimes_in_us",
        "crime_elsewhere": "asylum__serious_crime_elsewhere",
        "resettled": "asylum__status_elsewhere",
    }
    doubt = finding("asylum", criterion, **{questions[criterion]: "yes"})
    assert (doubt.verdict, doubt.reason) == ("not known", "doubt")
    assert finding("asylum", criterion, **{questions[criterion]: "no"}).verdict == "met"


def test_the_waiting_time_of_a_work_permit() -> None:
    early = {"work_permit__category": "c8", "asylum__filed_on": "2026-06-15"}
    assert finding("work_permit", "pending", **early).verdict == "met"
    assert finding("work_permit", "waited", **early).verdict == "met"
    assert finding("work_permit", "waited_longer", **early).verdict == "not met"


@pytest.mark.parametrize(
    ("status", "relation", "unmarried", "verdict"),
    [
        ("citizen", "sibling", "", "met"),
        ("resident", "spouse", "", "met"),
        ("resident", "child", "yes", "met"),
        ("resident", "child", "no", "not met"),
        ("resident", "child", "", "not known"),
        ("resident", "parent", "", "not met"),
        ("neither", "spouse", "", "not met"),
    ],
)
def test_who_may_ask_for_whom(status: str, relation: str, unmarried: str, verdict: str) -> None:
    answers = {"petition__petitioner_status": status, "petition__relation": relation}
    if unmarried:
        answers["petition__child_unmarried"] = unmarried
    assert finding("family_petition", "relation", **answers).verdict == verdict


@pytest.mark.parametrize("name", NAMES)
def test_every_criterion_names_its_source(name: str) -> None:
    screen = load_screen(name)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", screen.checked)
    assert all(re.search(r"INA|CFR", each.source) for each in screen.criteria)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_met_or_failed_before_anything_was_said(name: str) -> None:
    found = screened(load_screen(name), {}, TODAY)
    assert {each.verdict for each in found} <= {"not known", "not asked"}


@pytest.mark.parametrize(
    "change",
    [
        {"confidence": "sure"},
        {"otherwise": "met"},
        {"rests_on": []},
        {"strange": 1},
        {"met": {}},
    ],
)
def test_a_wrong_criterion_is_refused(change: dict[str, Any]) -> None:
    head = {"id": "s", "checked": "2026-11-22", "note": "", "criteria": [{**CRITERION, **change}]}
    with pytest.raises(UsageError, match="The screen s"):
        parse_screen(head, "The screen s")


def test_there_is_no_other_screen() -> None:
    with pytest.raises(UsageError, match="no screen"):
        load_screen("horoscope")
