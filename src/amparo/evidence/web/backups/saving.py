"""Making a backup: rows in sealed blocks, objects as they are, and last the snapshot.

Whatever is there already is not written again. A backup that is cut off leaves blocks and objects
that no snapshot names; the next one takes them up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from django.db import transaction

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions import audit, require_workspace
from amparo.accounts.web.models import User
from amparo.base.digests import Digests
from amparo.base.errors import UsageError, VerificationError
from amparo.base.keys import Keyring
from amparo.base.web import current
from amparo.base.workspace import key_file_of
from amparo.evidence.backup import manifest as manifests
from amparo.evidence.backup import snapshots
from amparo.evidence.backup.blocks import blocks
from amparo.evidence.backup.manifest import Manifest, Table
from amparo.evidence.backup.places import Place
from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.store.fixity import check_object
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.backups.account import note
from amparo.evidence.web.backups.reading import object_names
from amparo.evidence.web.backups.tables import (
    columns_of,
    kept_migrations,
    models_of,
    one_moment,
    rows_of,
)
from amparo.evidence.web.models import BackupEntry, StoredObject
from amparo.evidence.web.queries.disposed import erased_objects
from amparo.evidence.web.safes import open_safe

__all__ = ["Made", "OnProgress", "back_up", "prune"]

BLOCK = 2**20

OnProgress = Callable[[str, int, int], None]
"""What is being kept (``rows``, ``objects``), how many are done, and of how many (0: unknown)."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made, and what of it was new. ``broken`` names objects left out.

    ``size`` are the bytes of all that the snapshot names, ``new_bytes`` those written now.
    """

    manifest: Manifest
    size: int
    new_blocks: int
    new_objects: int
    new_bytes: int
    removed: int = 0
    broken: tuple[VerificationError, ...] = ()


def back_up(
    place: Place,
    *,
    acting_user: User,
    keep: int | None = None,
    on_progress: OnProgress = lambda _what, _done, _total: None,
) -> Made:
    """Back the workspace up to ``place``; with ``keep``, let only so many snapshots stay.

    An object that is lost or damaged is left out and named, and everything else is kept.
    AccessDenied, StorageError.
    """
    require_workspace(acting_user, WorkspaceVerb.BACK_UP)
    if keep is not None and keep < 1:
        raise UsageError("At least one snapshot must stay.", next_step="Give --keep 1 or more.")
    started = time.monotonic()
    work = _Work(place, on_progress)
    made = work.save()
    removed = prune(place, keep, current.workspace().keyring) if keep else 0
    _keep_account(made, place, time.monotonic() - started, acting_user)
    return replace(made, removed=removed)


class _Work:
    """One backup under way."""

    def __init__(self, place: Place, on_progress: OnProgress) -> None:
        self._place = place
        self._on_progress = on_progress
        self._workspace = current.workspace()
        self._safe = open_safe()
        place.prepare()
        self._rows = Safe.of(place.rows, self._workspace.keyring)
        self._there = set(place.rows.names())
        self._new_blocks = self._new_objects = self._new_bytes = self._size = 0
        self._broken: list[VerificationError] = []

    def save(self) -> Made:
        """Rows first: what they name is then in the store, whatever is added meanwhile."""
        moment = datetime.now(UTC)
        with one_moment():
            migrations = kept_migrations()
            tables = tuple(self._tables())
            gone = erased_objects()
            wanted = list(StoredObject.objects.exclude(pk__in=gone).order_by("pk"))
        kept = self._objects(wanted)
        key_file = key_file_of(self._workspace)
        made = Manifest(
            name=manifests.name_of(moment),
            made_at=moment.isoformat(timespec="microseconds"),
            amparo=version("amparo"),
            keys_sha256=manifests.digest_of_keys(key_file),
            migrations=migrations,
            tables=tables,
            objects=kept,
            missing=tuple(error.what for error in self._broken),
        )
        snapshots.write(self._place, made, key_file, self._workspace.keyring)
        return Made(
            made,
            self._size,
            self._new_blocks,
            self._new_objects,
            self._new_bytes,
            broken=tuple(self._broken),
        )

    def _tables(self) -> Iterator[Table]:
        done = 0
        for name, model in models_of().items():
            digests: list[str] = []
            rows = 0
            for block, number in blocks(rows_of(model)):
                digests.append(self._block(block))
                rows += number
                self._on_progress("rows", done + rows, 0)
            done += rows
            yield Table(name, columns_of(model), rows, tuple(digests))

    def _block(self, block: bytes) -> str:
        """Seal a block unless one with the same content is there; gives its SHA-256."""
        digest = sha256(block).hexdigest()
        name = self._rows.name_of(digest)
        self._size += len(block)
        if name not in self._there:
            seal_bytes(block, self._rows)
            self._there.add(name)
            self._new_blocks += 1
            self._new_bytes += len(block)
        return digest

    def _objects(self, wanted: list[StoredObject]) -> int:
        """Copy the objects that are not there yet; gives how many are there now."""
        there = set(self._place.objects.names())
        kept = 0
        for number, row in enumerate(wanted, 1):
            if row.object_name in there or self._copy(row):
                kept += 1
                self._size += row.size
            self._on_progress("objects", number, len(wanted))
        return kept

    def _copy(self, row: StoredObject) -> bool:
        """Copy one object as it is sealed, having read it from end to end; False when broken."""
        try:
            check_object(self._safe, row.object_name, Digests(row.sha256, row.blake3, row.size))
        except VerificationError as error:
            self._broken.append(error)
            return False
        with (
            self._safe.store.open(row.object_name) as sealed,
            self._place.objects.draft() as draft,
        ):
            while block := sealed.read(BLOCK):
                draft.write(block)
                self._new_bytes += len(block)
            draft.keep(row.object_name)
        self._new_objects += 1
        return True


def prune(place: Place, keep: int, keyring: Keyring) -> int:
    """Remove all but the newest ``keep`` snapshots and what only they named; gives how many."""
    known = snapshots.names(place)
    old, stay = known[:-keep], known[-keep:]
    if not old:
        return 0
    rows, objects = _named_by(place, stay, keyring)
    for name in old:
        snapshots.remove(place, name)
    for store, named in ((place.rows, rows), (place.objects, objects)):
        for name in [name for name in store.names() if name not in named]:
            store.delete(name)
    return len(old)


def _named_by(place: Place, names: list[str], keyring: Keyring) -> tuple[set[str], set[str]]:
    """The names of the blocks and of the objects that these snapshots need."""
    safe = Safe.of(place.rows, keyring)
    rows: set[str] = set()
    objects: set[str] = set()
    for name in names:
        for table in snapshots.read(place, name, keyring).tables:
            rows.update(map(safe.name_of, table.blocks))
            if table.name == StoredObject._meta.db_table:
                objects.update(object_names(table, safe))
    return rows, objects


@transaction.atomic
def _keep_account(made: Made, place: Place, seconds: float, acting_user: User) -> None:
    """Write down, in the ledger too, that a copy of everything lies elsewhere now."""
    manifest = made.manifest
    said: dict[str, Any] = {
        "snapshot": manifest.name,
        "place": place.address,
        "rows": manifest.rows,
        "objects": manifest.objects,
        "missing": len(manifest.missing),
        "bytes": made.size,
        "new_bytes": made.new_bytes,
        "seconds": round(seconds),
    }
    note(BackupEntry.Kind.MADE, said, acting_user=acting_user)
    audit("back up the workspace", acting_user=acting_user, subject=None, **said)
