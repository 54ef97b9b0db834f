"""Importing someone else's package: verified, sealed, and written down with where it came from.

What the sender's ledger states is kept twice: as acquisitions and custody events of our own, which
say that they were written down later, and as the sealed proof that came with the package, so that
its first seal can still be verified after any number of hands.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

from django.db import transaction

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions import require_workspace
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError, VerificationError
from amparo.evidence.intake.ingest import Sealed, seal_bytes, sealing
from amparo.evidence.packages import records
from amparo.evidence.packages.received import Received, open_package
from amparo.evidence.packages.sinks import ZipSink
from amparo.evidence.store.chunks import BLOCK
from amparo.evidence.web.actions.received_rows import IMPORTED, ReceivedRows, seal_of
from amparo.evidence.web.models import LedgerEntry
from amparo.evidence.web.safes import open_safe
from amparo.matters.web.actions import open_matter
from amparo.matters.web.models import Matter

__all__ = ["import_package", "is_here"]

OnFile = Callable[[str, int], None]


def import_package(
    place: Path | IO[bytes],
    *,
    acting_user: User,
    fingerprint: str = "",
    on_file: OnFile | None = None,
    on_written: Callable[[Matter], None] = lambda _matter: None,
) -> Matter:
    """Verify a package and make a matter of it, with the importer on its team.

    ``fingerprint`` is that of the key that must have sealed it. ``on_written`` is called with the
    matter in the transaction that makes it. Raises VerificationError that
    names the first broken thing, UsageError for a package that is here already.
    """
    require_workspace(acting_user, WorkspaceVerb.IMPORT_PACKAGE)
    with open_package(place, fingerprint=fingerprint) as received:
        _refuse_known(received)
        sealed = dict(_seal_files(received, on_file))
        provenance = _seal_provenance(received)
        with transaction.atomic():
            matter = _write_rows(received, sealed, provenance, acting_user)
            on_written(matter)
        return matter


def is_here(place: Path | IO[bytes]) -> bool:
    """Whether the package was imported before; VerificationError when it does not hold."""
    with open_package(place) as received:
        return _known(received) is not None


def _known(received: Received) -> LedgerEntry | None:
    return LedgerEntry.objects.filter(kind=IMPORTED, subject=seal_of(received)).first()


def _refuse_known(received: Received) -> None:
    known = _known(received)
    if known:
        when = known.recorded_at[:10]
        raise UsageError(
            f"This package is here already: it was imported on {when}.",
            next_step="Nothing was changed.",
        )


def _seal_files(received: Received, on_file: OnFile | None) -> Iterator[tuple[str, Sealed]]:
    """Seal each file, hashed again while it passes: what was verified may not change meanwhile."""
    kept = open_safe()
    for each in received.items:
        if each.is_disposed:
            continue
        with received.open(each.item) as stream, sealing(kept) as under_way:
            while block := stream.read(BLOCK):
                under_way.write(block)
            sealed = under_way.keep(each.item.name)
        if sealed.sha256 != each.item.sha256:
            what = f"{each.item.path}: its SHA-256"
            raise VerificationError(what, got=sealed.sha256, expected=each.item.sha256)
        if on_file:
            on_file(each.item.path, sealed.size)
        yield each.item.id, sealed


def _seal_provenance(received: Received) -> Sealed:
    """The sender's records and proof as one zip, sealed like any file."""
    stream = io.BytesIO()
    sink = ZipSink(stream, "provenance")
    for path in received.provenance():
        with received.files[path]() as file:
            data = file.read()
        sink.write(path, [data], size=len(data))
    sink.close()
    return seal_bytes(stream.getvalue(), open_safe(), name="provenance.zip")


def _write_rows(
    received: Received, sealed: dict[str, Sealed], provenance: Sealed, acting_user: User
) -> Matter:
    matter = open_matter(received.matter.title, acting_user=acting_user)
    writer = ReceivedRows(received, matter, acting_user)
    for each in _parents_first([each for each in received.items if not each.is_disposed]):
        writer.write(each, sealed[each.item.id])
    writer.write_provenance(provenance)
    writer.finish()
    return matter


def _parents_first(items: Sequence[records.PackagedItem]) -> list[records.PackagedItem]:
    """Items in an order in which each comes after the one it lay in."""
    left = list(items)
    placed: set[str] = set()
    ordered: list[records.PackagedItem] = []
    while left:
        ready = [each for each in left if each.item.parent is None or each.item.parent in placed]
        placed |= {each.item.id for each in ready}
        ordered += ready
        left = [each for each in left if each.item.id not in placed]
    return ordered
