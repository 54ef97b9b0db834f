"""A section of a questionnaire as it is asked on the page: its questions, what stands in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from amparo.base.errors import UsageError
from amparo.interviews.answers import UNKNOWN, Answer, Answers, key_of
from amparo.interviews.asking import Cluster, Question, asked
from amparo.interviews.conditions import questions_of
from amparo.interviews.kinds import understood
from amparo.interviews.schema import Questionnaire, Section
from amparo.interviews.web.forms import Typed, as_shown
from amparo.interviews.web.pages import every_question_in_order, shown
from amparo.interviews.wording import wording

__all__ = ["ClusterLine", "QuestionLine", "SectionLine", "View", "clusters_of", "sections_of"]

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


@cache
def _branching() -> frozenset[str]:
    """The questions on whose answer others depend."""
    whens = (when for each in every_question_in_order() for when in each.when)
    return frozenset(key_of(asked) for when in whens for asked in questions_of(when))
