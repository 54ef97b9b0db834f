"""From a stretch of a page's text to the place where it stands, and back to where it stands now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from amparo.base.errors import BadPinpoint
from amparo.base.languages import is_right_to_left
from amparo.base.pinpoints import PageSelector, QuoteSelector, find_quote, quote
from amparo.extract.reading import Box, PageText, Word

__all__ = ["Line", "lines", "rectangles", "select", "where"]

_LONGEST = 20_000  # characters of one pinpoint


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one line, in the order of the text."""

    words: tuple[Word, ...]
    right_to_left: bool

    @property
    def box(self) -> Box:
        """The box around the line."""
        return around([word.box for word in self.words])


def lines(page: PageText) -> Iterator[Line]:
    """The words of a page, line by line as the text breaks them and as they stand."""
    waiting: list[Word] = []
    for word in page.words:
        if waiting and not _same_line(page.text, waiting[-1], word):
            yield _line(page.text, waiting)
            waiting = []
        waiting.append(word)
    if waiting:
        yield _line(page.text, waiting)


def select(page: PageText, start: int, end: int) -> PageSelector:
    """The selector of ``page.text[start:end]``: its words, what stands around them, its place.

    ``BadPinpoint`` when nothing is selected or too much.
    """
    start, end = max(0, start), min(len(page.text), end)
    while start < end and page.text[start].isspace():
        start += 1
    while end > start and page.text[end - 1].isspace():
        end -= 1
    if start >= end:
        raise BadPinpoint("Nothing is selected.", next_step="Select the words first.")
    if end - start > _LONGEST:
        raise BadPinpoint(
            f"{end - start:,} characters are selected; a pinpoint holds {_LONGEST:,}.",
            next_step="Select the sentence that matters.",
        )
    return PageSelector(page.number, rectangles(page, start, end), quote(page.text, start, end))


def rectangles(page: PageText, start: int, end: int) -> tuple[Box, ...]:
    """One rectangle for each line of ``page.text[start:end]``, cut where it begins and ends."""
    found = []
    for line in lines(page):
        boxes = [
            _cut(word, start, end, line.right_to_left)
            for word in line.words
            if word.start < end and word.end > start
        ]
        if boxes:
            found.append(around(boxes))
    return tuple(found)


def where(page: PageText, wanted: QuoteSelector) -> tuple[int, int] | None:
    """Where a quotation stands in the page's text as it was last read, if its words are there."""
    anchor = find_quote(page.text, wanted)
    return (anchor.start, anchor.end) if anchor and anchor.how != "context" else None


def around(boxes: list[Box]) -> Box:
    """The smallest box that holds them all."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _line(text: str, words: list[Word]) -> Line:
    whole = text[words[0].start : words[-1].end]
    return Line(tuple(words), is_right_to_left(whole))


def _same_line(text: str, one: Word, next_one: Word) -> bool:
    if "\n" in text[one.end : next_one.start]:
        return False
    (_, top, _, bottom), (_, next_top, _, next_bottom) = one.box, next_one.box
    shared = min(bottom, next_bottom) - max(top, next_top)
    return shared > 0.4 * min(bottom - top, next_bottom - next_top)


def _cut(word: Word, start: int, end: int, right_to_left: bool) -> Box:
    """The part of a word's box that the selected letters take, as if all were equally wide."""
    x0, y0, x1, y1 = word.box
    length = max(1, word.end - word.start)
    first = max(0, start - word.start) / length
    last = min(length, end - word.start) / length
    width = x1 - x0
    if right_to_left:
        return x1 - last * width, y0, x1 - first * width, y1
    return x0 + first * width, y0, x0 + last * width, y1
