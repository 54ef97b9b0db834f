"""Fixity: an object is opened again from end to end and held against what was written down.

Bounded by decryption and SHA-256: the digests of all but small objects are computed in a second
thread while the first reads and decrypts.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from amparo.base.digests import Digester, Digests
from amparo.base.errors import ObjectMissing, VerificationError
from amparo.evidence.store.chunks import BLOCK, CHUNK, AgeReader, sealed_size
from amparo.evidence.store.safe import Safe

__all__ = ["Stated", "check_object", "faults_of"]

_RESTORE = "Restore the object from a backup, and keep the damaged one for examination."
_SLOTS = 2
_NEAR = 4 * CHUNK
"""Small enough to be hashed while it is still in the processor's cache."""
_ONE_THREAD = 8 * BLOCK
"""Up to here a second thread costs more than it saves when others want the cores too."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What is written down of an object: its name, and the digests and size of its content."""

    object_name: str
    digests: Digests


def faults_of(safe: Safe, many: Sequence[Stated]) -> list[VerificationError | None]:
    """What is wrong with each of several objects, or with what is written down of it."""
    return [_fault_of(safe, stated) for stated in many]


def check_object(safe: Safe, name: str, expected: Digests) -> None:
    """Read an object whole; VerificationError says how it is not what was sealed.

    The error names the object and tells apart: missing, cut or lengthened, changed in its header
    or in chunk n, and whole but another file's content.
    """
    label = f"Object {name[:12]}…"
    try:
        source = safe.store.open(name)
    except ObjectMissing as error:
        whole = f"an object of {sealed_size(expected.size)} bytes"
        raise VerificationError(label, got="nothing", expected=whole, next_step=_RESTORE) from error
    try:
        with source:
            size = source.seek(0, 2)
            _compare(f"{label}, its size in bytes", size, sealed_size(expected.size))
            got = _digests(AgeReader(source, safe.identity, label=label))
    except VerificationError as error:
        error.next_step = error.next_step or _RESTORE
        raise
    _compare(f"{label}, the SHA-256 of its content", got.sha256, expected.sha256)
    _compare(f"{label}, the BLAKE3 of its content", got.blake3, expected.blake3)


def _fault_of(safe: Safe, stated: Stated) -> VerificationError | None:
    sha256 = stated.digests.sha256
    try:
        name = safe.name_of(sha256)
        if name != stated.object_name:
            what = f"object of {sha256[:12]}…: its name"
            return VerificationError(what, got=stated.object_name, expected=name)
        check_object(safe, name, stated.digests)
    except VerificationError as error:
        return error
    except ValueError as error:
        return VerificationError(f"object of {sha256!r}", got=str(error), expected="a digest")
    return None


def _digests(reader: AgeReader) -> Digests:
    """Both digests of everything that ``reader`` gives."""
    digester = Digester()
    if reader.size > _ONE_THREAD:
        _hash_beside(reader, digester)
        return digester.digests()
    block = memoryview(bytearray(min(_NEAR, reader.size or 1)))
    while count := reader.readinto(block):
        digester.update(block[:count])
    return digester.digests()


def _hash_beside(reader: AgeReader, digester: Digester) -> None:
    """Hash in a second thread what this one reads and decrypts."""
    blocks = [memoryview(bytearray(BLOCK)) for _ in range(_SLOTS)]
    hashed: list[Future[None] | None] = [None] * _SLOTS
    slot = 0
    with ThreadPoolExecutor(1, thread_name_prefix="hash") as hashers:
        while count := reader.readinto(blocks[slot]):
            hashed[slot] = hashers.submit(digester.update, blocks[slot][:count])
            slot = (slot + 1) % _SLOTS
            waiting = hashed[slot]
            if waiting:
                waiting.result()


def _compare(what: str, got: object, expected: object) -> None:
    if got != expected:
        raise VerificationError(what, got=got, expected=expected, next_step=_RESTORE)
