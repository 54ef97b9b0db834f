"""Archives: each file inside becomes a child; none is written anywhere, none can lead outside.

Zip, tar (plain or compressed), 7z, and single files packed by gzip, bzip2, xz or zstandard. Names
that point outside are made harmless and named; locked and damaged members are named and cost
only themselves; links are not followed. How much may unfold is the sandbox's to count. An archive
inside an archive is a child like any other.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from amparo.base.errors import UnreadableFile
from amparo.extract.members import decode_names, harmless, told
from amparo.extract.parts import BROKEN, stated_time
from amparo.extract.readers import sevenzip, torn_zip
from amparo.extract.reading import Child, Limits, Reading

__all__ = ["read", "read_tar"]

_CHUNK = 256 * 1024
_LOCKED = 0x1
_UNICODE = 0x800
_TORN = (EOFError, OSError, zlib.error, lzma.LZMAError, ValueError, tarfile.TarError)


def read(file: BinaryIO, name: str, limits: Limits) -> Reading:
    """Open an archive of any of the kinds; UnreadableFile when it cannot be opened at all."""
    head = file.read(512)
    file.seek(0)
    if not head:
        raise UnreadableFile("The file is empty.")
    if head.startswith(sevenzip.MAGIC):
        return sevenzip.read(file, limits)
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _zip(file, limits)
    if (opened := _unpacked(file, head)) is not None:
        return _packed(opened, file, name)
    if head[257:262] == b"ustar" or tarfile.is_tarfile(file):
        file.seek(0)
        return read_tar(file)
    if zipfile.is_zipfile(file):
        return _zip(file, limits)
    raise UnreadableFile("The file is not an archive that Amparo knows, or its beginning is lost.")


def read_tar(stream: IO[bytes]) -> Reading:
    """Read a tar as it comes; what is told at the end (links, names) is in its metadata."""
    metadata: dict[str, str] = {}
    return Reading(
        children=_tar_children(stream, metadata),
        metadata=metadata,
        tool="amparo archives",
        tool_version=version("amparo"),
    )


def _zip(file: BinaryIO, limits: Limits) -> Reading:
    try:
        archive = zipfile.ZipFile(file)
        infos = archive.infolist()
    except BROKEN:
        return torn_zip.read(file, limits)
    names = _zip_names(infos)
    files = [(i, n) for i, n in zip(infos, names, strict=True) if not i.is_dir()]
    locked = [name for info, name in files if info.flag_bits & _LOCKED]
    links = [name for info, name in files if stat.S_ISLNK(info.external_attr >> 16)]
    kept = [(i, n) for i, n in files if n not in set(locked) | set(links)]
    remarks = [
        told("Files locked by a password, left packed", locked),
        told("Links, not followed", links),
        told(
            "Names that point outside the archive, made harmless",
            (name for _, name in files if harmless(name) != name and ".." in name),
        ),
    ]
    if locked and not kept:
        raise UnreadableFile(
            "The archive is locked by a password.",
            next_step="Ask for the password, unpack it, and add the files beside it.",
        )
    metadata = {"entries": str(len(infos))}
    if archive.comment:
        metadata["description"] = decode_names([archive.comment])[0][:2000]
    return Reading(
        status="partial" if any(remarks) else "read",
        reason=" ".join(filter(None, remarks)),
        children=(_zip_child(archive, info, name) for info, name in kept),
        metadata=metadata,
        tool="amparo archives",
        tool_version=version("amparo"),
    )


def _zip_names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """Give names as written; those without the Unicode flag are in some older code page."""
    older = [i.orig_filename.encode("cp437", "replace") for i in infos if not _is_unicode(i)]
    decoded = iter(decode_names(older))
    return [info.orig_filename if _is_unicode(info) else next(decoded) for info in infos]


def _is_unicode(info: zipfile.ZipInfo) -> bool:
    return bool(info.flag_bits & _UNICODE)


def _zip_child(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Child:
    metadata = {"name as stated": name} if harmless(name) != name else {}
    return Child(
        harmless(name), _zip_bytes(archive, info), modified=stated_time(info), metadata=metadata
    )


def _zip_bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(info) as member:
            while chunk := member.read(_CHUNK):
                yield chunk
    except NotImplementedError as error:
        raise UnreadableFile("It is packed by a method that nothing here can unpack.") from error
    except (*BROKEN, zlib.error) as error:
        raise UnreadableFile("It is damaged inside the archive.") from error


def _unpacked(file: BinaryIO, head: bytes) -> IO[bytes] | None:
    """Open a file packed by gzip, bzip2, xz or zstandard; None when it is none of them."""
    if head.startswith(b"\x1f\x8b"):
        return cast(IO[bytes], gzip.GzipFile(fileobj=file))
    if head.startswith(b"BZh"):
        return bz2.BZ2File(file)
    if head.startswith((b"\xfd7zXZ\x00", b"\x5d\x00\x00")):
        return lzma.LZMAFile(file)
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return sevenzip.zstandard(file)
    return None


def _packed(opened: IO[bytes], file: BinaryIO, name: str) -> Reading:
    """Read a packed tar as a tar, any other packed file as its one child."""
    try:
        head = opened.read(512)
    except _TORN as error:
        raise UnreadableFile("The file is damaged from its beginning.") from error
    opened.seek(0)
    if head[257:262] == b"ustar":
        return read_tar(opened)
    stem = PurePosixPath(harmless(name))
    inner = stem.stem if stem.suffix.lower() in _ENDINGS else f"{stem.name} unpacked"
    if stem.suffix.lower() in (".tgz", ".tbz2", ".txz"):
        inner += ".tar"
    del file
    return Reading(
        children=[Child(inner, _stream(opened))],
        tool="amparo archives",
        tool_version=version("amparo"),
    )


_ENDINGS = (".gz", ".bz2", ".xz", ".zst", ".lzma", ".tgz", ".tbz2", ".txz", ".svgz")


def _stream(opened: IO[bytes]) -> Iterator[bytes]:
    try:
        while chunk := opened.read(_CHUNK):
            yield chunk
    except _TORN as error:
        raise UnreadableFile(
            "It breaks off, as when a copy was cut short; what came before was kept."
        ) from error


class _UpToTheTear:
    """A stream that ends where it is torn, giving all that comes before."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._torn = False

    def read(self, size: int) -> bytes:
        taken = bytearray()
        some = getattr(self._stream, "read1", self._stream.read)
        while len(taken) < size and not self._torn:
            try:
                chunk = some(size - len(taken))
            except _TORN:
                self._torn = True
                break
            if not chunk:
                break
            taken += chunk
        return bytes(taken)


