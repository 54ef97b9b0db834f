"""What is read about people and about what they did."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from amparo.accounts.web.models import AuditEntry, User

__all__ = ["AUDIT_ACTIONS_SHOWN", "audit_actions", "audit_entries", "people"]

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


def audit_actions() -> list[str]:
    """The kinds of deed that the audit knows, for its filter."""
    rows = AuditEntry.objects.order_by("action").values_list("action", flat=True).distinct()
    return list(rows[:AUDIT_ACTIONS_SHOWN])
