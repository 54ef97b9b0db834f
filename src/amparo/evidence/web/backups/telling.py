"""What the ledger tells of backups: when, where to, how much, and whether a restore held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from amparo.accounts.web.models import User
from amparo.base.web import current
from amparo.evidence.ledger import parse
from amparo.evidence.web.models import BackupEntry, BackupWatch, LedgerEntry

__all__ = ["Standing", "Told", "is_beside", "known_places", "last_of", "standing", "told", "watch"]

DRILL_DAYS = 31
"""A restore is tried once a month (docs/operations.md)."""

LOOKED_AT = 200
"""Places are those of so many latest backups."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry about a backup: its kind, when it was recorded, by whom, and what it says."""

    kind: str
    at: datetime
    by: User | None
    said: Mapping[str, Any]

    @property
    def holds(self) -> bool:
        """Whether the backup could be restored, where that was tried."""
        return self.said.get("broken") is None


@dataclass(frozen=True, slots=True)
class Standing:
    """How the workspace stands: its last backup, its last drill, and what is due.

    ``unsaved_for`` is how long the oldest work may be without a copy; None while there is none.
    """

    last: Told | None
    tried: Told | None
    unsaved_for: timedelta | None
    alarm_days: int
    is_beside: bool
    is_drill_due: bool

    @property
    def is_too_old(self) -> bool:
        """Whether the alarm is due."""
        return self.unsaved_for is not None and self.unsaved_for > timedelta(days=self.alarm_days)

    @property
    def is_broken(self) -> bool:
        """Whether the last restore that was tried failed."""
        return self.tried is not None and not self.tried.holds

    @property
    def days(self) -> int:
        """Whole days without a backup."""
        return self.unsaved_for.days if self.unsaved_for else 0


def told(*kinds: BackupEntry.Kind, most: int) -> list[Told]:
    """The newest entries of these kinds, the newest first."""
    rows = BackupEntry.objects.filter(kind__in=kinds).select_related("entry")
    entries = [(row, parse(row.entry.canonical).fact) for row in rows.order_by("-entry_id")[:most]]
    actors = {fact.actor.removeprefix("user:") for _row, fact in entries if _is_person(fact.actor)}
    people = {str(user.pk): user for user in User.objects.filter(pk__in=actors)}
    return [
        Told(
            row.kind,
            datetime.fromisoformat(fact.recorded_at),
            people.get(fact.actor.removeprefix("user:")),
            _mapping(fact.details.get("backup")),
        )
        for row, fact in entries
    ]


def last_of(kind: BackupEntry.Kind) -> Told | None:
    """The newest entry of this kind."""
    return next(iter(told(kind, most=1)), None)


def known_places() -> list[str]:
    """Where backups of this workspace were made, the last one first."""
    made = told(BackupEntry.Kind.MADE, most=LOOKED_AT)
    return list(dict.fromkeys(str(each.said["place"]) for each in made if "place" in each.said))


def is_beside(place: str) -> bool:
    """Whether a place lies inside the workspace's own folder."""
    home = current.workspace().home
    return not place.startswith("s3://") and Path(place).is_relative_to(home)


def watch() -> BackupWatch:
    """After how many days there is an alarm."""
    return BackupWatch.objects.first() or BackupWatch()


def standing(now: datetime) -> Standing:
    """How the workspace stands at ``now``."""
    last, tried = last_of(BackupEntry.Kind.MADE), last_of(BackupEntry.Kind.TRIED)
    since = last.at if last else _first_entry()
    return Standing(
        last=last,
        tried=tried,
        unsaved_for=now - since if since else None,
        alarm_days=watch().alarm_days,
        is_beside=bool(last and is_beside(str(last.said.get("place", "")))),
        is_drill_due=bool(last) and (not tried or now - tried.at > timedelta(days=DRILL_DAYS)),
    )


def _first_entry() -> datetime | None:
    """When the ledger began: before that there was nothing to lose."""
    first = LedgerEntry.objects.order_by("seq").values_list("recorded_at", flat=True).first()
    return datetime.fromisoformat(first) if first else None


def _is_person(actor: str) -> bool:
    try:
        UUID(actor.removeprefix("user:"))
    except ValueError:
        return False
    return True


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
