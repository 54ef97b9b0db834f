"""Reads of deadlines: those of a matter, those of a person, and what is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.base.web.containing import containing
from amparo.deadlines import Rule, rulebook
from amparo.deadlines.reminders import Reminder, due
from amparo.deadlines.rules import Confidence
from amparo.deadlines.web.given import outcome_of
from amparo.deadlines.web.models import Deadline, HeardReminder
from amparo.matters.urgency import Urgency, urgency
from amparo.matters.web.access import visible_matters
from amparo.matters.web.models import Matter

__all__ = [
    "Line",
    "deadline_for",
    "deadlines_of",
    "due_reminders",
    "how_sure",
    "lines",
    "moved_since",
    "open_deadlines",
    "rules_by_body",
    "unsure",
]


@dataclass(frozen=True, slots=True)
class Line:
    """A deadline in a list; ``days_left`` is negative when it has passed, None without a day."""

    row: Deadline
    today: date

    @property
    def days_left(self) -> int | None:
        return (self.row.act_on - self.today).days if self.row.act_on else None

    @property
    def urgency(self) -> Urgency | None:
        """How near the day is; only an open deadline presses."""
        if self.row.status != Deadline.Status.OPEN:
            return None
        return urgency(self.row.act_on, self.today)

    @property
    def unsure(self) -> str:
        """How little sure the day is; empty when its rule was read itself or the day was set."""
        return unsure(self.row)

    @property
    def days_over(self) -> int:
        """How many days ago the day was."""
        return -(self.days_left or 0)


def deadline_for(user: User, pk: UUID) -> Deadline:
    """The deadline, if ``user`` may see its matter; Http404 otherwise."""
    rows = Deadline.objects.select_related("matter", "responsible", "made_by")
    found: Deadline = get_object_or_404(rows.filter(matter__in=visible_matters(user)), pk=pk)
    return found


def deadlines_of(matter: Matter) -> QuerySet[Deadline]:
    """A matter's deadlines, the open ones first, by day."""
    rows = Deadline.objects.filter(matter=matter).select_related("responsible", "matter")
    return rows.order_by("-status", F("act_on").asc(nulls_last=True), "made_at")


def open_deadlines(user: User, *, text: str = "", mine: bool = False) -> QuerySet[Deadline]:
    """The open deadlines of every matter that ``user`` may see, by day."""
    rows = Deadline.objects.filter(matter__in=visible_matters(user), status=Deadline.Status.OPEN)
    if text:
        rows = rows.filter(containing(text, "title", "matter__title", "rule"))
    if mine:
        rows = rows.filter(responsible=user)
    return rows.select_related("matter", "responsible")


def lines(rows: Iterable[Deadline], today: date) -> list[Line]:
    """Each row with the days that are left."""
    return [Line(row, today) for row in rows]


def due_reminders(user: User, today: date) -> list[tuple[Line, Reminder]]:
    """The reminders that have come for ``user`` and were not heard: their own and nobody's."""
    rows = open_deadlines(user).filter(Q(responsible=user) | Q(responsible=None))
    dated = list(rows.exclude(act_on=None))
    heard = set(
        HeardReminder.objects.filter(user=user, deadline__in=dated).values_list(
            "deadline_id", "act_on", "days_before"
        )
    )
    found = []
    for line in lines(dated, today):
        row = line.row
        assert row.act_on is not None
        reminder = due(row.act_on, today, row.plan)
        if reminder and (row.pk, row.act_on, reminder.days_before) not in heard:
            found.append((line, reminder))
    return found


def moved_since(row: Deadline) -> str:
    """Why the kept day is no longer what the rulebook gives; empty when it is."""
    try:
        now = outcome_of(row).date
    except UsageError as error:
        return error.message
    if now == row.act_on:
        return ""
    return f"The rulebook now gives {now or 'no day'}; it gave {row.act_on or 'none'}."


def unsure(row: Deadline) -> str:
    """The confidence of the rule that gave a row's day, when that is less than primary."""
    if row.act_on is None or row.fixed_on is not None:
        return ""
    rule = rulebook().get(row.rule)
    confidence = rule.confidence if rule else Confidence.UNVERIFIED
    return "" if confidence is Confidence.PRIMARY else confidence.value


def how_sure(row: Deadline) -> str:
    """The same in words, for a table or a calendar."""
    words = {"secondary": _("Read in a secondary source"), "unverified": _("Not verified")}
    return words.get(unsure(row), "")


def rules_by_body(text: str = "") -> dict[str, list[Rule]]:
    """The rules whose words, sources or id have ``text`` in them, by body, in the book's order."""
    found: dict[str, list[Rule]] = {}
    wanted = text.casefold().split()
    for rule in rulebook().values():
        words = " ".join(
            (rule.id, rule.body, rule.title, rule.says, *(each.citation for each in rule.sources))
        ).casefold()
        if all(word in words for word in wanted):
            found.setdefault(rule.body, []).append(rule)
    return found
