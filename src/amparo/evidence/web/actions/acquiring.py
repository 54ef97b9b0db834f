"""Acquiring: sealed files become items of a matter, each with its acquisition and ledger entry.

Rows and entries are written in one transaction, after the objects are safely in the store.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.base.ids import new_id
from amparo.base.shortening import shortened
from amparo.base.web import new_rows
from amparo.evidence.intake.ingest import Sealed
from amparo.evidence.web.actions import record_acquisition, record_acquisitions
from amparo.evidence.web.actions.ledger import take_the_pen
from amparo.evidence.web.models import Acquisition, Intake, Item, StoredObject
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.models import Matter

__all__ = ["FOUND_INSIDE", "Arrival", "Taken", "acquire", "acquire_child", "taken_before"]

FOUND_INSIDE = "found inside another file"
_LONGEST_NAME = 255
"""How many characters of a file's name are shown and sorted by; its path is kept whole."""
_ENDING = 55


@dataclass(frozen=True, slots=True)
class Arrival:
    """A sealed file on its way into a matter: its path as received, and its time as received."""

    path: str
    sealed: Sealed
    modified_at: str = ""

    @property
    def name(self) -> str:
        """The file's own name; one that no disk would take is shortened in its middle."""
        return shortened(self.path.rpartition("/")[2], _LONGEST_NAME, ending=_ENDING)


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


@transaction.atomic
def acquire(intake: Intake, arrivals: Sequence[Arrival], *, acting_user: User) -> list[Taken]:
    """Make items of sealed files, or second acquisitions of items that the matter has.

    All of them or none. An arrival that this intake has already is only told again.
    """
    require(acting_user, Verb.ADD, intake.matter)
    if intake.finished_at:
        raise UsageError("This intake is finished.", next_step="Open another one.")
    Matter.objects.select_for_update(no_key=True).get(pk=intake.matter_id)
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

    One that was disposed of is acquired anew.

    ``arrival.path`` is its path inside. Who acquires a container acquires what is in it, so the
    acquisition names the container's intake.
    """
    require(acting_user, Verb.ADD, parent.matter)
    known = Item.objects.filter(parent=parent, path=arrival.path).first()
    if known and known.object_id != arrival.sealed.sha256:
        raise UsageError(f"{parent.name} has another file at {arrival.path} already.")
    if known and known.status != Item.Status.DISPOSED:
        return known
    now = timezone.now()
    item = known or _new_child(parent, arrival, now)
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


def _new_child(parent: Item, arrival: Arrival, now: datetime) -> Item:
    """The saved row of a file found inside ``parent``, and that of its bytes."""
    stored = StoredObject.objects.filter(pk=arrival.sealed.sha256).first()
    if stored is None:
        stored = _object(arrival.sealed, now)
        StoredObject.objects.bulk_create([stored], ignore_conflicts=True)
    item = _item(parent.matter, arrival, stored, now, parent=parent)
    item.save(force_insert=True)
    return item


def taken_before(intake: Intake, **only: Any) -> Iterator[tuple[Acquisition, Taken]]:
    """What this intake has acquired, each as it is told again; ``only`` are filters of the rows."""
    earlier = Acquisition.objects.filter(item=OuterRef("item"), pk__lt=OuterRef("pk"))
    rows = Acquisition.objects.filter(intake=intake, item__parent=None, **only)
    told = rows.annotate(had_come_before=Exists(earlier))
    for row in told.select_related("item__object", "item__matter"):
        status: Literal["added", "duplicate"] = "duplicate" if row.had_come_before else "added"
        yield row, Taken(row.path, status, row.item, again=True)


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
    first_item: Item | None = None
    first_acquisition: Acquisition | None = None

    @classmethod
    def of(cls, intake: Intake, arrivals: Sequence[Arrival]) -> _Batch:
        """Look up paths and digests."""
        paths = [arrival.path for arrival in arrivals]
        digests = [arrival.sealed.sha256 for arrival in arrivals]
        top = Item.objects.filter(matter=intake.matter, parent=None, object__in=digests)
        return cls(
            intake=intake,
            now=timezone.now(),
            known={
                (row.path, row.item.object_id): taken
                for row, taken in taken_before(intake, path__in=paths)
            },
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
            item = self.items[sha256] = self._item(arrival)
            self.new_items.append(item)
        self.acquisitions.append(self._acquisition(arrival, item, acting_user))
        taken = Taken(arrival.path, status, item)
        self.known[arrival.path, sha256] = replace(taken, again=True)
        return taken

    def save(self, acting_user: User) -> None:
        """Write the rows and their entries.

        The pen is taken first, as by who reads an archive: two that take it and the same bytes'
        row in different order would wait for one another.
        """
        take_the_pen()
        new_rows.insert(self.new_objects, passing_over_known=True)
        new_rows.insert(self.new_items)
        new_rows.insert(self.acquisitions)
        record_acquisitions(self.acquisitions, acting_user=acting_user)

    def _object(self, sealed: Sealed) -> StoredObject:
        row = self.stored.get(sealed.sha256)
        if row is None:
            row = self.stored[sealed.sha256] = _object(sealed, self.now)
            self.new_objects.append(row)
        return row

    def _item(self, arrival: Arrival) -> Item:
        stored = self._object(arrival.sealed)
        if self.first_item is None:
            self.first_item = _item(self.intake.matter, arrival, stored, self.now)
            return self.first_item
        return new_rows.like(
            self.first_item,
            id=new_id(),
            object=stored,
            path=arrival.path,
            name=arrival.name,
            media_type=arrival.sealed.media_type,
        )

    def _acquisition(self, arrival: Arrival, item: Item, acting_user: User) -> Acquisition:
        if self.first_acquisition:
            return new_rows.like(
                self.first_acquisition,
                id=new_id(),
                item=item,
                path=arrival.path,
                modified_at=arrival.modified_at,
            )
        self.first_acquisition = Acquisition(
            item=item,
            intake=self.intake,
            path=arrival.path,
            acquired_by=acting_user,
            recorded_at=self.now,
            tool=self.intake.tool,
            modified_at=arrival.modified_at,
            **self.intake.details["provenance"],
        )
        return self.first_acquisition


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
