"""Fingerprints of items: what near-duplicates are found by. An index, made anew at will."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from amparo.evidence.store.safe import Safe
from amparo.evidence.web.models import Item
from amparo.extract.near import bands, texts
from amparo.extract.reading import Limits
from amparo.extract.recordings.transcripts import to_plain
from amparo.extract.sandbox import Sandbox
from amparo.extract.sandbox.reception import Reception
from amparo.extract.web.actions.readings import is_drawable
from amparo.extract.web.models import Compared, Fingerprint, FingerprintKey
from amparo.matters.web.models import Matter

__all__ = ["METHOD", "compare_item", "key_of", "text_of", "waiting"]

METHOD = 1
"""Raised when marks are made otherwise; items that were compared by an earlier one wait again."""

_MOST_PAGES = 200
_LIMITS = Limits(seconds=180, cpu_seconds=180)
_SEEN = (Item.Status.READ, Item.Status.PARTIAL)
_Mark = tuple[str, int, bytes]


def waiting(matter: Matter) -> QuerySet[Item]:
    """The matter's items that were read and not compared yet."""
    rows = Item.objects.filter(matter=matter, status__in=_SEEN)
    return rows.exclude(compared__version=METHOD)


def compare_item(item: Item, *, room: Sandbox, safe: Safe) -> int:
    """Mark an item's pictures, pages and text; gives how many marks it has now.

    Who marks the same item at the same time waits, and marks it anew.
    """
    marks = [*_seen(item, room, safe), *_said(item)]
    with transaction.atomic():
        Item.objects.select_for_update(no_key=True).get(pk=item.pk)
        Fingerprint.objects.filter(item=item).delete()
        rows = [
            Fingerprint(item=item, kind=kind, page=page, mark=mark) for kind, page, mark in marks
        ]
        Fingerprint.objects.bulk_create(rows)
        FingerprintKey.objects.bulk_create(
            [
                FingerprintKey(fingerprint=row, key=key_of(item.matter_id, row.kind, key))
                for row in rows
                for key in _keys_of(row.kind)(bytes(row.mark))
            ],
            batch_size=2_000,
        )
        Compared.objects.update_or_create(
            item=item, defaults={"version": METHOD, "at": timezone.now()}
        )
    return len(rows)


def key_of(matter: UUID, kind: str, key: int) -> int:
    """A key as it is kept: of one matter and one kind, 63 bits."""
    named = f"{matter.hex}|{kind}|{key}".encode()
    return int.from_bytes(hashlib.blake2b(named, digest_size=8).digest()) >> 1


def _keys_of(kind: str) -> Callable[[bytes], list[int]]:
    return texts.keys if kind == Fingerprint.Kind.TEXT else bands.keys


def _seen(item: Item, room: Sandbox, safe: Safe) -> Iterable[_Mark]:
    """The marks of what the item looks like, page by page."""
    if not is_drawable(item.media_type) or not item.page_count:
        return
    is_picture = item.media_type.startswith("image/") and item.media_type != "image/vnd.djvu"
    kind = Fingerprint.Kind.PICTURE if is_picture else Fingerprint.Kind.PAGE
    reception = Reception(_LIMITS)
    with safe.open(item.object.object_name) as source:
        room.run(
            "amparo.extract.near.drawn:marks",
            source,
            name="",
            arguments={
                "media_type": item.media_type,
                "pages": list(range(1, min(item.page_count, _MOST_PAGES) + 1)),
            },
            reception=reception,
        )
    for page, digits in reception.reading().metadata.items():
        yield kind, int(page), bytes.fromhex(digits)


def _said(item: Item) -> Iterable[_Mark]:
    """The mark of what the item says, as one text."""
    mark = texts.mark(text_of(item))
    if mark is not None:
        yield Fingerprint.Kind.TEXT, 0, mark


def text_of(item: Item) -> str:
    """All that an item says: the words of its pages, or of a recording's transcript."""
    if item.media_type.startswith(("audio/", "video/")):
        written = item.transcripts.first()
        return to_plain(written.value) if written else ""
    pages = item.pages.filter(is_current=True).order_by("number")
    return "\n".join(pages.values_list("text", flat=True)[:_MOST_PAGES])
