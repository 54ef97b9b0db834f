"""A zip whose table of contents is lost: its members are found one after another by their marks.

Each member begins with a local header (APPNOTE 4.3.7); what follows is unpacked until it ends or
breaks off. Only stored and deflated members can be found so, which is nearly all there are.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from importlib.metadata import version
from typing import BinaryIO

from amparo.base.errors import UnreadableFile
from amparo.extract.members import decode_names, harmless
from amparo.extract.reading import Child, Limits, Reading

__all__ = ["read"]

_MARK = b"PK\x03\x04"
_HEADER = struct.Struct("<4sHHHHHIIIHH")
_STORED, _DEFLATED = 0, 8
_CHUNK = 256 * 1024


def read(file: BinaryIO, limits: Limits) -> Reading:
    """Give what can be rescued; UnreadableFile when not one member is whole enough to name."""
    file.seek(0)
    if not file.read(4).startswith(_MARK):
        raise UnreadableFile("The archive is damaged: its table of contents is missing.")
    return Reading(
        status="partial",
        reason="The archive's table of contents is missing, as when a copy was cut short; "
        "files were rescued as far as it goes, the last of them perhaps not whole.",
        children=_members(file, limits),
        tool="amparo archives",
        tool_version=version("amparo"),
        settings={"rescued": "by local headers"},
    )


def _members(file: BinaryIO, limits: Limits) -> Iterator[Child]:
    place = 0
    for _ in range(limits.entries + 1):
        file.seek(place)
        head = file.read(_HEADER.size)
        if len(head) < _HEADER.size or not head.startswith(_MARK):
            return
        _, _, flags, method, _, _, _, packed, _, name_size, extra_size = _HEADER.unpack(head)
        raw = file.read(name_size)
        if len(raw) < name_size or not raw:
            return
        name = decode_names([raw])[0]
        start = place + _HEADER.size + name_size + extra_size
        if flags & 1 or method not in (_STORED, _DEFLATED):
            return
        member = _Member(file, start, packed if method == _STORED else None)
        if not name.endswith("/"):
            yield Child(harmless(name), member.chunks())
        place = _next_mark(file, member.end(packed))


class _Member:
    """One member's bytes; ``end`` says where it stopped, unpacking it again when nobody did."""

    def __init__(self, file: BinaryIO, start: int, stored: int | None) -> None:
        self._file = file
        self._start = start
        self._stored = stored
        self._stopped: int | None = None

    def chunks(self) -> Iterator[bytes]:
        place = self._start
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        left = self._stored
        while True:
            self._file.seek(place)
            packed = self._file.read(_CHUNK if left is None else min(_CHUNK, left))
            if not packed:
                break
            place += len(packed)
            if left is not None:
                left -= len(packed)
                yield packed
                continue
            try:
                yield from self._inflated(inflate, packed)
            except zlib.error as error:
                self._stopped = place
                raise UnreadableFile("It is damaged inside the archive.") from error
            if inflate.eof:
                place -= len(inflate.unused_data)
                break
        self._stopped = place
        if (left or not inflate.eof) and (left is None or left > 0):
            raise UnreadableFile("It breaks off; what came before was kept.")

    def _inflated(self, inflate: zlib._Decompress, packed: bytes) -> Iterator[bytes]:
        while packed and not inflate.eof:
            chunk = inflate.decompress(packed, _CHUNK)
            packed = inflate.unconsumed_tail
            if chunk:
                yield chunk

    def end(self, packed: int) -> int:
        return self._stopped if self._stopped is not None else self._start + packed


def _next_mark(file: BinaryIO, place: int) -> int:
    """Find the next local header at or after a place; the end of the file when there is none."""
    tail = b""
    file.seek(place)
    while block := file.read(_CHUNK):
        found = (tail + block).find(_MARK)
        if found >= 0:
            return place - len(tail) + found
        place += len(block)
        tail = block[-3:]
    return place
