"""The only writers of the ledger: entries, acquisitions, custody events and signed checkpoints.

Each runs inside the caller's transaction, so that a row and its entry stand or fall together.
SQLite's IMMEDIATE transactions let one writer in at a time; on PostgreSQL an advisory lock does.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from amparo.accounts.web.models import User
from amparo.base import dates
from amparo.base.canonical import Json
from amparo.base.errors import StorageError, UsageError
from amparo.base.ids import new_id
from amparo.base.web import current, new_rows
from amparo.evidence import custody, ledger
from amparo.evidence.ledger import merkle, notes
from amparo.evidence.web.models import Acquisition, Checkpoint, CustodyEvent, Item, LedgerEntry
from amparo.evidence.web.models.disposal import Erasure
from amparo.evidence.web.queries import facts
from amparo.evidence.web.safes import open_safe
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.models import Matter

__all__ = [
    "note_custody",
    "record",
    "record_acquisition",
    "record_acquisitions",
    "record_custody",
    "sign_checkpoint",
    "signer",
    "take_the_pen",
]

ENTRIES_PER_CHECKPOINT = 256
LEDGER_LOCK = 0x416D7061726F  # "Amparo"


def record(
    kind: str,
    *,
    acting_user: User | None,
    matter: Matter | None = None,
    subject: str = "",
    occurred_at: str = "",
    details: Mapping[str, Json] | None = None,
    now: datetime | None = None,
) -> LedgerEntry:
    """Append one entry, and a checkpoint at least every 256; needs a transaction around it.

    ``subject`` is ``item:<id>`` or alike. ``occurred_at`` is EDTF or RFC 3339; without it the
    entry's fact occurred when it was recorded. Raises RuntimeError outside a transaction.
    """
    fact = _fact(kind, acting_user, matter, subject, occurred_at, details, now)
    return _append([fact], now)[0]


def record_acquisition(acquisition: Acquisition, *, acting_user: User) -> LedgerEntry:
    """Append the entry that states ``acquisition`` (already saved) and the item that it brought."""
    return record_acquisitions([acquisition], acting_user=acting_user)[0]


def record_acquisitions(
    acquisitions: Sequence[Acquisition], *, acting_user: User
) -> list[LedgerEntry]:
    """Append an entry for each of ``acquisitions`` (already saved), in their order.

    An item that was disposed of and comes in again lives again. StorageError when its bytes were
    destroyed between their sealing and now.
    """
    _live_again(acquisitions)
    states = [
        _fact(
            custody.ACQUIRED,
            acting_user,
            row.item.matter,
            f"item:{row.item_id}",
            row.occurred_at,
            facts.acquired(row).details(facts.item(row.item)),
            row.recorded_at,
        )
        for row in acquisitions
    ]
    return _append(states, acquisitions[-1].recorded_at) if states else []


def record_custody(
    item: Item,
    kind: str,
    *,
    acting_user: User | None,
    purpose: str = "",
    by_whom: str = "",
    occurred_at: str = "",
    hash_before: str = "",
    hash_after: str = "",
    is_reconstruction: bool = False,
) -> CustodyEvent:
    """Save a custody event and its entry; ``kind`` is one of ``custody.vocabulary()``.

    Raises UsageError when it says too little, VerificationError when the two hashes differ.
    """
    now = timezone.now()
    row = CustodyEvent(
        id=new_id(),
        item=item,
        kind=kind,
        purpose=purpose,
        actor=acting_user,
        by_whom=by_whom,
        occurred_at=occurred_at or ledger.moment(now),
        recorded_at=now,
        hash_before=hash_before,
        hash_after=hash_after,
        is_reconstruction=is_reconstruction,
    )
    event = facts.event(row)
    custody.check(event)
    row.entry = record(
        custody.CUSTODY,
        acting_user=acting_user,
        matter=item.matter,
        subject=f"item:{item.pk}",
        occurred_at=row.occurred_at,
        details=event.details(),
        now=now,
    )
    row.save(force_insert=True)
    return row


@transaction.atomic
def note_custody(
    item: Item,
    kind: str,
    *,
    acting_user: User,
    purpose: str = "",
    by_whom: str = "",
    occurred_at: str = "",
) -> CustodyEvent:
    """Write down what a person did with an item outside the program; ``occurred_at`` is EDTF.

    ``by_whom`` names who did it when that was not ``acting_user``. What happened before today is
    marked as written down later. UsageError for a kind that only the program itself states,
    AccessDenied for who may not edit.
    """
    require(acting_user, Verb.EDIT, item)
    known = custody.vocabulary().get(kind)
    if known and known.by != "person":
        raise UsageError(f"“{known.label}” is written down by Amparo itself.")
    latest = dates.parse(occurred_at).latest if occurred_at else None
    return record_custody(
        item,
        kind,
        acting_user=acting_user,
        purpose=purpose,
        by_whom=by_whom,
        occurred_at=occurred_at,
        hash_before=item.object_id,
        hash_after=item.object_id,
        is_reconstruction=latest is not None and latest < timezone.now().date(),
    )


def sign_checkpoint(*, now: datetime | None = None) -> Checkpoint | None:
    """Sign the ledger as it stands; the last checkpoint when it already covers everything.

    The note's fourth line is the moment of signing. None for an empty ledger. Needs a transaction
    around it.
    """
    take_the_pen()
    last = Checkpoint.objects.order_by("-size").first()
    frontier = _frontier(last)
    hashes = LedgerEntry.objects.filter(seq__gt=frontier.size).order_by("seq")
    for entry_hash in hashes.values_list("entry_hash", flat=True).iterator():
        frontier = frontier.append(merkle.leaf(bytes.fromhex(entry_hash)))
    if frontier.size == (last.size if last else 0):
        return last
    key, signed_at = signer(), now or timezone.now()
    moment = ledger.moment(signed_at)
    statement = notes.Checkpoint(key.name, frontier.size, frontier.root(), (moment,))
    return Checkpoint.objects.create(
        size=frontier.size,
        root=frontier.root().hex(),
        note=notes.sign(statement.text, key),
        frontier=[peak.hex() for peak in frontier.peaks],
        signed_at=signed_at,
    )


def signer() -> notes.Signer:
    """The workspace's signing key, under a name drawn from its public half."""
    seed = current.workspace().keyring.signing_key
    fingerprint = notes.Signer("amparo.local", seed).key.fingerprint
    return notes.Signer(f"amparo.local/{fingerprint[:16]}", seed)


