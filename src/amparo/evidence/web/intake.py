"""Taking files in: an intake is opened, files are acquired into its matter, and it is finished.

An intake that was killed is taken up again where it stopped: what it has already acquired is
known by path and digest and not acquired twice. Item, acquisition and ledger entry are written in
one transaction, after the object is safely in the store.

``take_folder`` is the whole way for a folder. Who has bytes already sealed (an upload, a member of
an archive) uses ``acquire`` and ``acquire_child``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from amparo.accounts.web.models import User
from amparo.base import dates
from amparo.base.errors import UnreadableFile, UsageError
from amparo.base.ids import new_id
from amparo.evidence.ingest import Sealed, seal_sources
from amparo.evidence.safe import Safe
from amparo.evidence.sources import Source, sources
from amparo.evidence.web.actions import (
    queue_stamps,
    record,
    record_acquisition,
    record_acquisitions,
)
from amparo.evidence.web.models import Acquisition, Intake, Item, StoredObject
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.models import Matter

__all__ = [
    "Arrival",
    "Provenance",
    "Taken",
    "acquire",
    "acquire_child",
    "finish_intake",
    "open_intake",
    "refuse",
    "take_folder",
]

FILES_AT_ONCE = 128
BYTES_AT_ONCE = 64 * 2**20
FOUND_INSIDE = "found inside another file"


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is said of a whole delivery. ``occurred_at`` is EDTF; "" is not known."""

    from_whom: str = ""
    occurred_at: str = ""
    place: str = ""
    method: str = ""
    device: str = ""
    is_reconstruction: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """A sealed file on its way into a matter: its path as received, and its time as received."""

    path: str
    sealed: Sealed
    modified_at: str = ""

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file. ``item`` is None, and ``reason`` says why, when it failed.

    ``again``: this intake had it already, before it was interrupted.
    """

    path: str
    status: Literal["added", "duplicate", "failed"]
    item: Item | None = None
    reason: str = ""
    again: bool = False


Outcome = Sealed | UnreadableFile | Taken


@dataclass(frozen=True, slots=True)
class _Known:
    """A file that this intake has: as large and as old as it was then, and what became of it."""

    size: int
    modified_at: str
    taken: Taken

    def is_same(self, source: Source) -> bool:
        return (self.size, self.modified_at) == (source.size, source.modified_at)


@transaction.atomic
def open_intake(
    matter: Matter,
    root: str,
    *,
    acting_user: User,
    tool: str = "amparo",
    provenance: Provenance | None = None,
    go_on: bool = True,
) -> Intake:
    """Open an intake from ``root`` (a folder's path, "browser").

    Unless ``go_on`` is False, the same person's intake from there that was cut off, if what is
    said of it is the same, is taken up again. UsageError when the provenance's date is no EDTF,
    AccessDenied for who may not add.
    """
    require(acting_user, Verb.ADD, matter)
    said = asdict(provenance or Provenance())
    if said["occurred_at"]:
        dates.parse(said["occurred_at"])
    unfinished = Intake.objects.filter(matter=matter, root=root, by=acting_user, finished_at=None)
    for intake in unfinished if go_on else ():
        if intake.details.get("provenance") == said:
            return intake
    intake = Intake.objects.create(
        matter=matter,
        root=root,
        by=acting_user,
        tool=tool,
        details={"provenance": said, "refused": {}},
        started_at=timezone.now(),
    )
    _record_intake("intake opened", intake, acting_user)
    return intake


def take_folder(
    intake: Intake, root: Path, safe: Safe, *, acting_user: User, leave_out: Path | None = None
) -> Iterator[Taken]:
    """Seal and acquire every file below ``root``; one ``Taken`` for each, in order.

    What this intake has already, unchanged in size and time, is not read again. ``leave_out`` is
    the workspace, should it lie inside. StorageFull and StorageError end it; run again, it goes on.
    """
    safe.store.sweep()
    known = _known(intake)
    found = sources(root, leave_out=leave_out)
    for batch in _batches(_outcomes(found, known, safe)):
        yield from _take_batch(intake, batch, acting_user)


@transaction.atomic
def acquire(intake: Intake, arrivals: Sequence[Arrival], *, acting_user: User) -> list[Taken]:
    """Make items of sealed files, or second acquisitions of items that the matter has.

    All of them or none. An arrival that this intake has already is only told again.
    """
    require(acting_user, Verb.ADD, intake.matter)
    if intake.finished_at:
        raise UsageError("This intake is finished.", next_step="Open another one.")
    Matter.objects.select_for_update().get(pk=intake.matter_id)
    batch = _Batch.of(intake, arrivals)
    taken = [batch.take(arrival, acting_user) for arrival in arrivals]
    batch.save(acting_user)
    _forget_refusals(intake, {arrival.path for arrival in arrivals})
    return taken


@transaction.atomic
def acquire_child(
    parent: Item, arrival: Arrival, *, acting_user: User, tool: str = "amparo"
) -> Item:
    """Make an item of a file found inside ``parent``; the same one when it was there before.

    ``arrival.path`` is its path inside. Who acquires a container acquires what is in it, so the
    acquisition names the container's intake.
    """
    require(acting_user, Verb.ADD, parent.matter)
    known = Item.objects.filter(parent=parent, path=arrival.path).first()
    if known:
        if known.object_id != arrival.sealed.sha256:
            raise UsageError(f"{parent.name} has another file at {arrival.path} already.")
        return known
    now = timezone.now()
    stored = StoredObject.objects.filter(pk=arrival.sealed.sha256).first()
    if stored is None:
        stored = _object(arrival.sealed, now)
        stored.save(force_insert=True)
    item = _item(parent.matter, arrival, stored, now, parent=parent)
    item.save(force_insert=True)
    first = parent.acquisitions.order_by("recorded_at").first()
    acquisition = Acquisition.objects.create(
        item=item,
        intake=first.intake if first else None,
        path=arrival.path,
        acquired_by=acting_user,
        recorded_at=now,
        method=FOUND_INSIDE,
        tool=tool,
        modified_at=arrival.modified_at,
    )
    record_acquisition(acquisition, acting_user=acting_user)
    return item


@transaction.atomic
def refuse(intake: Intake, path: str, reason: str, *, acting_user: User) -> Taken:
    """Write down that a file was there and why it could not be taken in."""
    require(acting_user, Verb.ADD, intake.matter)
    refused = intake.details.setdefault("refused", {})
    if refused.get(path) != reason:
        refused[path] = reason
        intake.save(update_fields=["details"])
        _record_intake("refused", intake, acting_user, path=path, reason=reason)
    return Taken(path, "failed", reason=reason)


@transaction.atomic
def finish_intake(intake: Intake, *, acting_user: User) -> None:
    """Close the intake and sign the ledger; finishing twice is once."""
    require(acting_user, Verb.ADD, intake.matter)
    if intake.finished_at:
        return
    intake.finished_at = timezone.now()
    intake.save(update_fields=["finished_at"])
    counted = intake.acquisition_set.exclude(method=FOUND_INSIDE).count()
    refused = len(intake.details.get("refused", {}))
    _record_intake("intake finished", intake, acting_user, acquired=counted, refused=refused)
    queue_stamps()


def _outcomes(
    found: Iterable[Source], known: Mapping[str, _Known], safe: Safe
) -> Iterator[tuple[Source, Outcome]]:
    """Every file with its outcome; what is known is told and not sealed again."""
    told: list[tuple[Source, Outcome]] = []

    def unknown() -> Iterator[Source]:
        for source in found:
            before = known.get(source.shown_path)
            if before and before.is_same(source):
                told.append((source, before.taken))
            else:
                yield source

    for outcome in seal_sources(unknown(), safe):
        yield from told
        told.clear()
        yield outcome
    yield from told


def _batches(outcomes: Iterable[tuple[Source, Outcome]]) -> Iterator[list[tuple[Source, Outcome]]]:
    """Groups small enough to be told often, large enough to share a transaction."""
    batch: list[tuple[Source, Outcome]] = []
    size = 0
    for source, outcome in outcomes:
        batch.append((source, outcome))
        size += source.size
        if len(batch) >= FILES_AT_ONCE or size >= BYTES_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _take_batch(
    intake: Intake, batch: Sequence[tuple[Source, Outcome]], acting_user: User
) -> Iterator[Taken]:
    sealed = [
        Arrival(source.shown_path, outcome, source.modified_at)
        for source, outcome in batch
        if isinstance(outcome, Sealed)
    ]
    taken = iter(acquire(intake, sealed, acting_user=acting_user))
    for source, outcome in batch:
        if isinstance(outcome, Taken):
            yield outcome
        elif isinstance(outcome, Sealed):
            yield next(taken)
        else:
            yield refuse(intake, source.shown_path, outcome.message, acting_user=acting_user)


def _known(intake: Intake) -> dict[str, _Known]:
    """What an intake that was cut off has acquired, by path."""
    rows = _with_earlier(Acquisition.objects.filter(intake=intake, item__parent=None))
    return {
        row.path: _Known(row.item.object.size, row.modified_at, _again(row))
        for row in rows.select_related("item__object", "item__matter")
    }


@dataclass
class _Batch:
    """Files that are acquired together: what the matter has of them, and the rows to add.

    A few queries for all of them instead of ten for each.
    """

    intake: Intake
    now: datetime
    known: dict[tuple[str, str], Taken]
    items: dict[str, Item]
    stored: dict[str, StoredObject]
    new_objects: list[StoredObject] = field(default_factory=list)
    new_items: list[Item] = field(default_factory=list)
    acquisitions: list[Acquisition] = field(default_factory=list)

    @classmethod
    def of(cls, intake: Intake, arrivals: Sequence[Arrival]) -> _Batch:
        """Look up paths and digests."""
        paths = [arrival.path for arrival in arrivals]
        digests = [arrival.sealed.sha256 for arrival in arrivals]
        here = Acquisition.objects.filter(intake=intake, path__in=paths, item__parent=None)
        known = _with_earlier(here).select_related("item__object", "item__matter")
        top = Item.objects.filter(matter=intake.matter, parent=None, object__in=digests)
        return cls(
            intake=intake,
            now=timezone.now(),
            known={(row.path, row.item.object_id): _again(row) for row in known},
            items={each.object_id: each for each in top.select_related("object", "matter")},
            stored=StoredObject.objects.in_bulk(digests),
        )

    def take(self, arrival: Arrival, acting_user: User) -> Taken:
        """Prepare the rows of one file, and say what it is."""
        sha256 = arrival.sealed.sha256
        before = self.known.get((arrival.path, sha256))
        if before:
            return before
        item = self.items.get(sha256)
        status: Literal["added", "duplicate"] = "duplicate" if item else "added"
        if item is None:
            item = _item(self.intake.matter, arrival, self._object(arrival.sealed), self.now)
            self.items[sha256] = item
            self.new_items.append(item)
        self.acquisitions.append(self._acquisition(arrival, item, acting_user))
        taken = Taken(arrival.path, status, item)
        self.known[arrival.path, sha256] = replace(taken, again=True)
        return taken

    def save(self, acting_user: User) -> None:
        """Write the rows and their entries."""
        StoredObject.objects.bulk_create(self.new_objects)
        Item.objects.bulk_create(self.new_items)
        Acquisition.objects.bulk_create(self.acquisitions)
        record_acquisitions(self.acquisitions, acting_user=acting_user)

    def _object(self, sealed: Sealed) -> StoredObject:
        row = self.stored.get(sealed.sha256)
        if row is None:
            row = self.stored[sealed.sha256] = _object(sealed, self.now)
            self.new_objects.append(row)
        return row

    def _acquisition(self, arrival: Arrival, item: Item, acting_user: User) -> Acquisition:
        return Acquisition(
            item=item,
            intake=self.intake,
            path=arrival.path,
            acquired_by=acting_user,
            recorded_at=self.now,
            tool=self.intake.tool,
            modified_at=arrival.modified_at,
            **self.intake.details["provenance"],
        )


def _object(sealed: Sealed, now: datetime) -> StoredObject:
    return StoredObject(
        sha256=sealed.sha256,
        blake3=sealed.blake3,
        size=sealed.size,
        object_name=sealed.object_name,
        media_type=sealed.media_type,
        sealed_at=now,
    )


def _item(
    matter: Matter,
    arrival: Arrival,
    stored: StoredObject,
    now: datetime,
    *,
    parent: Item | None = None,
) -> Item:
    return Item(
        id=new_id(),
        matter=matter,
        object=stored,
        parent=parent,
        path=arrival.path,
        name=arrival.name,
        media_type=arrival.sealed.media_type,
        received_at=now,
    )


def _forget_refusals(intake: Intake, paths: set[str]) -> None:
    """A file that could not be taken in and now was is no longer one that is missing."""
    refused = intake.details.get("refused", {})
    if paths & refused.keys():
        intake.details["refused"] = {p: why for p, why in refused.items() if p not in paths}
        intake.save(update_fields=["details"])


def _with_earlier(rows: QuerySet[Acquisition]) -> QuerySet[Acquisition]:
    """Say of each acquisition whether its item had come before."""
    earlier = Acquisition.objects.filter(item=OuterRef("item"), pk__lt=OuterRef("pk"))
    return rows.annotate(had_come_before=Exists(earlier))


def _again(row: Acquisition) -> Taken:
    status: Literal["added", "duplicate"] = "added"
    if row.had_come_before:  # type: ignore[attr-defined]
        status = "duplicate"
    return Taken(row.path, status, row.item, again=True)


def _record_intake(kind: str, intake: Intake, acting_user: User, **more: str | int) -> None:
    provenance = intake.details["provenance"]
    record(
        kind,
        acting_user=acting_user,
        matter=intake.matter,
        subject=f"intake:{intake.pk}",
        details={"intake": {"root": intake.root, "tool": intake.tool, **provenance, **more}},
    )
