"""Answers that follow from others, so that nobody is asked twice.

The rules are data (``derived.yaml``), read from the top; what someone said is never replaced, and
what is kept apart is never taken. Each derived answer names the answers that it follows from::

    {question: children.count, count: children}
    {question: spouse.none, says: "yes", when: …}
    {question: applicant.mailing.phone, join: [applicant.phone.day], when: …}
    {each: siblings, question: name, join: [name.given, name.family]}
    {question: applicant.other_names, each: applicant.other_names, join: […], between: "; "}
    {question: i765.category.first, of: work_permit.category, table: {c8: c}}
    {copy: applicant.home, to: applicant.mailing, when: …}
    {copy: children, member: petition.which, to: beneficiary, when: …}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from amparo.base.dates import Truth
from amparo.base.errors import UsageError
from amparo.interviews.answers import Answer, Answers, is_apart, members_of
from amparo.interviews.conditions import Condition, holds, parse_condition, questions_of
from amparo.interviews.loading import data_file

__all__ = ["Rule", "derived", "parse_rules", "rules"]

_TEXTS = ("question", "count", "says", "each", "between", "of", "copy", "member", "to")
_KEYS = frozenset({*_TEXTS, "join", "with", "table", "when"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; see the module. What a rule does not use is empty."""

    question: str = ""
    count: str = ""
    says: str = ""
    join: tuple[str, ...] = ()
    joined: str = " "
    each: str = ""
    between: str = ""
    of: str = ""
    table: Mapping[str, str] = field(default_factory=dict)
    copy: str = ""
    member: str = ""
    to: str = ""
    when: Condition | None = None


@cache
def rules() -> tuple[Rule, ...]:
    """The rules that come with Amparo."""
    return parse_rules(data_file("derived.yaml"))


def parse_rules(data: Any) -> tuple[Rule, ...]:
    """Read rules from plain data; UsageError names the one that is wrong."""
    if not isinstance(data, list):
        raise UsageError("The rules of derived answers are not a list.")
    return tuple(_rule(each, f"Derived answer {number}") for number, each in enumerate(data, 1))


def derived(answers: Answers, today: date, by: Sequence[Rule] | None = None) -> dict[str, Answer]:
    """The answers and all that follows from them."""
    found = dict(answers)
    for rule in rules() if by is None else by:
        if rule.when and holds(rule.when, found, today) is not Truth.YES:
            continue
        for made in list(_made(rule, found)):
            if made.question not in found and not any(map(is_apart, made.follows)):
                found[made.question] = made
    return found


def _made(rule: Rule, answers: Answers) -> Iterator[Answer]:
    because = questions_of(rule.when) if rule.when else ()
    if rule.copy:
        yield from _copied(rule, answers, because)
    elif rule.count:
        numbers = members_of(answers, rule.count)
        first = [q for n in numbers for q in answers if q.startswith(f"{rule.count}.{n}.")]
        yield _following(rule.question, (str(len(numbers)),), (*because, *first), answers)
    elif rule.says:
        yield _following(rule.question, (rule.says,), because, answers)
    elif rule.table:
        given = answers.get(rule.of)
        if given and given.values[0] in rule.table:
            yield _following(rule.question, (rule.table[given.values[0]],), (rule.of,), answers)
    elif rule.each:
        yield from _of_members(rule, answers)
    elif parts := [q for q in rule.join if q in answers]:
        text = rule.joined.join(answers[q].text for q in parts)
        yield _following(rule.question, (text,), parts, answers)


def _of_members(rule: Rule, answers: Answers) -> Iterator[Answer]:
    """One answer for each member of a list, or one in which all of them stand."""
    told: list[str] = []
    rest_on: list[str] = []
    for number in members_of(answers, rule.each):
        stem = f"{rule.each}.{number}"
        parts = [f"{stem}.{q}" for q in rule.join if f"{stem}.{q}" in answers]
        if not parts:
            continue
        text = rule.joined.join(answers[q].text for q in parts)
        if not rule.between:
            yield _following(f"{stem}.{rule.question}", (text,), parts, answers)
        told.append(text)
        rest_on += parts
    if rule.between and told:
        yield _following(rule.question, (rule.between.join(told),), rest_on, answers)


def _copied(rule: Rule, answers: Answers, because: Sequence[str]) -> Iterator[Answer]:
    """All that is known of one person or place, said of another name for the same."""
    stem = rule.copy
    if rule.member:
        number = answers.get(rule.member)
        if number is None:
            return
        stem = f"{stem}.{number.text}"
    for question in answers:
        if question.startswith(f"{stem}."):
            own = f"{rule.to}{question[len(stem) :]}"
            yield _following(own, answers[question].values, (question, *because), answers)


def _following(
    question: str, values: tuple[str, ...], follows: Sequence[str], answers: Answers
) -> Answer:
    """An answer that rests on others, with the source of the first of them that has one."""
    said = [answers[each] for each in dict.fromkeys(follows) if each in answers]
    source = next((each.source for each in said if each.source), None)
    return Answer(question, values, source, tuple(each.question for each in said))


def _rule(data: Any, where: str) -> Rule:
    if not isinstance(data, dict) or not (set(data) <= _KEYS):
        raise UsageError(f"{where} cannot be read: {data!r}.")
    if bool(data.get("copy")) is bool(data.get("question")):
        raise UsageError(f"{where} either copies or answers a question.")
    text = {key: str(data.get(key, "")) for key in _TEXTS}
    return Rule(
        question=text["question"],
        count=text["count"],
        says=text["says"],
        join=tuple(map(str, data.get("join", ()))),
        joined=str(data.get("with", " ")),
        each=text["each"],
        between=text["between"],
        of=text["of"],
        table={str(key): str(value) for key, value in dict(data.get("table", {})).items()},
        copy=text["copy"],
        member=text["member"],
        to=text["to"],
        when=parse_condition(data["when"], where) if "when" in data else None,
    )
