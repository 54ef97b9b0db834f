"""What a rule is: frozen values that ``schema`` reads from the files in ``rules/``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = [
    "Band",
    "Confidence",
    "Count",
    "Direction",
    "Extension",
    "Kind",
    "Means",
    "Regime",
    "Rollover",
    "Rule",
    "Sequence",
    "Source",
    "Status",
    "Unit",
]


class Unit(StrEnum):
    """What is counted."""

    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"
    CLOCK_DAY = "clock_day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Direction(StrEnum):
    """Where the count goes from its trigger. A window opens before the trigger and closes on it."""

    AFTER = "after"
    BEFORE = "before"
    WINDOW = "window"


class Rollover(StrEnum):
    """What happens when the last day is a Saturday, a Sunday or a holiday."""

    NONE = "none"
    NEXT = "next"
    TOWARD_HEARING = "next_toward_hearing"
    PAPER_ONLY = "paper_only"


class Sequence(StrEnum):
    """In which order days are added for service and the last day is rolled."""

    ADD_THEN_ROLL = "add_then_roll"
    ROLL_ADD_ROLL = "roll_add_roll"


class Status(StrEnum):
    """Whether the rule is law today."""

    IN_FORCE = "in force"
    PROPOSED = "proposed"
    ENJOINED = "enjoined"
    CONTESTED = "contested"
    SUPERSEDED = "superseded"


class Confidence(StrEnum):
    """How the rule was checked: in the primary text, in a secondary page, or not again at all."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


class Kind(StrEnum):
    """``computed``: counted. ``stated``: printed somewhere and entered by a person. ``no_limit``:
    there is none, only a risk that grows with time."""

    COMPUTED = "computed"
    STATED = "stated"
    NO_LIMIT = "no_limit"


class Means(StrEnum):
    """What the computed day is: the last on which to act, or the first on which one may.

    Of two readings the safe one is the earlier last day, and the later first day.
    """

    LAST_DAY = "last day"
    FIRST_DAY = "first day"


@dataclass(frozen=True, slots=True)
class Regime:
    """A body's way of counting, shared by its rules."""

    code: str
    says: str
    source: str
    confidence: Confidence
    rollover: Rollover
    first_day_counted: bool = False
    sequence: Sequence = Sequence.ADD_THEN_ROLL
    calendar: str = "none"


@dataclass(frozen=True, slots=True)
class Count:
    """How much time, in which direction, and for which triggers.

    ``trigger_from`` and ``trigger_before`` bound the trigger's day (the second is excluded): a rule
    that changed has one count for each period. ``label`` and ``status`` tell readings apart.
    """

    amount: int
    unit: Unit
    direction: Direction
    regime: Regime
    label: str = ""
    status: Status = Status.IN_FORCE
    trigger_from: date | None = None
    trigger_before: date | None = None

    def applies_to(self, trigger: date) -> bool:
        """Whether a trigger on that day falls in this count's period."""
        return not (
            (self.trigger_from and trigger < self.trigger_from)
            or (self.trigger_before and trigger >= self.trigger_before)
        )


@dataclass(frozen=True, slots=True)
class Extension:
    """Days that a manner of service adds."""

    by: str
    days: int
    sequence: Sequence


@dataclass(frozen=True, slots=True)
class Band:
    """From how many months on a filing without a limit meets which risk."""

    months: int
    risk: str
    says: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rule stands."""

    citation: str
    confidence: Confidence
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One deadline, as data. ``counts`` are alternatives by period; ``readings`` compete."""

    id: str
    body: str
    title: str
    trigger: str
    kind: Kind
    says: str
    status: Status
    confidence: Confidence
    sources: tuple[Source, ...]
    counts: tuple[Count, ...] = ()
    readings: tuple[Count, ...] = ()
    extensions: tuple[Extension, ...] = ()
    bands: tuple[Band, ...] = ()
    means: Means = Means.LAST_DAY
    earliest_trigger: date | None = None
    exceptions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    overridden_by: tuple[str, ...] = ()
    do: str = ""
    checked_on: date | None = None
    checked_by: str = ""
    next_check: date | None = None
    file: str = ""
