"""Each exhibit becomes pages, or a slip sheet that names the file, its digest and the reason.

Nothing is dropped: whatever a file is, something stands in its place in the bundle. Reading the
file itself is one function (``reading.read_pages``), so that it can be done in a worker.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import BinaryIO

from amparo.base.errors import AmparoError, UnreadableFile
from amparo.filing.bundle import sheets
from amparo.filing.bundle.exhibits import Exhibit, Notice, Opener, Prepared, Source
from amparo.filing.bundle.geometry import SHEETS
from amparo.filing.bundle.pdfs import Locked
from amparo.filing.bundle.pictures import TooLarge
from amparo.filing.bundle.profiles import Profile
from amparo.filing.bundle.reading import PagesRead, read_pages

__all__ = ["Read", "Rendition", "prepare", "slip", "slip_for"]

Rendition = Callable[[Source], BinaryIO | None]
"""Gives the PDF of a Word file, a message, a text …; None when that type has no pages."""

Read = Callable[[BinaryIO, str, tuple[float, float]], PagesRead]
"""Reads the pages of a PDF or picture, here (``read_pages``) or in a worker."""

_LONGEST_DETAIL = 160
_OURS = re.compile(r"stream <[^>]*>( \([^)]*\))?:?|<[^>]*>")


@dataclass(frozen=True, slots=True)
class _Pages:
    """A PDF made or found: how to open it, its size, and what was read of it."""

    open: Opener
    size: int
    read: PagesRead


def prepare(
    exhibit: Exhibit, profile: Profile, rendition: Rendition, read: Read = read_pages
) -> Prepared:
    """Make an exhibit into pages. Never raises for what the file is: a slip sheet says why."""
    try:
        pages = _pages(exhibit.source, SHEETS[profile.page.size], rendition, read)
    except UnreadableFile as error:
        return slip_for(exhibit, profile, error)
    except AmparoError as error:
        return slip(exhibit, profile, Notice("failed", _detail(error)))
    if pages is None:
        kind = exhibit.source.media_type
        return slip(exhibit, profile, Notice("not_pages", {"kind": kind}))
    facts = pages.read
    return Prepared(
        exhibit, pages.open, facts.count, pages.size, facts.notices, uneven=facts.uneven
    )


def _pages(
    source: Source, sheet: tuple[float, float], rendition: Rendition, read: Read
) -> _Pages | None:
    if source.media_type == "application/pdf" or _is_picture(source.media_type):
        with source.open() as stream:
            return _kept(read(stream, source.media_type, sheet), source)
    made = rendition(source)
    if made is None:
        return None
    with made:
        data = made.read()
    facts = read(io.BytesIO(data), "application/pdf", sheet)
    notice = Notice("rendered", {"kind": _kind(source)})
    facts = replace(facts, notices=(notice, *facts.notices))
    return _Pages(lambda: io.BytesIO(data), len(data), facts)


def _kept(facts: PagesRead, source: Source) -> _Pages:
    """Take the PDF that was made of a picture, or else the original as it is."""
    made = facts.made
    if made is None:
        return _Pages(source.open, source.size, facts)
    return _Pages(lambda: io.BytesIO(made), len(made), facts)


def _is_picture(media_type: str) -> bool:
    return media_type.startswith("image/") and media_type not in _NOT_PICTURES


_NOT_PICTURES = ("image/svg+xml", "image/vnd.djvu")


def slip(exhibit: Exhibit, profile: Profile, reason: Notice) -> Prepared:
    """Set the slip sheet that stands where the exhibit cannot."""
    data = sheets.slip(exhibit, profile, reason)
    return Prepared(exhibit, lambda: io.BytesIO(data), 1, len(data), slip=reason)


def slip_for(exhibit: Exhibit, profile: Profile, error: UnreadableFile) -> Prepared:
    """Set the slip sheet for an exhibit that cannot be read."""
    if isinstance(error, Locked):
        return slip(exhibit, profile, Notice("password"))
    if isinstance(error, TooLarge):
        return slip(exhibit, profile, Notice("too_large", _detail(error)))
    if str(error) == "no pages":
        return slip(exhibit, profile, Notice("empty"))
    return slip(exhibit, profile, Notice("damaged", _detail(error)))


def _kind(source: Source) -> str:
    """Name a file's kind as people do: by its extension, or else by its media type."""
    _, dot, ending = source.name.rpartition(".")
    return f".{ending.lower()}" if dot and len(ending) <= 5 else source.media_type


def _detail(error: AmparoError) -> dict[str, str]:
    """Give the words of an error for a slip sheet: one line, without names of our own."""
    words = " ".join(_OURS.sub("", error.message).split()).strip(" :.")
    return {"detail": words[:_LONGEST_DETAIL]}
