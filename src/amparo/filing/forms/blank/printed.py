"""What a form prints: the words of each page and where they stand, and what is beside a box."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from amparo.extract.pdf.documents import open_document
from amparo.extract.pdf.library import call
from amparo.extract.pdf.pages import PageContent, read_page
from amparo.filing.forms.blank.fields import Field, Rect

__all__ = [
    "PrintedPage",
    "PrintedWord",
    "agrees",
    "caption",
    "label_beside",
    "read_printed",
    "slug",
]

Side = Literal["left", "right"]
"""Where the words of a box are printed; those just over it count as its right."""

_LABEL_WORDS = 8
_NEAR, _GAP = 30.0, 14.0
_CAPTION_WORDS = 12
_BOXES = re.compile(r"[\u2610\u274f\u2751\u25a1\u25a0\u2752][A-Z]?(?=[A-Z]|$)")
_NUMBERING = re.compile(r"\(?\d{0,3}\.?[A-Za-z]?[.)]{0,2}")  # 3.b. or (2) names no choice
_RUN_TOGETHER = re.compile(r"(?<=[a-z]\.)(?=[A-Z])")  # heads of narrow columns: "Apt.Ste."
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word and its box, in points from the lower left corner of the page."""

    text: str
    rect: Rect


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page's text and words; annotations are not part of it."""

    number: int
    text: str
    words: tuple[PrintedWord, ...]


def read_printed(data: bytes) -> tuple[PrintedPage, ...]:
    """Read what all pages print. UnreadableFile when the PDF cannot be opened."""
    document = open_document(io.BytesIO(data))
    try:
        return tuple(_pages(document.handle, document.pages))
    finally:
        document.close()


def _pages(handle: int, count: int) -> Iterator[PrintedPage]:
    for index in range(count):
        page = call["FPDF_LoadPage"](handle, index)
        if not page:
            yield PrintedPage(index + 1, "", ())
            continue
        try:
            content = read_page(page)
        finally:
            call["FPDF_ClosePage"](page)
        yield PrintedPage(index + 1, content.text, tuple(_words(content)))


def _words(content: PageContent) -> Iterator[PrintedWord]:
    left, top = content.geometry.left, content.geometry.top
    for start, end, (x0, y0, x1, y1) in content.words:
        pieces = _RUN_TOGETHER.split(content.text[start:end])
        step = (x1 - x0) / max(1, end - start)
        for piece in pieces:
            yield PrintedWord(piece, (x0 + left, top - y1, x0 + len(piece) * step + left, top - y0))
            x0 += len(piece) * step


def label_beside(
    field: Field, page: PrintedPage, others: Sequence[Field], side: Side = "right"
) -> str:
    """The first words printed on one side of a box, else just over it; "" when none are near."""
    x0, y0, x1, y1 = field.rect
    middle = (y0 + y1) / 2
    line = [word for word in page.words if _on_line(word, middle) and _BOXES.sub("", word.text)]
    same = [each for each in others if each.page == field.page and _on_height(each, middle)]
    if side == "left":
        return _before(field, line, same)
    stop = min((each.rect[0] for each in same if each.rect[0] >= x1 - 1), default=float("inf"))
    found: list[str] = []
    edge = x1 + _NEAR - _GAP
    for word in sorted(line, key=lambda word: word.rect[0]):
        if not x0 - 4 <= word.rect[0] < stop - 3 or word.rect[2] <= x1 + 1:
            continue
        if word.rect[0] - edge > _GAP or len(found) == _LABEL_WORDS:
            break
        found.append(_BOXES.sub("", word.text))
        edge = word.rect[2]
    return " ".join(found) or _above(field, page)


def _before(field: Field, line: Sequence[PrintedWord], same: Sequence[Field]) -> str:
    """The words between a box and the field before it."""
    x0 = field.rect[0]
    start = max((each.rect[2] for each in same if each.rect[2] <= x0 + 1), default=0.0)
    found: list[str] = []
    edge = x0 - _NEAR + _GAP
    for word in sorted(line, key=lambda word: -word.rect[2]):
        if not start - 3 <= word.rect[0] or word.rect[2] > x0 + 3:
            continue
        if edge - word.rect[2] > _GAP or len(found) == _LABEL_WORDS:
            break
        if not _NUMBERING.fullmatch(word.text):
            found.insert(0, word.text)
        edge = word.rect[0]
    return " ".join(found)


def _above(field: Field, page: PrintedPage) -> str:
    """A short word printed just over a box, as in a head of narrow columns."""
    x0, _, x1, y1 = field.rect
    middle = (x0 + x1) / 2
    over = [
        word
        for word in page.words
        if y1 - 1 <= (word.rect[1] + word.rect[3]) / 2 <= y1 + 14
        and word.rect[0] - 2 <= middle <= word.rect[2] + 2
    ]
    nearest = min(over, key=lambda word: word.rect[1], default=None)
    return nearest.text if nearest else ""


def caption(field: Field, page: PrintedPage) -> str:
    """What is printed before a field on its line, else just above it: its name for a person."""
    x0, y0, x1, y1 = field.rect
    middle = (y0 + y1) / 2
    before = sorted(
        (word for word in page.words if _on_line(word, middle) and word.rect[2] <= x0 + 4),
        key=lambda word: -word.rect[2],
    )
    found: list[str] = []
    edge = x0
    for word in before:
        if edge - word.rect[2] > _GAP or len(found) == _CAPTION_WORDS:
            break
        found.insert(0, _BOXES.sub("", word.text))
        edge = word.rect[0]
    if not found:
        above = (
            word
            for word in page.words
            if y1 - 6 <= word.rect[1] <= y1 + 10 and x0 - 4 <= word.rect[0] < x1
        )
        found = [word.text for word in sorted(above, key=lambda word: word.rect[0])]
    return " ".join(found[:_CAPTION_WORDS]).strip(" .:_$")


def agrees(label: str, printed: str) -> bool:
    """Whether what is printed begins with the label, whatever the signs between the words."""
    wanted, seen = slug(label), slug(printed)
    return bool(wanted) and (
        seen.startswith(wanted) or (wanted.startswith(seen) and len(seen) >= 2)
    )


def slug(text: str) -> str:
    """A text as a name: small letters, digits and ``_``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_LETTERS.sub("_", plain).strip("_")


def _on_line(word: PrintedWord, middle: float) -> bool:
    return word.rect[1] - 1.5 <= middle <= word.rect[3] + 1.5


def _on_height(field: Field, middle: float) -> bool:
    return field.rect[1] < middle < field.rect[3]
