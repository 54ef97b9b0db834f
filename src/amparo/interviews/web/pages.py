"""What the pages of interviews show: questions with their words, answers with their sources.

Reads only; each function takes the ``language`` of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from amparo.base import dates
from amparo.base.errors import UnclearDate, UsageError
from amparo.interviews.answers import UNKNOWN, Answer, Answers, key_of
from amparo.interviews.asking import (
    Cluster,
    Progress,
    Question,
    asked,
    every_question,
    progress,
    question_of,
)
from amparo.interviews.conditions import questions_of
from amparo.interviews.contradictions import contradictions
from amparo.interviews.kinds import PRESENT, understood
from amparo.interviews.loading import load_all
from amparo.interviews.schema import Questionnaire, Section
from amparo.interviews.web.forms import Typed, as_shown
from amparo.interviews.web.models import GivenAnswer
from amparo.interviews.wording import Wording, wording

__all__ = [
    "AnswerLine",
    "ClusterLine",
    "Offer",
    "QuestionLine",
    "SectionLine",
    "Trouble",
    "View",
    "answer_lines",
    "clusters_of",
    "offers",
    "question_words",
    "sections_of",
    "shown",
    "troubles",
]

_FEW = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice with its words, and whether it is taken."""

    value: str
    says: str
    taken: bool


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question on the page: its words, those in the ``spoken`` language when that is another,
    what stands in the field, what stood there at first (``was``), what is wrong with it, and what
    would follow from other answers.
    ``branches``: others are asked or not because of its answer."""

    question: Question
    says: str
    hint: str
    spoken: str
    text: str
    was: str
    choices: tuple[Choice, ...]
    problem: UsageError | None
    follows: str
    branches: bool

    @property
    def anchor(self) -> str:
        """An id for its input."""
        return self.question.id.replace(".", "-")

    @property
    def input(self) -> str:
        """How it is asked: radio, ticks, list, long or line."""
        if self.question.kind == "choices":
            return "ticks"
        if self.choices:
            return "radio" if len(self.choices) <= _FEW + 1 else "list"
        return "long" if self.question.kind == "long" else "line"


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """Questions under a heading; ``stem`` and ``number`` when they are of a member of a list."""

    heading: str
    name: str
    stem: str
    number: int
    last: bool
    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section in the list of sections: its title, how many of its questions have an answer."""

    id: str
    title: str
    asked: int
    answered: int


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


def sections_of(
    questionnaire: Questionnaire, answers: Answers, today: date, language: str
) -> list[SectionLine]:
    """The sections of a questionnaire; one in which nothing is asked now is left out."""
    words, found = wording(language), []
    for section in questionnaire.sections:
        questions = [q for each in asked(section, answers, today) for q in each.questions]
        if questions:
            title = words.section(questionnaire.id, section.id)["title"]
            answered = sum(each.id in answers for each in questions)
            found.append(SectionLine(section.id, title, len(questions), answered))
    return found


@dataclass(frozen=True, slots=True)
class View:
    """How a section is looked at: what is known, what follows and was typed, in which languages."""

    answers: Answers
    derived: Answers
    typed: Typed
    today: date
    language: str
    spoken: str
    more: frozenset[str] = frozenset()


def clusters_of(section: Section, view: View) -> list[ClusterLine]:
    """What a section asks now, with what is known and what was typed."""
    known = view.typed.over(view.answers)
    clusters = asked(section, known, view.today, view.more)
    last = {each.stem: each.number for each in clusters if each.stem}
    return [_cluster(each, last, known, view) for each in clusters]


def _cluster(cluster: Cluster, last: Mapping[str, int], known: Answers, view: View) -> ClusterLine:
    words = wording(view.language)
    own = f"{cluster.stem}.{cluster.number}.name" if cluster.stem else ""
    name = " ".join(known[q].text for q in (f"{own}.given", f"{own}.family") if q in known)
    return ClusterLine(
        heading=words.group(cluster.key, cluster.number),
        name=name,
        stem=cluster.stem,
        number=cluster.number,
        last=bool(cluster.stem) and last[cluster.stem] == cluster.number,
        questions=tuple(_line(each, view) for each in cluster.questions),
    )


def _line(question: Question, view: View) -> QuestionLine:
    words = wording(view.language)
    given = view.answers.get(question.id)
    values = view.typed.texts.get(question.id, given.values if given else ())
    follows = view.derived.get(question.id)
    options = ("yes", "no") if question.kind == "yes_no" else question.choices
    choices = [Choice(each, words.choice(each), each in values) for each in options]
    if choices and question.kind != "choices":
        unknown = words.words["does_not_know"]
        choices.append(Choice(UNKNOWN, unknown, UNKNOWN in values))
    return QuestionLine(
        question=question,
        says=words.question(question.key),
        hint=words.hint(question.key),
        spoken="" if view.spoken == view.language else wording(view.spoken).question(question.key),
        text="" if options else _typed(question, values, view),
        was=view.typed.shown.get(question.id, as_shown(given.values if given else ())),
        choices=tuple(choices),
        problem=view.typed.problems.get(question.id),
        follows=shown(question, follows, view.language) if follows and follows.follows else "",
        branches=question.key in _branching(),
    )


def _typed(question: Question, values: Sequence[str], view: View) -> str:
    """What stands in a field: as it was typed, or an answer as it is read; a date in words only if
    the words are understood as the very same date."""
    text = "\n".join(values)
    if question.id in view.typed.texts or not values:
        return text
    words = shown(question, Answer(question.id, tuple(values)), view.language)
    return words if _means(question, words, text) else text


def _means(question: Question, words: str, kept: str) -> bool:
    try:
        return understood(question.kind, [words]) == (kept,)
    except UsageError:
        return False


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
    return {each.key: at for at, each in reversed(list(enumerate(_every())))}


@cache
def _branching() -> frozenset[str]:
    """The questions on whose answer others depend."""
    whens = (when for each in _every() for when in each.when)
    return frozenset(key_of(asked) for when in whens for asked in questions_of(when))


@cache
def _every() -> tuple[Question, ...]:
    return tuple(question for each in load_all() for question in every_question(each))
