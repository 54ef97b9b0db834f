"""A file that lies on the other side of a channel and is asked for piece by piece."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, BinaryIO

from amparo.extract.sandbox.channel import Channel, ProtocolError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["PIECE", "ServedFile", "answer"]

PIECE = 2**20


class ServedFile(io.RawIOBase):
    """The worker's view: seekable, read only; wrap it in ``io.BufferedReader``."""

    def __init__(self, channel: Channel, size: int) -> None:
        self._channel = channel
        self._size = size
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        wanted = min(len(view), PIECE, max(0, self._size - self._position))
        if not wanted:
            return 0
        self._channel.send(b"N", json.dumps([self._position, wanted]).encode())
        kind, block = self._channel.receive()
        if kind != b"B":
            raise ProtocolError(f"expected a piece of the file, got {kind!r}")
        view[: len(block)] = block
        self._position += len(block)
        return len(block)


def answer(source: BinaryIO, request: bytes) -> bytes:
    """The host's side: the piece of ``source`` that a worker asks for."""
    try:
        offset, size = json.loads(request)
        if not (offset >= 0 and 0 < size <= PIECE):
            raise ValueError(size)
    except (ValueError, TypeError) as error:
        raise ProtocolError(f"a request for a piece of the file: {error}") from error
    source.seek(offset)
    return source.read(size)
