"""The type of a file by its content. The name only breaks ties among kinds of text.

The vocabulary is ``media_types.toml``; this is the engine. It reads at most a few MiB, unpacks
nothing and runs nothing.
"""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import PurePosixPath
from typing import BinaryIO

from amparo.evidence.intake.containers import (
    OLE_MAGIC,
    ZIP_MAGIC,
    ole_names,
    stored_mimetype,
    zip_names,
)
from amparo.evidence.intake.text_kinds import decode, is_mail, text_kind

__all__ = ["EMPTY", "HEAD", "UNKNOWN", "media_type", "type_by_head", "type_inside"]

EMPTY = "application/x-empty"
UNKNOWN = "application/octet-stream"

HEAD = 64 * 1024
"""How much of a file's beginning is looked at, in bytes."""

_PDF_WITHIN = 1024
"""Where readers look for ``%PDF-`` (Adobe's implementation note 13 to ISO 32000)."""

Pattern = tuple[tuple[int, bytes], ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``media_types.toml``, checked."""

    by_first_byte: Mapping[int, Sequence[tuple[str, Pattern]]]
    elsewhere: Sequence[tuple[str, Pattern]]
    zips: tuple[tuple[str, tuple[str, ...]], ...]
    oles: tuple[tuple[str, tuple[str, ...]], ...]
    text: Mapping[str, str]
    encrypted_office: Mapping[str, str]
    xml: Mapping[str, str]


def media_type(file: BinaryIO, name: str = "") -> str:
    """The media type (RFC 6838) of an open, seekable file called ``name``."""
    file.seek(0)
    return type_by_head(file.read(HEAD), name) or type_inside(file, name)


def type_by_head(head: bytes, name: str = "") -> str | None:
    """The type by the first ``HEAD`` bytes; None for zip and OLE, which must be looked into."""
    if head.startswith((*ZIP_MAGIC, OLE_MAGIC)):
        return None
    return (
        _warc_in_gzip(head)
        or _signed(head)
        or _old_tar(head)
        or _text_type(head, _extension(name))
        or (UNKNOWN if head else EMPTY)
    )


def type_inside(file: BinaryIO, name: str = "") -> str:
    """The type of a zip or OLE file by what lies in it."""
    file.seek(0)
    if file.read(len(OLE_MAGIC)) == OLE_MAGIC:
        return _ole_type(file, _extension(name))
    return _zip_type(file)


@cache
def vocabulary() -> Vocabulary:
    """Read the data once; ValueError or KeyError when it does not have the shape it says."""
    source = (
        resources.files("amparo.evidence.intake").joinpath("media_types.toml").read_text("utf-8")
    )
    data = tomllib.loads(source)
    by_first_byte: dict[int, list[tuple[str, Pattern]]] = {}
    elsewhere: list[tuple[str, Pattern]] = []
    for kind in data["kind"]:
        for line in kind["when"]:
            pattern = tuple((at, text.encode("latin-1")) for at, text in line)
            at, start = pattern[0]
            lines = elsewhere if at else by_first_byte.setdefault(start[0], [])
            lines.append((kind["type"], pattern))
    return Vocabulary(
        by_first_byte=by_first_byte,
        elsewhere=elsewhere,
        zips=tuple((kind["type"], tuple(kind["members"])) for kind in data["zip"]),
        oles=tuple((kind["type"], tuple(kind["members"])) for kind in data["ole"]),
        text=data["text"],
        encrypted_office=data["encrypted_office"],
        xml=data["xml"],
    )


def _extension(name: str) -> str:
    return PurePosixPath(name).suffix[1:].lower()


def _signed(head: bytes) -> str | None:
    words = vocabulary()
    for kind, pattern in (*words.by_first_byte.get(head[0] if head else -1, ()), *words.elsewhere):
        for at, signature in pattern:
            if not head.startswith(signature, at):
                break
        else:
            return kind
    return "application/pdf" if b"%PDF-" in head[:_PDF_WITHIN] else None


def _warc_in_gzip(head: bytes) -> str | None:
    """A WARC is usually stored with each record as a gzip member (ISO 28500, annex D)."""
    if not head.startswith(b"\x1f\x8b"):
        return None
    try:
        start = zlib.decompressobj(wbits=31).decompress(head[:1024], 5)
    except zlib.error:
        return None
    return "application/warc" if start == b"WARC/" else None


def _zip_type(file: BinaryIO) -> str:
    stated = stored_mimetype(file)
    if stated.startswith(("application/vnd.oasis.opendocument.", "application/epub+zip")):
        return stated
    names = zip_names(file)
    for kind, members in vocabulary().zips:
        if all(_holds(names, member) for member in members):
            return kind
    return "application/zip"


def _holds(names: frozenset[str], member: str) -> bool:
    if member.endswith("/"):
        return any(name.startswith(member) for name in names)
    return member in names


def _ole_type(file: BinaryIO, extension: str) -> str:
    names = ole_names(file)
    if "EncryptedPackage" in names:
        return vocabulary().encrypted_office.get(extension, "application/x-ole-storage")
    for kind, members in vocabulary().oles:
        if names.issuperset(members):
            return kind
    return "application/x-ole-storage"


def _old_tar(head: bytes) -> str | None:
    """Tar from before ``ustar``: the header's own checksum is right (POSIX.1-1988, 10.1.1)."""
    block = head[:512]
    field = block[148:156].strip(b" \0")
    if len(block) < 512 or not field or set(field) - set(b"01234567"):
        return None
    total = sum(block) - sum(block[148:156]) + 8 * ord(" ")
    return "application/x-tar" if total == int(field, 8) and block[0] else None


def _text_type(head: bytes, extension: str) -> str | None:
    text = decode(head) if head else None
    if text is None:  # mail whose body is binary, against all rules, is still mail
        return "message/rfc822" if is_mail(head.decode("latin-1")) else None
    words = vocabulary()
    return text_kind(text, extension, words.text, words.xml)
