"""From a rule and a trigger to an outcome: the day to act on, each reading, each step, or why not.

Of several readings the safe one is acted on: for a last day the earliest, for a first day the
latest. A reading that is only proposed or was superseded is shown and never acted on. A date that a
judge set or that is printed on a notice wins over every rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from amparo.base import dates
from amparo.base.errors import UsageError
from amparo.deadlines import caveats, clocks
from amparo.deadlines.counting import Step, in_words
from amparo.deadlines.outcomes import Fixed, Outcome, Reading, Risk
from amparo.deadlines.readings import Situation, readings
from amparo.deadlines.rules import Direction, Kind, Means, Rule, Status

__all__ = ["compute"]


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
    outcome = Outcome(rule, when.text, fixed=fixed, warnings=caveats.warnings(rule, when))
    if rule.kind is Kind.NO_LIMIT:
        risks = tuple(Risk(band.risk, band.says, band.months) for band in rule.bands)
        return _settled(replace(outcome, risks=risks, refused=caveats.no_limit(rule)), ())
    if rule.kind is Kind.STATED:
        return _settled(replace(outcome, refused=caveats.stated(rule)), ())
    if when.earliest is None or when.latest is None:
        return _settled(replace(outcome, refused=caveats.open_ended(rule, when)), ())
    situation = Situation(rule, when, served_by, filing, country, tuple(stops))
    return _settled(outcome, tuple(readings(situation)), situation)


def _settled(
    outcome: Outcome, read: tuple[Reading, ...], situation: Situation | None = None
) -> Outcome:
    """Choose the reading to act on and put the others beside it."""
    rule, fixed = outcome.rule, outcome.fixed
    if fixed is not None:
        at = f" ({fixed.at})" if fixed.at else ""
        words = f"{fixed.by} set {in_words(fixed.date)}{at}; a set date wins over the rule."
        steps = (Step(words, fixed.date),)
        competing = _distinct(read)
        return replace(outcome, date=fixed.date, steps=steps, competing=competing, refused="")
    candidates = [reading for reading in read if reading.counts]
    if not candidates:
        if read or not outcome.refused:
            outcome = replace(outcome, refused=outcome.refused or caveats.nothing_counts(situation))
        return replace(outcome, competing=_distinct(read))
    safest = min if rule.means is Means.LAST_DAY else max
    chosen = safest(candidates, key=lambda reading: reading.date)
    others = _distinct(reading for reading in read if reading.date != chosen.date)
    outcome = replace(outcome, date=chosen.date, steps=chosen.steps, competing=others)
    return _opened(outcome, candidates) if _is_window(rule) else outcome


def _distinct(found: Iterable[Reading]) -> tuple[Reading, ...]:
    """One reading for each day and status, the first that gave it, in order of days."""
    first: dict[tuple[date, Status], Reading] = {}
    for reading in found:
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
