"""The text of a page as an invisible drawing that lies over its picture, to be selected.

SVG with attributes only, since the pages' Content-Security-Policy allows no inline style. Each
word says with ``data-at`` where it begins in the page's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from amparo.extract.reading import Box, PageText
from amparo.extract.selection import Line, lines

__all__ = ["marks", "text_layer"]

_ASCENT = 0.78  # of a word's box: from its top to the line that the letters stand on
_EM = 0.86  # size of the letters, of the height of the box


def text_layer(page: PageText) -> str:
    """The ``<text>`` elements of a page, to stand in an SVG with the page's own size in points."""
    return "".join(_text(page.text, line) for line in lines(page))


def marks(rectangles: Iterable[Box], css_class: str) -> str:
    """Rectangles over the page, as ``<rect>`` elements."""
    return "".join(
        f'<rect class="{css_class}" x="{_n(x0)}" y="{_n(y0)}"'
        f' width="{_n(max(0.5, x1 - x0))}" height="{_n(max(0.5, y1 - y0))}"/>'
        for x0, y0, x1, y1 in rectangles
    )


def _text(text: str, line: Line) -> str:
    _, top, _, bottom = line.box
    height = max(1.0, bottom - top)
    direction = ' direction="rtl"' if line.right_to_left else ""
    words = " ".join(_words(text, line))
    baseline, size = top + _ASCENT * height, _EM * height
    return f'<text y="{_n(baseline)}" font-size="{_n(size)}"{direction}>{words}</text>'


def _words(text: str, line: Line) -> Iterator[str]:
    for word in line.words:
        x0, _, x1, _ = word.box
        x = x1 if line.right_to_left else x0
        shown = escape(_allowed(text[word.start : word.end]))
        yield (
            f'<tspan x="{_n(x)}" textLength="{_n(max(0.5, x1 - x0))}"'
            f' lengthAdjust="spacingAndGlyphs" data-at="{word.start}">{shown}</tspan>'
        )


def _allowed(text: str) -> str:
    """Without the control characters that no XML may hold; as many characters as before."""
    return "".join(char if char >= " " else "\ufffd" for char in text)


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
