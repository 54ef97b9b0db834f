"""Taking a folder in: every file is sealed and acquired, then read, then its pages recognised.

Sealing goes first and waits for nobody, so that what came is safe even if reading is cut off.
Readers work beside it, each with a worker of the reading room. Each step is kept in its own
transaction, so that running again completes what was interrupted.
"""

from __future__ import annotations

import queue
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.db import connections

from amparo.accounts.web.models import User
from amparo.base import programs
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.actions.acquiring import Taken
from amparo.evidence.web.actions.intake import Provenance, finish_intake, open_intake, take_folder
from amparo.evidence.web.models import Item
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.actions.proving import prove_read_item
from amparo.extract.web.actions.readings import (
    pages_to_recognise,
    read_item,
    recognise_item,
    waits_for_ocr,
)
from amparo.matters.web.models import Matter
from amparo.search.web import actions as search

__all__ = ["Outcome", "Readers", "complete", "seal_in", "take_in"]

HANDED_OVER = 50
"""How many files one job reads: enough that the queue costs little, few enough to share out."""
HANDED_OVER_BYTES = 4 * 2**20
"""A job that has so many bytes to read is full: scans take a hundred times as long as letters."""

SETTLE_AFTER = 100
"""How many new files make it worth to bring the search's index in order."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one received file, as ``amparo add --json`` tells it.

    ``status`` is ``added``, ``duplicate``, ``partial`` or ``failed``; the last two have a
    ``reason``. One that is read elsewhere is ``sealed``. ``inside`` is how many files were found in
    it, all levels together.
    """

    path: str
    sha256: str
    type: str
    status: str
    reason: str
    pages: int
    item: str = ""
    inside: int = 0


@dataclass(frozen=True, slots=True)
class Readers:
    """What reading needs: who acts, where files are read, where they lie.

    ``at_once`` is how many items are read side by side; 0 reads them in the caller's own thread.
    """

    room: Sandbox
    safe: Safe
    acting_user: User
    at_once: int = 2
    recognise: bool = True


def take_in(
    matter: Matter,
    root: Path,
    *,
    readers: Readers,
    provenance: Provenance | None = None,
    leave_out: Path | None = None,
    on_sealed: Callable[[Taken], None] = lambda _taken: None,
    at_end: Callable[[], None] = lambda: None,
) -> Iterator[Outcome]:
    """Take every file below ``root`` into a matter; one ``Outcome`` for each, as it is done.

    Interrupted and run again, it goes on. ``at_end`` is called when all is done and told, and
    before the intake is closed: who runs the command again after that begins a new delivery.
    AccessDenied for who may not add; StorageFull and StorageError end it.
    """
    who = readers.acting_user
    intake = open_intake(matter, str(root.resolve()), acting_user=who, provenance=provenance)
    work = _Work(readers)
    count = 0
    with work:
        for taken in take_folder(intake, root, readers.safe, acting_user=who, leave_out=leave_out):
            on_sealed(taken)
            count += not taken.again
            yield from work.give(taken)
        yield from work.rest()
    if count >= SETTLE_AFTER:
        search.settle()
    at_end()
    finish_intake(intake, acting_user=who)


def seal_in(
    matter: Matter,
    root: Path,
    *,
    safe: Safe,
    acting_user: User,
    hand_over: Callable[[Sequence[Item]], None],
    provenance: Provenance | None = None,
    leave_out: Path | None = None,
    at_end: Callable[[], None] = lambda: None,
) -> Iterator[Outcome]:
    """Seal every file below ``root`` into a matter and hand the new ones over to be read elsewhere.

    As ``take_in`` otherwise. A file that this intake had before it was cut off is handed over again
    unless it was read meanwhile.
    """
    intake = open_intake(
        matter, str(root.resolve()), acting_user=acting_user, provenance=provenance
    )
    waiting: list[Item] = []
    size = 0
    for taken in take_folder(intake, root, safe, acting_user=acting_user, leave_out=leave_out):
        item = taken.item
        if item is not None and taken.status == "added" and item.status == Item.Status.SEALED:
            waiting.append(item)
            size += item.object.size
        if len(waiting) == HANDED_OVER or size >= HANDED_OVER_BYTES:
            hand_over(waiting)
            waiting, size = [], 0
        yield _sealed(taken)
    hand_over(waiting)
    at_end()
    finish_intake(intake, acting_user=acting_user)


