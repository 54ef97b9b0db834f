"""Eligibility screens: for each criterion met, not met or not known, with what it rests on.

A screen is data (``screens/``). A criterion has its source and a condition; one without a condition
is always for a person. ``otherwise: unknown``: where the condition does not hold, a person decides
too. ``applies`` says when a criterion arises at all. A screen is an order of questions and no
advice: an attorney's word with a reason stands over what is computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, get_args

from amparo.base.dates import Truth
from amparo.base.errors import UsageError
from amparo.interviews.answers import Answers
from amparo.interviews.conditions import Condition, holds, parse_condition, questions_of
from amparo.interviews.loading import data_file

__all__ = [
    "NAMES",
    "Criterion",
    "Finding",
    "Reason",
    "Screen",
    "Verdict",
    "load_screen",
    "parse_screen",
    "screened",
]

NAMES = ("asylum", "work_permit", "family_petition")
Verdict = Literal["met", "not met", "not known", "not asked"]
"""``not asked``: the criterion does not arise."""
Reason = Literal[
    "said", "said otherwise", "for a person", "not answered", "doubt", "not exact", "does not arise"
]
"""Why a verdict is what it is; the answers that it rests on stand beside it."""
Confidence = Literal["primary", "unverified"]
"""``primary``: the source itself was read; ``unverified``: it was not."""
_HEAD = frozenset({"id", "checked", "note", "criteria"})
_KEYS = frozenset({"id", "source", "confidence", "met", "otherwise", "applies", "rests_on"})


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: its ``source`` in the law and how sure that is, when it is ``met``, when it
    ``applies``."""

    id: str
    source: str
    confidence: Confidence
    met: Condition | None = None
    applies: Condition | None = None
    doubtful: bool = False
    rests_on: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that it rests on, each once."""
        asked = [*(questions_of(self.met) if self.met else ())]
        asked += questions_of(self.applies) if self.applies else ()
        return tuple(dict.fromkeys([*asked, *self.rests_on]))


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen: its criteria in order, the day it was ``checked`` and what that did not cover."""

    id: str
    checked: str
    note: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on a criterion and its ``reason``; it ``rests_on`` answered questions, others are
    ``missing``."""

    criterion: Criterion
    verdict: Verdict
    reason: Reason
    rests_on: tuple[str, ...]
    missing: tuple[str, ...]


@cache
def load_screen(name: str) -> Screen:
    """A screen by its name. UsageError when there is none of that name."""
    if name not in NAMES:
        raise UsageError(
            f"There is no screen {name!r}.", next_step=f"There are: {', '.join(NAMES)}."
        )
    return parse_screen(data_file("screens", f"{name}.yaml"), f"The screen {name}")


def parse_screen(data: Any, where: str) -> Screen:
    """Read a screen from plain data; UsageError names the place that is wrong."""
    if not isinstance(data, dict) or set(data) != _HEAD:
        raise UsageError(f"{where} cannot be used: it has {', '.join(sorted(_HEAD))}.")
    criteria = tuple(_criterion(each, where) for each in data["criteria"])
    return Screen(str(data["id"]), str(data["checked"]), str(data["note"]), criteria)


def screened(screen: Screen, answers: Answers, today: date) -> tuple[Finding, ...]:
    """What the answers say of each criterion."""
    return tuple(_finding(each, answers, today) for each in screen.criteria)


def _finding(criterion: Criterion, answers: Answers, today: date) -> Finding:
    asked = criterion.questions
    missing = tuple(each for each in asked if each not in answers)
    verdict, reason = _verdict(criterion, answers, today)
    if reason == "not exact" and missing:
        reason = "not answered"
    rests_on = tuple(each for each in asked if each in answers)
    return Finding(criterion, verdict, reason, rests_on, missing)


def _verdict(criterion: Criterion, answers: Answers, today: date) -> tuple[Verdict, Reason]:
    if criterion.applies and holds(criterion.applies, answers, today) is Truth.NO:
        return "not asked", "does not arise"
    if criterion.met is None:
        return "not known", "for a person"
    truth = holds(criterion.met, answers, today)
    if truth is Truth.YES:
        return "met", "said"
    if truth is Truth.PERHAPS:
        return "not known", "not exact"
    return ("not known", "doubt") if criterion.doubtful else ("not met", "said otherwise")


def _criterion(data: Mapping[str, Any], where: str) -> Criterion:
    if not isinstance(data, dict) or not {"id", "source", "confidence"} <= set(data) <= _KEYS:
        raise UsageError(f"{where} cannot be used: a criterion has an id, a source, perhaps more.")
    where = f"{where}, {data['id']}"
    if data["confidence"] not in get_args(Confidence):
        raise UsageError(f"{where} cannot be used: its confidence is primary or unverified.")
    if data.get("otherwise", "unknown") != "unknown":
        raise UsageError(f"{where} cannot be used: otherwise is unknown, or not given.")
    if "met" not in data and not data.get("rests_on"):
        raise UsageError(f"{where} cannot be used: it rests on nothing.")
    return Criterion(
        id=str(data["id"]),
        source=str(data["source"]),
        confidence=data["confidence"],
        met=parse_condition(data["met"], where) if "met" in data else None,
        applies=parse_condition(data["applies"], where) if "applies" in data else None,
        doubtful="otherwise" in data,
        rests_on=tuple(map(str, data.get("rests_on", ()))),
    )
