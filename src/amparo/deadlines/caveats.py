"""What is said beside an outcome: what to check, and why a rule gives no day."""

from __future__ import annotations

from amparo.base import dates
from amparo.deadlines.readings import Situation
from amparo.deadlines.rules import Regime, Rule, Status, Unit

__all__ = ["no_limit", "nothing_counts", "open_ended", "stated", "warnings"]


def warnings(rule: Rule, when: dates.PartialDate) -> tuple[str, ...]:
    """What the person is to check before they rely on the day."""
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


def no_limit(rule: Rule) -> str:
    """Why a rule without a limit gives no day."""
    return f"{rule.body} sets no time limit here: there is a risk that grows, and no date."


def stated(rule: Rule) -> str:
    """Why a day that a paper states is not computed."""
    return f"No rule computes this day. {rule.says} Enter it with the page where it stands."


def open_ended(rule: Rule, when: dates.PartialDate) -> str:
    """Why a trigger without a first or last day gives none."""
    said = dates.display(when, "en")
    return f"The trigger ({rule.trigger}) is given as {said}, which has no first or last day."


def nothing_counts(situation: Situation | None) -> str:
    """Why no reading gives a day."""
    if situation and any(c.unit is Unit.CLOCK_DAY for c in situation.rule.counts):
        return "The clock stands still: the day is not known until it runs again."
    return "No part of this rule was in force for that trigger."
