"""The only writers of what is graphic, and of one's own time with it.

Exposure is nobody else's business: it is read and written for the person who asks, and goes into
no audit, no ledger and no export.
"""

from __future__ import annotations

import unicodedata
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.base.ids import read_id
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.care import CareMark, Exposure
from amparo.evidence.web.queries.caring import folders_of
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.models import Matter

__all__ = ["forget_exposure", "mark_graphic", "note_exposure", "withdraw_mark"]

LONGEST_AT_ONCE = 60
"""Seconds that one report may add."""

_LONGEST_NOTE = 300


@transaction.atomic
def mark_graphic(
    matter: Matter, *, scope: str, value: str, note: str, acting_user: User
) -> CareMark:
    """Mark an item (by its id), a folder or a tag as graphic; again changes the note.

    UsageError when there is nothing of that name in the matter.
    """
    require(acting_user, Verb.ANNOTATE, matter)
    value = _checked(matter, scope, value)
    note = unicodedata.normalize("NFC", " ".join(note.split()))[:_LONGEST_NOTE]
    row, made = CareMark.objects.get_or_create(
        matter=matter,
        scope=scope,
        value=value,
        withdrawn_at=None,
        defaults={"note": note, "made_by": acting_user, "made_at": timezone.now()},
    )
    if not made and row.note != note:
        row.note = note
        row.save(update_fields=["note"])
    _tell("mark as graphic", row, acting_user)
    return row


@transaction.atomic
def withdraw_mark(row: CareMark, *, acting_user: User) -> None:
    """Say that something is not graphic after all; that it was marked stays known."""
    require(acting_user, Verb.ANNOTATE, row.matter)
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by = timezone.now(), acting_user
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
        _tell("mark as not graphic", row, acting_user)


def note_exposure(user: User, seconds: int, *, day: date) -> int:
    """Add to a person's time of a day, at most a minute at once; gives the day's seconds."""
    row, _made = Exposure.objects.get_or_create(user=user, day=day)
    added = max(0, min(seconds, LONGEST_AT_ONCE))
    Exposure.objects.filter(pk=row.pk).update(seconds=F("seconds") + added)
    row.refresh_from_db()
    return row.seconds


def forget_exposure(user: User) -> None:
    """Forget a person's own times, at their wish."""
    Exposure.objects.filter(user=user).delete()


def _checked(matter: Matter, scope: str, value: str) -> str:
    """The value as it is kept; UsageError when it names nothing."""
    named = {
        CareMark.Scope.ITEM: lambda: _is_item(matter, value),
        CareMark.Scope.FOLDER: lambda: value.strip("/") in folders_of(matter),
        CareMark.Scope.TAG: lambda: matter.tags.filter(name=value.strip()).exists(),
    }
    if scope not in named or not value.strip("/ ") or not named[CareMark.Scope(scope)]():
        raise UsageError(
            _("There is nothing of that name in this matter."),
            next_step=_("Choose a file, a folder or a tag that is there."),
        )
    return value.strip("/") if scope == CareMark.Scope.FOLDER else value.strip()


def _is_item(matter: Matter, value: str) -> bool:
    pk = read_id(value)
    return pk is not None and Item.objects.filter(matter=matter, pk=pk).exists()


def _tell(deed: str, row: CareMark, who: User) -> None:
    named = row.value
    if row.scope == CareMark.Scope.ITEM:
        named = Item.objects.values_list("name", flat=True).get(pk=row.value)
    audit(deed, acting_user=who, subject=row, matter_id=row.matter_id, name=named, note=row.note)
