"""Numbers on pages: the letters that they are set in, and a small stream for each page.

The letters come from a page that typst has set, so that the font is embedded, subset and shared
by all pages; no font of the viewer's is needed (as PDF/A asks).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import pikepdf

from amparo.base.errors import UsageError
from amparo.base.typeset import typeset
from amparo.filing.bundle.geometry import View, place_as_shown
from amparo.filing.bundle.profiles import Place

__all__ = ["SIZE", "STRIP", "Letters", "letters", "number_box", "number_stream", "spot"]

SIZE = 10.0
STRIP = 30.0
_EDGE = 32.0
_FOOT = 17.0
_HEIGHT = 0.68 * SIZE
_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-./:_"
_SOURCE = """
#set page(width: 2000pt, height: auto)
#set text(font: "Libertinus Serif", weight: "semibold", number-width: "tabular")
#inputs.characters.clusters().join(" ")
"""
_RANGE = re.compile(rb"<([0-9A-F]{4})>\s+<([0-9A-F]{4})>\s+<([0-9A-F]{4})>", re.IGNORECASE)
_CHAR = re.compile(rb"<([0-9A-F]{4})>\s+<([0-9A-F]{4})>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letters:
    """A font's codes (two bytes) and widths (thousandths of its size), by character.

    ``pdf`` is the document whose first page carries the font.
    """

    pdf: bytes
    codes: Mapping[str, bytes]
    widths: Mapping[str, float]

    def encode(self, text: str) -> bytes:
        """Give ``text`` as a PDF hexadecimal string."""
        return b"<" + b"".join(self.codes[letter] for letter in text).hex().encode() + b">"

    def width(self, text: str) -> float:
        """Give the width of ``text`` in points at SIZE."""
        return sum(self.widths[letter] for letter in text) * SIZE / 1000

    def require(self, text: str) -> None:
        """Raise UsageError when a number has a character that it cannot be set in."""
        strange = [letter for letter in text if letter not in self.codes]
        if strange:
            raise UsageError(
                f"Page numbers cannot contain {strange[0]!r}.",
                next_step="Use letters of A to Z, digits, and - . / : _ in the prefix.",
            )

    def font(self, document: pikepdf.Pdf) -> pikepdf.Object:
        """Give the font's object in ``document``, which is ``pdf`` opened."""
        return _font(document)


@cache
def letters() -> Letters:
    """Set every character that a page number may have, once, and read the font back."""
    source = '#import "/house.typ": inputs\n' + _SOURCE
    pdf = typeset(source, inputs={"characters": _CHARACTERS}, tagged=False)
    with pikepdf.open(BytesIO(pdf)) as document:
        font = _font(document)
        codes = _codes(font.ToUnicode.read_bytes())
        widths = _widths(font.DescendantFonts[0])
    known = {letter: code for letter, code in codes.items() if letter in _CHARACTERS}
    return Letters(
        pdf, known, {letter: widths[int.from_bytes(code)] for letter, code in known.items()}
    )


def spot(view: View, place: Place, width: float) -> tuple[float, float]:
    """Give where a number ``width`` points wide starts, from the lower left as shown."""
    across, high = view.size
    edge = min(_EDGE, across / 12)
    if place == "bottom-centre":
        return (across - width) / 2, _FOOT
    left = across - edge - width
    return (left, _FOOT) if place == "bottom-right" else (left, high - _FOOT - _HEIGHT)


def number_stream(text: str, view: View, place: Place, font: str) -> bytes:
    """Give the content that prints ``text`` in the clear strip of a page."""
    width = letters().width(text)
    matrix = place_as_shown(view, *spot(view, place, width))
    numbers = " ".join(f"{number:.3f}".rstrip("0").rstrip(".") for number in matrix)
    code = letters().encode(text)
    return f"q {numbers} cm 0 g BT /{font} {SIZE:g} Tf ".encode() + code + b" Tj ET Q\n"


def number_box(text: str, view: View, place: Place) -> tuple[float, float, float, float]:
    """Give the rectangle, in the page's own coordinates, that a number takes."""
    width = letters().width(text)
    a, b, c, d, x, y = place_as_shown(view, *spot(view, place, width))
    far = (x + a * width + c * SIZE, y + b * width + d * SIZE)
    return min(x, far[0]), min(y, far[1]), max(x, far[0]), max(y, far[1])


def _font(document: pikepdf.Pdf) -> pikepdf.Object:
    fonts = document.pages[0].obj.Resources.Font
    return fonts[next(iter(fonts.keys()))]


def _codes(cmap: bytes) -> dict[str, bytes]:
    """Read a ToUnicode map: the code of each single character."""
    codes = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, letter in _CHAR.findall(block):
            codes[chr(int(letter, 16))] = bytes.fromhex(code.decode())
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, letter in _RANGE.findall(block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                codes[chr(int(letter, 16) + step)] = (int(first, 16) + step).to_bytes(2)
    return codes


def _widths(font: pikepdf.Object) -> dict[int, float]:
    """Read the widths of a CID font: ``c [w1 w2 …]`` and ``first last w`` (9.7.4.3)."""
    given = list(font.W.as_list())
    widths = dict.fromkeys(range(65536), float(font.get("/DW", 1000)))
    while given:
        first = int(given.pop(0))
        then = given.pop(0)
        if isinstance(then, pikepdf.Array):
            widths.update({first + i: float(w) for i, w in enumerate(then.as_list())})
        else:
            width = float(given.pop(0))
            widths.update(dict.fromkeys(range(first, int(then) + 1), width))
    return widths
