"""The payload of an age file: STREAM in chunks of 64 KiB, sealed in a row, opened anywhere.

Chunk ``n`` is ChaCha20-Poly1305 under the payload key with an 11-byte big-endian counter and one
byte that is 1 in the last chunk (https://age-encryption.org/v1, section "Payload"). So a chunk
that is changed, moved or missing at the end is noticed, and any chunk opens without the others.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from amparo.base.errors import VerificationError
from amparo.evidence.store.age import HEADER_SIZE, new_header, read_header

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = [
    "BLOCK",
    "CHUNK",
    "SEALED_BLOCK",
    "AgeReader",
    "Sealer",
    "open_sealed",
    "seal",
    "sealed_size",
]

CHUNK = 64 * 1024
BLOCK = 16 * CHUNK
"""How much is read, hashed, sealed and written at a time: 1 MiB."""

_TAG = 16
_SEALED = CHUNK + _TAG
SEALED_BLOCK = BLOCK // CHUNK * _SEALED


def sealed_size(size: int) -> int:
    """How many bytes a file of ``size`` bytes has when it is sealed to one recipient."""
    return HEADER_SIZE + size + _TAG * max(1, -(-size // CHUNK))


class Sealer:
    """Seals a file block by block; every block but the last is a whole number of chunks."""

    def __init__(self, recipient: bytes, *, out: memoryview | None = None) -> None:
        """``out`` is room for ``SEALED_BLOCK`` bytes, should there be some to use again."""
        self.header, opened = new_header(recipient)
        self._cipher = ChaCha20Poly1305(opened.payload_key)
        self._next = 0
        self._out = out or memoryview(bytearray(SEALED_BLOCK))

    def seal(self, block: bytes | memoryview, *, last: bool) -> memoryview:
        """Seal up to ``BLOCK`` bytes. What it gives is good until the next call."""
        block = memoryview(block)
        if len(block) % CHUNK and not last:
            raise ValueError("only the last block may end inside a chunk")
        written = 0
        for start in range(0, len(block) or 1, CHUNK):
            chunk = block[start : start + CHUNK]
            nonce = _nonce(self._next, last=last and start + CHUNK >= len(block))
            out = self._out[written : written + len(chunk) + _TAG]
            written += self._cipher.encrypt_into(nonce, chunk, None, out)
            self._next += 1
        return self._out[:written]


def seal(data: bytes, recipient: bytes) -> bytes:
    """Give a whole small file sealed."""
    sealer = Sealer(recipient)
    starts = range(0, len(data) or 1, BLOCK)
    blocks = [
        bytes(sealer.seal(data[at : at + BLOCK], last=at + BLOCK >= len(data))) for at in starts
    ]
    return b"".join([sealer.header, *blocks])


class AgeReader(io.RawIOBase):
    """The plaintext of a sealed file, opened where it is read: seekable, a chunk at a time.

    Opening and reading raise VerificationError that names the first broken place. Closing it
    closes ``source``.
    """

    def __init__(self, source: BinaryIO, identity: bytes, *, label: str = "File") -> None:
        super().__init__()
        self._source = source
        self._label = label
        header = read_header(source, identity, label=label)
        self._cipher = ChaCha20Poly1305(header.payload_key)
        self._start = header.size
        payload = source.seek(0, io.SEEK_END) - header.size
        self._chunks = max(1, -(-payload // _SEALED))
        self.size = payload - self._chunks * _TAG
        if self.size <= (self._chunks - 1) * CHUNK and (self._chunks > 1 or self.size < 0):
            raise self._broken(self._chunks - 1, "too few bytes", "a whole chunk; the file is cut")
        self._at = 0
        self._held_chunk = -1
        self._held = b""
        self._held_part(self._chunks - 1)  # says that this is the end, so that ``size`` is true

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True."""
        return True

    def tell(self) -> int:
        """Where the next read begins, in bytes of plaintext."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go anywhere; costs nothing until the next read."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError(f"negative seek position {base + offset}")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill ``buffer`` with up to ``BLOCK`` bytes; stops early at the end of a chunk."""
        if self.closed:
            raise ValueError("read of a closed file")
        out = memoryview(buffer).cast("B")
        if self._at >= self.size or not out:
            return 0
        chunk, offset = divmod(self._at, CHUNK)
        whole = min(-(-len(out) // CHUNK), self._chunks - chunk, BLOCK // CHUNK)
        if min(whole * CHUNK, self.size - self._at) > len(out):
            whole -= 1
        if offset or not whole:
            part = self._held_part(chunk)[offset : offset + len(out)]
            out[: len(part)] = part
            count = len(part)
        else:
            count = self._read_whole(chunk, whole, out)
        self._at += count
        return count

    def readall(self) -> bytes:
        """The rest of the file."""
        out = memoryview(bytearray(max(0, self.size - self._at)))
        done = 0
        while count := self.readinto(out[done:]):
            done += count
        return bytes(out)

    def close(self) -> None:
        """Close this and its source, and forget the chunk that was held."""
        if not self.closed:
            self._held = b""
            self._source.close()
        super().close()

    def _read_whole(self, first: int, count: int, out: memoryview) -> int:
        """Open ``count`` chunks straight into ``out``."""
        written = 0
        sealed = memoryview(self._sealed(first, count))
        for at in range(0, len(sealed), _SEALED):
            part = sealed[at : at + _SEALED]
            place = out[written : written + len(part) - _TAG]
            self._decrypt_into(first + at // _SEALED, part, place)
            written += len(place)
        return written

    def _held_part(self, chunk: int) -> bytes:
        if chunk != self._held_chunk:
            part = bytearray(min(CHUNK, self.size - chunk * CHUNK))
            self._decrypt_into(chunk, memoryview(self._sealed(chunk, 1)), memoryview(part))
            self._held_chunk, self._held = chunk, bytes(part)
        return self._held

    def _sealed(self, first: int, count: int) -> bytes:
        end = min((first + count) * _SEALED, self.size + self._chunks * _TAG)
        self._source.seek(self._start + first * _SEALED)
        sealed = self._source.read(end - first * _SEALED)
        if len(sealed) < end - first * _SEALED:
            raise self._broken(first, f"{len(sealed)} bytes", f"{end - first * _SEALED}")
        return sealed

    def _decrypt_into(self, chunk: int, sealed: memoryview, out: memoryview) -> None:
        last = chunk == self._chunks - 1
        try:
            self._cipher.decrypt_into(_nonce(chunk, last=last), sealed, None, out)
        except InvalidTag as error:
            raise self._explain(chunk, sealed, last=last) from error

    def _explain(self, chunk: int, sealed: memoryview, *, last: bool) -> VerificationError:
        """Say whether a chunk was changed, or is whole and stands at a wrong end of the file."""
        try:
            self._cipher.decrypt(_nonce(chunk, last=not last), sealed, None)
        except InvalidTag:
            return self._broken(chunk, "changed bytes", "those that were sealed")
        if last:
            return self._broken(chunk, "the end of the file", "more chunks; the file is cut")
        return self._broken(chunk, "more bytes after it", "the end of the file")

    def _broken(self, chunk: int, got: str, expected: str) -> VerificationError:
        what = f"{self._label}, in chunk {chunk + 1} of {self._chunks}"
        return VerificationError(what, got=got, expected=expected)


def open_sealed(source: BinaryIO, identity: bytes, *, label: str = "File") -> io.BufferedReader:
    """Open a sealed file for reading by any library: small reads and seeks are cheap too."""
    return io.BufferedReader(AgeReader(source, identity, label=label), buffer_size=2 * CHUNK)


def _nonce(chunk: int, *, last: bool) -> bytes:
    return chunk.to_bytes(11, "big") + (b"\1" if last else b"\0")
