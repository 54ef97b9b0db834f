"""Exporting a matter: contents first, then the entry that seals them, then the proof.

The right to export is asked for when the export is requested and again when it is sealed. Every
package is read again by the verifier that leaves with it before anybody gets it.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, cast

from django.db import transaction
from django.utils import timezone

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.evidence.intake.ingest import Sealed, Sealing, sealing
from amparo.evidence.ledger import Head, moment, parse
from amparo.evidence.packages import package
from amparo.evidence.packages.case import case_bundle
from amparo.evidence.packages.proof import Proof
from amparo.evidence.packages.report import custody_report
from amparo.evidence.packages.sinks import FolderSink, Sink, ZipSink, folder_in_progress
from amparo.evidence.store.chunks import BLOCK
from amparo.evidence.store.safe import Safe
from amparo.evidence.web import hearers
from amparo.evidence.web.actions.ledger import record, record_custody, sign_checkpoint, signer
from amparo.evidence.web.actions.stamps import queue_stamps
from amparo.evidence.web.actions.stored import keep_object
from amparo.evidence.web.models import Checkpoint, Export, Item, LedgerEntry
from amparo.evidence.web.queries.contents import contents_of, entries_of, stamps_for
from amparo.evidence.web.safes import open_safe
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing
from amparo.matters.web.models import Matter

__all__ = ["begin_export", "build_download", "export_to_folder"]

OnFile = Callable[[str, int], None]


@transaction.atomic
def begin_export(matter: Matter, *, acting_user: User, purpose: str) -> Export:
    """Note that ``acting_user`` asked for a package of the matter."""
    require_knowing(acting_user, Verb.EXPORT, matter)
    if not Item.objects.filter(matter=matter).exists() and not matter.physical_exhibits.exists():
        raise UsageError("This matter holds no files yet.", next_step="Add files, then export.")
    made = Export.objects.create(
        matter=matter, by=acting_user, purpose=purpose.strip(), started_at=timezone.now()
    )
    audit("ask for a package", acting_user=acting_user, subject=made, matter_id=matter.pk)
    return made


def export_to_folder(
    matter: Matter,
    target: Path,
    *,
    acting_user: User,
    purpose: str = "",
    on_file: OnFile | None = None,
) -> Export:
    """Write the matter's package to the folder ``target``, which appears when it is whole."""
    export = begin_export(matter, acting_user=acting_user, purpose=purpose)
    with folder_in_progress(target) as part:
        _write(FolderSink(part), export, on_file)
        package.check(part, fingerprint=signer().key.fingerprint)
    _finish(export, None)
    return export


def build_download(export: Export, on_file: OnFile | None = None) -> None:
    """Write the package of an export as a zip, sealed in the store like any object.

    Nothing of it is ever on the disk in clear. Doing it again begins anew.
    """
    kept = open_safe()
    with sealing(kept) as under_way:
        sink = ZipSink(cast(IO[bytes], _SealedStream(under_way)), _top(export.matter))
        _write(sink, export, on_file)
        sink.close()
        sealed = under_way.keep("package.zip")
    with kept.open(sealed.object_name) as stream, zipfile.ZipFile(stream) as archive:
        package.check(archive, fingerprint=signer().key.fingerprint)
    _finish(export, sealed)


class _SealedStream:
    """What a zip needs of a stream, over an object that is being sealed."""

    def __init__(self, under_way: Sealing) -> None:
        self._under_way = under_way

    def write(self, data: bytes) -> int:
        self._under_way.write(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""


def _write(sink: Sink, export: Export, on_file: OnFile | None) -> None:
    head = _head()
    entries = entries_of(export.matter, head.seq)
    contents = contents_of(
        export.matter, entries, by=export.by, at=moment(timezone.now()), purpose=export.purpose
    )
    key = signer().key
    report = custody_report(contents, fingerprint=key.fingerprint, head=head)
    annexes = {"case.jsonld": case_bundle(contents), **hearers.annexes_of(contents)}
    read = _blocks_of(open_safe())
    written = package.write_contents(sink, contents, report, read, on_file, annexes)
    details = package.seal_details(written, entries, export.purpose)
    entry, checkpoint = _seal(export, details)
    sealed = parse(entry.canonical)
    hashes = LedgerEntry.objects.filter(seq__lte=checkpoint.size).order_by("seq")
    proof = Proof(
        entries=[*entries, sealed],
        entry_hashes=list(hashes.values_list("entry_hash", flat=True)),
        size=checkpoint.size,
        note=checkpoint.note,
        key=key,
        stamps=stamps_for([*entries, sealed], checkpoint.size),
    )
    package.write_proof(sink, contents, written, proof)


@transaction.atomic
def _seal(export: Export, details: dict[str, Any]) -> tuple[LedgerEntry, Checkpoint]:
    """Append the entry that seals the package, and say of each file that it leaves."""
    require_knowing(export.by, Verb.EXPORT, export.matter)
    entry = record(
        package.EXPORTED,
        acting_user=export.by,
        matter=export.matter,
        subject=f"export:{export.pk}",
        details=details,
    )
    files = Item.objects.filter(matter=export.matter).select_related("matter")
    files = files.exclude(status=Item.Status.DISPOSED)
    for item in files.order_by("pk"):
        record_custody(
            item,
            "exported",
            acting_user=export.by,
            purpose=export.purpose,
            hash_before=item.object_id,
            hash_after=item.object_id,
        )
    checkpoint = sign_checkpoint()
    assert checkpoint is not None
    export.entry, export.files = entry, details["export"]["files"]
    export.save(update_fields=["entry", "files"])
    return entry, checkpoint


@transaction.atomic
def _finish(export: Export, sealed: Sealed | None) -> None:
    if sealed:
        export.object = keep_object(sealed, now=timezone.now())
    export.finished_at = timezone.now()
    export.save(update_fields=["object", "finished_at"])
    audit("export", acting_user=export.by, subject=export, matter_id=export.matter_id)
    queue_stamps()


def _blocks_of(kept: Safe) -> Callable[[str], Iterator[bytes]]:
    """Gives the bytes with a digest, decrypted block by block."""

    def read(sha256: str) -> Iterator[bytes]:
        with kept.open(kept.name_of(sha256)) as opened:
            while block := opened.read(BLOCK):
                yield block

    return read


def _head() -> Head:
    last = LedgerEntry.objects.order_by("-seq").values_list("seq", "entry_hash").first()
    return Head(*last) if last else Head()


def _top(matter: Matter) -> str:
    return "".join(c if c.isalnum() or c in "-." else "-" for c in f"package-{matter.number}")
