"""The sample client's answers are such as a person could have given on the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from amparo.interviews.answers import Answer, Source, is_apart
from amparo.interviews.asking import progress, question_of, standing
from amparo.interviews.contradictions import contradictions
from amparo.interviews.deriving import derived
from amparo.interviews.kinds import understood
from amparo.interviews.loading import load, load_all
from amparo.site.sample.interviews import said_in_sample

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def answers() -> dict[str, Answer]:
    sample, found = said_in_sample(), {}
    for held in [*sample["interviews"], sample["office"]]:
        source = Source(who=held["who"], when=held.get("held_on", ""))
        for question, value in held["answers"].items():
            values = tuple(value) if isinstance(value, list) else (value,)
            found[question] = Answer(question, values, source)
    return found


def test_each_is_understood_as_it_stands(answers: dict[str, Answer]) -> None:
    for question, answer in answers.items():
        asked = question_of(question, *load_all())
        if asked:
            told = understood(asked.kind, answer.values, asked.choices)
            assert told == answer.values, question


def test_nothing_contradicts_and_nothing_is_left_over(answers: dict[str, Answer]) -> None:
    assert contradictions(answers, TODAY) == ()
    assert standing(load_all(), answers, TODAY) == answers


@pytest.mark.parametrize("name", ["intake", "asylum", "work_permit"])
def test_all_that_is_needed_was_answered(name: str, answers: dict[str, Answer]) -> None:
    assert progress(load(name), answers, TODAY).missing == ()


def test_forms_have_their_answers_and_never_the_safe_address(answers: dict[str, Answer]) -> None:
    open_to_forms = {q: each for q, each in answers.items() if not is_apart(q)}
    found: dict[str, Any] = derived(open_to_forms, TODAY)
    assert found["children.count"].text == "3"
    assert found["siblings.1.name"].text == "Mohammad Talmarin"
    assert "applicant.residences.7.street" in found
    assert len(found["asylum.past_harm_story"].text) > 2000
    safe = answers["safe.address.street"].text
    addresses = [q for q, each in found.items() if each.text == safe]
    assert addresses == []


def test_passages_belong_to_answers(answers: dict[str, Answer]) -> None:
    assert set(said_in_sample()["passages"]) <= set(answers)
