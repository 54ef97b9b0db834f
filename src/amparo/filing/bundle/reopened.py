"""A finished volume as another library sees it: its text, links, bookmarks and labels.

Assembly writes with pikepdf; this reads with pdfium, the engine of a common viewer.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import pypdfium2 as pdfium
import pypdfium2.raw as c

from amparo.base.errors import UnreadableFile
from amparo.filing.bundle.geometry import View
from amparo.filing.bundle.numbering import SIZE, letters, spot
from amparo.filing.bundle.profiles import Place

__all__ = ["Link", "Page", "Reopened"]

_SLACK = 3.0
_FINE = 16
_REMOTE = 2
_MOST_BOOKMARKS = 1_000_000
_PAGES_AN_OPENING = 400


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its address of ours, the text under it, and where it goes.

    ``page`` counts from 0 and is -1 when the link goes nowhere; ``file`` is another volume's name
    or "".
    """

    address: str
    text: str
    page: int
    file: str


class Page:
    """One page of a reopened volume; close it."""

    def __init__(self, document: Any, number: int) -> None:
        self._document = document
        self._page = document[number]
        self._text = self._page.get_textpage()

    def __enter__(self) -> Page:
        return self

    def __exit__(self, *_: object) -> None:
        self._text.close()
        self._page.close()

    def text(self) -> str:
        """Give all text of the page."""
        return str(self._text.get_text_range())

    def printed_at(self, place: Place, expected: str) -> str:
        """Give the text where a number ``expected`` would stand, without blanks."""
        across, high = self._page.get_size()
        width = letters().width(expected)
        left, bottom = spot(View(0, 0, across, high), place, width)
        box = self._own(left - _SLACK, bottom - _SLACK, left + width + _SLACK, bottom + SIZE)
        return "".join(self._text.get_text_bounded(*box).split())

    def links(self) -> Iterator[Link]:
        """Give the page's links that are ours (those that assembly named)."""
        for order in range(c.FPDFPage_GetAnnotCount(self._page.raw)):
            annotation = c.FPDFPage_GetAnnot(self._page.raw, order)
            try:
                if c.FPDFAnnot_GetSubtype(annotation) == c.FPDF_ANNOT_LINK:
                    address = _string(annotation, b"NM")
                    if address.startswith("amparo:"):
                        yield self._link(annotation, address)
            finally:
                c.FPDFPage_CloseAnnot(annotation)

    def _link(self, annotation: Any, address: str) -> Link:
        rectangle = c.FS_RECTF()
        c.FPDFAnnot_GetRect(annotation, rectangle)
        text = self._text.get_text_bounded(
            rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        )
        link = c.FPDFAnnot_GetLink(annotation)
        document = self._document.raw
        action = c.FPDFLink_GetAction(link)
        file = ""
        target = c.FPDFLink_GetDest(document, link)
        if action and c.FPDFAction_GetType(action) == _REMOTE:
            file = _path(action)
            target = c.FPDFAction_GetDest(document, action)
        page = c.FPDFDest_GetDestPageIndex(document, target) if target else -1
        return Link(address, " ".join(text.split()), page, file)

    def _own(self, *box: float) -> tuple[float, float, float, float]:
        """Turn a box as shown, from the lower left, into the page's own coordinates."""
        across, high = self._page.get_size()
        corners = [
            self._point(across, high, box[0], box[1]),
            self._point(across, high, box[2], box[3]),
        ]
        xs, ys = zip(*corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def _point(self, across: float, high: float, x: float, y: float) -> tuple[float, float]:
        """Ask pdfium where a point as shown is on the page."""
        own_x, own_y = ctypes.c_double(), ctypes.c_double()
        size = (round(across * _FINE), round(high * _FINE))
        at = (round(x * _FINE), round((high - y) * _FINE))
        c.FPDF_DeviceToPage(self._page.raw, 0, 0, *size, 0, *at, own_x, own_y)
        return own_x.value, own_y.value


class Reopened:
    """A volume, opened again. Raises UnreadableFile when it does not open."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._seen = 0
        self._document = self._open()

    def _open(self) -> Any:
        self._file.seek(0)
        try:
            return pdfium.PdfDocument(self._file)
        except pdfium.PdfiumError as error:
            raise UnreadableFile(f"The volume does not open: {error}") from error

    def __enter__(self) -> Reopened:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def __len__(self) -> int:
        return len(self._document)

    def page(self, number: int) -> Page:
        """Open a page, counted from 0. No other page may be open.

        pdfium keeps what it has read; opening anew every so often keeps memory flat.
        """
        self._seen += 1
        if self._seen % _PAGES_AN_OPENING == 0:
            self._document.close()
            self._document = self._open()
        return Page(self._document, number)

    def label(self, number: int) -> str:
        """Give what a viewer calls the page ``number``, counted from 0."""
        return str(self._document.get_page_label(number))

    def bookmarks(self) -> list[tuple[str, int]]:
        """Give the outermost bookmarks: title, and page from 0 or -1."""
        document = self._document.raw
        found: list[tuple[str, int]] = []
        item = c.FPDFBookmark_GetFirstChild(document, None)
        while item and len(found) <= _MOST_BOOKMARKS:
            target = c.FPDFBookmark_GetDest(document, item)
            page = c.FPDFDest_GetDestPageIndex(document, target) if target else -1
            found.append((_title(item), page))
            item = c.FPDFBookmark_GetNextSibling(document, item)
        return found


def _string(annotation: Any, key: bytes) -> str:
    size = c.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pointer = ctypes.cast(buffer, ctypes.POINTER(c.FPDF_WCHAR))
    c.FPDFAnnot_GetStringValue(annotation, key, pointer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _title(bookmark: Any) -> str:
    size = c.FPDFBookmark_GetTitle(bookmark, None, 0)
    buffer = ctypes.create_string_buffer(size)
    c.FPDFBookmark_GetTitle(bookmark, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _path(action: Any) -> str:
    size = c.FPDFAction_GetFilePath(action, None, 0)
    buffer = ctypes.create_string_buffer(size)
    c.FPDFAction_GetFilePath(action, buffer, size)
    return buffer.raw.decode("utf-8").rstrip("\0")
