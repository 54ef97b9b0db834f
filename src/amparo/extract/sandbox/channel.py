"""Frames between the program and a worker: a kind of one byte, a length, and the bytes.

The program treats every frame as written by an enemy: lengths are capped before anything is
read, JSON is decoded from capped frames only, nothing is unpickled, and file descriptors travel
from the program to the worker only.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping
from typing import Any

__all__ = ["MAX_FRAME", "Channel", "ChannelClosed", "ProtocolError"]

MAX_FRAME = 64 * 2**20
_HEADER = struct.Struct("<cI")
_FLUSH_AT = 256 * 1024


class ChannelClosed(Exception):
    """The other side is gone."""


class ProtocolError(Exception):
    """The other side sent what it may not send."""


class Channel:
    """One end of a Unix stream socket that carries frames.

    ``queue`` holds small frames back until ``flush`` or until 256 KiB have gathered, so that a
    hundred pages cost a few system calls. With ``accept_files`` a descriptor that comes with the
    bytes is kept for ``take_file``.
    """

    def __init__(self, sock: socket.socket, *, accept_files: bool = False) -> None:
        self._socket = sock
        self._accept_files = accept_files
        self._incoming = bytearray()
        self._files: list[int] = []
        self._outgoing: list[bytes] = []
        self._outgoing_size = 0

    def queue(self, kind: bytes, *parts: bytes) -> None:
        """Send soon. ``ProtocolError`` when the frame is too long."""
        size = sum(map(len, parts))
        if size > MAX_FRAME:
            raise ProtocolError(f"a frame of {size} bytes; {MAX_FRAME} are allowed")
        self._outgoing += (_HEADER.pack(kind, size), *parts)
        self._outgoing_size += size
        if self._outgoing_size >= _FLUSH_AT:
            self.flush()

    def flush(self) -> None:
        """Send what is queued. ``ChannelClosed`` when nobody listens."""
        if not self._outgoing:
            return
        block = b"".join(self._outgoing)
        self._outgoing, self._outgoing_size = [], 0
        try:
            self._socket.sendall(block)
        except OSError as error:
            raise ChannelClosed(str(error)) from error

    def send(self, kind: bytes, *parts: bytes, file: int | None = None) -> None:
        """Send now, with an open file's descriptor if given."""
        if file is not None:
            self.flush()
            try:
                socket.send_fds(self._socket, [_HEADER.pack(b"F", 0)], [file])
            except OSError as error:
                raise ChannelClosed(str(error)) from error
        self.queue(kind, *parts)
        self.flush()

    def send_json(self, kind: bytes, value: Mapping[str, Any], *, file: int | None = None) -> None:
        """Send a JSON object now."""
        self.send(kind, json.dumps(value, ensure_ascii=False).encode(), file=file)

    def receive(self) -> tuple[bytes, bytes]:
        """Wait for a frame: its kind and bytes. ``ChannelClosed``, ``ProtocolError``."""
        while True:
            kind, size = _HEADER.unpack(self._take(_HEADER.size))
            if size > MAX_FRAME:
                raise ProtocolError(f"a frame of {size} bytes; {MAX_FRAME} are allowed")
            block = self._take(size)
            if kind != b"F":
                return kind, block

    def take_file(self) -> int | None:
        """The descriptor that came with the last frames, once."""
        return self._files.pop(0) if self._files else None

    def close(self) -> None:
        """Close this end."""
        self._socket.close()

    def _take(self, size: int) -> bytes:
        while len(self._incoming) < size:
            self._fill(max(_FLUSH_AT, size - len(self._incoming)))
        block = bytes(memoryview(self._incoming)[:size])
        del self._incoming[:size]
        return block

    def _fill(self, wanted: int) -> None:
        try:
            if self._accept_files:
                block, files, _, _ = socket.recv_fds(self._socket, wanted, 4)
                self._files += files
            else:
                block = self._socket.recv(wanted)
        except OSError as error:
            raise ChannelClosed(str(error)) from error
        if not block:
            raise ChannelClosed("end of stream")
        self._incoming += block


def decode(block: bytes) -> dict[str, Any]:
    """The JSON object of a frame; ``ProtocolError`` when it is something else."""
    try:
        value = json.loads(block)
    except (ValueError, RecursionError) as error:
        raise ProtocolError(f"not JSON: {error}") from error
    if not isinstance(value, dict):
        raise ProtocolError("not a JSON object")
    return value
