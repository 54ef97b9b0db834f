"""Every reading of a rule on these facts: each possible day of the trigger, each circumstance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from amparo.base import dates
from amparo.deadlines import calendars, clocks
from amparo.deadlines.counting import Circumstances, count_from, in_words
from amparo.deadlines.outcomes import Reading
from amparo.deadlines.rules import Count, Direction, Extension, Rollover, Rule, Unit

__all__ = ["Situation", "readings"]


@dataclass(frozen=True, slots=True)
class Situation:
    """The rule, the trigger, and what was said of how it was served and filed."""

    rule: Rule
    when: dates.PartialDate
    served_by: str | None
    filing: str | None
    country: str | None
    stops: tuple[clocks.Stop, ...]

    @property
    def days(self) -> tuple[tuple[date, str], ...]:
        """The trigger's possible first and last day, with what to call each."""
        first, last = self.when.earliest, self.when.latest
        assert first is not None
        assert last is not None
        if first == last:
            return ((first, ""),)
        return ((first, f"if it was {in_words(first)}"), (last, f"if it was {in_words(last)}"))


def readings(situation: Situation) -> Iterator[Reading]:
    """Yield them in the order of days, counts and circumstances, the plainest first."""
    rule = situation.rule
    for day, when in situation.days:
        moved = _not_before(rule, day)
        for count in (*rule.counts, *rule.readings):
            if not count.applies_to(day):
                continue
            for around, circumstance in _circumstances(situation, count):
                label = "; ".join(part for part in (count.label, when, circumstance) if part)
                yield from _read(situation, count, moved, around, label)


def _read(
    situation: Situation, count: Count, start: date, around: Circumstances, label: str
) -> Iterator[Reading]:
    if count.unit is Unit.CLOCK_DAY:
        reached = clocks.reach(start, count.amount, situation.stops)
        if reached is not None:
            yield Reading(label, reached[-1].date, count.status, reached)
        return
    steps = count_from(start, count, around)
    yield Reading(label, steps[-1].date, count.status, steps)
    if _falls_on_no_day(start, count):
        later = count_from(start.replace(month=3, day=1), count, around)
        words = "the anniversary of 29 February read as 1 March"
        yield Reading("; ".join(filter(None, (label, words))), later[-1].date, count.status, later)


def _circumstances(situation: Situation, count: Count) -> Iterator[tuple[Circumstances, str]]:
    """Every combination that the caller left open, the one without additions first."""
    calendar = _calendar(count, situation.country)
    services = _services(situation.rule, situation.served_by)
    for extension, served in services:
        for electronic, filed in _filings(count, situation.filing):
            words = "; ".join(part for part in (served, filed) if part)
            yield Circumstances(calendar, electronic, extension), words


def _services(rule: Rule, served_by: str | None) -> list[tuple[Extension | None, str]]:
    known = [(each, f"if served by {each.by}") for each in rule.extensions]
    if served_by is None:
        return [(None, ""), *known]
    chosen = [each for each in rule.extensions if each.by == served_by]
    return [(chosen[0] if chosen else None, "")]


def _filings(count: Count, filing: str | None) -> list[tuple[bool, str]]:
    if count.regime.rollover is not Rollover.PAPER_ONLY:
        return [(False, "")]
    if filing is None:
        return [(True, "if filed electronically"), (False, "if filed on paper")]
    return [(filing == "electronic", "")]


def _calendar(count: Count, country: str | None) -> str:
    calendar = count.regime.calendar
    if calendar != "member-state":
        return calendar
    named = f"member-state:{(country or '').upper()}"
    return named if calendars.is_known(named) else "weekends"


def _not_before(rule: Rule, day: date) -> date:
    return max(day, rule.earliest_trigger) if rule.earliest_trigger else day


def _falls_on_no_day(start: date, count: Count) -> bool:
    if (start.month, start.day) != (2, 29) or count.unit is not Unit.YEAR:
        return False
    if count.direction is not Direction.AFTER:
        return False
    year = start.year + count.amount
    return not (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
