"""Reading back: the letters that a drawn page holds in a field, compared with what was meant.

A page holds letters in places, not in an order; readers guess the order of runs that go in
different directions. So letters are taken by their place, line by line and from left to right, and
compared with the order in which the meant text is seen (``letters.shape``).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from ctypes import byref
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from amparo.filing.forms.blank.fields import Field
from amparo.filing.forms.drawing.letters import shape

__all__ = ["Letter", "has_every_sign", "leftward", "letters_of", "reads_as", "signs", "within"]

_SAME_LINE = 2.0
_EDGE = 0.6
_MIRRORED = str.maketrans(")]}>»›", "([{<«‹")


class Letter(NamedTuple):
    """A sign on a page: the left of its place, its middle across and up, its foot; in points."""

    sign: str
    left: float
    middle: float
    height: float
    foot: float


def letters_of(page: Any) -> list[Letter]:
    """All signs of a text page (pypdfium2) that are seen."""
    found = []
    box = pdfium.FS_RECTF()
    for index in range(page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(page.raw, index)
        sign = chr(code) if 0 < code < 0x110000 else "\ufffd"
        if sign.isspace() or not pdfium.FPDFText_GetLooseCharBox(page.raw, index, byref(box)):
            continue
        middle, height = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        places = (box.left, middle, height, box.bottom)
        found.append(Letter(sign, *(round(place, 2) for place in places)))
    return found


def within(letters: Iterable[Letter], field: Field, printed: set[Letter]) -> list[Letter]:
    """The letters inside a field that the blank does not print there: by lines, left to right."""
    x0, y0, x1, y1 = field.rect
    inside = [
        letter
        for letter in letters
        if x0 - _EDGE <= letter.middle <= x1 + _EDGE
        and y0 - _EDGE <= letter.height <= y1 + _EDGE
        and letter not in printed
    ]
    inside.sort(key=lambda letter: -letter.foot)
    lines: list[list[Letter]] = []
    for letter in inside:
        if lines and abs(lines[-1][0].foot - letter.foot) < _SAME_LINE:
            lines[-1].append(letter)
        else:
            lines.append([letter])
    return [letter for line in lines for letter in sorted(line, key=lambda each: each.left)]


def reads_as(found: Sequence[Letter], meant: str) -> bool:
    """Whether the letters are those of the meant text, in the order in which it is seen."""
    seen = "".join(signs("".join(letter.sign for letter in found)))
    if seen == "".join(signs(meant)):
        return True
    if not leftward(meant):
        return Counter(seen) == Counter(signs(meant)) and _has_marks(meant)
    visual = [glyph.letters for line in meant.split("\n") for glyph in shape(line).glyphs]
    return _follows(seen, visual) or _same_signs(seen, "".join(signs(meant)))


def leftward(text: str) -> bool:
    """Whether letters in it go from right to left."""
    return any(unicodedata.bidirectional(each) in ("R", "AL") for each in text)


def has_every_sign(seen: str, meant: str) -> bool:
    """Whether each sign is there as often as was meant, or oftener, as dots are read twice."""
    wanted, found = ("".join(signs(each)).translate(_MIRRORED) for each in (meant, seen))
    return not Counter(wanted) - Counter(found)


def signs(text: str) -> Iterator[str]:
    """The signs that count: without blanks and what is not seen, presentation forms as letters."""
    for sign in unicodedata.normalize("NFKC", text):
        if not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Cc"):
            yield sign


def _same_signs(seen: str, meant: str) -> bool:
    """Whether the signs are the same: readers mirror a bracket between Arabic words, or not."""
    return Counter(seen.translate(_MIRRORED)) == Counter(meant.translate(_MIRRORED))


def _has_marks(text: str) -> bool:
    """Whether letters stand over or around one another, so that left to right is no order."""
    return any(unicodedata.category(each) in ("Mn", "Mc") for each in text)


def _follows(seen: str, clusters: Iterable[str]) -> bool:
    """Whether the signs are those of the clusters in turn, in any order within a cluster."""
    at = 0
    for cluster in clusters:
        wanted = "".join(signs(cluster))
        if Counter(seen[at : at + len(wanted)]) != Counter(wanted):
            return False
        at += len(wanted)
    return at == len(seen)
