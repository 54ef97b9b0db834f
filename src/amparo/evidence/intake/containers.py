"""The names inside zip and OLE files, read without unpacking anything.

Only directories are read, and only so far: this runs in the main process on hostile files, so
every loop has a limit and what is odd just ends the list. Zip: PKWARE APPNOTE 4.3.7, 4.3.12,
4.3.16. OLE: [MS-CFB] 2.2, 2.3, 2.6.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO

__all__ = ["OLE_MAGIC", "ZIP_MAGIC", "ole_names", "stored_mimetype", "zip_names"]

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_MOST_DIRECTORY = 2**20
_MOST_NAMES = 4096
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_MOST_SECTORS = 64
_ENTRY = 128


def zip_names(file: BinaryIO) -> frozenset[str]:
    """The members' names, from the directory at the end, else from what the beginning shows."""
    file.seek(0)
    head = file.read(_MOST_DIRECTORY)
    names = list(_central_names(_central_directory(file))) or list(_local_names(head))
    return frozenset(name.decode("utf-8", "replace") for name in names[:_MOST_NAMES])


def stored_mimetype(file: BinaryIO) -> str:
    """What the first member says when it is called ``mimetype`` and stored plainly, else ''.

    OpenDocument 1.3 part 2, 3.3, and EPUB OCF 3.3, 4.3, both ask for exactly this.
    """
    file.seek(0)
    head = file.read(256)
    if len(head) < _LOCAL.size:
        return ""
    magic, _, _, method, _, _, _, _, size, name_size, extra_size = _LOCAL.unpack_from(head)
    start = _LOCAL.size + name_size + extra_size
    if magic != ZIP_MAGIC[0] or method or head[_LOCAL.size :][:name_size] != b"mimetype":
        return ""
    return head[start : start + size].decode("ascii", "replace").strip()


def _central_directory(file: BinaryIO) -> bytes:
    end = file.seek(0, io.SEEK_END)
    file.seek(max(0, end - 66_000))
    tail = file.read(66_000)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 20:
        return b""
    size, offset = struct.unpack_from("<LL", tail, at + 12)
    file.seek(min(offset, end))
    return file.read(min(size, _MOST_DIRECTORY))


def _central_names(directory: bytes) -> Iterator[bytes]:
    at = 0
    while at + _CENTRAL.size <= len(directory):
        fields = _CENTRAL.unpack_from(directory, at)
        if fields[0] != b"PK\x01\x02":
            return
        name, extra, comment = fields[10:13]
        yield directory[at + _CENTRAL.size :][:name]
        at += _CENTRAL.size + name + extra + comment


def _local_names(head: bytes) -> Iterator[bytes]:
    at = head.find(ZIP_MAGIC[0])
    while 0 <= at <= len(head) - _LOCAL.size:
        name_size = _LOCAL.unpack_from(head, at)[9]
        yield head[at + _LOCAL.size :][:name_size]
        at = head.find(ZIP_MAGIC[0], at + 4)


def ole_names(file: BinaryIO) -> frozenset[str]:
    """The names of storages and streams in the first directory sectors."""
    file.seek(0)
    head = file.read(512)
    if len(head) < 512 or not head.startswith(OLE_MAGIC):
        return frozenset()
    sector_size = 1 << min(head[30], 12)
    names: set[str] = set()
    for sector in _directory_chain(file, head, sector_size):
        names.update(_entry_names(_sector(file, sector, sector_size)))
    return frozenset(names)


def _directory_chain(file: BinaryIO, head: bytes, sector_size: int) -> Iterator[int]:
    """The directory's sectors, followed through the allocation table of the header."""
    tables = struct.unpack_from("<109L", head, 76)
    sector = struct.unpack_from("<L", head, 48)[0]
    per_table = sector_size // 4
    for _ in range(_MOST_SECTORS):
        yield sector
        which, place = divmod(sector, per_table)
        if which >= len(tables):
            return
        table = _sector(file, tables[which], sector_size)
        if len(table) < sector_size:
            return
        sector = struct.unpack_from("<L", table, 4 * place)[0]
        if sector >= 0xFFFFFFFA:
            return


def _sector(file: BinaryIO, sector: int, sector_size: int) -> bytes:
    file.seek((sector + 1) * sector_size)
    return file.read(sector_size)


def _entry_names(sector: bytes) -> Iterator[str]:
    for at in range(0, len(sector) - _ENTRY + 1, _ENTRY):
        length = struct.unpack_from("<H", sector, at + 64)[0]
        if 2 < length <= 64:
            yield sector[at : at + length - 2].decode("utf-16-le", "replace")
