"""A model and what it is to translate, as one file for a worker, which can open no other.

The length of a head (8 bytes, little-endian), the head as JSON (``files``: name and size of each in
order; whatever else the caller says), then the files one after another. Nothing is copied: the
whole is read from the model's own files as it is asked for.
"""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from amparo.base.errors import UnreadableFile

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["parcel", "unpack"]

_LENGTH = struct.Struct("<Q")


def parcel(files: Mapping[str, Path], more: Mapping[str, Any]) -> BinaryIO:
    """An open, seekable file of the head with ``more`` in it and of ``files``; close it."""
    sizes = [[name, path.stat().st_size] for name, path in files.items()]
    head = json.dumps({**more, "files": sizes}, ensure_ascii=False).encode()
    return cast(BinaryIO, _Joined(_LENGTH.pack(len(head)) + head, list(files.values())))


def unpack(file: BinaryIO) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The head and the files of a parcel. UnreadableFile when it is broken off."""
    (length,) = _LENGTH.unpack(_exactly(file, _LENGTH.size))
    head = json.loads(_exactly(file, length))
    return head, {name: _exactly(file, size) for name, size in head["files"]}


def _exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise UnreadableFile("The model was changed while it was read.")
    return data


class _Joined(io.RawIOBase):
    """Bytes and files, read one after another as if they were one file."""

    def __init__(self, head: bytes, paths: Sequence[Path]) -> None:
        self._stack = ExitStack()
        opened: list[BinaryIO] = [io.BytesIO(head)]
        opened += [self._stack.enter_context(path.open("rb")) for path in paths]
        self._parts: list[tuple[int, int, BinaryIO]] = []
        start = 0
        for part in opened:
            size = part.seek(0, io.SEEK_END)
            self._parts.append((start, start + size, part))
            start += size
        self._size, self._at = start, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}
        self._at = min(self._size, max(0, base[whence] + offset))
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        for start, end, part in self._parts:
            if start <= self._at < end:
                part.seek(self._at - start)
                data = part.read(min(len(view), end - self._at))
                view[: len(data)] = data
                self._at += len(data)
                return len(data)
        return 0

    def close(self) -> None:
        self._stack.close()
        super().close()
