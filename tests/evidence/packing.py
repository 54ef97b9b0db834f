"""A small sealed package for the tests: two matters in one ledger, one of them exported."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from blake3 import blake3

from amparo.evidence import custody, ledger
from amparo.evidence.ledger import merkle, notes
from amparo.evidence.packages import package, records
from amparo.evidence.packages.proof import Proof, Stamped
from amparo.evidence.packages.sinks import FolderSink, Sink

MOMENT = "2026-11-21T10:00:00.000000Z"
MATTER = records.Matter("m-1", "2026-0001", "A. v. State", "asylum", "open")
PERSON = records.Person("u-1", "Ana Pérez", "attorney")
EXPORT = records.Export("Ana Pérez", MOMENT, "for the court", "Amparo test")
SIGNER = notes.Signer("amparo.local/test", bytes(range(32)))
REPORT = b"%PDF-1.7 a report"
FILES = {
    "letters/سند.pdf": b"%PDF a letter",
    "mail.eml": b"From: a friend\n\nhello",
    "mail.eml/photo.jpg": b"\xff\xd8 a photo",
    "..\\odd: 100%.txt": b"",
}
SECRET = "a word of the other matter"


def read(sha256: str) -> Iterable[bytes]:
    """The object store."""
    data = next(data for data in FILES.values() if hashlib.sha256(data).hexdigest() == sha256)
    return [data[:5], data[5:]]


class Ledger:
    """A ledger in a list."""

    def __init__(self) -> None:
        self.entries: list[ledger.Entry] = []

    def add(self, kind: str, matter: str | None, details: dict[str, object]) -> int:
        head = self.entries[-1].head if self.entries else ledger.Head()
        fact = ledger.Fact(kind, "user:u-1", matter, None, MOMENT, MOMENT, details)  # type: ignore[arg-type]
        nonce = hashlib.sha256(str(head.seq).encode()).hexdigest()[:32]
        self.entries.append(ledger.append(head, fact, nonce=nonce))
        return head.seq + 1

    def of(self, matter: str) -> list[ledger.Entry]:
        return [entry for entry in self.entries if entry.fact.matter == matter]

    def checkpoint(self) -> tuple[int, str]:
        leaves = [merkle.leaf(bytes.fromhex(entry.entry_hash)) for entry in self.entries]
        root = merkle.Frontier().extend(leaves).root()
        text = notes.Checkpoint(SIGNER.name, len(leaves), root).text
        return len(leaves), notes.sign(text, SIGNER)


def contents(book: Ledger) -> records.Contents:
    """Every file as an item, its acquisition and, for the first, two custody events."""
    items = []
    for number, (path, data) in enumerate(FILES.items()):
        digest = hashlib.sha256(data).hexdigest()
        item = custody.Item(
            id=f"i-{number}",
            parent="i-1" if path == "mail.eml/photo.jpg" else None,
            path=path,
            name=path.rpartition("/")[2],
            sha256=digest,
            blake3=blake3(data).hexdigest(),
            size=len(data),
            received_at=MOMENT,
        )
        acquired = acquisition(f"a-{number}", path)
        seq = book.add(custody.ACQUIRED, MATTER.id, acquired.details(item))  # type: ignore[arg-type]
        book.add("note", "m-2", {"text": SECRET})
        events = []
        for kind in ("viewed", "copied") if number == 0 else ():
            event = custody_event(f"c-{kind}", item, kind)
            events.append((event, book.add(custody.CUSTODY, MATTER.id, event.details())))  # type: ignore[arg-type]
        items.append(
            records.PackagedItem(
                item, f"Title {number}", "text/plain", [(acquired, seq)], events, path
            )
        )
    return records.Contents(MATTER, EXPORT, [PERSON], items)


def acquisition(name: str, path: str) -> custody.Acquired:
    return custody.Acquired(
        id=name,
        path=path,
        from_whom="فاطمة، أخت المدعية",
        acquired_by="u-1",
        occurred_at="2021-03~",
        recorded_at=MOMENT,
        place="Bogotá",
        method="handed over",
        device="",
        tool="Amparo",
        modified_at="",
        is_reconstruction=False,
    )


def custody_event(name: str, item: custody.Item, kind: str) -> custody.Event:
    return custody.Event(
        id=name,
        item=item.id,
        kind=kind,
        purpose="for the expert",
        actor="u-1",
        by_whom="",
        occurred_at=MOMENT,
        recorded_at=MOMENT,
        hash_before=item.sha256,
        hash_after=item.sha256,
        is_reconstruction=False,
    )


def write(sink: Sink, stamps: Sequence[Stamped] = ()) -> records.Contents:
    """Write the whole package, as an export does."""
    book = Ledger()
    book.add("note", "m-2", {"text": SECRET})
    what = contents(book)
    written = package.write_contents(sink, what, REPORT, read)
    sealed = package.seal_details(written, book.of(MATTER.id), EXPORT.purpose)
    book.add(package.EXPORTED, MATTER.id, sealed)  # type: ignore[arg-type]
    book.add("note", "m-2", {"text": SECRET})
    size, note = book.checkpoint()
    hashes = [entry.entry_hash for entry in book.entries]
    proof = Proof(book.of(MATTER.id), hashes, size, note, SIGNER.key, stamps)
    package.write_proof(sink, what, written, proof)
    return what


def early_checkpoint() -> tuple[int, str]:
    """A checkpoint of the same ledger before anything was exported."""
    book = Ledger()
    book.add("note", "m-2", {"text": SECRET})
    contents(book)
    short = Ledger()
    short.entries = book.entries[:5]
    return short.checkpoint()


def build(folder: Path, stamps: Sequence[Stamped] = ()) -> Path:
    """Write the package into a new folder."""
    folder.mkdir()
    write(FolderSink(folder), stamps)
    return folder


__all__ = ["FILES", "SECRET", "SIGNER", "build", "early_checkpoint", "write"]
