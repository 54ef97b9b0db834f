"""Every sealed object read from end to end, several side by side, held against its row."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from amparo.base.digests import Digests
from amparo.base.errors import VerificationError
from amparo.base.side_by_side import cores, side_by_side
from amparo.evidence.store.fixity import Stated, faults_of
from amparo.evidence.store.local import LocalStore
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.models import StoredObject

__all__ = ["Read", "read_objects"]

OBJECTS_AT_ONCE = 32
BYTES_AT_ONCE = 32 * 2**20
_THREADS = 2
_CHILDREN = 4
_FEW = 4
"""Up to how many batches are read before it is worth starting other interpreters."""

Read = tuple[StoredObject, VerificationError | None]
"""A row, and what is wrong with it or its object."""


def read_objects(safe: Safe, rows: Iterable[StoredObject], gone: set[str]) -> Iterator[list[Read]]:
    """Batches of objects that were read, in the order of ``rows``; all, whatever is found.

    The objects of ``gone`` were destroyed: wrong is only that one of them is there.
    """
    children = min(_CHILDREN, cores()) if isinstance(safe.store, LocalStore) else 0
    waiting: deque[tuple[list[StoredObject], Callable[[], list[VerificationError | None]]]]
    waiting = deque()
    with side_by_side(faults_of, safe, threads=_THREADS, children=children, after=_FEW) as readers:
        for batch in _by_size(rows):
            stated = [_stated(row) for row in batch if row.sha256 not in gone]
            waiting.append((batch, readers.give(stated)))
            if len(waiting) > 2 * max(_THREADS, children):
                yield _told(safe, *waiting.popleft(), gone)
        while waiting:
            yield _told(safe, *waiting.popleft(), gone)


def _told(
    safe: Safe,
    batch: Iterable[StoredObject],
    faults: Callable[[], Iterable[VerificationError | None]],
    gone: set[str],
) -> list[Read]:
    found = iter(faults())
    return [(row, _if_there(safe, row) if row.sha256 in gone else next(found)) for row in batch]


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


def _if_there(safe: Safe, row: StoredObject) -> VerificationError | None:
    return _still_there(row) if safe.store.exists(row.object_name) else None


def _still_there(row: StoredObject) -> VerificationError:
    return VerificationError(
        f"Object {row.object_name[:12]}…",
        got="a sealed object",
        expected="nothing: two people decided to destroy it, and the ledger says that it was",
        next_step="A backup brought it back. Add the file to keep it, or dispose of it again.",
    )