def _tar_children(stream: IO[bytes], metadata: dict[str, str]) -> Iterator[Child]:
    links: list[str] = []
    count = 0
    try:
        whole = cast(IO[bytes], _UpToTheTear(stream))
        with tarfile.open(fileobj=whole, mode="r|", errors="surrogateescape") as archive:
            for member in archive:
                count += 1
                name = decode_names([member.name.encode("utf-8", "surrogateescape")])[0]
                if member.issym() or member.islnk():
                    links.append(f"{name} → {member.linkname}")
                elif member.isfile():
                    yield _tar_child(archive, member, name)
    except _TORN as error:
        raise UnreadableFile(f"The archive breaks off after {count} entries.") from error
    finally:
        metadata["entries"] = str(count)
        if links:
            metadata["links not followed"] = "\n".join(links[:200])


def _tar_child(archive: tarfile.TarFile, member: tarfile.TarInfo, name: str) -> Child:
    metadata = {"name as stated": name} if harmless(name) != name else {}
    if member.uname:
        metadata["tar:owner"] = member.uname
    moment = ""
    if 0 < member.mtime < 2**33:
        stated = datetime.fromtimestamp(int(member.mtime), UTC)
        moment = stated.strftime("%Y-%m-%dT%H:%M:%SZ")
    content = archive.extractfile(member)
    return Child(harmless(name), _stream(content) if content else b"", None, moment, metadata)
