"""Which reader takes which media type. Data only: readers are imported inside workers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

__all__ = ["READERS", "Entry", "find", "named", "why_not"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A reader: its module under ``extract/readers``, and the media types that it takes.

    ``media_types`` may end in ``*``. ``programs`` says that it runs external programs, which
    needs a worker that may start them.
    """

    kind: str
    media_types: tuple[str, ...]
    programs: bool = False


READERS: tuple[Entry, ...] = (
    Entry("pdf", ("application/pdf",)),
    Entry("media", ("audio/*", "video/*")),
    Entry("djvu", ("image/vnd.djvu",)),
    Entry("images", ("image/*",)),
    Entry(
        "mail",
        (
            "message/rfc822",
            "application/mbox",
            "application/vnd.ms-outlook",
            "application/vnd.ms-outlook-pst",
        ),
    ),
    Entry(
        "archives",
        (
            "application/zip",
            "application/x-tar",
            "application/gzip",
            "application/x-bzip2",
            "application/x-xz",
            "application/zstd",
            "application/x-7z-compressed",
        ),
    ),
    Entry("webarchive", ("application/warc",)),
    Entry("wacz", ("application/wacz",)),
    Entry("rar", ("application/vnd.rar",), programs=True),
    Entry(
        "office",
        (
            "application/msword",
            "application/x-ole-storage",
            "application/vnd.ms-*",
            "application/vnd.openxmlformats-officedocument.*",
            "application/vnd.oasis.opendocument.*",
            "application/epub+zip",
            "application/rtf",
            "text/rtf",
        ),
    ),
    Entry("text", ("text/*", "application/json", "application/xml", "application/xhtml+xml")),
)

_BY_KIND: Mapping[str, Entry] = {entry.kind: entry for entry in READERS}


def find(media_type: str) -> Entry | None:
    """The reader for a media type; an exact type wins over one with ``*``; None when none."""
    plain = media_type.partition(";")[0].strip().lower()
    exact = [entry for entry in READERS if plain in entry.media_types]
    if exact:
        return exact[0]
    for entry in READERS:
        if any(fnmatchcase(plain, pattern) for pattern in entry.media_types):
            return entry
    return None


def why_not(media_type: str) -> str:
    """The sentence for a file that no reader takes."""
    if media_type == "application/x-empty":
        return "The file is empty: it has a name and no contents."
    if media_type == "application/octet-stream":
        return (
            "Its contents are of no kind that is known here, so there is nothing to read."
            " The file itself is kept."
        )
    return f"Nothing here reads files of type {media_type} yet. The file itself is kept."


def named(kind: str) -> Entry:
    """The reader of that kind; ``KeyError`` when there is none."""
    return _BY_KIND[kind]
