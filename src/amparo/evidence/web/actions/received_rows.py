"""The rows of an imported package: what the sender's ledger states, as ours states it."""

from __future__ import annotations

from django.db.models import Model
from django.utils import timezone

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base.canonical import Json
from amparo.base.errors import VerificationError
from amparo.base.ids import new_id
from amparo.evidence import custody
from amparo.evidence.intake.ingest import Sealed
from amparo.evidence.packages import records
from amparo.evidence.packages.received import Received
from amparo.evidence.web.actions.ledger import record, record_custody
from amparo.evidence.web.actions.stamps import queue_stamps
from amparo.evidence.web.actions.stored import keep_object
from amparo.evidence.web.models import Acquisition, CustodyEvent, Intake, Item
from amparo.evidence.web.queries import facts
from amparo.matters.web.models import Matter

__all__ = ["IMPORTED", "ReceivedRows", "seal_of"]

IMPORTED = "imported"
"""The kind of the entry that states an import, and of the custody event of each of its items."""


def seal_of(received: Received) -> str:
    """What names a package for ever: the hash of the entry that sealed it."""
    return f"package:{received.entries[max(received.entries)].entry_hash}"


class ReceivedRows:
    """Writes the rows of one imported package."""

    def __init__(self, received: Received, matter: Matter, acting_user: User) -> None:
        self._received = received
        self._matter = matter
        self._user = acting_user
        self._items: dict[str, Item] = {}
        self._now = timezone.now()
        export = received.export
        self._intake = Intake.objects.create(
            matter=matter,
            root=f"package {received.matter.number}",
            by=acting_user,
            tool=export.software[:80],
            details={"exported_by": export.by, "exported_at": export.at, "key": self._key},
            started_at=self._now,
        )
        record(
            IMPORTED,
            acting_user=acting_user,
            matter=matter,
            subject=seal_of(received),
            details={"package": self._package()},
        )

    @property
    def _key(self) -> str:
        return self._received.fingerprint

    def write(self, each: records.PackagedItem, sealed: Sealed) -> None:
        """An item, how the sender acquired it, what the sender did with it, and its import."""
        item = self._item(each, sealed)
        for came, seq in each.acquisitions:
            self._acquisition(item, came, seq)
        for event, seq in each.events:
            self._event(item, event, seq)
        self._imported(item)

    def write_provenance(self, sealed: Sealed) -> None:
        """The sender's proof, as one more item."""
        name = f"provenance-{self._received.matter.number}-{self._key[:8]}.zip"
        item = self._new_item(name, name, None, sealed, title="")
        item.status = Item.Status.READ  # there is nothing in it for readers to read
        item.save(update_fields=["status"])
        row = Acquisition.objects.create(
            item=item,
            intake=self._intake,
            path=name,
            from_whom=self._received.export.by[:300],
            acquired_by=self._user,
            recorded_at=self._now,
            method="records and proof of an imported package",
            tool=self._intake.tool,
        )
        self._state_acquisition(row, {})
        self._imported(item)

    def finish(self) -> None:
        """Close the intake and sign."""
        self._intake.finished_at = timezone.now()
        self._intake.save(update_fields=["finished_at"])
        audit(
            "import package",
            acting_user=self._user,
            subject=self._matter,
            matter_id=self._matter.pk,
            key=self._key,
        )
        queue_stamps()

    def _item(self, each: records.PackagedItem, sealed: Sealed) -> Item:
        parent = self._items[each.item.parent] if each.item.parent else None
        known = self._known(parent, each, sealed)
        item = known or self._new_item(
            each.item.path, each.item.name, parent, sealed, title=each.title
        )
        self._items[each.item.id] = item
        return item

    def _known(
        self, parent: Item | None, each: records.PackagedItem, sealed: Sealed
    ) -> Item | None:
        """The same bytes, or the same place inside a file, are one item."""
        if parent is None:
            same = Item.objects.filter(matter=self._matter, parent=None, object=sealed.sha256)
        else:
            same = Item.objects.filter(parent=parent, path=each.item.path)
        return same.first()

    def _new_item(
        self, path: str, name: str, parent: Item | None, sealed: Sealed, *, title: str
    ) -> Item:
        stored = keep_object(sealed, now=self._now)
        item = Item(
            id=new_id(),
            matter=self._matter,
            object=stored,
            parent=parent,
            path=path,
            name=name,
            title=title,
            media_type=sealed.media_type,
            received_at=self._now,
        )
        _check(item, "item")
        item.save(force_insert=True)
        return item

    def _acquisition(self, item: Item, came: custody.Acquired, seq: int) -> None:
        """How it came to us: from the sender, in the package. How it came to them is an event."""
        row = Acquisition(
            id=new_id(),
            item=item,
            intake=self._intake,
            path=came.path,
            from_whom="" if item.parent_id else self._received.export.by,
            acquired_by=self._user,
            recorded_at=self._now,
            method=came.method if item.parent_id else "a sealed package",
            tool=came.tool,
            modified_at=came.modified_at,
        )
        _check(row, "acquisition")
        row.save(force_insert=True)
        origin = self._origin(seq, came.acquired_by)
        self._state_acquisition(row, {**origin, "stated": _facts(came)})
        if not item.parent_id:
            self._event(item, self._as_event(item, came), seq)

    def _as_event(self, item: Item, came: custody.Acquired) -> custody.Event:
        """The sender's acquisition, told as a custody event."""
        parts = (came.from_whom, came.place, came.method, came.device)
        return custody.Event(
            id=came.id,
            item=str(item.pk),
            kind="received",
            purpose=", ".join(part for part in parts if part)[:300],
            actor=came.acquired_by,
            by_whom="",
            occurred_at=came.occurred_at or came.recorded_at,
            recorded_at=came.recorded_at,
            hash_before=item.object_id,
            hash_after=item.object_id,
            is_reconstruction=came.is_reconstruction,
        )

    def _state_acquisition(self, row: Acquisition, origin: dict[str, Json]) -> None:
        details = facts.acquired(row).details(facts.item(row.item))
        record(
            custody.ACQUIRED,
            acting_user=self._user,
            matter=self._matter,
            subject=f"item:{row.item_id}",
            occurred_at=row.occurred_at,
            details={**details, **origin},
            now=self._now,
        )

    def _event(self, item: Item, event: custody.Event, seq: int) -> None:
        row = CustodyEvent(
            id=new_id(),
            item=item,
            kind=event.kind,
            purpose=event.purpose,
            actor=None,
            by_whom=event.by_whom or self._person(event.actor),
            occurred_at=event.occurred_at,
            recorded_at=self._now,
            hash_before=event.hash_before,
            hash_after=event.hash_after,
            is_reconstruction=True,
        )
        said = facts.event(row)
        custody.check(said)
        row.entry = record(
            custody.CUSTODY,
            acting_user=self._user,
            matter=self._matter,
            subject=f"item:{item.pk}",
            occurred_at=row.occurred_at,
            details={**said.details(), **self._origin(seq, event.actor)},
            now=self._now,
        )
        _check(row, "custody event")
        row.save(force_insert=True)

    def _imported(self, item: Item) -> None:
        hash_ = item.object_id
        purpose = f"from {self._received.export.by}, package {self._received.matter.number}"[:300]
        if item.custody.filter(kind=IMPORTED).exists():
            return
        record_custody(
            item,
            IMPORTED,
            acting_user=self._user,
            purpose=purpose,
            hash_before=hash_,
            hash_after=hash_,
        )

    def _origin(self, seq: int, person: str | None) -> dict[str, Json]:
        """Where the sender's ledger states the same, and who did it there."""
        entry = self._received.entries[seq]
        return {
            "origin": {
                "key": self._key,
                "entry": seq,
                "entry_hash": entry.entry_hash,
                "recorded_at": entry.fact.recorded_at,
                "by": self._person(person),
            }
        }

    def _person(self, person: str | None) -> str:
        known = self._received.people.get(person or "")
        return known.name[:300] if known else ""

    def _package(self) -> dict[str, Json]:
        received = self._received
        return {
            "key": self._key,
            "matter": received.matter.id,
            "number": received.matter.number,
            "exported_by": received.export.by,
            "exported_at": received.export.at,
            "files": len(received.places),
            "disposed_before": len(received.items) - len(received.places),
        }


def _facts(came: custody.Acquired) -> dict[str, Json]:
    """All that the sender stated of an acquisition."""
    return {name: getattr(came, name) for name in came.__slots__}


def _check(row: Model, what: str) -> None:
    """Refuse a text that is longer than its column, which not every database would."""
    for field in row._meta.concrete_fields:
        value, most = getattr(row, field.attname), getattr(field, "max_length", None)
        if most and isinstance(value, str) and len(value) > most:
            raise VerificationError(
                f"records.json, {what}: {field.name}",
                got=f"{len(value)} characters",
                expected=f"at most {most}",
            )
