"""Items with sealed bytes, made the short way."""

from __future__ import annotations

from django.utils import timezone

from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.models import Item, StoredObject
from amparo.evidence.web.safes import open_safe
from amparo.matters.web.models import Matter


def safe() -> Safe:
    return open_safe()


def item_of(matter: Matter, data: bytes, name: str, *, parent: Item | None = None) -> Item:
    sealed = seal_bytes(data, safe(), name=name)
    stored, _ = StoredObject.objects.get_or_create(
        sha256=sealed.sha256,
        defaults={
            "blake3": sealed.blake3,
            "size": sealed.size,
            "object_name": sealed.object_name,
            "media_type": sealed.media_type,
            "sealed_at": timezone.now(),
        },
    )
    return Item.objects.create(
        matter=matter,
        object=stored,
        parent=parent,
        path=name,
        name=name.rpartition("/")[2],
        media_type=sealed.media_type,
        received_at=timezone.now(),
    )
