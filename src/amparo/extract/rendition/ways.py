"""Which way a file of some type is set to pages, and the pages that come of it."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import BinaryIO

from amparo.base.errors import UnreadableFile
from amparo.extract.reading import Child, Limits, Reading
from amparo.extract.rendition import libreoffice
from amparo.extract.rendition.office import set_office, set_web_page
from amparo.extract.rendition.plain import Pages, set_drawing, set_message, set_text

__all__ = ["PAPERS", "render_pdf", "sets"]

PAPERS = ("a4", "us-letter")

_NAME = "pages.pdf"
_MAIL = ("message/rfc822", "application/vnd.ms-outlook")
_TEXT = ("text/*", "application/json", "application/xml")


def sets(media_type: str) -> bool:
    """Say whether files of a type can be set to pages."""
    return _way(media_type) is not None


def render_pdf(
    file: BinaryIO, name: str, limits: Limits, *, media_type: str, paper: str = "us-letter"
) -> Reading:
    """Set a file to pages of ``paper`` (of PAPERS; office documents keep their own).

    UnreadableFile when it cannot be; ProgramMissing, with the command, when LibreOffice is not
    installed and there is no other way.
    """
    way = _way(media_type)
    if way is None:
        raise UnreadableFile(f"Files of type {media_type} cannot be set to pages.")
    if paper not in PAPERS:
        raise ValueError(f"paper {paper!r} is none of {PAPERS}")
    pdf, tool, tool_version, missing = way(file, name, limits, media_type, paper)
    return Reading(
        status="partial" if missing else "read",
        reason=missing,
        children=[Child(_NAME, pdf, "application/pdf")],
        tool=tool,
        tool_version=tool_version,
        settings={"paper": paper, "from": media_type},
    )


def _way(media_type: str) -> Callable[[BinaryIO, str, Limits, str, str], Pages] | None:
    plain = media_type.partition(";")[0].strip().lower()
    if plain in ("text/html", "application/xhtml+xml"):
        return set_web_page
    if plain in libreoffice.KINDS:
        return set_office
    if plain in _MAIL:
        return set_message
    if plain == "image/svg+xml":
        return set_drawing
    return set_text if any(fnmatchcase(plain, pattern) for pattern in _TEXT) else None
