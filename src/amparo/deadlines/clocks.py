"""Clocks that run and stop: a ledger of intervals, each stop with its reason.

The asylum work-permit clock counts only the days on which it runs (8 CFR 208.7(a)): it starts the
day after a complete application is filed and stops for each delay that the applicant caused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from amparo.base.errors import UsageError
from amparo.deadlines.counting import Step, in_words

__all__ = ["Stop", "days_run", "reach"]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock stands from ``first`` to ``last``, both included; without ``last`` for good."""

    first: date
    last: date | None
    reason: str

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise UsageError(
                f"The clock's stop from {self.first} ends before it begins, on {self.last}.",
                next_step="Correct the two days of this stop.",
            )


def days_run(start: date, until: date, stops: Sequence[Stop]) -> int:
    """How many days the clock ran from the day after ``start`` to ``until``, both included."""
    if until <= start:
        return 0
    ran, day = 0, start
    for stop in _merged(stops):
        if stop.first > until:
            break
        ran += max(0, (min(stop.first - _DAY, until) - day).days)
        day = max(day, min(stop.last or until, until))
    return ran + max(0, (until - day).days)


def reach(start: date, days: int, stops: Sequence[Stop]) -> tuple[Step, ...] | None:
    """The steps to the day on which the clock has run ``days``; None while it stands still."""
    steps = [Step(f"The clock starts after {in_words(start)}.", start)]
    left, day = days, start
    for stop in _merged(stops):
        if stop.last is not None and stop.last <= day:
            continue
        run = max(0, (stop.first - _DAY - day).days)
        if run >= left:
            break
        left -= run
        words = f"It has run {days - left} days and stops on {in_words(stop.first)}: {stop.reason}."
        steps.append(Step(words, stop.first))
        if stop.last is None:
            return None
        day = stop.last
        steps.append(Step(f"It runs again after {in_words(day)}.", day))
    end = day + timedelta(days=left)
    steps.append(Step(f"It reaches {days} days on {in_words(end)}.", end))
    return tuple(steps)


def _merged(stops: Sequence[Stop]) -> list[Stop]:
    """In order, overlapping stops joined with both reasons."""
    merged: list[Stop] = []
    for stop in sorted(stops, key=lambda each: each.first):
        before = merged[-1] if merged else None
        if before is None or (before.last is not None and stop.first > before.last + _DAY):
            merged.append(stop)
            continue
        last = None if None in (before.last, stop.last) else max(before.last, stop.last)  # type: ignore[type-var]
        merged[-1] = Stop(before.first, last, _both(before.reason, stop.reason))
    return merged


def _both(one: str, other: str) -> str:
    return one if one == other else f"{one}; {other}"