def complete(
    item: Item, readers: Readers, *, on_step: Callable[[str], None] = lambda _name: None
) -> int:
    """Read an item and all that lies in it, as far as that is not done; gives how many inside.

    Pages that show more than their text are recognised, if that is wanted and possible.
    ``on_step`` hears the name of each file before it is read; what it raises ends the work.
    """
    on_step(item.name)
    who, room, safe = readers.acting_user, readers.room, readers.safe
    is_new = item.status == Item.Status.SEALED
    if is_new:
        read_item(item, room=room, safe=safe, acting_user=who)
    if is_new or not item.proof_checks.exists():
        prove_read_item(item, room=room, safe=safe, acting_user=who)
    if readers.recognise:
        _recognise(item, readers)
    inside = list(item.children.select_related("object", "matter", "parent").order_by("pk"))
    return len(inside) + sum(complete(child, readers, on_step=on_step) for child in inside)


def _recognise(item: Item, readers: Readers) -> None:
    pages = pages_to_recognise(item)
    if not pages:
        return
    if not programs.is_present("tesseract"):
        _note_waiting(item, str(waits_for_ocr()))
        return
    if item.reason and item.reason == str(waits_for_ocr()):
        item.status, item.reason = Item.Status.READ, ""
        item.save(update_fields=["status", "reason"])
    recognise_item(
        item, pages, room=readers.room, safe=readers.safe, acting_user=readers.acting_user
    )


def _note_waiting(item: Item, why: str) -> None:
    if item.status == Item.Status.READ:
        item.status, item.reason = Item.Status.PARTIAL, why
        item.save(update_fields=["status", "reason"])


def _sealed(taken: Taken) -> Outcome:
    item, status = taken.item, taken.status
    if item is None:
        return Outcome(taken.path, "", "", "failed", taken.reason, 0)
    told = "sealed" if status == "added" else status
    return Outcome(taken.path, item.object_id, item.media_type, told, "", 0, str(item.pk))


def _outcome(taken: Taken, inside: int) -> Outcome:
    item = taken.item
    if item is None:
        return Outcome(taken.path, "", "", "failed", taken.reason, 0)
    item.refresh_from_db(fields=["status", "reason", "page_count"])
    status: str = taken.status
    if status == "added" and item.status in (Item.Status.PARTIAL, Item.Status.FAILED):
        status = item.status
    return Outcome(
        path=taken.path,
        sha256=item.object_id,
        type=item.media_type,
        status=status,
        reason=item.reason if status in ("partial", "failed") else "",
        pages=item.page_count or 0,
        item=str(item.pk),
        inside=inside,
    )


@dataclass
class _Work:
    """Items on their way through the readers. An error of one ends the whole, after the others.

    The threads begin with the first item: whoever seals copies this process before, and only one
    that has a single thread can be.
    """

    readers: Readers
    _waiting: queue.Queue[Taken | None] = field(default_factory=queue.Queue)
    _done: queue.Queue[Outcome | BaseException] = field(default_factory=queue.Queue)
    _threads: list[threading.Thread] = field(default_factory=list)
    _locks: defaultdict[UUID, threading.Lock] = field(
        default_factory=lambda: defaultdict(threading.Lock)
    )
    _given: int = 0
    _stop: bool = False

    def __enter__(self) -> _Work:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._stop = True
            self.readers.room.abort()
        for _thread in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def give(self, taken: Taken) -> Iterator[Outcome]:
        """Hand one over, and give what is done by now."""
        if not self.readers.at_once or taken.item is None:
            yield self._finished(taken)
            return
        if not self._threads:
            self._begin()
        self._given += 1
        self._waiting.put(taken)
        while not self._done.empty():
            yield self._next()

    def _begin(self) -> None:
        for number in range(self.readers.at_once):
            thread = threading.Thread(target=self._read, name=f"reader {number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def rest(self) -> Iterator[Outcome]:
        """Wait for what is under way."""
        while self._given:
            yield self._next()

    def _next(self) -> Outcome:
        done = self._done.get()
        self._given -= 1
        if isinstance(done, BaseException):
            raise done
        return done

    def _read(self) -> None:
        try:
            while (taken := self._waiting.get()) is not None and not self._stop:
                try:
                    self._done.put(self._finished(taken))
                except BaseException as error:  # noqa: BLE001  raised again where it is awaited
                    self._done.put(error)
        finally:
            connections.close_all()

    def _finished(self, taken: Taken) -> Outcome:
        """Complete the item; the same one twice in a folder is read once."""
        if taken.item is None:
            return _outcome(taken, 0)
        with self._locks[taken.item.pk]:
            taken.item.refresh_from_db(fields=["status", "reason"])
            return _outcome(taken, complete(taken.item, self.readers))
