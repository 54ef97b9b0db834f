"""Retention: until when something is kept, by which rule, and who says so.

The rules are data (``retention.yaml``). A rule only ever says that the time is over; it destroys
nothing.

>>> until(date(2024, 1, 31), 1)
datetime.date(2024, 2, 29)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal, cast

import yaml
from dateutil.relativedelta import relativedelta

from amparo.base.errors import UsageError

__all__ = ["Keep", "Rule", "check", "rules", "until"]

LONGEST_MONTHS = 1200
_KEYS = {"name", "title", "months", "trigger", "source", "checked"}

Trigger = Literal["closed", "received"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: ``months`` is a number, None for "until somebody decides", or "chosen"."""

    name: str
    title: str
    months: int | Literal["chosen"] | None
    trigger: Trigger
    source: str
    checked: date


@dataclass(frozen=True, slots=True)
class Keep:
    """What was chosen for a matter: the rule, its months (None: no end), and who says so."""

    rule: str
    months: int | None
    trigger: Trigger
    source: str


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by name. ValueError for a file that is not as its head says."""
    text = resources.files("amparo.evidence.custody").joinpath("retention.yaml").read_text("utf-8")
    return {each["name"]: _rule(each) for each in yaml.safe_load(text)}


def check(rule: str, months: int | None, source: str) -> Keep:
    """What somebody chose, once it says enough. UsageError."""
    known = rules().get(rule)
    if known is None:
        raise UsageError(f"There is no rule {rule!r}.", next_step="Choose one from the list.")
    if known.months != "chosen":
        return Keep(known.name, known.months, known.trigger, known.source)
    if months is None or not 0 < months <= LONGEST_MONTHS:
        raise UsageError(
            "The period is missing.", next_step=f"Give a number of months up to {LONGEST_MONTHS}."
        )
    if not source.strip():
        raise UsageError(
            "A period needs its source.", next_step="Name the law, policy or decision that sets it."
        )
    return Keep(known.name, months, known.trigger, source.strip())


def until(begin: date, months: int) -> date:
    """The last day of a period of whole months; where the month is shorter, its last day."""
    return begin + relativedelta(months=months)


def _rule(told: Mapping[str, Any]) -> Rule:
    months, trigger = told.get("months"), told.get("trigger")
    whole = isinstance(months, int) and not isinstance(months, bool) and months > 0
    if (
        told.keys() != _KEYS
        or not (months is None or months == "chosen" or whole)
        or trigger not in ("closed", "received")
        or not isinstance(told["checked"], date)
    ):
        raise ValueError(
            f"retention.yaml: {told.get('name')!r} is not as the head of the file says"
        )
    source = " ".join(str(told["source"]).split())
    return Rule(
        str(told["name"]),
        str(told["title"]),
        cast('int | Literal["chosen"] | None', months),
        trigger,
        source,
        told["checked"],
    )
