"""What is read about people and about what they did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from amparo.accounts.web.models import AuditEntry, SavedView, User
from amparo.base.web import calling_out
from amparo.base.web.models import CallSwitch, OutgoingCall

__all__ = [
    "AUDIT_ACTIONS_SHOWN",
    "PurposeLine",
    "audit_actions",
    "audit_entries",
    "calls_made",
    "people",
    "purposes_for_decision",
    "saved_views_of",
]

AUDIT_ACTIONS_SHOWN = 200
PEOPLE_ORDERS = {"name": "display_name", "role": "role", "seen": "-last_login"}


def people(*, text: str = "", role: str = "", order: str = "name") -> QuerySet[User]:
    """The people of the workspace, filtered by a part of their name and by role."""
    rows = User.objects.all()
    if text:
        rows = rows.filter(Q(display_name__icontains=text) | Q(username__icontains=text))
    if role:
        rows = rows.filter(role=role)
    return rows.order_by(PEOPLE_ORDERS.get(order, "display_name"), "username")


def audit_entries(
    *, person: str = "", action: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[AuditEntry]:
    """What was done, newest first; ``until`` is included."""
    rows = AuditEntry.objects.select_related("user")
    if person:
        rows = rows.filter(user__username=person)
    if action:
        rows = rows.filter(action=action)
    if since:
        rows = rows.filter(at__date__gte=since)
    if until:
        rows = rows.filter(at__date__lte=until)
    return rows


def saved_views_of(user: User, place: str) -> QuerySet[SavedView]:
    """The views that ``user`` saved of the list at ``place``."""
    return SavedView.objects.filter(user=user, place=place)


def audit_actions() -> list[str]:
    """The kinds of deed that the audit knows, for its filter."""
    rows = AuditEntry.objects.order_by("action").values_list("action", flat=True).distinct()
    return list(rows[:AUDIT_ACTIONS_SHOWN])


@dataclass(frozen=True, slots=True)
class PurposeLine:
    """Something that may call out, and what was decided about it."""

    name: str
    title: str | Promise
    why: str | Promise
    leaves: str | Promise
    is_on: bool
    addresses: list[str]
    changed_at: datetime | None
    changed_by: str


def purposes_for_decision() -> list[PurposeLine]:
    """Everything that may call out, with its switch."""
    switches = {row.name: row for row in CallSwitch.objects.all()}
    deciders = User.objects.in_bulk([row.changed_by for row in switches.values()])
    return [
        _purpose_line(each, switches.get(each.name), deciders) for each in calling_out.purposes()
    ]


def calls_made() -> QuerySet[OutgoingCall]:
    """Every call that left, newest first."""
    return OutgoingCall.objects.order_by("-pk")


def _purpose_line(
    each: calling_out.Purpose, row: CallSwitch | None, deciders: dict[object, User]
) -> PurposeLine:
    return PurposeLine(
        name=each.name,
        title=each.title,
        why=each.why,
        leaves=each.leaves,
        is_on=bool(row and row.is_on),
        addresses=calling_out.addresses_of(each.name),
        changed_at=row.changed_at if row else None,
        changed_by=str(deciders.get(row.changed_by, "")) if row else "",
    )
