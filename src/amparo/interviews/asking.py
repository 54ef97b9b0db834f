"""What is to be asked now: a questionnaire laid out over the answers that there are.

Questions whose condition does not hold, or cannot be told yet, are not asked; lists have as many
members as have an answer, and one more where that is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from amparo.base.dates import Truth
from amparo.interviews.answers import Answer, Answers, is_apart, key_of, members_of
from amparo.interviews.conditions import Condition, holds, placed
from amparo.interviews.schema import Ask, Questionnaire, Section

__all__ = [
    "Cluster",
    "Progress",
    "Question",
    "asked",
    "every_question",
    "in_print",
    "progress",
    "question_of",
    "section_of",
    "standing",
]


Numbers = Callable[[str, int], tuple[int, ...]]
"""Which members a list has: from its id and how many the paper has room for."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question by its full ``id``; ``key`` is the same without the numbers of members
    (``children.#.name.given``), under which its words stand. ``when``: for whom it is asked."""

    id: str
    key: str
    kind: str
    choices: tuple[str, ...] = ()
    needed: bool = False
    when: tuple[Condition, ...] = ()

    @property
    def is_apart(self) -> bool:
        """Whether the answer is for the team alone."""
        return is_apart(self.id)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions that belong together under one heading: ``key`` names it ("" has none), ``number``
    is the member of the list ``stem``, 0 when it is no list."""

    key: str
    questions: tuple[Question, ...]
    stem: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How many questions are asked now, how many of them have an answer, and the ids of those that
    are needed and have none."""

    asked: int
    answered: int
    missing: tuple[str, ...]


def asked(
    section: Section, answers: Answers, today: date, more: frozenset[str] = frozenset()
) -> tuple[Cluster, ...]:
    """What a section asks now. A list named in ``more`` has room for one more member."""

    def numbers(stem: str, _paper: int) -> tuple[int, ...]:
        found = members_of(answers, stem)
        last = found[-1] if found else 0
        return (*found, last + 1) if stem in more or not found else found

    clusters = (
        Cluster(
            each.key,
            tuple(q for q in each.questions if _is_asked(q, answers, today)),
            each.stem,
            each.number,
        )
        for each in _clusters(section, numbers)
    )
    return tuple(each for each in clusters if each.questions)


def in_print(section: Section) -> tuple[Cluster, ...]:
    """All that a section may ask, with as many members of each list as the paper has room for."""
    return tuple(_clusters(section, lambda _stem, paper: tuple(range(1, paper + 1))))


def every_question(questionnaire: Questionnaire) -> Iterator[Question]:
    """Each question once, lists by their first member."""
    for section in questionnaire.sections:
        for cluster in _clusters(section, lambda _stem, _paper: (1,)):
            yield from cluster.questions


@cache
def _by_key(questionnaires: tuple[Questionnaire, ...]) -> Mapping[str, Question]:
    return {each.key: each for one in questionnaires for each in every_question(one)}


def question_of(question_id: str, *questionnaires: Questionnaire) -> Question | None:
    """The question of that id in the questionnaires, of whatever member of a list; None when none
    of them asks it."""
    found = _by_key(questionnaires).get(key_of(question_id))
    return replace(found, id=question_id) if found else None


def standing(
    questionnaires: Iterable[Questionnaire], answers: Answers, today: date
) -> dict[str, Answer]:
    """The answers without those whose question is certainly not for this person any more: the
    story of a "yes" that became a "no". What may still be asked stays."""

    def numbers(stem: str, _paper: int) -> tuple[int, ...]:
        return members_of(answers, stem)

    open_to: dict[str, bool] = {}
    for questionnaire in questionnaires:
        for section in questionnaire.sections:
            for cluster in _clusters(section, numbers):
                for each in cluster.questions:
                    closed = any(holds(w, answers, today) is Truth.NO for w in each.when)
                    open_to[each.id] = open_to.get(each.id, False) or not closed
    return {q: answer for q, answer in answers.items() if open_to.get(q, True)}


def section_of(questionnaire: Questionnaire, section_id: str) -> Section | None:
    """The section of that id, None when there is none."""
    return next((each for each in questionnaire.sections if each.id == section_id), None)


def progress(questionnaire: Questionnaire, answers: Answers, today: date) -> Progress:
    """How far a questionnaire is answered."""
    questions = [
        question
        for section in questionnaire.sections
        for cluster in asked(section, answers, today)
        for question in cluster.questions
    ]
    return Progress(
        asked=len(questions),
        answered=sum(each.id in answers for each in questions),
        missing=tuple(each.id for each in questions if each.needed and each.id not in answers),
    )


def _is_asked(question: Question, answers: Answers, today: date) -> bool:
    return all(holds(each, answers, today) is Truth.YES for each in question.when)


def _clusters(section: Section, numbers: Numbers) -> Iterator[Cluster]:
    """The section's questions, by outermost group; single ones that follow each other together."""
    alone: list[Question] = []
    for ask in section.ask:
        if not ask.ask:
            alone += _questions(ask, "", "", "", (), numbers)
            continue
        if alone:
            yield Cluster("", tuple(alone))
            alone = []
        if not ask.repeats:
            yield Cluster(ask.id, tuple(_questions(ask, "", "", "", (), numbers)))
            continue
        for number in numbers(ask.id, ask.paper):
            when = (placed(ask.when, ""),) if ask.when else ()
            member = tuple(_member(ask, ask.id, ask.id, number, when, numbers))
            yield Cluster(ask.id, member, ask.id, number)
    if alone:
        yield Cluster("", tuple(alone))


def _questions(
    ask: Ask, stem: str, key: str, member: str, when: tuple[Condition, ...], numbers: Numbers
) -> Iterator[Question]:
    """The questions of ``ask``, which stands behind ``stem``; a point in a condition is ``member``,
    the innermost group or member that it stands in."""
    own = f"{stem}.{ask.id}" if stem else ask.id
    own_key = f"{key}.{ask.id}" if key else ask.id
    if ask.when:
        when = (*when, placed(ask.when, member))
    if not ask.ask:
        yield Question(own, own_key, ask.kind, ask.choices, ask.needed, when)
    elif ask.repeats:
        for number in numbers(own, ask.paper):
            yield from _member(ask, own, own_key, number, when, numbers)
    else:
        for each in ask.ask:
            yield from _questions(each, own, own_key, own, when, numbers)


def _member(
    ask: Ask, stem: str, key: str, number: int, when: tuple[Condition, ...], numbers: Numbers
) -> Iterator[Question]:
    """The questions of one member of a list."""
    own = f"{stem}.{number}"
    for each in ask.ask:
        yield from _questions(each, own, f"{key}.#", own, when, numbers)
