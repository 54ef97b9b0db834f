"""Rows as the plain facts that the ledger states of them."""

from __future__ import annotations

from amparo.evidence import custody
from amparo.evidence.ledger import moment
from amparo.evidence.web.models import Acquisition, CustodyEvent, Item

__all__ = ["acquired", "event", "item"]


def item(row: Item) -> custody.Item:
    """The facts of an item; reads its object."""
    return custody.Item(
        id=str(row.pk),
        parent=str(row.parent_id) if row.parent_id else None,
        path=row.path,
        name=row.name,
        sha256=row.object_id,
        blake3=row.object.blake3,
        size=row.object.size,
        received_at=moment(row.received_at),
    )


def acquired(row: Acquisition) -> custody.Acquired:
    """The facts of an acquisition."""
    return custody.Acquired(
        id=str(row.pk),
        path=row.path,
        from_whom=row.from_whom,
        acquired_by=str(row.acquired_by_id),
        occurred_at=row.occurred_at,
        recorded_at=moment(row.recorded_at),
        place=row.place,
        method=row.method,
        device=row.device,
        tool=row.tool,
        modified_at=row.modified_at,
        is_reconstruction=row.is_reconstruction,
    )


def event(row: CustodyEvent) -> custody.Event:
    """The facts of a custody event."""
    return custody.Event(
        id=str(row.pk),
        item=str(row.item_id),
        kind=row.kind,
        purpose=row.purpose,
        actor=str(row.actor_id) if row.actor_id else None,
        by_whom=row.by_whom,
        occurred_at=row.occurred_at,
        recorded_at=moment(row.recorded_at),
        hash_before=row.hash_before,
        hash_after=row.hash_after,
        is_reconstruction=row.is_reconstruction,
    )
