"""``amparo deadlines``: a computed date with every step, or the list of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from amparo.base.errors import UsageError
from amparo.cli import frame

if TYPE_CHECKING:
    from amparo.deadlines import Outcome, Rule
    from amparo.deadlines.clocks import Stop

__all__ = ["command"]


def command(
    rule: Annotated[str | None, typer.Argument(help="A rule's id, as --list names them.")] = None,
    trigger: Annotated[
        str | None, typer.Option(help="The day it starts from; EDTF, so 2025-03 is welcome.")
    ] = None,
    served_by: Annotated[str | None, typer.Option(help="How it was served: mail, hand.")] = None,
    filing: Annotated[str | None, typer.Option(help="paper or electronic.")] = None,
    country: Annotated[str | None, typer.Option(help="Whose holidays (ISO 3166).")] = None,
    fixed: Annotated[str | None, typer.Option(help="A day that a judge or notice set.")] = None,
    fixed_by: Annotated[str, typer.Option(help="Who set it.")] = "The notice",
    fixed_at: Annotated[str, typer.Option(help="Where it stands: document and page.")] = "",
    stop: Annotated[
        list[str] | None,
        typer.Option(
            help="A stop of the clock, 'FIRST/LAST reason'; LAST is left out while it lasts."
        ),
    ] = None,
    list_rules: Annotated[bool, typer.Option("--list", help="List every rule.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compute a deadline from a sourced rule, step by step."""
    from amparo.deadlines import Fixed, compute, rulebook

    book = rulebook()
    if list_rules:
        _list(list(book.values()), as_json)
        return
    if rule is None or rule not in book or trigger is None:
        raise UsageError(
            f"There is no rule {rule!r}." if rule and rule not in book else "Say rule and trigger.",
            next_step="amparo deadlines --list names the rules; give --trigger YYYY-MM-DD.",
        )
    outcome = compute(
        book[rule],
        trigger,
        served_by=served_by,
        filing=filing,
        country=country,
        stops=[_stop(each) for each in stop or ()],
        fixed=Fixed(_day(fixed), fixed_by, at=fixed_at) if fixed else None,
    )
    if as_json:
        frame.print_json(_as_json(outcome))
    else:
        _print(outcome)


def _day(text: str) -> Any:
    from amparo.base import dates

    day = dates.parse(text)
    if day.earliest is None or day.earliest != day.latest:
        raise UsageError(f"One day is wanted here, not {text!r}.")
    return day.earliest


def _stop(text: str) -> Stop:
    """``2026-02-01/2026-02-10 asked to adjourn``, or ``2026-02-01/ denied`` while it stands."""
    from amparo.deadlines.clocks import Stop

    days, _, reason = text.partition(" ")
    first, between, last = days.partition("/")
    if not (between and reason.strip()):
        raise UsageError(
            f"{text!r} is no stop of a clock.",
            next_step="Write 'FIRST/LAST reason', or 'FIRST/ reason' while it stands.",
        )
    return Stop(_day(first), _day(last) if last else None, reason.strip())


def _list(rules: list[Rule], as_json: bool) -> None:
    rows = [
        {
            "id": rule.id,
            "body": rule.body,
            "title": rule.title,
            "status": rule.status,
            "confidence": rule.confidence,
            "sources": [source.citation for source in rule.sources],
        }
        for rule in rules
    ]
    if as_json:
        frame.print_json(rows)
        return
    for row in rows:
        print(f"{row['id']:<42} {row['title']} ({row['status']}, {row['confidence']})")


def _as_json(outcome: Outcome) -> dict[str, Any]:
    rule, fixed = outcome.rule, outcome.fixed
    return {
        "id": rule.id,
        "body": rule.body,
        "title": rule.title,
        "trigger": outcome.trigger,
        "date": outcome.date,
        "opens": outcome.opens,
        "means": rule.means,
        "fixed": fixed and {"date": fixed.date, "by": fixed.by, "at": fixed.at or None},
        "refused": outcome.refused or None,
        "steps": [{"words": step.words, "date": step.date} for step in outcome.steps],
        "competing": [
            {
                "label": reading.label,
                "date": reading.date,
                "status": reading.status,
                "steps": [step.words for step in reading.steps],
            }
            for reading in outcome.competing
        ],
        "risks": [
            {"level": risk.level, "from_months": risk.months, "says": risk.says}
            for risk in outcome.risks
        ],
        "status": rule.status,
        "confidence": rule.confidence,
        "says": rule.says,
        "exceptions": rule.exceptions,
        "overridden_by": rule.overridden_by,
        "warnings": outcome.warnings,
        "do": rule.do or None,
        "sources": [
            {"citation": each.citation, "confidence": each.confidence, "note": each.note}
            for each in rule.sources
        ],
        "checked": {"on": rule.checked_on, "by": rule.checked_by, "again": rule.next_check},
    }


def _print(outcome: Outcome) -> None:
    rule = outcome.rule
    print(f"{rule.title} ({rule.body})\n{rule.says}\n")
    if outcome.opens:
        print(f"Opens:  {outcome.opens}")
    print(f"Act by: {outcome.date}" if outcome.date else f"No date. {outcome.refused}")
    for step in outcome.steps:
        print(f"  - {step.words}")
    for reading in outcome.competing:
        print(f"Another reading: {reading.date} ({reading.label or 'same rule'}, {reading.status})")
    for risk in outcome.risks:
        print(f"From {risk.months} months, risk {risk.level}: {risk.says}")
    for warning in outcome.warnings:
        print(f"! {warning}")
    for source in rule.sources:
        print(f"Source: {source.citation} ({source.confidence})")
    print(f"Checked on {rule.checked_on} by {rule.checked_by}. This is not legal advice.")
