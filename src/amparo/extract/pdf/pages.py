"""The text of a page, where each word stands, and whether the text can be believed."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np

from amparo.extract.pdf.library import call
from amparo.extract.reading import Words

__all__ = ["PACKED", "Geometry", "PageContent", "bounds_of", "read_page"]

_WORD = re.compile(r"[^\s\u00ad]+\u00ad?")
_PROSE = re.compile(r"[\w\s.\u2026\-\u00ad]+")
_SUSPECT = re.compile(r"[\x00-\x08\x0e-\x1b\ufffd\ue000-\uf8ff]")
_MARKS = (("\x02", "\u00ad"), ("\ufffe", "\u00ad"), ("\x00", "\ufffd"))  # pdfium's hyphens
_SPARSE = 200  # characters: below, the pictures of the page are looked at
_SAMPLE = 24
_BEGINNING = 1200  # characters: enough to tell words from signs
_BIG_PICTURE = 0.5  # of the page: it may well show text
_ANY_PICTURE = 0.02
_DRAWN_LETTERS = 40  # paths on a page without text: letters drawn as outlines
_OBJECTS = 3000
_PATH, _IMAGE, _SHADING, _FORM = 2, 3, 4, 5

PACKED = np.dtype([("start", "<u4"), ("end", "<u4"), ("box", "<f4", (4,))])


class _Rectangles:
    """Memory that pdfium writes rectangles into: left, top, right, bottom, as it orders them."""

    def __init__(self) -> None:
        self._grow(16_384)

    def _grow(self, size: int) -> None:
        self.values = np.zeros((size, 4), dtype=np.float32)
        base = self.values.ctypes.data
        self.addresses = range(base, base + 16 * size, 16)

    def room_for(self, count: int) -> Sequence[int]:
        """Addresses of at least ``count`` rectangles."""
        if count > len(self.values):
            self._grow(2 * count)
        return self.addresses


class _Characters:
    """Memory that pdfium writes the UTF-16 text of a page into."""

    def __init__(self) -> None:
        self._grow(16_384)

    def _grow(self, count: int) -> None:
        self._memory = ctypes.create_string_buffer(2 * count)
        self._count = count

    def room_for(self, count: int) -> int:
        """The address of room for ``count`` units."""
        if count > self._count:
            self._grow(2 * count)
        return ctypes.addressof(self._memory)


_rectangles = _Rectangles()
_characters = _Characters()


@dataclass(frozen=True, slots=True)
class Geometry:
    """How the page is shown: its size in points, its corner in user space, its rotation (0–3)."""

    width: float
    height: float
    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    def place(self, boxes: Any) -> Any:
        """Turn boxes (n × left, bottom, right, top in user space) to ours, from the top left."""
        x0, y0, x1, y1 = boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]
        if self.rotation == 0:
            sides = (x0 - self.left, self.top - y1, x1 - self.left, self.top - y0)
        elif self.rotation == 1:
            sides = (y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left)
        elif self.rotation == 2:
            sides = (self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom)
        else:
            sides = (self.top - y1, self.right - x1, self.top - y0, self.right - x0)
        return np.stack(sides, axis=1)


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page's text (line ends are ``\\n``), its words, and whether OCR would show more."""

    geometry: Geometry
    text: str
    words: Words
    needs_ocr: bool
    believable: bool


def read_page(page: int, *, words: bool = True) -> PageContent:
    """Read a loaded page (pdfium's handle). Without ``words`` only its text, which is faster."""
    geometry = _geometry(page)
    handle = call["FPDFText_LoadPage"](page)
    if not handle:
        return PageContent(geometry, "", Words(), _shows_something(page, geometry), True)
    try:
        raw = _raw_text(handle)
        text = raw.replace("\r\n", "\n")
        packed = _words(handle, text, len(text) != len(raw), geometry) if words else Words()
        believable = _believable(handle, text)
    finally:
        call["FPDFText_ClosePage"](handle)
    needs_ocr = not believable
    if believable and len(text) < 2 * _SPARSE and len(text.strip()) < _SPARSE:
        needs_ocr = _shows_something(page, geometry, has_text=bool(text.strip()))
    return PageContent(geometry, text, packed, needs_ocr, believable)


def _geometry(page: int) -> Geometry:
    address = _rectangles.room_for(1)[0]
    call["FPDF_GetPageBoundingBox"](page, address)
    left, top, right, bottom = _rectangles.values[0].tolist()
    return Geometry(
        width=call["FPDF_GetPageWidthF"](page),
        height=call["FPDF_GetPageHeightF"](page),
        left=left,
        bottom=bottom,
        right=right,
        top=top,
        rotation=call["FPDFPage_GetRotation"](page),
    )


