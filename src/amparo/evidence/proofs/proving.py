"""All proofs of one file, asked one after the other. Runs in a confined worker.

A proof that cannot be checked for a reason nobody foresaw becomes an answer that says so; it
never hides the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from amparo.evidence.proofs import apps, content_credentials, minisign, pgp, wacz, warc
from amparo.evidence.proofs.findings import Check, Finding, Kind
from amparo.evidence.proofs.keys import Trust

__all__ = ["prove"]

_BLOCK = 2**20
_PGP = (".asc", ".sig", ".sign", ".gpg", ".pgp")


def prove(
    file: BinaryIO, name: str, media_type: str, beside: Mapping[str, bytes], trust: Trust
) -> tuple[Finding, ...]:
    """Everything that can be found out of a file's proofs.

    ``beside`` are small files that lie beside it, by name: signatures, sheets, keys.
    """
    found: list[Finding] = []
    if content_credentials.takes(media_type):
        found += _tried("c2pa", lambda: content_credentials.find(file, media_type, trust.anchors))
    if media_type == "application/wacz":
        found += _tried("wacz", lambda: wacz.find(file, trust))
    if media_type == "application/warc":
        found += _tried("warc", lambda: warc.find(file))
    return (*found, *_by_neighbours(file, name, beside, trust))


def _by_neighbours(
    file: BinaryIO, name: str, beside: Mapping[str, bytes], trust: Trust
) -> Iterator[Finding]:
    if not beside:
        return
    sha256 = _sha256(file)
    keys = [data for data in beside.values() if pgp.is_key(data)]
    small = [data for data in beside.values() if minisign.is_key(data)]
    yield from apps.find(name, sha256, beside, keys=keys, trusted=trust.pgp)
    for path, data in sorted(beside.items()):
        base = path.rpartition("/")[2].lower()
        for ending in (*_PGP, ".minisig"):
            if base not in (f"{name.lower()}{ending}", f"{sha256}{ending}"):
                continue
            if ending == ".minisig":
                yield minisign.check_signature(
                    _blocks(file),
                    _size(file),
                    data,
                    name=path,
                    beside=small,
                    trusted=trust.minisign,
                )
            else:
                yield _by_pgp(file, path, data, keys, trust)


def _by_pgp(file: BinaryIO, path: str, data: bytes, keys: list[bytes], trust: Trust) -> Finding:
    whole = b"".join(_blocks(file)) if _size(file) <= pgp.LARGEST else None
    checks, claims = pgp.check_signature(whole, data, what="file", beside=keys, trusted=trust.pgp)
    return Finding("pgp", checks, path, claims, tool=pgp.TOOL)


def _tried(kind: Kind, find: Callable[[], Finding | None]) -> list[Finding]:
    try:
        found = find()
    except Exception as error:  # noqa: BLE001  a strange file costs this proof, never the others
        said = f"It could not be checked: {type(error).__name__}."
        return [Finding(kind, (Check("file", "unknown", said),))]
    return [found] if found else []


def _size(file: BinaryIO) -> int:
    return file.seek(0, 2)


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while block := file.read(_BLOCK):
        yield block


def _sha256(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    for block in _blocks(file):
        digest.update(block)
    return digest.hexdigest()
