"""Reading an item in the reading room, and reading it again: whole, or some pages by OCR."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import RawIOBase
from pathlib import PurePosixPath
from typing import cast

from django.db import transaction
from django.utils import timezone

from amparo.accounts.web.models import User
from amparo.base import programs
from amparo.base.errors import ProgramMissing, UnreadableFile, UsageError
from amparo.evidence.intake.ingest import seal_bytes, seal_stream
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.actions.acquiring import Arrival, acquire_child
from amparo.evidence.web.actions.stored import keep_object
from amparo.evidence.web.models import Item
from amparo.extract import reading as values
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.actions.keeping import keep
from amparo.extract.web.models import PageText, Reading
from amparo.matters.access import Verb
from amparo.matters.web.access import require

__all__ = [
    "Found",
    "is_drawable",
    "pages_to_recognise",
    "read_item",
    "recognise_item",
    "set_item",
    "waits_for_ocr",
]

_DEEPEST = 12
"""How deep files may lie inside one another: a mail in an archive in a mail is 3."""


@dataclass(frozen=True, slots=True)
class Found:
    """What reading an item gave: its reading as a row, and the files inside as items."""

    reading: Reading
    children: tuple[Item, ...]


def read_item(item: Item, *, room: Sandbox, safe: Safe, acting_user: User) -> Found:
    """Read an item's file and keep what was found; never fails for what the file is.

    Files inside are sealed as they come out. They become items in the same transaction in which
    the reading is kept, so that an item that counts as read has all its children.
    """
    require(acting_user, Verb.ADD, item)
    children = _Children(item, safe)
    with safe.open(item.object.object_name) as source:
        found = room.read(
            source, name=item.name, media_type=item.media_type, on_child=children.take
        )
    found = children.told(found)
    now = timezone.now()
    with transaction.atomic():
        row = keep(item, found, kind=Reading.Kind.TEXT, now=now, acting_user=acting_user)
        inside = tuple(
            acquire_child(item, arrival, acting_user=acting_user) for arrival in children.arrivals
        )
    return Found(row, inside)


def recognise_item(
    item: Item,
    pages: Sequence[int],
    *,
    languages: Sequence[str] = (),
    room: Sandbox,
    safe: Safe,
    acting_user: User,
    on_page: Callable[[int], None] = lambda _number: None,
) -> Reading:
    """Recognise the words on some pages and keep them; ``on_page`` hears each finished one.

    ``UsageError`` when the item has no pixels; ``ProgramMissing`` says what OCR waits for.
    """
    require(acting_user, Verb.ADD, item)
    if not is_drawable(item.media_type):
        raise UsageError("Only PDFs and pictures have pages whose words can be recognised.")
    if not programs.is_present("tesseract"):
        raise waits_for_ocr()
    done: list[values.PageText] = []

    def take(page: values.PageText) -> None:
        done.append(page)
        on_page(page.number)

    with safe.open(item.object.object_name) as source:
        found = room.recognise(
            source,
            media_type=item.media_type,
            pages=pages,
            languages=languages,
            on_page=take,
        )
    with transaction.atomic():
        return keep(
            item,
            replace(found, pages=tuple(done)),
            kind=Reading.Kind.OCR,
            now=timezone.now(),
            acting_user=acting_user,
        )


def set_item(
    item: Item, *, room: Sandbox, safe: Safe, acting_user: User, paper: str = "us-letter"
) -> Reading:
    """Set an office file, message or text to pages: a sealed PDF that is kept beside the item.

    ``UnreadableFile`` says why it cannot be, also for want of LibreOffice.
    """
    require(acting_user, Verb.ADD, item)
    with safe.open(item.object.object_name) as source:
        pdf, how = room.set_to_pages(
            source, name=item.name, media_type=item.media_type, paper=paper
        )
    read = room.read(pdf, name="pages.pdf", media_type="application/pdf")
    sealed = seal_bytes(pdf, safe, name="pages.pdf")
    now = timezone.now()
    with transaction.atomic():
        made = keep_object(sealed, now=now)
        found = replace(how, pages=read.pages, children=(), page_count=read.page_count)
        return keep(
            item, found, kind=Reading.Kind.PAGES, now=now, acting_user=acting_user, made=made
        )


def pages_to_recognise(item: Item) -> list[int]:
    """The pages of an item that show more than their text holds."""
    if not is_drawable(item.media_type):
        return []
    pages = PageText.objects.filter(item=item, is_current=True, needs_ocr=True)
    return list(pages.order_by("number").values_list("number", flat=True))


def waits_for_ocr() -> ProgramMissing:
    """What recognition waits for, with the command that installs it."""
    tesseract = programs.KNOWN["tesseract"]
    return ProgramMissing(
        "Pages are scanned and their words are not recognised yet: tesseract is not installed.",
        next_step=f"Install it with: {tesseract.install_command}",
    )


def is_drawable(media_type: str) -> bool:
    """Whether pages of such a file can be shown as pixels."""
    return media_type == "application/pdf" or (
        media_type.startswith("image/") and media_type != "image/svg+xml"
    )


class _Children:
    """Seals the files inside as they come out, and says which ones it leaves where they are."""

    def __init__(self, item: Item, safe: Safe) -> None:
        self._safe = safe
        self._above = _digests_above(item)
        self.arrivals: list[Arrival] = []
        self._paths: set[str] = set()
        self._problems: list[str] = []

    def take(self, child: values.Child) -> None:
        """Seal one; who breaks off is told of by the reader itself."""
        if len(self._above) > _DEEPEST:
            if not self._problems:
                self._problems.append(
                    f"It lies {_DEEPEST} files deep, so what is inside was left where it is."
                )
            return
        name = PurePosixPath(child.path).name
        try:
            sealed = seal_stream(cast(RawIOBase, child.data), self._safe, name=name)
        except UnreadableFile:
            return
        if sealed.sha256 in self._above:
            self._problems.append(f"“{child.path}” is a file that this one lies in.")
            return
        self.arrivals.append(Arrival(self._own_path(child.path), sealed, child.modified))

    def _own_path(self, path: str) -> str:
        """The path inside, told apart from an earlier one that is the same."""
        path = path or "unnamed"
        number, own = 1, path
        while own in self._paths:
            number += 1
            own = f"{path} ({number})"
        self._paths.add(own)
        return own

    def told(self, found: values.Reading) -> values.Reading:
        """The reading, with what was left where it is."""
        if not self._problems:
            return found
        reason = " ".join([found.reason, *self._problems]).strip()
        status = "partial" if found.status == "read" else found.status
        return replace(found, status=status, reason=reason)


def _digests_above(item: Item) -> set[str]:
    """The digests of an item and of all that it lies in."""
    digests, at = set(), item
    while True:
        digests.add(at.object_id)
        if at.parent is None:
            return digests
        at = at.parent
