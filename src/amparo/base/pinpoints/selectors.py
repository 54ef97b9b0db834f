"""The places inside a file that a pinpoint can name."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass

from amparo.base import canonical
from amparo.base.errors import BadPinpoint

__all__ = [
    "PageSelector",
    "Pinpoint",
    "QuoteSelector",
    "Rectangle",
    "RowSelector",
    "SecondsSelector",
    "Selector",
    "WarcSelector",
]

Rectangle = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points (1/72 inch) from the top left corner of the page as it is shown."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_RECORD = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class QuoteSelector:
    """Words of the text, with some of what stands before and after them to tell them apart."""

    exact: str
    prefix: str = ""
    suffix: str = ""

    def __post_init__(self) -> None:
        if not self.exact.strip():
            raise BadPinpoint("A quotation has no words.", next_step="Select some text.")


@dataclass(frozen=True, slots=True)
class PageSelector:
    """A page, counted from 1; rectangles on it and the words in them where there are any.

    Rectangles are kept to a hundredth of a point, so that the same selection made twice is equal.
    """

    page: int
    rectangles: tuple[Rectangle, ...] = ()
    quote: QuoteSelector | None = None

    def __post_init__(self) -> None:
        if self.page < 1:
            raise BadPinpoint(f"Pages are counted from 1: got {self.page}, expected 1 or more.")
        object.__setattr__(self, "rectangles", tuple(map(_rectangle, self.rectangles)))


@dataclass(frozen=True, slots=True)
class SecondsSelector:
    """A stretch of sound or film in seconds from its start; without ``end``, from there on."""

    start: float
    end: float | None = None

    def __post_init__(self) -> None:
        start, end = _rounded(self.start, 3), None if self.end is None else _rounded(self.end, 3)
        if start < 0 or (end is not None and end <= start):
            raise BadPinpoint(f"Got the seconds {start} to {end}, expected a start before its end.")
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", end)


@dataclass(frozen=True, slots=True)
class RowSelector:
    """A row of a table, counted from 1 as spreadsheets show it; ``sheet`` is "" in a CSV file."""

    sheet: str
    row: int

    def __post_init__(self) -> None:
        if self.row < 1:
            raise BadPinpoint(f"Rows are counted from 1: got {self.row}, expected 1 or more.")


@dataclass(frozen=True, slots=True)
class WarcSelector:
    """A record of a web archive, by its WARC-Record-ID ``urn:uuid:…``."""

    record: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "record", self.record.strip("<> ").lower())
        if not _RECORD.fullmatch(self.record):
            raise BadPinpoint(f"Got the record {self.record!r}, expected urn:uuid: and a UUID.")


Selector = PageSelector | QuoteSelector | SecondsSelector | RowSelector | WarcSelector


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """A place in a file; ``sha256`` is the file's digest in lower case hexadecimal.

    ``selector`` is ``None`` for the file as a whole.
    """

    sha256: str
    selector: Selector | None = None

    def __post_init__(self) -> None:
        if not _SHA256.fullmatch(self.sha256):
            raise BadPinpoint(f"Got the digest {self.sha256!r}, expected 64 hexadecimal digits.")

    @property
    def id(self) -> str:
        """SHA-256 of the canonical JSON (RFC 8785) of what it names: equal places, equal ids."""
        return hashlib.sha256(canonical.dumps(_plain(self))).hexdigest()


def _plain(pinpoint: Pinpoint) -> dict[str, object]:
    chosen = pinpoint.selector
    if chosen is None:
        return {"sha256": pinpoint.sha256}
    return {"sha256": pinpoint.sha256, "kind": type(chosen).__name__, "place": _fields(chosen)}


def _fields(chosen: Selector) -> dict[str, object]:
    match chosen:
        case PageSelector(page, rectangles, words):
            return {"page": page, "rectangles": rectangles, "quote": words and _fields(words)}
        case QuoteSelector(exact, prefix, suffix):
            return {"exact": exact, "prefix": prefix, "suffix": suffix}
        case SecondsSelector(start, end):
            return {"start": start, "end": end}
        case RowSelector(sheet, row):
            return {"sheet": sheet, "row": row}
        case WarcSelector(record):
            return {"record": record}


def _rectangle(given: Rectangle) -> Rectangle:
    x0, y0, x1, y1 = (_rounded(value, 2) for value in given)
    if not (0 <= x0 < x1 and 0 <= y0 < y1):
        raise BadPinpoint(
            f"Got the rectangle {x0}, {y0}, {x1}, {y1}; expected left, top, right and bottom."
        )
    return x0, y0, x1, y1


def _rounded(value: float, digits: int) -> float:
    if not math.isfinite(value):
        raise BadPinpoint(f"Got {value}, expected a number.")
    return round(float(value), digits) + 0.0
