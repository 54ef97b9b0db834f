"""Answers that cannot be true at once, found and named.

The rules are data (``contradictions.yaml``): a condition that holds only when something is wrong.
What may be true, however the dates are completed, is no contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from amparo.base.dates import Truth
from amparo.base.errors import UsageError
from amparo.interviews.answers import Answers, members_of
from amparo.interviews.conditions import (
    Condition,
    holds,
    parse_condition,
    placed,
    questions_of,
)
from amparo.interviews.loading import data_file

__all__ = ["Contradiction", "Suspicion", "contradictions", "parse_suspicions", "suspicions"]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A rule: ``when`` holds only if something is wrong, of every member of ``each`` if given."""

    id: str
    when: Condition
    each: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What was found: the rule's ``id``, the questions whose answers cannot all be true, and the
    member of a list that it is about (``children.2``, "" for none)."""

    id: str
    questions: tuple[str, ...]
    member: str = ""


@cache
def suspicions() -> tuple[Suspicion, ...]:
    """The rules that come with Amparo."""
    return parse_suspicions(data_file("contradictions.yaml"))


def parse_suspicions(data: Any) -> tuple[Suspicion, ...]:
    """Read rules from plain data; UsageError names the one that is wrong."""
    if not isinstance(data, list):
        raise UsageError("The contradictions are not a list.")
    found = []
    for number, each in enumerate(data, 1):
        where = f"Contradiction {number}"
        if not isinstance(each, dict) or not {"id", "when"} <= set(each) <= {"id", "when", "each"}:
            raise UsageError(f"{where} cannot be read: {each!r}.")
        when = parse_condition(each["when"], where)
        found.append(Suspicion(str(each["id"]), when, str(each.get("each", ""))))
    return tuple(found)


def contradictions(answers: Answers, today: date) -> tuple[Contradiction, ...]:
    """What cannot be true at once among the answers, in the order of the rules."""
    return tuple(found for rule in suspicions() for found in _found(rule, answers, today))


def _found(rule: Suspicion, answers: Answers, today: date) -> Iterator[Contradiction]:
    members = [f"{rule.each}.{n}" for n in members_of(answers, rule.each)] if rule.each else [""]
    for member in members:
        when = placed(rule.when, member)
        if holds(when, answers, today) is Truth.YES:
            asked = tuple(each for each in questions_of(when) if each in answers)
            yield Contradiction(rule.id, asked, member)
