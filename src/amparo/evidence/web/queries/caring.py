"""What people marked as graphic, and one's own time with it.

Exposure is nobody else's business: it is read and written for the person who asks, and goes into
no audit, no ledger and no export.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from amparo.accounts.web.models import User
from amparo.evidence.care import NOT_GRAPHIC, Care, Decided, Place, decide
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.care import CareMark, Exposure
from amparo.matters.web.models import Matter

__all__ = ["care_for", "care_of", "days_of", "folders_of", "marks_in"]

_DEEPEST = 12


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


def days_of(user: User, *, today: date, days: int = 28) -> list[Exposure]:
    """A person's own time of the last days, the newest first."""
    return list(Exposure.objects.filter(user=user, day__gt=today - timedelta(days=days)))


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
