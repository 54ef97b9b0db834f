"""What comes of a rule and a trigger: the day to act on, other readings, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from amparo.base.pinpoints import Pinpoint
from amparo.deadlines.counting import Step
from amparo.deadlines.rules import Rule, Status

__all__ = ["Fixed", "Outcome", "Reading", "Risk"]

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
