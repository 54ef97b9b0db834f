"""A selector as the fragment of a URL.

Pages and rectangles as in RFC 8118 and W3C Media Fragments (``page=3&xywh=72,90.5,200,12``, in
points; one ``xywh`` for each rectangle), seconds as ``t=10,12.5``, rows as in RFC 7111
(``row=5``) with the sheet's name before it. Quotations have ``quote``, ``prefix``, ``suffix``.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, quote_plus

from amparo.base.errors import BadPinpoint
from amparo.base.pinpoints.selectors import (
    PageSelector,
    QuoteSelector,
    Rectangle,
    RowSelector,
    SecondsSelector,
    Selector,
    WarcSelector,
)

__all__ = ["from_fragment", "to_fragment"]


def to_fragment(selector: Selector) -> str:
    """Write a selector as a URL fragment, without the ``#``."""
    return "&".join(f"{name}={quote_plus(value, safe=',:')}" for name, value in _pairs(selector))


def from_fragment(fragment: str) -> Selector:
    """Read what :func:`to_fragment` writes, the ``#`` included or not.

    Unknown names are passed over, as Media Fragments asks. Raises
    :class:`~amparo.base.errors.BadPinpoint` where no place is named or a number is none.
    """
    values: dict[str, list[str]] = {}
    for name, value in parse_qsl(fragment.removeprefix("#"), keep_blank_values=True):
        values.setdefault(name, []).append(value)
    last = {name: found[-1] for name, found in values.items()}
    try:
        return _selector(last, values.get("xywh", []))
    except (ValueError, KeyError) as error:
        raise BadPinpoint(
            f'"{fragment}" does not name a place in a file.',
            next_step="Expected page=, t=, row=, quote= or record=.",
        ) from error


def _pairs(selector: Selector) -> list[tuple[str, str]]:
    match selector:
        case PageSelector(page, rectangles, words):
            boxes = [("xywh", _xywh(box)) for box in rectangles]
            return [("page", str(page)), *boxes, *(_quotation(words) if words else [])]
        case QuoteSelector():
            return _quotation(selector)
        case SecondsSelector(start, end):
            return [("t", number(start) + ("" if end is None else f",{number(end)}"))]
        case RowSelector(sheet, row):
            return [*([("sheet", sheet)] if sheet else []), ("row", str(row))]
        case WarcSelector(record):
            return [("record", record)]


def _quotation(words: QuoteSelector) -> list[tuple[str, str]]:
    around = [("prefix", words.prefix), ("suffix", words.suffix)]
    return [("quote", words.exact), *((name, value) for name, value in around if value)]


def _selector(last: dict[str, str], boxes: list[str]) -> Selector:
    words = None
    if "quote" in last:
        words = QuoteSelector(last["quote"], last.get("prefix", ""), last.get("suffix", ""))
    if "page" in last:
        return PageSelector(int(last["page"]), tuple(map(_box, boxes)), words)
    if words is not None:
        return words
    if "t" in last:
        start, _, end = last["t"].removeprefix("npt:").partition(",")
        return SecondsSelector(float(start or 0), float(end) if end else None)
    if "row" in last:
        return RowSelector(last.get("sheet", ""), int(last["row"]))
    return WarcSelector(last["record"])


def _xywh(box: Rectangle) -> str:
    x0, y0, x1, y1 = box
    return ",".join(number(value) for value in (x0, y0, round(x1 - x0, 2), round(y1 - y0, 2)))


def _box(text: str) -> Rectangle:
    x, y, width, height = (float(value) for value in text.split(","))
    return x, y, x + width, y + height


def number(value: float) -> str:
    """A number without needless zeros: ``72``, ``90.5``."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
