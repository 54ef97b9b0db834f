"""What is read about people and about what they did."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from amparo.accounts.browsers import browser_name
from amparo.accounts.web.models import AuditEntry, Factor, Provider, SavedView, Session, User
from amparo.base.web import calling_out
from amparo.base.web.containing import containing
from amparo.base.web.models import CallSwitch, OutgoingCall

__all__ = [
    "AUDIT_ACTIONS_SHOWN",
    "PurposeLine",
    "SessionLine",
    "Ways",
    "audit_actions",
    "audit_entries",
    "calls_made",
    "mark_of",
    "people",
    "providers_shown",
    "purposes_for_decision",
    "saved_views_of",
    "sessions_of",
    "ways_of",
]

AUDIT_ACTIONS_SHOWN = 200
OIDC = "sign in elsewhere"
"""The purpose of calling out that sign-in through a provider needs."""
PEOPLE_ORDERS = {"name": "display_name", "role": "role", "seen": "-last_login"}


def people(*, text: str = "", role: str = "", order: str = "name") -> QuerySet[User]:
    """The people of the workspace, filtered by a part of their name and by role."""
    rows = User.objects.all()
    if text:
        rows = rows.filter(containing(text, "display_name", "username"))
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
class Ways:
    """How someone can show who they are. ``codes``: of an app, or recovery codes."""

    password: bool
    codes: bool
    passkeys: bool

    @property
    def has_second(self) -> bool:
        """Whether a second factor is asked for at the sign-in."""
        return self.codes or self.passkeys


def ways_of(user: User) -> Ways:
    """How ``user`` can show who they are."""
    kinds = set(user.factors.values_list("kind", flat=True))
    return Ways(
        password=user.has_usable_password(),
        codes=bool(kinds),
        passkeys=Factor.Kind.PASSKEY in kinds,
    )


def providers_shown() -> QuerySet[Provider]:
    """The providers that the sign-in offers, as long as they may be called."""
    if not calling_out.is_on(OIDC):
        return Provider.objects.none()
    return Provider.objects.all()


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in the list; ``mark`` names it without being its key."""

    mark: str
    is_this: bool
    since: datetime | None
    seen: datetime | None
    address: str
    browser: str


def mark_of(session_key: str) -> str:
    """What names a session on a page: a digest, for whoever reads the page must not own it."""
    return hashlib.sha256(f"session {session_key}".encode()).hexdigest()[:32]


def sessions_of(user: User, this: str | None) -> list[SessionLine]:
    """Where ``user`` is signed in, this session first; ``this`` is its key."""
    rows = Session.objects.filter(user=user, expire_date__gt=timezone.now())
    listed = [
        SessionLine(
            mark_of(row.session_key),
            row.session_key == this,
            row.since,
            row.seen,
            row.address,
            browser_name(row.browser),
        )
        for row in rows
    ]
    return sorted(listed, key=lambda line: not line.is_this)


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
