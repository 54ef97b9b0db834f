"""Reminders: on which days before a deadline somebody is told of it.

A plan is a set of numbers of days before the day to act. A reminder that would fall on a Saturday
or a Sunday comes on the Friday before: early is safe, late is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from amparo.base.errors import UsageError

__all__ = ["DEFAULT_PLAN", "Reminder", "due", "parse_plan", "plan_words", "reminders"]

DEFAULT_PLAN = (60, 30, 14, 7, 3, 1, 0)
"""Days before the day to act: enough to gather papers first, and every step at the end."""

LONGEST = 730
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Reminder:
    """``on`` is the day to tell; ``days_before`` is its place in the plan."""

    on: date
    days_before: int


def reminders(act_on: date, plan: Iterable[int] = DEFAULT_PLAN) -> tuple[Reminder, ...]:
    """The reminders of a day to act, the first first."""
    steps = sorted(set(plan), reverse=True)
    return tuple(Reminder(_working(act_on - timedelta(days=days)), days) for days in steps)


def due(act_on: date, today: date, plan: Iterable[int] = DEFAULT_PLAN) -> Reminder | None:
    """The last reminder whose day has come, None before the first."""
    come = [each for each in reminders(act_on, plan) if each.on <= today]
    return come[-1] if come else None


def parse_plan(text: str) -> tuple[int, ...]:
    """Read ``60, 30, 7`` as a plan. UsageError for anything that is not days from 0 to 730."""
    words = re.split(r"[\s,،;]+", text.strip())
    if not all(re.fullmatch(r"\d{1,3}", word) and int(word) <= LONGEST for word in words):
        raise UsageError(
            f"{text!r} is not a plan of reminders.",
            next_step=f"Write days before the deadline, such as 30, 7, 1; at most {LONGEST}.",
        )
    return tuple(sorted({int(word) for word in words}, reverse=True))


def plan_words(plan: Sequence[int]) -> str:
    """A plan as a person types it."""
    return ", ".join(map(str, plan))


def _working(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))
