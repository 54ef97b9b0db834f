"""A bundle's rows as the values that the pure part works with."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from amparo.accounts.web.models import User
from amparo.base import dates
from amparo.base.errors import VerificationError
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.models import Item
from amparo.extract import rendition
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.actions import set_item
from amparo.extract.web.models import Reading
from amparo.filing.bundle.exhibits import Exhibit as ExhibitValue
from amparo.filing.bundle.exhibits import Source
from amparo.filing.bundle.index import fill_tabs
from amparo.filing.bundle.profiles import Profile, load
from amparo.filing.bundle.request import Request
from amparo.filing.web.models import Bundle, Exhibit

__all__ = [
    "PREFIX",
    "Renditions",
    "full_path",
    "profile_of",
    "request_of",
    "stem_of",
    "values_of",
    "verify",
]

_BLOCK = 2**20
PREFIX = "prefix"
"""The field that holds what stands before each page's number."""


def profile_of(bundle: Bundle) -> Profile:
    """The profile that a bundle follows, in its language, with its own numbers."""
    return load(bundle.profile, bundle.language).with_prefix(bundle.fields.get(PREFIX, ""))


def request_of(bundle: Bundle, made_at: datetime, stem: str) -> Request:
    """What is asked for when a bundle is produced into files called ``stem``."""
    return Request(
        title=bundle.title,
        profile=profile_of(bundle),
        made_at=made_at,
        number=bundle.fields.get("number", ""),
        stem=stem,
        fields=bundle.fields,
        certificates=tuple(bundle.certificates),
    )


def values_of(bundle: Bundle, safe: Safe) -> list[tuple[Exhibit, ExhibitValue]]:
    """Each exhibit's row with its value, in order, every one with a tab."""
    rows = list(bundle.exhibits.select_related("item__object", "item__parent"))
    tabs = fill_tabs([row.tab for row in rows], profile_of(bundle).tabs)
    return [(row, _value(row, tab, safe)) for row, tab in zip(rows, tabs, strict=True)]


def full_path(item: Item) -> str:
    """The received path of an item; of one found inside a file, with that file's path before."""
    parts = [item.path]
    above = item.parent
    while above is not None:
        parts.append(above.path)
        above = above.parent
    return "/".join(reversed(parts))


def verify(item: Item, safe: Safe) -> str:
    """Read an item's bytes and give their SHA-256. VerificationError when it is another one."""
    digest = hashlib.sha256()
    with safe.open(item.object.object_name) as opened:
        while block := opened.read(_BLOCK):
            digest.update(block)
    found = digest.hexdigest()
    if found != item.object_id:
        raise VerificationError(f"“{item.name}”, its SHA-256", got=found, expected=item.object_id)
    return found


@dataclass(frozen=True)
class Renditions:
    """Gives office files, messages and texts as pages: those that were set before, or set now."""

    items: Mapping[str, Item]
    room: Sandbox
    safe: Safe
    acting_user: User

    def __call__(self, source: Source) -> BinaryIO | None:
        """The PDF of a source; None when its type has no pages. UnreadableFile, ProgramMissing."""
        if not rendition.sets(source.media_type):
            return None
        item = self.items[source.sha256]
        made = item.readings.filter(kind=Reading.Kind.PAGES, object__isnull=False).first()
        if made is None:
            made = set_item(item, room=self.room, safe=self.safe, acting_user=self.acting_user)
        assert made.object is not None
        with self.safe.open(made.object.object_name) as opened:
            return io.BytesIO(opened.read())


def _value(row: Exhibit, tab: str, safe: Safe) -> ExhibitValue:
    item = row.item
    name = item.object.object_name
    source = Source(
        sha256=item.object_id,
        path=full_path(item),
        name=item.name,
        media_type=item.media_type,
        size=item.object.size,
        open=lambda: safe.open(name),
    )
    date = dates.parse(row.date) if row.date else None
    return ExhibitValue(tab, row.description, date, source)


def stem_of(bundle: Bundle, number: int) -> str:
    """A file name for any system: the matter's number, the bundle, and which production it is."""
    words = "".join(
        c if c.isalnum() or c in "-." else "-" for c in f"bundle-{bundle.matter.number}"
    )
    return f"{words}-{number}" if number > 1 else words
