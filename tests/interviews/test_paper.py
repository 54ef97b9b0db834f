"""Questionnaires on paper: every question is there, in its language, with room to write."""

from __future__ import annotations

import pypdfium2
import pytest

from amparo.base.languages import INTERFACE_LANGUAGES
from amparo.interviews.asking import in_print
from amparo.interviews.loading import NAMES, load
from amparo.interviews.paper import as_data, on_paper
from tests.interviews.builders import said


def text_of(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", [each.code for each in INTERFACE_LANGUAGES])
def test_every_questionnaire_can_be_printed(name: str, language: str) -> None:
    data = on_paper(load(name), language, beside="en", matter="2026-014")
    pages = pypdfium2.PdfDocument(data)
    assert 1 <= len(pages) <= 30
    assert "2026-014" in text_of(data)


def test_every_question_is_numbered_once() -> None:
    questionnaire = load("asylum")
    told = as_data(questionnaire, "en", answers={})
    numbers = [
        question["number"]
        for section in told["sections"]
        for cluster in section["clusters"]
        for question in cluster["questions"]
    ]
    count = sum(len(c.questions) for s in questionnaire.sections for c in in_print(s))
    assert numbers == list(range(1, count + 1))


def test_a_condition_names_the_number_of_its_question() -> None:
    told = as_data(load("asylum"), "en", answers={})
    asked = {
        question["says"]: question
        for section in told["sections"]
        for cluster in section["clusters"]
        for question in cluster["questions"]
    }
    story = asked["What do you fear, from whom, and why would they do it?"]
    fear = asked["Are you afraid of harm if you return?"]
    assert story["condition"] == f"Only if № {fear['number']}: Yes"
    assert story["lines"] > 1


def test_what_is_asked_elsewhere_is_named_in_words() -> None:
    told = as_data(load("asylum"), "en", answers={})
    application = told["sections"][-1]["clusters"][0]["questions"][0]
    assert application["condition"] == ("Only if “Single, married, divorced or widowed”: Married")


def test_answers_are_printed_as_people_read_them() -> None:
    answers = said(
        applicant__birth__date="1992-05", applicant__sex="female", applicant__name__native="أمل"
    )
    text = text_of(on_paper(load("intake"), "es", answers=answers))
    assert "mayo de 1992" in text
    told = as_data(load("intake"), "es", answers=answers)
    ticks = [
        choice
        for section in told["sections"]
        for cluster in section["clusters"]
        for question in cluster["questions"]
        for choice in question["choices"]
        if choice["taken"]
    ]
    assert ticks == [{"says": "Femenino", "taken": True}]


def test_what_people_wrote_is_text_and_never_markup() -> None:
    answers = said(applicant__name__family="#panic() *x* $1$")
    assert "#panic() *x* $1$" in text_of(on_paper(load("intake"), "en", answers=answers))


def test_the_same_questionnaire_is_the_same_file() -> None:
    assert on_paper(load("work_permit"), "ar") == on_paper(load("work_permit"), "ar")
