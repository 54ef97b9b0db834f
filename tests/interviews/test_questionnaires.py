"""The questionnaires that come with Amparo: sound, worded in six languages, branching."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from amparo.base.errors import UsageError
from amparo.base.languages import INTERFACE_LANGUAGES
from amparo.interviews.asking import (
    asked,
    every_question,
    in_print,
    progress,
    question_of,
    section_of,
    standing,
)
from amparo.interviews.conditions import questions_of
from amparo.interviews.contradictions import suspicions
from amparo.interviews.loading import NAMES, data_file, load, load_all
from amparo.interviews.schema import parse_blocks, parse_questionnaire
from amparo.interviews.screening import NAMES as SCREENS
from amparo.interviews.screening import load_screen
from amparo.interviews.wording import wording
from tests.interviews.builders import said

TODAY = date(2026, 11, 22)
CODES = [each.code for each in INTERFACE_LANGUAGES]


def ids(name: str, section: str, more: frozenset[str] = frozenset(), **answers: Any) -> list[str]:
    found = section_of(load(name), section)
    assert found
    clusters = asked(found, said(**answers), TODAY, more)
    return [question.id for cluster in clusters for question in cluster.questions]


@pytest.mark.parametrize("language", CODES)
def test_every_question_has_words(language: str) -> None:
    words = wording(language)
    for questionnaire in load_all():
        assert words.questionnaires[questionnaire.id]["title"]
        for section in questionnaire.sections:
            assert words.section(questionnaire.id, section.id)["title"]
            for cluster in in_print(section):
                assert not cluster.key or words.group(cluster.key), cluster.key
                for question in cluster.questions:
                    assert words.question(question.key) != question.key, question.key
                    assert all(each in words.choices for each in question.choices), question.key


@pytest.mark.parametrize("language", CODES)
def test_screens_and_contradictions_have_words(language: str) -> None:
    words = wording(language)
    for name in SCREENS:
        assert words.screens[name]["title"]
        for criterion in load_screen(name).criteria:
            assert words.criteria[f"{name}.{criterion.id}"]
    assert {each.id for each in suspicions()} == set(words.contradictions)


@pytest.mark.parametrize("language", CODES)
def test_each_language_says_the_same_things(language: str) -> None:
    english, other = data_file("texts", "en.yaml"), data_file("texts", f"{language}.yaml")
    for part, said_in_english in english.items():
        if isinstance(said_in_english, dict):
            assert set(said_in_english) == set(other[part]), part


def test_no_words_are_left_over() -> None:
    words = wording("en")
    keys = [each.key for one in load_all() for each in every_question(one)]
    for end in words.questions:
        assert any(key == end or key.endswith(f".{end}") for key in keys), end


def test_conditions_ask_questions_that_are_asked() -> None:
    known = {each.key for one in load_all() for each in every_question(one)}
    whens = [w for one in load_all() for each in every_question(one) for w in each.when]
    whens += [
        condition
        for name in SCREENS
        for criterion in load_screen(name).criteria
        for condition in (criterion.met, criterion.applies)
        if condition
    ]
    for when in whens:
        for question in questions_of(when):
            assert question_of(question, *load_all()), question
    assert known


def test_a_question_is_the_same_kind_wherever_it_is_asked() -> None:
    kinds: dict[str, tuple[Any, ...]] = {}
    for questionnaire in load_all():
        for question in every_question(questionnaire):
            own = (question.kind, question.choices)
            assert kinds.setdefault(question.key, own) == own


def test_a_branch_opens_when_its_condition_holds() -> None:
    assert ids("intake", "spouse") == []
    assert "spouse.name.family" in ids("intake", "spouse", applicant__marital_status="married")
    assert ids("intake", "spouse", applicant__marital_status="single") == []


def test_an_address_asks_what_its_country_has() -> None:
    here = ids("intake", "contact", applicant__home__country="United States")
    there = ids("intake", "contact", applicant__home__country="Marenia")
    unknown = ids("intake", "contact")
    for ending, where in (("state", here), ("zip", here), ("province", there)):
        assert f"applicant.home.{ending}" in where
        assert f"applicant.home.{ending}" not in unknown
    assert "applicant.home.state" not in there
    assert "applicant.home.province" not in here


def test_a_list_has_as_many_members_as_were_named_and_one_more_when_asked() -> None:
    answers = {"children__any": "yes", "children__2__name__given": "Salma"}
    found = ids("intake", "children", **answers)
    assert "children.2.sex" in found
    assert "children.1.sex" not in found
    more = ids("intake", "children", frozenset({"children"}), **answers)
    assert "children.3.sex" in more


def test_a_condition_inside_a_list_is_about_that_member() -> None:
    found = ids(
        "intake", "children", children__any="yes", children__1__in_us="no", children__2__in_us="yes"
    )
    assert "children.1.location" in found
    assert "children.2.location" not in found
    assert "children.2.entry.date" in found


def test_progress_counts_what_is_asked_now() -> None:
    before = progress(load("asylum"), said(), TODAY)
    after = progress(load("asylum"), said(asylum__past_harm="yes"), TODAY)
    assert after.asked == before.asked + 1
    assert after.answered == before.answered + 1
    assert "asylum.past_harm_story" in after.missing


def test_the_story_of_a_yes_that_became_a_no_does_not_stand() -> None:
    answers = said(asylum__past_harm="no", asylum__past_harm_story="…", attorney__email="a@b.c")
    assert set(standing(load_all(), answers, TODAY)) == {"asylum.past_harm", "attorney.email"}


def test_what_may_still_be_asked_stands() -> None:
    answers = said(asylum__past_harm_story="…", spouse__name__given="Nabil")
    assert standing(load_all(), answers, TODAY) == answers


def test_safe_questions_say_so() -> None:
    apart = [each.id for each in every_question(load("intake")) if each.is_apart]
    assert "safe.address.street" in apart
    assert "applicant.home.street" not in apart


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "text"},
        {"id": "a b"},
        {"id": "a", "kind": "colour"},
        {"id": "a", "kind": "choice"},
        {"id": "a", "kind": "text", "choices": ["x"]},
        {"id": "a", "use": "nothing"},
        {"id": "a", "use": "name", "only": ["shoe"]},
        {"repeat": "a", "paper": 2},
        {"repeat": "a", "ask": ["b"]},
        {"repeat": "a", "paper": 99, "ask": ["b"]},
        {"id": "a", "kind": "text", "ask": ["b"]},
        {"id": "a", "strange": 1},
        {"id": "a", "when": {"question": "b"}},
        7,
    ],
)
def test_a_wrong_question_names_its_place(wrong: Any) -> None:
    data = {
        "id": "q",
        "version": 1,
        "checked": "2026-11-22",
        "sources": [],
        "sections": [{"id": "s", "ask": [wrong]}],
    }
    with pytest.raises(UsageError, match="The questionnaire q, s"):
        parse_questionnaire(data, parse_blocks({"name": ["family"]}), "The questionnaire q")


def test_names_of_files_and_questionnaires_agree() -> None:
    assert [load(name).id for name in NAMES] == list(NAMES)
    with pytest.raises(UsageError, match="no questionnaire"):
        load("horoscope")
    with pytest.raises(UsageError, match="no words"):
        wording("tlh")
