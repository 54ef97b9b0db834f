"""What proves a package: this matter's entries in the ledger's tree, and its time stamps."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amparo.base.canonical import Json
from amparo.evidence.ledger import Entry, merkle
from amparo.evidence.ledger.notes import NoteKey

__all__ = ["Proof", "Stamped", "files_of"]


@dataclass(frozen=True, slots=True)
class Stamped:
    """A checkpoint that an authority stamped, and the whole exchange."""

    size: int
    note: str
    authority: str
    request: bytes
    response: bytes


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves the contents: this matter's entries, the whole ledger's hashes, a checkpoint.

    ``entries`` are this matter's in order, the sealing entry last; ``entry_hashes`` are those of
    every entry that ``note`` (a checkpoint of ``size`` entries, signed by ``key``) covers.
    """

    entries: Sequence[Entry]
    entry_hashes: Sequence[str]
    size: int
    note: str
    key: NoteKey
    stamps: Sequence[Stamped] = ()


def files_of(proof: Proof) -> dict[str, bytes]:
    """The files of ``ledger/`` and, when there are stamps, ``timestamps/``, by their path."""
    tree = merkle.Tree(merkle.leaf(bytes.fromhex(each)) for each in proof.entry_hashes)
    lines = "".join(f"{entry.canonical}\n" for entry in proof.entries)
    return {
        "ledger/entries.jsonl": lines.encode(),
        "ledger/proofs.json": _dump(_proofs(proof, tree)),
        "ledger/checkpoint.txt": proof.note.encode(),
        "ledger/public-key.txt": f"{proof.key.text}\n".encode(),
        **_stamps(proof, tree),
    }


def _proofs(proof: Proof, tree: merkle.Tree) -> dict[str, Json]:
    """Each entry's place in the tree, and that of the entry before it when it is not in here."""
    here = {entry.seq for entry in proof.entries}
    proofs: dict[str, Json] = {}
    for entry in proof.entries:
        each: dict[str, Json] = {"path": _hex(tree.inclusion(entry.seq - 1, proof.size))}
        if entry.seq > 1 and entry.seq - 1 not in here:
            each["previous"] = _hex(tree.inclusion(entry.seq - 2, proof.size))
        proofs[str(entry.seq)] = each
    return {"size": proof.size, "proofs": proofs}


def _stamps(proof: Proof, tree: merkle.Tree) -> dict[str, bytes]:
    index: list[Json] = []
    tags: dict[str, bytes] = {}
    for number, stamp in enumerate(proof.stamps, 1):
        stem = f"timestamps/{number:03d}"
        names = {"checkpoint": "checkpoint.txt", "request": "request.tsq", "response": "stamp.tsr"}
        paths = {part: f"{stem}-{name}" for part, name in names.items()}
        tags[paths["checkpoint"]] = stamp.note.encode()
        tags[paths["request"]] = stamp.request
        tags[paths["response"]] = stamp.response
        consistency = _hex(tree.consistency(stamp.size, proof.size))
        index.append({**paths, "authority": stamp.authority, "consistency": consistency})
    return {"timestamps/index.json": _dump(index), **tags} if tags else {}


def _dump(value: Json) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _hex(hashes: Iterable[bytes]) -> list[Json]:
    return [each.hex() for each in hashes]
