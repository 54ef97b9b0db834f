"""Each exhibit becomes pages, or a slip sheet that names the file, its digest and the reason.

Nothing is dropped: whatever a file is, something stands in its place in the bundle.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import BinaryIO

import pikepdf

from amparo.base.errors import AmparoError, UnreadableFile
from amparo.filing.bundle import pdfs, sheets
from amparo.filing.bundle.contents import EVEN, balance_of, content_of
from amparo.filing.bundle.exhibits import Balance, Exhibit, Notice, Opener, Prepared, Source
from amparo.filing.bundle.geometry import SHEETS
from amparo.filing.bundle.pictures import TooLarge, picture_pdf
from amparo.filing.bundle.profiles import Profile

__all__ = ["Rendition", "prepare", "slip", "slip_for"]

Rendition = Callable[[Source], BinaryIO | None]
"""Gives the PDF of a Word file, a message, a text …; None when that type has no pages."""

_MOST_PAGES_NAMED = 12
_LONGEST_DETAIL = 160
_OURS = re.compile(r"stream <[^>]*>( \([^)]*\))?:?|<[^>]*>")


@dataclass(frozen=True, slots=True)
class _Pages:
    """A PDF made or found: how to open it, what it holds, and what must be said of it."""

    open: Callable[[], BinaryIO]
    size: int
    count: int
    notices: tuple[Notice, ...] = ()
    uneven: Mapping[int, Balance] = field(default_factory=dict)


def prepare(exhibit: Exhibit, profile: Profile, rendition: Rendition) -> Prepared:
    """Make an exhibit into pages. Never raises for what the file is: a slip sheet says why."""
    try:
        pages = _pages(exhibit.source, profile, rendition)
    except UnreadableFile as error:
        return slip_for(exhibit, profile, error)
    except AmparoError as error:
        return slip(exhibit, profile, Notice("failed", _detail(error)))
    if pages is None:
        kind = exhibit.source.media_type
        return slip(exhibit, profile, Notice("not_pages", {"kind": kind}))
    return Prepared(
        exhibit, pages.open, pages.count, pages.size, pages.notices, uneven=pages.uneven
    )


def _pages(source: Source, profile: Profile, rendition: Rendition) -> _Pages | None:
    if source.media_type == "application/pdf":
        return _pdf_pages(source)
    if source.media_type.startswith("image/") and source.media_type != "image/svg+xml":
        with source.open() as stream:
            data, count, notices = picture_pdf(stream, SHEETS[profile.page.size])
        return _Pages(lambda: io.BytesIO(data), len(data), count, tuple(notices))
    return _rendered_pages(source, rendition)


def _pdf_pages(source: Source) -> _Pages:
    with source.open() as stream, pdfs.open_pdf(stream) as pdf:
        return _read(pdf, source.open, source.size)


def _rendered_pages(source: Source, rendition: Rendition) -> _Pages | None:
    made = rendition(source)
    if made is None:
        return None
    with made:
        data = made.read()
    with pdfs.open_pdf(io.BytesIO(data)) as pdf:
        pages = _read(pdf, lambda: io.BytesIO(data), len(data))
    return replace(pages, notices=(Notice("rendered", {"kind": _kind(source)}), *pages.notices))


def _read(pdf: pikepdf.Pdf, opener: Opener, size: int) -> _Pages:
    """Read every page's content once: whether it can be decoded, and how it leaves its state."""
    facts = pdfs.facts_of(pdf)
    broken, uneven = [], {}
    for number, page in enumerate(pdf.pages):
        content = content_of(page.obj)
        if content is None:
            broken.append(number + 1)
        elif (balance := balance_of(page.obj, content)) != EVEN:
            uneven[number] = balance
    notices = facts.notices
    if broken:
        notices = (*notices, Notice("damaged_pages", {"pages": _listed(broken)}))
    return _Pages(opener, size, facts.pages, notices, uneven)


def slip(exhibit: Exhibit, profile: Profile, reason: Notice) -> Prepared:
    """Set the slip sheet that stands where the exhibit cannot."""
    data = sheets.slip(exhibit, profile, reason)
    return Prepared(exhibit, lambda: io.BytesIO(data), 1, len(data), slip=reason)


def slip_for(exhibit: Exhibit, profile: Profile, error: UnreadableFile) -> Prepared:
    """Set the slip sheet for an exhibit that cannot be read."""
    if isinstance(error, pdfs.Locked):
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


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:_MOST_PAGES_NAMED]))
    return f"{shown}, …" if len(numbers) > _MOST_PAGES_NAMED else shown
