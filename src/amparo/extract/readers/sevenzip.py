"""7z archives by py7zr, unpacked into the worker's private memory and handed on file by file."""

from __future__ import annotations

import lzma
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import IO, BinaryIO, cast

import py7zr
from py7zr import exceptions
from py7zr.io import Py7zIO, WriterFactory

from amparo.base.errors import UnreadableFile
from amparo.extract.members import harmless, told
from amparo.extract.reading import Child, Limits, Reading

__all__ = ["MAGIC", "read", "zstandard"]

MAGIC = b"7z\xbc\xaf\x27\x1c"

_CHUNK = 256 * 1024
_BROKEN = (
    exceptions.ArchiveError, lzma.LZMAError, zlib.error, OSError, EOFError, ValueError,
    KeyError, IndexError, AttributeError, TypeError,
)  # fmt: skip
_LOCKED = UnreadableFile(
    "The archive is locked by a password.",
    next_step="Ask for the password, unpack it, and add the files beside it.",
)


def read(file: BinaryIO, limits: Limits) -> Reading:
    """Open a 7z; UnreadableFile when it is locked or its table of contents is broken."""
    try:
        archive = py7zr.SevenZipFile(file)
        entries = archive.list()
        locked = archive.needs_password()
    except exceptions.PasswordRequired as error:
        raise _LOCKED from error
    except _BROKEN as error:
        raise UnreadableFile("The archive is damaged: its table of contents is broken.") from error
    if locked:
        raise _LOCKED
    files = [entry for entry in entries if not entry.is_directory]
    _check_size(files, limits, file.seek(0, 2))
    folder = Path(tempfile.mkdtemp())
    writer = _Writer(folder)
    remark = _unpack(file, archive, writer)
    missing = [entry.filename for entry in files if entry.filename not in writer.made]
    remarks = [remark, told("Files damaged and left out", missing) if remark else ""]
    return Reading(
        status="partial" if any(remarks) else "read",
        reason=" ".join(filter(None, remarks)),
        children=_children(files, writer, folder),
        metadata={"entries": str(len(entries))},
        tool="py7zr",
        tool_version=version("py7zr"),
    )


def zstandard(file: BinaryIO) -> IO[bytes]:
    """Open a file packed by zstandard."""
    try:
        from backports import zstd
    except ImportError:
        raise UnreadableFile("Nothing here unpacks zstandard; the file is kept as it is.") from None
    return cast(IO[bytes], zstd.ZstdFile(file))


def _unpack(file: BinaryIO, archive: py7zr.SevenZipFile, writer: _Writer) -> str:
    """Unpack all at once; when that breaks, each alone, so that one costs no other."""
    try:
        archive.extractall(factory=writer)
    except exceptions.PasswordRequired as error:
        raise _LOCKED from error
    except exceptions.UnsupportedCompressionMethodError as error:
        raise UnreadableFile("It is packed by a method that nothing here can unpack.") from error
    except _BROKEN:
        return _unpack_singly(file, archive.getnames(), writer)
    return ""


def _unpack_singly(file: BinaryIO, names: list[str], writer: _Writer) -> str:
    writer.made.clear()
    for name in names[:200]:
        try:
            file.seek(0)
            with py7zr.SevenZipFile(file) as archive:
                archive.extract(targets=[name], factory=writer)
        except _BROKEN:
            writer.made.pop(name, None)
    return "The archive is damaged inside."


def _check_size(files: list[py7zr.FileInfo], limits: Limits, packed: int) -> None:
    total = sum(entry.uncompressed or 0 for entry in files)
    most = min(limits.children_size, max(64 * 2**20, limits.ratio * packed))
    if total > most or len(files) > limits.entries:
        raise UnreadableFile(
            f"The archive would unfold to {total >> 20} MiB in {len(files)} files, as files "
            "made to overload a computer do. It is kept and sealed, and was left packed."
        )


def _children(files: list[py7zr.FileInfo], writer: _Writer, folder: Path) -> Iterator[Child]:
    try:
        for entry in files:
            place = writer.made.pop(entry.filename, None)
            if place is None:
                continue
            name = harmless(entry.filename)
            metadata = {"name as stated": entry.filename} if name != entry.filename else {}
            stated = entry.creationtime
            modified = stated.strftime("%Y-%m-%dT%H:%M:%SZ") if stated else ""
            yield Child(name, _pieces(place), None, modified, metadata)
            place.unlink(missing_ok=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _pieces(place: Path) -> Iterator[bytes]:
    if place.exists():
        with place.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk


class _Writer(WriterFactory):
    """Gives py7zr numbered files to write to, whatever names are in the archive."""

    def __init__(self, folder: Path) -> None:
        self.made: dict[str, Path] = {}
        self._folder = folder
        self._count = 0

    def create(self, filename: str) -> Py7zIO:
        self._count += 1
        place = self._folder / str(self._count)
        self.made[filename] = place
        return _File(place)


class _File(Py7zIO):
    def __init__(self, place: Path) -> None:
        self._stream = place.open("w+b")

    def write(self, s: bytes | bytearray) -> int:
        return self._stream.write(s)

    def read(self, size: int | None = None) -> bytes:
        return self._stream.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def flush(self) -> None:
        self._stream.flush()

    def size(self) -> int:
        return self._stream.seek(0, 2)

    def close(self) -> None:
        self._stream.close()
