"""How physical exhibits stand, for lists, pages and the actions that must know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from amparo.evidence.custody import exhibits
from amparo.evidence.web.models.exhibits import ExhibitEvent, PhysicalExhibit

__all__ = ["event_of", "standing_of", "standings_of"]


def standing_of(exhibit: PhysicalExhibit) -> exhibits.Standing:
    """How one exhibit stands now."""
    return exhibits.standing(event_of(row) for row in exhibit.events.order_by("entry_id"))


def standings_of(rows: Iterable[PhysicalExhibit]) -> Mapping[UUID, exhibits.Standing]:
    """How each of several stands, in one query."""
    told: dict[UUID, list[exhibits.Event]] = {row.pk: [] for row in rows}
    events = ExhibitEvent.objects.filter(exhibit__in=list(told)).order_by("entry_id")
    for event in events:
        told[event.exhibit_id].append(event_of(event))
    return {pk: exhibits.standing(events) for pk, events in told.items()}


def event_of(row: ExhibitEvent) -> exhibits.Event:
    """A row as the value that the vocabulary knows."""
    return exhibits.Event(
        kind=row.kind,
        occurred_at=row.occurred_at,
        purpose=row.purpose,
        seal=row.seal,
        place=row.place,
        holder=row.holder,
        condition=row.condition,
        items=tuple(row.items),
    )
