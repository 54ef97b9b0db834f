"""Conditions over answers: yes, no, or perhaps when what they need was not said or is not known.

As data::

    {question: applicant.marital_status, is: married}       # or a list: any of them
    {question: applicant.a_number, known: true}
    {before: [spouse.marriage.date, applicant.birth.date]}  # over before the other began
    {within: {from: applicant.entry.1.date, to: asylum.filed_on, years: 1}}
    {since: {from: asylum.filed_on, days: 150}}             # so many days before today
    {younger: {born: children.1.birth.date, than: 21}}      # years, today
    {all: [...]}  {any: [...]}  {not: {...}}

``today`` may stand where a date's question does. A question that begins with a point is of the same
member of a list. Dates are compared as inexact as they were said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from amparo.base import dates
from amparo.base.dates import PartialDate, Truth
from amparo.base.errors import UnclearDate, UsageError
from amparo.interviews.answers import QUESTION_ID, Answers
from amparo.interviews.kinds import PRESENT

__all__ = ["Condition", "date_of", "holds", "parse_condition", "placed", "questions_of"]

TODAY = "today"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: its ``verb``, the questions it asks, its ``values``, and the ``parts`` of one
    that is put together."""

    verb: str
    questions: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    number: int = 0
    parts: tuple[Condition, ...] = field(default=())


def parse_condition(data: Any, where: str) -> Condition:
    """Read a condition from plain data; UsageError names the place that is wrong."""
    if not isinstance(data, dict) or not data:
        raise _wrong(where, "a condition is a table")
    if "question" in data:
        return _of_question(data, where)
    if len(data) != 1:
        raise _wrong(where, f"a condition says one thing, not {', '.join(map(str, data))}")
    verb, said = next(iter(data.items()))
    if verb in ("all", "any") and isinstance(said, list) and said:
        parts = tuple(parse_condition(each, where) for each in said)
        return Condition(verb, parts=parts)
    if verb == "not":
        return Condition(verb, parts=(parse_condition(said, where),))
    if verb == "before" and isinstance(said, list) and len(said) == 2:
        return Condition(verb, (_id(said[0], where), _id(said[1], where)))
    if verb == "within" and isinstance(said, dict) and set(said) == {"from", "to", "years"}:
        ends = (_id(said["from"], where), _id(said["to"], where))
        return Condition(verb, ends, number=int(said["years"]))
    if verb == "since" and isinstance(said, dict) and set(said) == {"from", "days"}:
        return Condition(verb, (_id(said["from"], where), TODAY), number=int(said["days"]))
    if verb == "younger" and isinstance(said, dict) and set(said) == {"born", "than"}:
        return Condition(verb, (_id(said["born"], where), TODAY), number=int(said["than"]))
    raise _wrong(where, f"there is no condition {verb!r} of that shape")


def _of_question(data: Mapping[str, Any], where: str) -> Condition:
    question = _id(data["question"], where)
    rest = set(data) - {"question"}
    if rest == {"is"}:
        said = data["is"] if isinstance(data["is"], list) else [data["is"]]
        return Condition("is", (question,), tuple(map(_value, said)))
    if rest == {"known"} and isinstance(data["known"], bool):
        known = Condition("known", (question,))
        return known if data["known"] else Condition("not", parts=(known,))
    raise _wrong(where, f"of a question one says is or known, not {sorted(rest)}")


def placed(condition: Condition, stem: str) -> Condition:
    """The condition for one member of a list: ``.in_us`` becomes ``children.2.in_us``."""
    questions = tuple(f"{stem}{each}" if each[0] == "." else each for each in condition.questions)
    parts = tuple(placed(each, stem) for each in condition.parts)
    return Condition(condition.verb, questions, condition.values, condition.number, parts)


def questions_of(condition: Condition) -> tuple[str, ...]:
    """The questions that a condition asks, each once, in order."""
    own = (each for each in condition.questions if each != TODAY)
    inner = (each for part in condition.parts for each in questions_of(part))
    return tuple(dict.fromkeys((*own, *inner)))


