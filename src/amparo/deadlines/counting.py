"""The arithmetic: from a trigger to the last day, each step in words.

Months and years end on the corresponding day, or on the last day of a shorter month (the rule of
Reg. 1182/71 Art. 3(2)(c) and of the European Convention on the Calculation of Time-Limits,
ETS 76 Art. 4(2)).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from amparo.base.errors import UsageError
from amparo.deadlines.calendars import closed_because, next_open
from amparo.deadlines.rules import Count, Direction, Extension, Rollover, Sequence, Unit

__all__ = ["Circumstances", "Step", "count_from", "in_words"]

_DAY = timedelta(days=1)
_NAMES = {
    Unit.CALENDAR_DAY: "day",
    Unit.WORKING_DAY: "working day",
    Unit.CLOCK_DAY: "clock day",
    Unit.WEEK: "week",
    Unit.MONTH: "month",
    Unit.YEAR: "year",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a count: what was done, and the day where it led."""

    words: str
    date: date


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the count depends on besides the trigger: the calendar, the filing, the service."""

    calendar: str
    electronic: bool = False
    extension: Extension | None = None


def count_from(trigger: date, count: Count, around: Circumstances) -> tuple[Step, ...]:
    """Every step from ``trigger`` to the last day; the last step's date is the answer.

    A window has the step that opens it in second place.
    """
    steps = [Step(f"The count starts from {in_words(trigger)}.", trigger)]
    try:
        _add(steps, count, around)
        _close(steps, count)
        _extend(steps, count, around)
        _roll(steps, count, around)
    except OverflowError as error:
        raise UsageError(
            f"The count from {trigger} leaves the calendar.", next_step="Check the trigger's year."
        ) from error
    return tuple(steps)


def in_words(day: date) -> str:
    """``Friday, 14 March 2025``."""
    return f"{day:%A}, {day.day} {day:%B} {day.year}"


def _add(steps: list[Step], count: Count, around: Circumstances) -> None:
    start = steps[-1].date
    sign = 1 if count.direction is Direction.AFTER else -1
    amount = count.amount - 1 if count.regime.first_day_counted else count.amount
    amount = max(amount, 0)
    if count.unit is Unit.WORKING_DAY:
        end = _working_days(start, sign * amount, around.calendar)
    else:
        end = start + _span(count.unit, sign * amount)
    how = "that day counted" if count.regime.first_day_counted else "that day not counted"
    where = "after it" if sign > 0 else "back from it"
    words = f"{count.amount} {_NAMES[count.unit]}{'s' if count.amount != 1 else ''} {where}, {how}"
    steps.append(Step(f"{words}: {in_words(end)}.", end))


def _close(steps: list[Step], count: Count) -> None:
    """A window opens on the day just counted and closes on the day it was counted from."""
    if count.direction is Direction.WINDOW:
        start = steps[0].date
        steps.append(Step(f"The window opens then and closes on {in_words(start)}.", start))


def _span(unit: Unit, amount: int) -> timedelta | relativedelta:
    if unit is Unit.MONTH:
        return relativedelta(months=amount)
    if unit is Unit.YEAR:
        return relativedelta(years=amount)
    return timedelta(weeks=amount) if unit is Unit.WEEK else timedelta(days=amount)


def _working_days(start: date, amount: int, calendar: str) -> date:
    step, left, day = (_DAY if amount > 0 else -_DAY), abs(amount), start
    while left:
        day += step
        if not closed_because(day, calendar):
            left -= 1
    return day


def _extend(steps: list[Step], count: Count, around: Circumstances) -> None:
    extension = around.extension
    if extension is None or count.direction is not Direction.AFTER:
        return
    if extension.sequence is Sequence.ROLL_ADD_ROLL:
        _roll(steps, count, around)
    end = steps[-1].date + timedelta(days=extension.days)
    added = f"{extension.days} day{'s' if extension.days != 1 else ''}"
    steps.append(Step(f"Service by {extension.by} adds {added}: {in_words(end)}.", end))


def _roll(steps: list[Step], count: Count, around: Circumstances) -> None:
    last = steps[-1].date
    reason = closed_because(last, around.calendar)
    if reason is None:
        return
    rollover = count.regime.rollover
    if rollover is Rollover.NONE:
        words = f"That day is {reason}; this time limit is not extended for it."
        steps.append(Step(words, last))
        return
    if rollover is Rollover.PAPER_ONLY and around.electronic:
        words = f"That day is {reason}; an electronic filing is not extended for it."
        steps.append(Step(words, last))
        return
    moved = next_open(last, around.calendar)
    toward = " (toward the hearing)" if rollover is Rollover.TOWARD_HEARING else ""
    words = f"That day is {reason}; the next working day{toward} is {in_words(moved)}."
    steps.append(Step(words, moved))