def _raw_text(handle: int) -> str:
    """The text with one code point for each of pdfium's characters."""
    count = call["FPDFText_CountChars"](handle)
    if count <= 0:
        return ""
    address = _characters.room_for(count + 1)
    written = call["FPDFText_GetText"](handle, 0, count, address)
    size = 2 * max(0, written - 1)
    text = ctypes.string_at(address, size).decode("utf-16-le", errors="replace")
    if len(text) != count:
        codes = (call["FPDFText_GetUnicode"](handle, index) for index in range(count))
        text = "".join(map(_character, codes))
    for mark, meaning in _MARKS:
        text = text.replace(mark, meaning)
    return text


def _character(code: int) -> str:
    return chr(code) if code and not 0xD800 <= code <= 0xDFFF and code < 0x110000 else "\ufffd"


def _words(handle: int, text: str, line_ends: bool, geometry: Geometry) -> Words:
    """The words of ``text`` and their boxes, from their first and last characters."""
    found = [match.span() for match in _WORD.finditer(text)]
    if not found:
        return Words()
    spans = np.array(found, dtype=np.int64)
    ends = spans.copy()
    ends[:, 1] -= 1
    if line_ends:  # pdfium counts two characters for each line end
        lines = np.array([match.start() for match in re.finditer("\n", text)], dtype=np.int64)
        ends += np.searchsorted(lines, ends)
    count = 2 * len(found)
    addresses = _rectangles.room_for(count)
    look_up = call["FPDFText_GetLooseCharBox"]
    done = sum(map(look_up, repeat(handle), ends.ravel().tolist(), addresses))
    boxes = _rectangles.values[:count]
    if done != count:
        boxes = np.nan_to_num(boxes, posinf=0.0, neginf=0.0)
    pairs = boxes.reshape(-1, 2, 4)
    # pdfium's order: left, top, right, bottom; top is the larger one in user space
    low = np.minimum(pairs[:, 0], pairs[:, 1])
    high = np.maximum(pairs[:, 0], pairs[:, 1])
    united = np.stack((low[:, 0], low[:, 3], high[:, 2], high[:, 1]), axis=1)
    packed = np.empty(len(found), dtype=PACKED)
    packed["start"], packed["end"] = spans[:, 0], spans[:, 1]
    packed["box"] = geometry.place(united)
    return Words(packed.tobytes())


def _believable(handle: int, text: str) -> bool:
    """Whether the text layer says what the page shows, as far as one can tell without looking.

    False when fonts have no mapping to Unicode, when control or private characters abound, or
    when hardly any letter or digit is among the signs.
    """
    length = len(text)
    if not length:
        return True
    step = max(1, length // _SAMPLE)
    sample = range(0, length, step)
    errors = sum(map(call["FPDFText_HasUnicodeMapError"], repeat(handle), sample))
    if errors > 0.3 * len(sample):
        return False
    text = text[:_BEGINNING]
    length = len(text)
    rest = _PROSE.sub("", text)
    if len(rest) * 5 < length:
        return True
    if len(_SUSPECT.findall(rest)) * 5 > length:
        return False
    solid = length - sum(map(str.isspace, text))
    return len(rest) < 0.55 * solid


def _shows_something(page: int, geometry: Geometry, *, has_text: bool = False) -> bool:
    """Whether the page shows more than its text: a picture, or letters drawn as outlines."""
    area = max(1.0, geometry.width * geometry.height)
    enough = _BIG_PICTURE if has_text else _ANY_PICTURE
    covered, paths = 0.0, 0
    for index in range(min(_OBJECTS, call["FPDFPage_CountObjects"](page))):
        thing = call["FPDFPage_GetObject"](page, index)
        kind = call["FPDFPageObj_GetType"](thing)
        if kind in (_IMAGE, _FORM, _SHADING):
            covered += _area(thing)
        elif kind == _PATH:
            paths += 1
        if covered > enough * area or (paths > _DRAWN_LETTERS and not has_text):
            return True
    return False


def bounds_of(thing: int) -> Any:
    """The box of a page's object in user space as an array of one row; None when it has none."""
    base = _rectangles.room_for(1)[0]
    if not call["FPDFPageObj_GetBounds"](thing, base, base + 4, base + 8, base + 12):
        return None
    return _rectangles.values[:1].copy()


def _area(thing: int) -> float:
    box = bounds_of(thing)
    if box is None:
        return 0.0
    left, bottom, right, top = map(float, box[0])
    return max(0.0, right - left) * max(0.0, top - bottom)
