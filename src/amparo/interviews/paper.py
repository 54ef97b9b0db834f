"""A questionnaire on paper: every question with room to write, in the language of who fills it in.

Questions are numbered, so that an answer is easily copied back, and conditions refer to the
numbers. A second language may stand under each question; answers that are known may be printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from amparo.base import dates
from amparo.base.errors import UnclearDate
from amparo.base.typeset import typeset
from amparo.interviews.answers import Answer, Answers
from amparo.interviews.asking import Cluster, Question, in_print
from amparo.interviews.conditions import Condition
from amparo.interviews.kinds import PRESENT
from amparo.interviews.schema import Questionnaire, Section
from amparo.interviews.wording import Wording, wording

__all__ = ["as_data", "on_paper"]

_OF_A_STORY, _OF_A_FEW_WORDS = 10, 3
_MOST_VALUES = 3
"""A condition with more values than these (the spellings of a country) is not printed."""


def on_paper(
    questionnaire: Questionnaire,
    language: str,
    *,
    beside: str = "",
    answers: Answers | None = None,
    matter: str = "",
) -> bytes:
    """The questionnaire as a PDF. ``beside`` is a second language, ``answers`` are printed in,
    ``matter`` is its number, for the foot of each page. UsageError for an unknown language."""
    template = (resources.files("amparo.interviews") / "paper.typ").read_text("utf-8")
    data = as_data(questionnaire, language, beside=beside, answers=answers or {})
    return typeset(template, inputs={**data, "matter": matter})


def as_data(
    questionnaire: Questionnaire, language: str, *, beside: str = "", answers: Answers
) -> dict[str, Any]:
    """What stands on the paper, as the template takes it."""
    words = wording(language)
    second = wording(beside) if beside and beside != language else None
    sheet = _Sheet(words, second, answers, _numbers(questionnaire))
    return {
        "language": language,
        "title": words.questionnaires[questionnaire.id]["title"],
        "title_beside": second.questionnaires[questionnaire.id]["title"] if second else "",
        "about": words.questionnaires[questionnaire.id]["about"],
        "words": dict(words.words),
        "sections": [_section(each, questionnaire, sheet) for each in questionnaire.sections],
    }


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a sheet is made with; ``numbers`` are those of the questions by id."""

    words: Wording
    second: Wording | None
    answers: Answers
    numbers: Mapping[str, int] = field(default_factory=dict)


def _numbers(questionnaire: Questionnaire) -> dict[str, int]:
    ids = (
        question.id
        for section in questionnaire.sections
        for cluster in in_print(section)
        for question in cluster.questions
    )
    return {each: number for number, each in enumerate(ids, 1)}


def _section(section: Section, questionnaire: Questionnaire, sheet: _Sheet) -> dict[str, Any]:
    said = sheet.words.section(questionnaire.id, section.id)
    second = sheet.second.section(questionnaire.id, section.id) if sheet.second else {}
    return {
        "title": said["title"],
        "title_beside": second.get("title", ""),
        "about": said.get("about", ""),
        "clusters": [_cluster(each, sheet) for each in in_print(section)],
    }


def _cluster(cluster: Cluster, sheet: _Sheet) -> dict[str, Any]:
    """Questions under a heading; a condition that all of them share stands with the heading."""
    whens = [each.when for each in cluster.questions]
    shared = whens[0][:1] if cluster.key and all(w[:1] == whens[0][:1] for w in whens) else ()
    second = sheet.second.group(cluster.key, cluster.number) if sheet.second else ""
    return {
        "heading": sheet.words.group(cluster.key, cluster.number),
        "heading_beside": second,
        "condition": _conditions(shared, sheet),
        "questions": [_question(each, len(shared), sheet) for each in cluster.questions],
    }


def _question(question: Question, shared: int, sheet: _Sheet) -> dict[str, Any]:
    words, answer = sheet.words, sheet.answers.get(question.id)
    values = answer.values if answer else ()
    options = ("yes", "no") if question.kind == "yes_no" else question.choices
    return {
        "number": sheet.numbers[question.id],
        "says": words.question(question.key),
        "beside": sheet.second.question(question.key) if sheet.second else "",
        "hint": words.hint(question.key),
        "condition": _conditions(question.when[shared:], sheet),
        "lines": _lines(question),
        "several": question.kind == "choices",
        "choices": [{"says": words.choice(o), "taken": o in values} for o in options],
        "text": "" if options or answer is None else _text(question, answer, words.language),
    }


def _lines(question: Question) -> int:
    """How many lines there are to write on."""
    if question.kind != "long":
        return 1
    return _OF_A_STORY if question.id.endswith("_story") else _OF_A_FEW_WORDS


def _conditions(conditions: Sequence[Condition], sheet: _Sheet) -> str:
    told = [text for each in conditions if (text := _condition(each, sheet))]
    return f"{sheet.words.words['if_so']} {_joined(told, 'and', sheet)}" if told else ""


def _condition(condition: Condition, sheet: _Sheet) -> str:
    """A condition in words: the number of the question and the answer that it needs."""
    if condition.verb in ("all", "any"):
        told = [text for each in condition.parts if (text := _condition(each, sheet))]
        return _joined(told, "and" if condition.verb == "all" else "or", sheet)
    if condition.verb != "is" or len(condition.values) > _MOST_VALUES:
        return ""
    question = condition.questions[0]
    number = sheet.numbers.get(question)
    name = f"№ {number}" if number else f"“{sheet.words.question(question)}”"
    return f"{name}: {_joined([sheet.words.choice(v) for v in condition.values], 'or', sheet)}"


def _joined(told: Sequence[str], word: str, sheet: _Sheet) -> str:
    return f" {sheet.words.words[word]} ".join(told)


def _text(question: Question, answer: Answer, language: str) -> str:
    if answer.is_unknown:
        return wording(language).words["does_not_know"]
    if question.kind in ("date", "until") and answer.text != PRESENT:
        try:
            return dates.display(dates.parse(answer.text), language)
        except UnclearDate:
            return answer.text
    return answer.text
