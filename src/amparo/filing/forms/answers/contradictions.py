"""Answers that cannot both be true on one form: rules of ``contradictions.yaml`` and their check.

Only what the form shows is compared, so that an answer for another form never stops this one.
Dates are compared as they are known: a month contradicts a day only when all of it does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from amparo.base import dates
from amparo.base.errors import UnclearDate, UsageError
from amparo.filing.forms.answers.given import Answers

__all__ = ["Rule", "contradictions", "rules"]

_KEYS = frozenset({"when", "is", "answered", "order", "count", "list", "says"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that cannot be: ``when`` is one of ``values`` and ``answered`` is; or the first of
    ``order`` is later than the second; or ``count`` is less than the members of ``members``."""

    says: str
    when: str = ""
    values: tuple[str, ...] = ()
    answered: str = ""
    order: tuple[str, ...] = ()
    count: str = ""
    members: str = ""


@cache
def rules() -> tuple[Rule, ...]:
    """All rules. UsageError when the data is not as it should be."""
    text = (resources.files(__package__) / "contradictions.yaml").read_text("utf-8")
    return tuple(_rule(entry) for entry in yaml.safe_load(text))


def contradictions(answers: Answers, shown: Collection[str]) -> tuple[str, ...]:
    """A sentence for each contradiction among the questions that a form shows."""
    asked = {question: answers[question].values for question in shown if question in answers}
    return tuple(dict.fromkeys(each for rule in rules() for each in _broken(rule, asked)))


def _rule(entry: Mapping[str, object]) -> Rule:
    if strange := set(entry) - _KEYS:
        raise UsageError(f"contradictions.yaml has unknown keys: {', '.join(sorted(strange))}.")
    order, values = entry.get("order", ()), entry.get("is", ())
    return Rule(
        says=str(entry["says"]),
        when=str(entry.get("when", "")),
        values=tuple(map(str, values if isinstance(values, list) else ())),
        answered=str(entry.get("answered", "")),
        order=tuple(map(str, order if isinstance(order, list) else ())),
        count=str(entry.get("count", "")),
        members=str(entry.get("list", "")),
    )


def _broken(rule: Rule, asked: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    if rule.when and set(asked.get(rule.when, ())) & set(rule.values):
        under = next((each for each in asked if _is_under(each, rule.answered)), None)
        if under:
            yield f"{rule.when} and {under} contradict each other: {rule.says}."
    if rule.order and rule.order[0] in asked:
        pattern = re.compile(re.escape(rule.order[1]).replace(r"\*", r"\d+"))
        for later in filter(pattern.fullmatch, asked):
            if _is_after(asked[rule.order[0]][0], asked[later][0]):
                yield f"{rule.order[0]} and {later} contradict each other: {rule.says}."
    if rule.count in asked:
        total, listed = asked[rule.count][0], _members(rule.members, asked)
        if total.isdecimal() and int(total) < listed:
            yield f"{rule.count} is {total}, and {listed} are listed: {rule.says}."


def _is_under(question: str, stem: str) -> bool:
    return question == stem or question.startswith(f"{stem}.")


def _members(stem: str, asked: Collection[str]) -> int:
    found = (re.match(rf"{re.escape(stem)}\.(\d+)\.", each) for each in asked)
    return len({each[1] for each in found if each})


def _is_after(first: str, second: str) -> bool:
    """Whether all of the first date is later than all of the second."""
    try:
        begun, ended = dates.parse(first).earliest, dates.parse(second).latest
    except UnclearDate:
        return False
    return begun is not None and ended is not None and begun > ended
