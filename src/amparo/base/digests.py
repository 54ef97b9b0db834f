"""The two digests that name a file: SHA-256 for courts, BLAKE3 as the independent second.

SHA-256 is FIPS 180-4; BLAKE3 is the 256-bit default output of its specification (2020).
Two unrelated functions, so that a break of one does not unseal the record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from blake3 import blake3

__all__ = ["Digester", "Digests", "digest"]


@dataclass(frozen=True, slots=True)
class Digests:
    """Lower-case hexadecimal digests of some bytes, and how many bytes there were."""

    sha256: str
    blake3: str
    size: int


class Digester:
    """Both digests of a stream, fed block by block in one pass."""

    __slots__ = ("_blake3", "_sha256", "_size")

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self._blake3 = blake3()
        self._size = 0

    def update(self, block: bytes | bytearray | memoryview) -> None:
        """Take the next bytes. Releases the interpreter's lock for blocks over 2 KiB."""
        self._sha256.update(block)
        self._blake3.update(block)
        self._size += len(block)

    def digests(self) -> Digests:
        """Give the digests of everything taken so far; more may follow."""
        return Digests(self._sha256.hexdigest(), self._blake3.hexdigest(), self._size)


def digest(blocks: bytes | Iterable[bytes]) -> Digests:
    """Give the digests of bytes at hand, or of a stream of blocks."""
    digester = Digester()
    for block in [blocks] if isinstance(blocks, bytes) else blocks:
        digester.update(block)
    return digester.digests()
