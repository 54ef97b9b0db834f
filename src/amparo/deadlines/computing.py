"""From a rule and a trigger to an outcome: the day to act on, each reading, each step, or why not.

Of several readings the safe one is acted on: for a last day the earliest, for a first day the
latest. A reading that is only proposed or was superseded is shown and never acted on. A date that a
judge set or that is printed on a notice wins over every rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from amparo.base import dates
from amparo.base.errors import UsageError
from amparo.base.pinpoints import Pinpoint
from amparo.deadlines import calendars, clocks
from amparo.deadlines.counting import Circumstances, Step, count_from, in_words
from amparo.deadlines.rules import (
    Count,
    Direction,
    Extension,
    Kind,
    Means,
    Regime,
    Rollover,
    Rule,
    Status,
    Unit,
)

__all__ = ["Fixed", "Outcome", "Reading", "Risk", "compute"]

Day = date
NOT_ACTED_ON = frozenset({Status.PROPOSED, Status.SUPERSEDED})


@dataclass(frozen=True, slots=True)
class Fixed:
    """A day that someone with authority set; ``by`` says who, ``pinpoint`` where it stands, and
    ``at`` the same in words for who has no file to point into."""

    date: date
    by: str
    pinpoint: Pinpoint | None = None
    at: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the rule on these facts."""

    label: str
    date: date
    status: Status
    steps: tuple[Step, ...]

    @property
    def counts(self) -> bool:
        """Whether this reading may be the one that is acted on."""
        return self.status not in NOT_ACTED_ON


