"""What the pages of intake show: questionnaires, answers with their sources, contradictions.

Reads only; each function takes the ``language`` of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from amparo.base import dates
from amparo.base.errors import UnclearDate
from amparo.interviews.answers import Answer, Answers, key_of
from amparo.interviews.asking import (
    Progress,
    Question,
    every_question,
    progress,
    question_of,
)
from amparo.interviews.contradictions import contradictions
from amparo.interviews.kinds import PRESENT
from amparo.interviews.loading import load_all
from amparo.interviews.schema import Questionnaire
from amparo.interviews.web.models import GivenAnswer
from amparo.interviews.wording import Wording, wording

__all__ = [
    "AnswerLine",
    "Offer",
    "Trouble",
    "answer_lines",
    "every_question_in_order",
    "offers",
    "question_words",
    "shown",
    "troubles",
]


@dataclass(frozen=True, slots=True)
class Offer:
    """A questionnaire as it is offered: its words, how far the matter has answered it, and what is
    needed and missing (ids with their words), once it was begun."""

    id: str
    title: str
    about: str
    progress: Progress
    missing: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """An answer that was given before, in words, with its row."""

    row: GivenAnswer
    shown: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer in a list: the question in words, the answer, the heading it stands under, and what
    was answered ``before`` and differs."""

    answer: Answer
    heading: str
    says: str
    shown: str
    before: tuple[Before, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """A contradiction: what is wrong, of whom, and the answers that cannot all be true."""

    says: str
    whom: str
    lines: tuple[AnswerLine, ...]


def offers(answers: Answers, today: date, language: str) -> list[Offer]:
    """Every questionnaire with how far it is answered."""
    return [_offer(each, answers, today, language) for each in load_all()]


def answer_lines(
    answers: Answers, language: str, otherwise: Mapping[str, Sequence[GivenAnswer]] | None = None
) -> list[AnswerLine]:
    """Answers in the order in which they are asked; those of no questionnaire after them."""
    ids = sorted(answers, key=_place)
    return [_answer_line(answers[q], language, (otherwise or {}).get(q, ())) for q in ids]


def troubles(answers: Answers, today: date, language: str) -> list[Trouble]:
    """What cannot be true at once, in words."""
    words = wording(language)
    return [
        Trouble(
            words.contradictions[each.id],
            _whom(each.member, words),
            tuple(_answer_line(answers[q], language) for q in each.questions),
        )
        for each in contradictions(answers, today)
    ]


def question_words(question_id: str, language: str) -> str:
    """A question in words, with whom it is about when it is of a group or list."""
    heading, says = _headed(question_id, wording(language))
    return f"{heading}: {says}" if heading else says


def shown(question: Question | None, answer: Answer, language: str) -> str:
    """An answer for reading: choices in words, dates as people write them."""
    words, kind = wording(language), question.kind if question else "text"
    if answer.is_unknown:
        return words.words["does_not_know"]
    if kind in ("yes_no", "choice", "choices"):
        return ", ".join(map(words.choice, answer.values))
    if kind in ("date", "until") and answer.text != PRESENT:
        try:
            return dates.display(dates.parse(answer.text), language)
        except UnclearDate:
            return answer.text
    return answer.text


def _answer_line(
    answer: Answer, language: str, otherwise: Iterable[GivenAnswer] = ()
) -> AnswerLine:
    heading, says = _headed(answer.question, wording(language))
    question = question_of(answer.question, *load_all())
    before = tuple(
        Before(row, shown(question, Answer(answer.question, tuple(row.values)), language))
        for row in otherwise
    )
    return AnswerLine(answer, heading, says, shown(question, answer, language), before)


def _headed(question_id: str, words: Wording) -> tuple[str, str]:
    """The heading that a question stands under, with the member's number, and its words."""
    parts = question_id.split(".")
    for end in range(len(parts) - 1, 0, -1):
        stem = ".".join(parts[:end])
        if stem in words.groups:
            number = int(parts[end]) if parts[end].isdigit() else 0
            return words.group(stem, number), words.question(key_of(question_id))
    return "", words.question(key_of(question_id))


def _whom(member: str, words: Wording) -> str:
    if not member:
        return ""
    stem, _, number = member.rpartition(".")
    return words.group(stem, int(number))


def _offer(questionnaire: Questionnaire, answers: Answers, today: date, language: str) -> Offer:
    said = wording(language).questionnaires[questionnaire.id]
    far = progress(questionnaire, answers, today)
    missing = [(q, question_words(q, language)) for q in far.missing] if far.answered else ()
    return Offer(questionnaire.id, said["title"], said["about"], far, tuple(missing))


def _place(question: str) -> tuple[int, int, int, str]:
    """Where an answer stands in a list: as questionnaires ask, the members of a list together."""
    order = _order()
    own = order.get(key_of(question), len(order))
    parts = question.split(".")
    number = next((at for at, part in enumerate(parts) if part.isdigit()), 0)
    if not number:
        return own, 0, own, question
    stem = ".".join([*parts[:number], "#"])
    first = next((at for key, at in order.items() if key.startswith(stem)), len(order))
    return first, int(parts[number]), own, question


@cache
def _order() -> Mapping[str, int]:
    """The place of every question in the questionnaires, one after the other."""
    return {each.key: at for at, each in reversed(list(enumerate(every_question_in_order())))}


@cache
def every_question_in_order() -> tuple[Question, ...]:
    """Each question of each questionnaire."""
    return tuple(question for each in load_all() for question in every_question(each))
