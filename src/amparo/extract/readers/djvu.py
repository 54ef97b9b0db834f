"""DjVu scans: each page with the words of its hidden text and their places (djvu-rs, MIT).

A DjVu file without a text layer is a scan like any other: its pages ask for OCR. Indirect files,
whose pages lie in files of their own, name them and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import djvu_rs

from amparo.base.errors import UnreadableFile
from amparo.extract.reading import Heading, Limits, PageText, Reading, Word

if TYPE_CHECKING:
    from djvu_rs import Document, Page, TextZone

__all__ = ["open_djvu", "read", "size_in_points"]

_MAGIC = b"AT&TFORM"
_USUAL_RESOLUTION = 300
_PLAIN = {"title": "title", "author": "creator", "subject": "subject", "keywords": "keywords",
          "publisher": "publisher", "year": "djvu:year"}  # fmt: skip


def read(file: BinaryIO, name: str, limits: Limits) -> Reading:  # noqa: ARG001
    """Read a scan; UnreadableFile when it is damaged from its beginning."""
    document = open_djvu(file)
    count = min(document.page_count(), limits.pages)
    return Reading(
        pages=_pages(document, count),
        page_count=document.page_count(),
        metadata=_facts(document),
        outline=tuple(_headings(cast(Sequence[Mapping[str, Any]], document.bookmarks()), 1)),
        tool="djvu-rs",
        tool_version=version("djvu-rs"),
    )


def open_djvu(file: BinaryIO) -> Document:
    """Open a DjVu file; UnreadableFile when it is none, or is empty or damaged."""
    file.seek(0)
    data = file.read()
    if not data.startswith(_MAGIC):
        raise UnreadableFile("The scan is not a DjVu file, or is damaged from its beginning.")
    try:
        document = djvu_rs.Document.from_bytes(data)
        pages = document.page_count()
    except djvu_rs.Error as error:
        raise UnreadableFile("The DjVu scan is damaged or breaks off.") from error
    if not pages:
        raise UnreadableFile("The DjVu scan holds no pages of its own.")
    return document


def size_in_points(page: Page) -> tuple[float, float]:
    """Width and height in points, by the resolution that the page states."""
    resolution = page.dpi if 25 <= page.dpi <= 6000 else _USUAL_RESOLUTION
    return page.width * 72 / resolution, page.height * 72 / resolution


def _pages(document: Document, count: int) -> Iterator[PageText]:
    for number in range(1, count + 1):
        try:
            page = document.page(number - 1)
            width, height = size_in_points(page)
            layer = page.text_layer()
        except (djvu_rs.Error, IndexError) as error:
            raise UnreadableFile(f"Page {number} is damaged.") from error
        text, words = _words(layer["zones"], width / max(page.width, 1)) if layer else ("", [])
        yield PageText(
            number,
            width,
            height,
            text,
            words=words,
            source="text layer" if words else "none",
            needs_ocr=not words,
        )


def _words(zones: Sequence[TextZone], scale: float) -> tuple[str, list[Word]]:
    """Set words one after another, a line end after each line, and say where each stands."""
    parts: list[str] = []
    words: list[Word] = []
    at = 0
    for line in _lines(zones):
        for zone in line:
            text = " ".join(zone["text"].split())
            if not text:
                continue
            box = zone["rect"]
            x0, y0 = box["x"] * scale, box["y"] * scale
            x1, y1 = x0 + box["width"] * scale, y0 + box["height"] * scale
            words.append(Word(at, at + len(text), (x0, y0, x1, y1)))
            parts += (text, " ")
            at += len(text) + 1
        if parts and parts[-1] == " ":
            parts[-1] = "\n"
    return "".join(parts).rstrip("\n"), words


def _lines(zones: Sequence[TextZone]) -> Iterator[list[TextZone]]:
    """The zones that hold words, line by line; a zone without parts stands for itself."""
    for zone in zones:
        if zone["kind"] in ("Line", "Word", "Character") or not zone["children"]:
            yield [each for each in zone["children"] if each["kind"] == "Word"] or [zone]
        else:
            yield from _lines(zone["children"])


def _facts(document: Document) -> dict[str, str]:
    told = document.metadata()
    if not told:
        return {}
    stated = cast(Mapping[str, Any], told)
    facts = {plain: str(stated[key]) for key, plain in _PLAIN.items() if stated.get(key)}
    return {**{f"djvu:{key}": value for key, value in told["extra"]}, **facts}


def _headings(entries: Sequence[Mapping[str, Any]], level: int) -> Iterator[Heading]:
    for entry in entries:
        target = str(entry["url"]).removeprefix("#")
        yield Heading(level, str(entry["title"]), int(target) if target.isdigit() else None)
        yield from _headings(entry["children"], level + 1)