def _live_again(acquisitions: Sequence[Acquisition]) -> None:
    """Items that come in after their disposal are evidence again, and their bytes are there."""
    digests = {row.item.object_id for row in acquisitions}
    erased = set(Erasure.objects.filter(sha256__in=digests).values_list("object_name", flat=True))
    if erased:
        store = open_safe().store
        if not all(store.exists(name) for name in erased):
            raise StorageError(
                "The same bytes were destroyed just now, as two people had decided.",
                next_step="Add the file again.",
            )
    items = Item.objects.filter(pk__in={row.item_id for row in acquisitions})
    items.filter(status=Item.Status.DISPOSED).update(status=Item.Status.SEALED)


def _fact(
    kind: str,
    acting_user: User | None,
    matter: Matter | None,
    subject: str,
    occurred_at: str,
    details: Mapping[str, Json] | None,
    now: datetime | None,
) -> ledger.Fact:
    recorded_at = ledger.moment(now or timezone.now())
    return ledger.Fact(
        kind=kind,
        actor=f"user:{acting_user.pk}" if acting_user else "amparo",
        matter=str(matter.pk) if matter else None,
        subject=subject or None,
        occurred_at=occurred_at or recorded_at,
        recorded_at=recorded_at,
        details=details or {},
    )


def _append(states: Sequence[ledger.Fact], now: datetime | None) -> list[LedgerEntry]:
    """Chain entries to the ledger's head, and sign when there is a checkpoint among them."""
    take_the_pen()
    head = _head()
    first, rows = head.seq, []
    for fact in states:
        entry = ledger.append(head, fact, nonce=secrets.token_hex(16))
        head = ledger.Head(entry.seq, entry.entry_hash)
        rows.append(
            LedgerEntry(
                seq=entry.seq,
                kind=fact.kind,
                matter_id=UUID(fact.matter) if fact.matter else None,
                subject=fact.subject or "",
                recorded_at=fact.recorded_at,
                canonical=entry.canonical,
                entry_hash=entry.entry_hash,
                previous_hash=entry.previous,
            )
        )
    new_rows.insert(rows)
    if head.seq // ENTRIES_PER_CHECKPOINT > first // ENTRIES_PER_CHECKPOINT:
        sign_checkpoint(now=now)
    return rows


def _head() -> ledger.Head:
    last = LedgerEntry.objects.order_by("-seq").values_list("seq", "entry_hash").first()
    return ledger.Head(*last) if last else ledger.Head()


def _frontier(last: Checkpoint | None) -> merkle.Frontier:
    if last is None:
        return merkle.Frontier()
    return merkle.Frontier(last.size, tuple(bytes.fromhex(peak) for peak in last.frontier))


def take_the_pen() -> None:
    """One writer of the ledger at a time, until the transaction ends."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the ledger is written inside a transaction only")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LEDGER_LOCK])
