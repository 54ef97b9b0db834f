"""The row of sealed bytes: written once, however often the same bytes are sealed."""

from __future__ import annotations

from datetime import datetime

from amparo.evidence.intake.ingest import Sealed
from amparo.evidence.web.models import StoredObject

__all__ = ["keep_object"]


def keep_object(sealed: Sealed, *, now: datetime) -> StoredObject:
    """The row of what was sealed, written ``now`` unless it was there before.

    Whoever calls it states in the ledger or the audit what these bytes are.
    """
    row, _made = StoredObject.objects.get_or_create(
        sha256=sealed.sha256,
        defaults={
            "blake3": sealed.blake3,
            "size": sealed.size,
            "object_name": sealed.object_name,
            "media_type": sealed.media_type,
            "sealed_at": now,
        },
    )
    return row
