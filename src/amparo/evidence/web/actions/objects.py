"""Every sealed object read from end to end, several side by side, held against its row."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import DatabaseError

from amparo.base.cores import cores
from amparo.base.digests import Digests
from amparo.base.errors import VerificationError
from amparo.base.side_by_side import SideBySide, side_by_side
from amparo.evidence.store.fixity import Stated, faults_of
from amparo.evidence.store.local import LocalStore
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.models import StoredObject
from amparo.evidence.web.queries.disposed import erased_objects

__all__ = ["Read", "Reading", "reading_objects"]

OBJECTS_AT_ONCE = 32
BYTES_AT_ONCE = 32 * 2**20
_THREADS = 2
_CHILDREN = 4
_FEW = 4
"""Up to how many batches are read before it is worth starting other interpreters."""

_ROWS = 500
_AHEAD = 24

_Faults = Callable[[], list[VerificationError | None]]

Read = tuple[StoredObject, VerificationError | None]
"""A row, and what is wrong with it or its object."""


class Reading:
    """Objects that are being read. Made by ``reading_objects``.

    Other interpreters read, so whoever verifies something else meanwhile lets it ``go_on`` from
    time to time.
    """

    def __init__(
        self,
        safe: Safe,
        readers: SideBySide[Safe, Sequence[Stated], list[VerificationError | None]],
    ) -> None:
        self._safe = safe
        self._readers = readers
        self._rows: Iterator[list[StoredObject]] | None = None
        self._gone: set[str] = set()
        self._waiting: deque[tuple[list[StoredObject], _Faults]] = deque()
        self._failed: DatabaseError | None = None

    def go_on(self) -> None:
        """Let the readers have more, when there are enough objects for others to read them."""
        try:
            if StoredObject.objects.count() > _FEW * OBJECTS_AT_ONCE:
                self._readers.start()
            if self._readers.has_children:
                self._give()
        except DatabaseError as error:
            self._failed = error

    def batches(self) -> Iterator[list[Read]]:
        """Every object with what is wrong with it or its row, in the order of their digests.

        Raises what the database raised on the way, after all that was read.
        """
        while not self._failed:
            try:
                self._give()
            except DatabaseError as error:
                self._failed = error
            if not self._waiting:
                break
            yield self._told(*self._waiting.popleft())
        for batch, faults in self._waiting:
            yield self._told(batch, faults)
        if self._failed:
            raise self._failed

    def _give(self) -> None:
        if self._rows is None:
            self._gone = erased_objects()
            self._rows = _by_size(StoredObject.objects.order_by("sha256").iterator(_ROWS))
        while len(self._waiting) < _AHEAD and (batch := next(self._rows, None)):
            stated = [_stated(row) for row in batch if row.sha256 not in self._gone]
            self._waiting.append((batch, self._readers.give(stated)))

    def _told(self, batch: list[StoredObject], faults: _Faults) -> list[Read]:
        """The objects that were destroyed are wrong only when one of them is there."""
        found = iter(faults())
        return [
            (row, self._if_there(row) if row.sha256 in self._gone else next(found)) for row in batch
        ]

    def _if_there(self, row: StoredObject) -> VerificationError | None:
        return _still_there(row) if self._safe.store.exists(row.object_name) else None


@contextmanager
def reading_objects(safe: Safe) -> Iterator[Reading]:
    """Read every sealed object from end to end, several side by side."""
    children = min(_CHILDREN, cores()) if isinstance(safe.store, LocalStore) else 0
    with side_by_side(faults_of, safe, threads=_THREADS, children=children, after=_FEW) as readers:
        yield Reading(safe, readers)


def _by_size(rows: Iterable[StoredObject]) -> Iterator[list[StoredObject]]:
    """Batches of many small objects or few large ones."""
    batch: list[StoredObject] = []
    for row in rows:
        batch.append(row)
        if len(batch) == OBJECTS_AT_ONCE or sum(each.size for each in batch) > BYTES_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _stated(row: StoredObject) -> Stated:
    return Stated(row.object_name, Digests(row.sha256, row.blake3, row.size))


def _still_there(row: StoredObject) -> VerificationError:
    return VerificationError(
        f"Object {row.object_name[:12]}…",
        got="a sealed object",
        expected="nothing: two people decided to destroy it, and the ledger says that it was",
        next_step="A backup brought it back. Add the file to keep it, or dispose of it again.",
    )
