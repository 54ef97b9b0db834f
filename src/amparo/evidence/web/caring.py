"""Care in rows: who marks what as graphic, what is marked, and one's own time with it.

Exposure is nobody else's business: it is read and written for the person who asks, and goes into
no audit, no ledger and no export.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.evidence.care import NOT_GRAPHIC, Care, Decided, Place, decide
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.care import CareMark, Exposure
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.models import Matter

__all__ = [
    "care_for",
    "care_of",
    "days_of",
    "folders_of",
    "forget_exposure",
    "mark_graphic",
    "marks_in",
    "note_exposure",
    "withdraw_mark",
]

LONGEST_AT_ONCE = 60
"""Seconds that one report may add."""

_DEEPEST = 12
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


def marks_in(matter: Matter) -> Sequence[CareMark]:
    """What is marked in a matter, the newest first."""
    rows = CareMark.objects.filter(matter=matter, withdrawn_at=None)
    return list(rows.select_related("made_by"))


def care_of(item: Item) -> Care:
    """What people decided about one item."""
    return care_for([item]).get(item.pk, NOT_GRAPHIC)


def care_for(items: Sequence[Item]) -> Mapping[UUID, Care]:
    """What people decided about each of some items; those that nobody marked are left out."""
    marks: dict[UUID, list[Decided]] = {}
    rows = CareMark.objects.filter(matter__in={item.matter_id for item in items}, withdrawn_at=None)
    for row in rows:
        marks.setdefault(row.matter_id, []).append(Decided(row.scope, row.value, row.note))
    if not marks:
        return {}
    above = _above(items)
    tags = _tags([*items, *above.values()])
    found = {
        item.pk: decide(marks[item.matter_id], _place(item, above, tags))
        for item in items
        if item.matter_id in marks
    }
    return {pk: care for pk, care in found.items() if care}


def folders_of(matter: Matter) -> list[str]:
    """The folders that the matter's files were received in, for choosing one."""
    found: set[str] = set()
    paths = Item.objects.filter(matter=matter, parent=None).values_list("path", flat=True)
    for path in paths[:50_000]:
        parts = path.strip("/").split("/")[:-1]
        found.update("/".join(parts[: depth + 1]) for depth in range(len(parts)))
    return sorted(found)


def note_exposure(user: User, seconds: int, *, day: date) -> int:
    """Add to a person's time of a day, at most a minute at once; gives the day's seconds."""
    row, _made = Exposure.objects.get_or_create(user=user, day=day)
    added = max(0, min(seconds, LONGEST_AT_ONCE))
    Exposure.objects.filter(pk=row.pk).update(seconds=F("seconds") + added)
    row.refresh_from_db()
    return row.seconds


def days_of(user: User, *, today: date, days: int = 28) -> list[Exposure]:
    """A person's own time of the last days, the newest first."""
    return list(Exposure.objects.filter(user=user, day__gt=today - timedelta(days=days)))


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
    try:
        return Item.objects.filter(matter=matter, pk=UUID(value)).exists()
    except ValueError:
        return False


def _above(items: Iterable[Item]) -> dict[UUID, Item]:
    """The files that some items lie in, however deep, by their ids."""
    found: dict[UUID, Item] = {}
    wanted = {item.parent_id for item in items if item.parent_id}
    for _depth in range(_DEEPEST):
        wanted -= found.keys()
        if not wanted:
            break
        rows = Item.objects.in_bulk(list(wanted))
        found |= rows
        wanted = {row.parent_id for row in rows.values() if row.parent_id}
    return found


def _tags(items: Iterable[Item]) -> dict[UUID, set[str]]:
    through = Item.tags.through.objects.filter(item__in=[item.pk for item in items])
    found: dict[UUID, set[str]] = {}
    for pk, name in through.values_list("item_id", "tag__name"):
        found.setdefault(pk, set()).add(name)
    return found


def _place(item: Item, above: Mapping[UUID, Item], tags: Mapping[UUID, set[str]]) -> Place:
    chain = [item]
    while (holds := chain[-1].parent_id) and holds in above and len(chain) <= _DEEPEST:
        chain.append(above[holds])
    return Place(
        items=tuple(str(each.pk) for each in chain),
        paths=tuple(each.path for each in chain),
        tags=frozenset().union(*(tags.get(each.pk, set()) for each in chain)),
    )


def _tell(deed: str, row: CareMark, who: User) -> None:
    named = row.value
    if row.scope == CareMark.Scope.ITEM:
        named = Item.objects.values_list("name", flat=True).get(pk=row.value)
    audit(deed, acting_user=who, subject=row, matter_id=row.matter_id, name=named, note=row.note)