def holds(condition: Condition, answers: Answers, today: date) -> Truth:
    """Whether the condition holds, as far as the answers tell."""
    match condition.verb:
        case "all":
            return _least(holds(each, answers, today) for each in condition.parts)
        case "any":
            return _opposite(_least(_opposite(holds(p, answers, today)) for p in condition.parts))
        case "not":
            return _opposite(holds(condition.parts[0], answers, today))
        case "known":
            known = answers.get(condition.questions[0])
            return _truth(known is not None and not known.is_unknown)
        case "is":
            answer = answers.get(condition.questions[0])
            if answer is None or answer.is_unknown:
                return Truth.PERHAPS
            return _truth(not {*answer.values}.isdisjoint(condition.values))
    first, second = (date_of(each, answers, today) for each in condition.questions)
    if first is None or second is None:
        return Truth.PERHAPS
    if condition.verb == "before":
        return _before(first, second)
    if condition.verb == "within":
        return _within(first, second, condition.number)
    if condition.verb == "since":
        return _since(first, today, condition.number)
    return _opposite(_older(first, second, condition.number))


def date_of(question: str, answers: Answers, today: date) -> PartialDate | None:
    """The date that was answered; None when there is none or it is not a date."""
    if question == TODAY:
        return dates.from_day(today)
    answer = answers.get(question)
    if answer is None:
        return None
    if answer.text == PRESENT:
        return dates.from_day(today)
    try:
        return dates.parse(answer.text)
    except UnclearDate:
        return None


def _before(first: PartialDate, second: PartialDate) -> Truth:
    if dates.certainly_before(first, second):
        return Truth.YES
    if dates.certainly_before(second, first) or dates.possibly_equal(first, second) is Truth.YES:
        return Truth.NO
    return Truth.PERHAPS


def _within(first: PartialDate, second: PartialDate, years: int) -> Truth:
    """Whether the second is no later than so many years after the first; of a span, its end."""
    if first.earliest is None or first.latest is None:
        return Truth.PERHAPS
    if second.earliest is None or second.latest is None or first.qualified or second.qualified:
        return Truth.PERHAPS
    longest = relativedelta(years=years)
    if second.latest <= first.earliest + longest:
        return Truth.YES
    return Truth.NO if second.earliest > first.latest + longest else Truth.PERHAPS


def _since(first: PartialDate, today: date, days: int) -> Truth:
    """Whether so many whole days have gone by; of a span, since its end."""
    if first.earliest is None or first.latest is None or first.qualified:
        return Truth.PERHAPS
    if first.latest + timedelta(days=days) <= today:
        return Truth.YES
    return Truth.NO if first.earliest + timedelta(days=days) > today else Truth.PERHAPS


def _older(born: PartialDate, today: PartialDate, years: int) -> Truth:
    """Whether someone has had the birthday of that age; 29 February counts on 1 March."""
    if born.earliest is None or born.latest is None or born.qualified or today.earliest is None:
        return Truth.PERHAPS
    if _birthday(born.latest, years) <= today.earliest:
        return Truth.YES
    return Truth.NO if _birthday(born.earliest, years) > today.earliest else Truth.PERHAPS


def _birthday(born: date, years: int) -> date:
    moved = born + relativedelta(years=years)
    return moved + timedelta(days=1) if moved.day != born.day else moved


def _least(truths: Iterator[Truth]) -> Truth:
    found = list(truths)
    if Truth.NO in found:
        return Truth.NO
    return Truth.PERHAPS if Truth.PERHAPS in found else Truth.YES


def _opposite(truth: Truth) -> Truth:
    return {Truth.YES: Truth.NO, Truth.NO: Truth.YES}.get(truth, truth)


def _truth(said: bool) -> Truth:
    return Truth.YES if said else Truth.NO


def _value(said: Any) -> str:
    return {True: "yes", False: "no"}[said] if isinstance(said, bool) else str(said)


def _id(said: Any, where: str) -> str:
    text = str(said)
    if not QUESTION_ID.fullmatch(text.lstrip(".")):
        raise _wrong(where, f"{text!r} is not a question's name")
    return text


def _wrong(where: str, what: str) -> UsageError:
    return UsageError(f"{where} cannot be used: {what}.")
