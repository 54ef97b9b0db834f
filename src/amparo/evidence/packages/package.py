"""A matter's evidence as a sealed package that a stranger can verify: BagIt (RFC 8493) and proofs.

::

    data/…                 the files, under the names that they were received with
    records.json           items, acquisitions, custody: each with the ledger entry that states it
    custody-report.pdf     the same for people
    case.jsonld            the same in CASE/UCO, for forensic tools
    field-proofs.json      what was found of proofs that came with the files (``evidence/proofs``)
    ledger/                this matter's entries, their proofs, the signed checkpoint, the key
    timestamps/            RFC 3161 responses over checkpoints of the ledger, when there are any
    verify.py, README.txt, bagit.txt, bag-info.txt, manifest-sha256.txt, tagmanifest-sha256.txt

It is written in two steps. ``write_contents`` writes what the sealing entry of the ledger commits
to; the caller appends that entry and signs a checkpoint over it; ``write_proof`` writes the rest.
Of other matters only hashes leave, and those hide what they stand for (see ``ledger``).
The same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from zipfile import ZipFile

from amparo.base.canonical import Json
from amparo.base.errors import VerificationError
from amparo.evidence import custody
from amparo.evidence.ledger import Entry, merkle
from amparo.evidence.ledger.notes import NoteKey
from amparo.evidence.packages import manifests
from amparo.evidence.packages.proof import Proof, files_of
from amparo.evidence.packages.records import Contents
from amparo.evidence.packages.sinks import Sink
from amparo.evidence.verifier import verify as stand_alone

__all__ = ["EXPORTED", "Written", "check", "seal_details", "write_contents", "write_proof"]

EXPORTED = "exported"
"""The kind of the ledger entry that seals a package."""

Read = Callable[[str], Iterable[bytes]]
"""Gives the bytes of the object with this SHA-256, block by block."""


@dataclass(slots=True)
class Written:
    """The digests of what was written so far; the caller hands it from one step to the next."""

    payload: dict[str, str] = field(default_factory=dict)
    payload_size: int = 0
    tags: dict[str, str] = field(default_factory=dict)
    annexes: list[str] = field(default_factory=list)


def write_contents(
    sink: Sink,
    contents: Contents,
    report: bytes,
    read: Read,
    on_file: Callable[[str, int], None] | None = None,
    annexes: Mapping[str, bytes] = MappingProxyType({}),
) -> Written:
    """Write files, manifest, records and the custody report (a PDF); hash each as it is written.

    ``annexes`` are further papers by their path, such as the same in CASE/UCO; the sealing entry
    commits to each of them.

    Raises VerificationError when an object is not what its item says.
    """
    written = Written()
    places = contents.places()
    for each in sorted(contents.files, key=lambda one: places[one.item.id]):
        path, item = places[each.item.id], each.item
        sink.write(path, _verified(read(item.sha256), item), size=item.size)
        written.payload[path] = item.sha256
        written.payload_size += item.size
        if on_file:
            on_file(path, item.size)
    _write_tag(sink, written, stand_alone.MANIFEST, manifests.manifest(written.payload))
    _write_tag(sink, written, "records.json", contents.records())
    _write_tag(sink, written, "custody-report.pdf", report)
    for path, data in sorted(annexes.items()):
        _write_tag(sink, written, path, data)
        written.annexes.append(path)
    return written


def seal_details(written: Written, entries: Sequence[Entry], purpose: str) -> dict[str, Json]:
    """What the sealing entry states; ``entries`` are this matter's before it, in order."""
    leaves = [merkle.leaf(bytes.fromhex(entry.entry_hash)) for entry in entries]
    return {
        "export": {
            "manifest_sha256": written.tags[stand_alone.MANIFEST],
            "records_sha256": written.tags["records.json"],
            "report_sha256": written.tags["custody-report.pdf"],
            "entries": len(entries),
            "entries_root": merkle.Frontier().extend(leaves).root().hex(),
            "files": len(written.payload),
            "bytes": written.payload_size,
            "purpose": purpose,
            "annexes": {path: written.tags[path] for path in written.annexes},
        }
    }


def write_proof(sink: Sink, contents: Contents, written: Written, proof: Proof) -> None:
    """Write the ledger's extract, time stamps, the verifier and everything that BagIt asks for."""
    tags: dict[str, bytes] = {
        **files_of(proof),
        "verify.py": _resource("verifier", "verify.py"),
        "README.txt": _readme(contents, proof.key),
        "bag-info.txt": manifests.bag_info(_info(contents, written)),
        "bagit.txt": manifests.DECLARATION,
    }
    for path, data in tags.items():
        _write_tag(sink, written, path, data)
    tag_manifest = manifests.manifest(written.tags)
    sink.write(stand_alone.TAG_MANIFEST, [tag_manifest], size=len(tag_manifest))


def check(place: Path | ZipFile, *, fingerprint: str = "") -> stand_alone.Report:
    """Verify a package with the file that leaves with it; raise what it found broken."""
    report = stand_alone.verify_package(place, fingerprint=fingerprint)
    if report.broken:
        broken = report.broken
        raise VerificationError(
            f"The package, {broken.what}", got=broken.got, expected=broken.expected
        )
    return report


def _verified(blocks: Iterable[bytes], item: custody.Item) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for block in blocks:
        digest.update(block)
        yield block
    if digest.hexdigest() != item.sha256:
        raise VerificationError(
            f"{item.path}: its SHA-256", got=digest.hexdigest(), expected=item.sha256
        )


def _write_tag(sink: Sink, written: Written, path: str, data: bytes) -> None:
    sink.write(path, [data], size=len(data))
    written.tags[path] = hashlib.sha256(data).hexdigest()


def _readme(contents: Contents, key: NoteKey) -> bytes:
    text = _resource("verifier", "README.txt").decode()
    facts: Mapping[str, str] = {
        "number": contents.matter.number,
        "title": contents.matter.title,
        "by": contents.export.by,
        "at": stand_alone.shown(contents.export.at),
        "purpose": contents.export.purpose or "not stated",
        "files": str(len(contents.files)),
        "fingerprint": stand_alone.grouped(key.fingerprint),
        "software": contents.export.software,
    }
    for name, value in facts.items():
        text = text.replace(f"{{{name}}}", " ".join(value.split()))
    return text.encode()


def _info(contents: Contents, written: Written) -> dict[str, str]:
    matter, export = contents.matter, contents.export
    return {
        "External-Identifier": matter.number,
        "External-Description": matter.title,
        "Internal-Sender-Identifier": matter.id,
        "Contact-Name": export.by,
        "Bagging-Date": export.at[:10],
        "Bag-Software-Agent": export.software,
        "Payload-Oxum": f"{written.payload_size}.{len(written.payload)}",
    }


def _resource(*parts: str) -> bytes:
    return resources.files("amparo.evidence").joinpath(*parts).read_bytes()