@dataclass(frozen=True, slots=True)
class Risk:
    """Where no limit exists: how delay is looked at. It never names a day."""

    level: str
    says: str
    months: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer. ``date`` is the day to act on, None when there is none; ``refused`` says why."""

    rule: Rule
    trigger: str
    date: Day | None = None
    opens: Day | None = None
    steps: tuple[Step, ...] = ()
    competing: tuple[Reading, ...] = ()
    risks: tuple[Risk, ...] = ()
    fixed: Fixed | None = None
    warnings: tuple[str, ...] = ()
    refused: str = ""


def compute(
    rule: Rule,
    trigger: str | date | dates.PartialDate,
    *,
    served_by: str | None = None,
    filing: str | None = None,
    country: str | None = None,
    stops: Sequence[clocks.Stop] = (),
    fixed: Fixed | None = None,
) -> Outcome:
    """Compute ``rule`` from ``trigger`` (EDTF).

    ``served_by`` names a manner of service (``mail``); ``filing`` is ``paper`` or ``electronic``;
    ``country`` (ISO 3166) gives the holidays where the rule leaves them to a State; ``stops`` are
    those of a clock. Raises UsageError for words it does not know and dates it cannot understand.
    """
    _check_words(rule, served_by, filing)
    when = _as_date(trigger)
    outcome = Outcome(rule, when.text, fixed=fixed, warnings=_warnings(rule, when))
    if rule.kind is Kind.NO_LIMIT:
        risks = tuple(Risk(band.risk, band.says, band.months) for band in rule.bands)
        return _settled(replace(outcome, risks=risks, refused=_no_limit(rule)), ())
    if rule.kind is Kind.STATED:
        return _settled(replace(outcome, refused=_stated(rule)), ())
    if when.earliest is None or when.latest is None:
        return _settled(replace(outcome, refused=_open_ended(rule, when)), ())
    situation = _Situation(rule, when, served_by, filing, country, tuple(stops))
    return _settled(outcome, tuple(_readings(situation)), situation)


@dataclass(frozen=True, slots=True)
class _Situation:
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


def _settled(
    outcome: Outcome, readings: tuple[Reading, ...], situation: _Situation | None = None
) -> Outcome:
    """Choose the reading to act on and put the others beside it."""
    rule, fixed = outcome.rule, outcome.fixed
    if fixed is not None:
        at = f" ({fixed.at})" if fixed.at else ""
        words = f"{fixed.by} set {in_words(fixed.date)}{at}; a set date wins over the rule."
        steps = (Step(words, fixed.date),)
        competing = _distinct(readings)
        return replace(outcome, date=fixed.date, steps=steps, competing=competing, refused="")
    candidates = [reading for reading in readings if reading.counts]
    if not candidates:
        if readings or not outcome.refused:
            outcome = replace(outcome, refused=outcome.refused or _nothing(situation))
        return replace(outcome, competing=_distinct(readings))
    safest = min if rule.means is Means.LAST_DAY else max
    chosen = safest(candidates, key=lambda reading: reading.date)
    others = _distinct(reading for reading in readings if reading.date != chosen.date)
    outcome = replace(outcome, date=chosen.date, steps=chosen.steps, competing=others)
    return _opened(outcome, candidates) if _is_window(rule) else outcome


def _distinct(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """One reading for each day and status, the first that gave it, in order of days."""
    first: dict[tuple[date, Status], Reading] = {}
    for reading in readings:
        first.setdefault((reading.date, reading.status), reading)
    return tuple(sorted(first.values(), key=lambda reading: reading.date))


def _is_window(rule: Rule) -> bool:
    return bool(rule.counts) and rule.counts[0].direction is Direction.WINDOW


def _opened(outcome: Outcome, candidates: Sequence[Reading]) -> Outcome:
    """With the safe day on which the window opens: the latest that a reading gives.

    Where that is after the day on which another reading closes it, no opening is told.
    """
    steps = outcome.steps
    latest = max(reading.steps[1].date for reading in candidates)
    if latest == steps[1].date:
        return replace(outcome, opens=latest)
    if outcome.date is None or latest > outcome.date:
        return outcome
    words = f"Another reading opens the window on {in_words(latest)}; the later opening is safe."
    told = (*steps[:2], Step(words, latest), *steps[2:])
    return replace(outcome, opens=latest, steps=told)


def _readings(situation: _Situation) -> Iterator[Reading]:
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
    situation: _Situation, count: Count, start: date, around: Circumstances, label: str
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


def _circumstances(situation: _Situation, count: Count) -> Iterator[tuple[Circumstances, str]]:
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


def _as_date(trigger: str | date | dates.PartialDate) -> dates.PartialDate:
    if isinstance(trigger, str):
        return dates.parse(trigger)
    return dates.from_day(trigger) if isinstance(trigger, date) else trigger


def _check_words(rule: Rule, served_by: str | None, filing: str | None) -> None:
    if filing not in {None, "paper", "electronic"}:
        raise UsageError(f"A filing is paper or electronic, not {filing!r}.")
    ways = {each.by for each in rule.extensions} | {"hand", "electronic"}
    if served_by is not None and served_by not in ways:
        raise UsageError(
            f"{rule.id} knows no service by {served_by!r}.",
            next_step=f"Choose one of: {', '.join(sorted(ways))}.",
        )


def _warnings(rule: Rule, when: dates.PartialDate) -> tuple[str, ...]:
    found = list(rule.warnings)
    if rule.confidence != "primary":
        found.append(f"This rule is {_how_sure(rule)}: check {rule.sources[0].citation} itself.")
    if rule.status is not Status.IN_FORCE:
        found.append(f"This rule is {rule.status}.")
    if when.qualified:
        found.append(f"The trigger is {dates.display(when, 'en')}: find its exact day.")
    elif when.earliest != when.latest:
        found.append(f"The trigger is known only as {dates.display(when, 'en')}: find its day.")
    found.extend(_unsure_counting(rule))
    leaves_to_state = any(c.regime.calendar == "member-state" for c in rule.counts)
    if leaves_to_state:
        found.append("Public holidays depend on the State: name it, or only weekends are known.")
    return tuple(found)


def _unsure_counting(rule: Rule) -> list[str]:
    """For a rule that was read itself, each way of counting it uses that was not."""
    if rule.confidence != "primary":
        return []
    regimes = {each.regime.code: each.regime for each in (*rule.counts, *rule.readings)}
    return [
        f"The way of counting is {_how_sure(regime)}: check {regime.source}."
        for regime in regimes.values()
        if regime.confidence != "primary"
    ]


def _how_sure(what: Rule | Regime) -> str:
    return {"secondary": "known from a secondary source", "unverified": "not verified"}[
        what.confidence
    ]


def _no_limit(rule: Rule) -> str:
    return f"{rule.body} sets no time limit here: there is a risk that grows, and no date."


def _stated(rule: Rule) -> str:
    return f"No rule computes this day. {rule.says} Enter it with the page where it stands."


def _open_ended(rule: Rule, when: dates.PartialDate) -> str:
    said = dates.display(when, "en")
    return f"The trigger ({rule.trigger}) is given as {said}, which has no first or last day."


def _nothing(situation: _Situation | None) -> str:
    if situation and any(c.unit is Unit.CLOCK_DAY for c in situation.rule.counts):
        return "The clock stands still: the day is not known until it runs again."
    return "No part of this rule was in force for that trigger."
