"""From a row, or from what a form says, to the outcome: one way to compute for every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from amparo.base.errors import UsageError
from amparo.deadlines import Fixed, Outcome, Rule, compute, rulebook
from amparo.deadlines.clocks import Stop
from amparo.deadlines.rules import Rollover, Unit
from amparo.deadlines.web.models import Deadline

__all__ = ["Given", "given", "has_clock", "outcome_of", "rule_of", "wants_country", "wants_filing"]


@dataclass(frozen=True, slots=True)
class Given:
    """The facts of a deadline as plain values; ``trigger`` is EDTF, "" where none is known."""

    rule: str
    trigger: str = ""
    served_by: str = ""
    filing: str = ""
    country: str = ""
    fixed_on: date | None = None
    fixed_by: str = ""
    stops: Sequence[Stop] = field(default=())

    def outcome(self) -> Outcome:
        """Compute. UsageError for an unknown rule, and when neither trigger nor set day is said."""
        if not (self.trigger or self.fixed_on):
            raise UsageError(
                "Nothing to count from.", next_step="Give the trigger's date or a day that was set."
            )
        fixed = Fixed(self.fixed_on, self.fixed_by or "The notice") if self.fixed_on else None
        return compute(
            rule_of(self.rule),
            self.trigger or str(self.fixed_on),
            served_by=self.served_by or None,
            filing=self.filing or None,
            country=self.country or None,
            stops=self.stops,
            fixed=fixed,
        )


def given(row: Deadline) -> Given:
    """The facts of a row."""
    return Given(
        rule=row.rule,
        trigger=row.trigger,
        served_by=row.served_by,
        filing=row.filing,
        country=row.country,
        fixed_on=row.fixed_on,
        fixed_by=row.fixed_by,
        stops=tuple(_stop(each) for each in row.stops),
    )


def outcome_of(row: Deadline) -> Outcome:
    """What the rulebook says today on a row's facts."""
    return given(row).outcome()


def rule_of(name: str) -> Rule:
    """The rule of that id; UsageError when the rulebook has none."""
    try:
        return rulebook()[name]
    except KeyError as error:
        raise UsageError(
            f"There is no rule {name!r}.", next_step="Choose one of the rulebook."
        ) from error


def has_clock(rule: Rule) -> bool:
    """Whether the rule counts days of a clock that stops."""
    return any(count.unit is Unit.CLOCK_DAY for count in (*rule.counts, *rule.readings))


def wants_filing(rule: Rule) -> bool:
    """Whether it matters if one files on paper."""
    counts = (*rule.counts, *rule.readings)
    return any(count.regime.rollover is Rollover.PAPER_ONLY for count in counts)


def wants_country(rule: Rule) -> bool:
    """Whether the holidays are those of a State that must be named."""
    return any(c.regime.calendar == "member-state" for c in (*rule.counts, *rule.readings))


def _stop(told: dict[str, str | None]) -> Stop:
    last = told.get("last")
    return Stop(
        date.fromisoformat(str(told["first"])),
        date.fromisoformat(last) if last else None,
        str(told.get("reason") or ""),
    )
