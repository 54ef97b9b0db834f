"""Verifying the whole workspace: the database, the ledger, its rows, time stamps and objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from typing import Self, TypeVar

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions import audit, require_workspace
from amparo.accounts.web.models import User
from amparo.base.errors import VerificationError
from amparo.evidence.ledger import Entry, Row, moment, timestamps
from amparo.evidence.ledger.verification import Outcome, Part, SignedHead, check_ledger
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.actions.ledger import record, signer
from amparo.evidence.web.actions.objects import Reading, reading_objects
from amparo.evidence.web.actions.watching import note_checked
from amparo.evidence.web.models import (
    Checkpoint,
    LedgerEntry,
    StoredObject,
    TimeStamp,
    Verification,
)
from amparo.evidence.web.queries.disposed import disposed_items
from amparo.evidence.web.queries.statements import Statements, check_columns
from amparo.evidence.web.safes import open_safe

__all__ = ["PARTS", "verify_workspace"]

PARTS = ("database", "ledger", "records", "time stamps", "objects")
"""In the order in which they are verified."""

BATCH = 500

OnProgress = Callable[[str, int, int], None]
T = TypeVar("T")


def verify_workspace(*, acting_user: User, on_progress: OnProgress | None = None) -> Verification:
    """Verify everything, and keep what was found; ``on_progress(part, done, total)`` may cancel.

    What is broken is in the outcome, not raised.
    """
    require_workspace(acting_user, WorkspaceVerb.VERIFY)
    started_at, outcome, safe = timezone.now(), Outcome(), open_safe()
    with reading_objects(safe) as reading:
        work = _Work(outcome, on_progress or (lambda _part, _done, _total: None), safe, reading)
        for check in (work.database, work.ledger_and_records, work.time_stamps, work.objects):
            try:
                check()
            except DatabaseError as error:
                work.part.add(_unreadable(work.part.name, error))
    return _keep(outcome, started_at=started_at, acting_user=acting_user)


class _Work:
    """The checks, each adding its part to the outcome."""

    def __init__(
        self, outcome: Outcome, on_progress: OnProgress, safe: Safe, reading: Reading
    ) -> None:
        self._outcome = outcome
        self._on_progress = on_progress
        self._safe = safe
        self._reading = reading
        self.part = Part("")

    def database(self) -> None:
        """Every page of the encrypted database against its own authentication code."""
        self._begin("database")
        if connection.vendor != "sqlite":
            return
        with connection.cursor() as cursor:
            for pragma in ("cipher_integrity_check", "quick_check"):
                cursor.execute(f"PRAGMA {pragma}")
                for (said,) in cursor.fetchall():
                    if said != "ok":
                        self.part.add(VerificationError("database", got=said, expected="ok"))
            cursor.execute("PRAGMA page_count")
            self.part.checked = cursor.fetchone()[0]

    def ledger_and_records(self) -> None:
        """The chain with its checkpoints, and in the same walk the rows that entries state."""
        self._begin("ledger")
        chain, total = self.part, LedgerEntry.objects.count()
        records = Part("records")
        statements = Statements(records)
        try:
            for batch in _batches(_walk(), BATCH):
                self._reading.go_on()
                chain.checked += len(batch)
                statements.compare(batch)
                self._on_progress("ledger", chain.checked, total)
        except VerificationError as error:
            chain.add(error)
        self._outcome.parts.append(records)
        self.part = records
        if not chain.broken:
            statements.name_unstated()

    def time_stamps(self) -> None:
        """Each granted stamp against its checkpoint."""
        self._begin("time stamps")
        granted = TimeStamp.objects.filter(status=TimeStamp.Status.GRANTED)
        for row in granted.select_related("checkpoint").order_by("checkpoint_id"):
            self.part.checked += 1
            self._collect(_check_stamp, row)

    def objects(self) -> None:
        """Every sealed object from end to end; all of them, whatever is found."""
        self._begin("objects")
        total = StoredObject.objects.count()
        self._outcome.disposed = disposed_items()
        with _Checked() as checked:
            for batch in self._reading.batches():
                self.part.checked += len(batch)
                for _, fault in batch:
                    if fault:
                        self.part.add(fault)
                checked.add(row for row, fault in batch if not fault)
                self._on_progress("objects", self.part.checked, total)
        self._remark_on_orphans()

    def _begin(self, name: str) -> None:
        self.part = Part(name)
        self._outcome.parts.append(self.part)
        self._reading.go_on()
        self._on_progress(name, 0, 0)

    def _collect(self, check: Callable[[T], None], row: T) -> None:
        try:
            check(row)
        except VerificationError as error:
            self.part.add(error)

    def _remark_on_orphans(self) -> None:
        known = set(StoredObject.objects.values_list("object_name", flat=True))
        orphans = sum(1 for name in self._safe.store.names() if name not in known)
        if orphans:
            self._outcome.remarks.append(
                f"{orphans} sealed objects belong to nothing: an addition was cut off before it "
                "was written down. Running it again takes them up."
            )


class _Checked:
    """Objects that were read whole, written down many at a time, and at the end in any case."""

    def __init__(self) -> None:
        self._rows: list[StoredObject] = []

    def add(self, rows: Iterable[StoredObject]) -> None:
        self._rows.extend(rows)
        if len(self._rows) >= BATCH:
            self._write()

    def _write(self) -> None:
        rows, self._rows = self._rows, []
        note_checked(rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._write()


def _walk() -> Iterator[Entry]:
    """Every entry, checked, with the columns beside its text."""
    rows: dict[int, LedgerEntry] = {}

    def stored() -> Iterator[Row]:
        for row in _entries():
            rows[row.seq] = row
            yield Row(row.seq, row.canonical, row.entry_hash, row.previous_hash)

    for entry in check_ledger(stored(), _checkpoints(), signer().key):
        check_columns(rows.pop(entry.seq), entry)
        yield entry


def _entries() -> Iterator[LedgerEntry]:
    """All rows of the ledger in order, a batch at a time."""
    last = 0
    while batch := list(LedgerEntry.objects.filter(seq__gt=last).order_by("seq")[:BATCH]):
        yield from batch
        last = batch[-1].seq


def _checkpoints() -> Iterator[SignedHead]:
    for row in Checkpoint.objects.order_by("size").iterator(BATCH):
        frontier = tuple(map(str, row.frontier))
        yield SignedHead(row.size, row.root, row.note, frontier, moment(row.signed_at))


def _check_stamp(row: TimeStamp) -> None:
    request = bytes(row.request) if row.request else None
    try:
        stamp = timestamps.read(
            bytes(row.response or b""), note=row.checkpoint.note, request=request
        )
    except VerificationError as error:
        error.what = f"time stamp of checkpoint {row.checkpoint_id}, {error.what}"
        raise
    what = f"time stamp of checkpoint {row.checkpoint_id}: its moment"
    _same(what, row.stamped_at and moment(row.stamped_at), moment(stamp.at))


@transaction.atomic
def _keep(outcome: Outcome, *, started_at: datetime, acting_user: User) -> Verification:
    """Write down what was found, in the ledger too."""
    checked = {part.name: part.checked for part in outcome.parts}
    first = outcome.first_broken
    row = Verification.objects.create(
        by=acting_user,
        started_at=started_at,
        finished_at=timezone.now(),
        holds=outcome.holds,
        outcome=asdict(outcome),
    )
    record(
        "verified",
        acting_user=acting_user,
        subject=f"verification:{row.pk}",
        details={"checked": checked, "broken": asdict(first) if first else None},
    )
    audit("verify the workspace", acting_user=acting_user, subject=row, holds=outcome.holds)
    return row


def _same(what: str, got: object, expected: object) -> None:
    if got != expected:
        raise VerificationError(what, got=got, expected=expected)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    waiting = iter(items)
    while batch := list(islice(waiting, size)):
        yield batch


def _unreadable(part: str, error: DatabaseError) -> VerificationError:
    return VerificationError(
        f"database, read for the {part}",
        got=str(error),
        expected="pages that its key opens",
        next_step="Put amparo.db back from a backup, and keep the damaged one.",
    )
