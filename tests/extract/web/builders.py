"""Items with sealed bytes, made the short way."""

from __future__ import annotations

from django.utils import timezone

from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.actions.stored import keep_object
from amparo.evidence.web.models import Item
from amparo.evidence.web.safes import open_safe
from amparo.matters.web.models import Matter


def safe() -> Safe:
    return open_safe()


def item_of(matter: Matter, data: bytes, name: str, *, parent: Item | None = None) -> Item:
    sealed = seal_bytes(data, safe(), name=name)
    stored = keep_object(sealed, now=timezone.now())
    return Item.objects.create(
        matter=matter,
        object=stored,
        parent=parent,
        path=name,
        name=name.rpartition("/")[2],
        media_type=sealed.media_type,
        received_at=timezone.now(),
    )
