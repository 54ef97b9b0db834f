"""The only writers of deadlines, each with its line in the audit."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.deadlines.clocks import Stop
from amparo.deadlines.reminders import DEFAULT_PLAN, due
from amparo.deadlines.web.given import Given, given, has_clock, rule_of
from amparo.deadlines.web.models import CalendarFeed, Deadline, HeardReminder
from amparo.extract.web.models import Pinpoint
from amparo.matters.access import Verb
from amparo.matters.web.access import can, require
from amparo.matters.web.models import Matter

__all__ = [
    "Said",
    "change_deadline",
    "digest_of",
    "end_deadline",
    "end_feed",
    "hear_reminder",
    "issue_feed",
    "reopen_deadline",
    "run_clock",
    "set_deadline",
    "stop_clock",
]


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a deadline besides the facts that it is computed from."""

    title: str = ""
    note: str = ""
    pinpoint: Pinpoint | None = None
    fixed_pinpoint: Pinpoint | None = None
    plan: Sequence[int] = DEFAULT_PLAN
    responsible: User | None = None


@transaction.atomic
def set_deadline(
    matter: Matter, facts: Given, said: Said = Said(), *, acting_user: User
) -> Deadline:
    """Compute a deadline and keep it with the matter. UsageError says what is missing."""
    require(acting_user, Verb.EDIT, matter)
    now = timezone.now()
    row = Deadline(matter=matter, made_by=acting_user, made_at=now)
    _keep(row, facts, said)
    _told("set deadline", row, acting_user, act_on=_text(row.act_on))
    return row


@transaction.atomic
def change_deadline(row: Deadline, facts: Given, said: Said, *, acting_user: User) -> None:
    """Say its facts anew. The audit keeps the day that it was before."""
    require(acting_user, Verb.EDIT, row)
    before = row.act_on
    _keep(row, facts, said)
    _told("change deadline", row, acting_user, act_on=_text(row.act_on), before=_text(before))


@transaction.atomic
def end_deadline(row: Deadline, status: Deadline.Status, words: str, *, acting_user: User) -> None:
    """Close it: done, or no longer needed, and in words what became of it."""
    require(acting_user, Verb.EDIT, row)
    if status == Deadline.Status.OPEN or row.status != Deadline.Status.OPEN:
        raise UsageError("Only an open deadline can be closed, as done or as no longer needed.")
    if not words.strip():
        raise UsageError(
            "A deadline is not closed without a word.",
            next_step="Say what was filed and how, or why it is no longer needed.",
        )
    row.status, row.outcome_words, row.ended_at = status, words.strip(), timezone.now()
    row.changed_at = row.ended_at
    row.save()
    _told("close deadline", row, acting_user, status=str(status))


@transaction.atomic
def reopen_deadline(row: Deadline, *, acting_user: User) -> None:
    """Open a closed deadline again; what was said stays in the audit."""
    require(acting_user, Verb.EDIT, row)
    if row.status == Deadline.Status.OPEN:
        return
    _told("reopen deadline", row, acting_user, words=row.outcome_words)
    row.status, row.outcome_words, row.ended_at = Deadline.Status.OPEN, "", None
    row.changed_at = timezone.now()
    row.save()


@transaction.atomic
def stop_clock(row: Deadline, stop: Stop, *, acting_user: User) -> None:
    """Add a stop to the clock of a deadline. UsageError where there is no clock."""
    require(acting_user, Verb.EDIT, row)
    if not has_clock(rule_of(row.rule)):
        raise UsageError("This deadline has no clock that could stop.")
    if not stop.reason.strip():
        raise UsageError("A clock does not stop without a reason.", next_step="Say why it stops.")
    told = {
        "first": stop.first.isoformat(),
        "last": stop.last.isoformat() if stop.last else None,
        "reason": stop.reason.strip(),
    }
    row.stops = sorted([*row.stops, told], key=lambda each: str(each["first"]))
    _compute(row)
    _told("stop clock", row, acting_user, **told)


@transaction.atomic
def run_clock(row: Deadline, number: int, last: date, *, acting_user: User) -> None:
    """Say the last day of the clock's stop ``number`` (from 0); it runs from the day after."""
    require(acting_user, Verb.EDIT, row)
    if not 0 <= number < len(row.stops) or row.stops[number]["last"]:
        raise UsageError("The clock does not stand still there.")
    stops = [dict(each) for each in row.stops]
    stops[number]["last"] = last.isoformat()
    row.stops = stops
    _compute(row)
    _told("run clock", row, acting_user, **stops[number])


@transaction.atomic
def hear_reminder(row: Deadline, today: date, *, acting_user: User) -> None:
    """Note that this person has seen the reminder that is due; the next one comes all the same."""
    require(acting_user, Verb.VIEW, row)
    if row.act_on is None:
        return
    if reminder := due(row.act_on, today, row.plan):
        HeardReminder.objects.get_or_create(
            deadline=row,
            user=acting_user,
            act_on=row.act_on,
            days_before=reminder.days_before,
            defaults={"heard_at": timezone.now()},
        )
        _told("hear reminder", row, acting_user, days_before=reminder.days_before)


@transaction.atomic
def issue_feed(*, acting_user: User) -> str:
    """Give this person a new secret for their calendar; an older one works no longer."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        user=acting_user, defaults={"digest": digest_of(token), "made_at": timezone.now()}
    )
    audit("issue calendar address", acting_user=acting_user, subject=acting_user)
    return token


@transaction.atomic
def end_feed(*, acting_user: User) -> None:
    """Make the person's calendar address useless."""
    CalendarFeed.objects.filter(user=acting_user).delete()
    audit("end calendar address", acting_user=acting_user, subject=acting_user)


def digest_of(token: str) -> str:
    """What is kept of a secret: SHA-256, hexadecimal. It has 256 random bits, so no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def _keep(row: Deadline, facts: Given, said: Said) -> None:
    rule = rule_of(facts.rule)
    for pinpoint in (said.pinpoint, said.fixed_pinpoint):
        if pinpoint and pinpoint.item.matter_id != row.matter_id:
            raise UsageError("That passage belongs to another matter.")
    if said.responsible and not can(said.responsible, Verb.VIEW, row.matter):
        raise UsageError(
            "That person cannot see this matter.", next_step="Choose somebody on its team."
        )
    row.rule, row.trigger = facts.rule, facts.trigger
    row.served_by, row.filing, row.country = facts.served_by, facts.filing, facts.country
    row.fixed_on, row.fixed_by = facts.fixed_on, facts.fixed_by
    row.title, row.note = said.title.strip() or rule.title, said.note.strip()
    row.pinpoint, row.fixed_pinpoint = said.pinpoint, said.fixed_pinpoint
    row.plan, row.responsible = list(said.plan), said.responsible
    _compute(row)


def _compute(row: Deadline) -> None:
    outcome = given(row).outcome()
    row.act_on, row.opens_on, row.refused = outcome.date, outcome.opens, outcome.refused
    row.changed_at = timezone.now()
    row.save()


def _told(action: str, row: Deadline, acting_user: User, **details: Any) -> None:
    audit(
        action,
        acting_user=acting_user,
        subject=row,
        matter_id=row.matter_id,
        rule=row.rule,
        **details,
    )


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
