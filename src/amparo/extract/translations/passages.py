"""What is translated: the text of a file parted into passages, each with its place.

A page is parted at blank lines. A block longer than ``LONG`` characters, as where a reader found no
blank lines, is parted further at line ends, where a sentence ends if it can be. What is said in a
recording is parted as its transcript is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from amparo.base.pinpoints import PageSelector, QuoteSelector, SecondsSelector, quote
from amparo.extract.recordings.transcripts import Line

__all__ = ["LONG", "Passage", "of_lines", "of_page"]

LONG = 900
_SHORT = 200

_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_ENDS = re.compile(r"[.!?؟:;。…»”\"')\]]\s*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the original and where they stand: on a page with what is around, or in seconds."""

    place: PageSelector | SecondsSelector
    original: str

    @property
    def page(self) -> int | None:
        """The page, or the minute of a recording, counted from 1."""
        if isinstance(self.place, PageSelector):
            return self.place.page
        return int(self.place.start // 60) + 1

    @property
    def needs_words(self) -> bool:
        """Whether there is anything to translate: a letter of any script."""
        return any(char.isalpha() for char in self.original)

    @property
    def short_place(self) -> PageSelector | SecondsSelector:
        """The place with its first words only: enough to find it, for links."""
        if isinstance(self.place, SecondsSelector) or self.place.quote is None:
            return self.place
        words = self.original[:100]
        if len(self.original) > len(words):
            words = words.rpartition(" ")[0] or words
        before = self.place.quote.prefix
        return PageSelector(self.place.page, (), QuoteSelector(words, before, ""))


def of_page(number: int, text: str) -> Iterator[Passage]:
    """The passages of a page, in their order."""
    for start, end in _spans(text):
        words = quote(text, start, end)
        yield Passage(PageSelector(number, (), words), words.exact)


def of_lines(lines: Iterable[Line]) -> Iterator[Passage]:
    """The passages of a transcript: one for each line of speech."""
    for line in lines:
        said = f"{line.speaker}: {line.text}" if line.speaker else line.text
        yield Passage(SecondsSelector(line.start, line.end), said)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """From where to where each passage stands, blanks at its ends left out."""
    at = 0
    for blank in [*_BLANK.finditer(text), None]:
        end = blank.start() if blank else len(text)
        for first, last in _parted(text, at, end):
            yield from _trimmed(text, first, last)
        at = blank.end() if blank else end


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A block in pieces that a person can take in at once."""
    while end - start > LONG:
        cut = _cut(text, start, end)
        if cut is None:
            break
        yield start, cut
        start = cut
    yield start, end


def _cut(text: str, start: int, end: int) -> int | None:
    """The end of the last line that ends a sentence within reach, or else of the last line."""
    last: int | None = None
    at = text.find("\n", start + _SHORT, end)
    best: int | None = None
    while at != -1 and at - start <= LONG:
        last = at
        if _ENDS.search(text, max(start, at - 3), at):
            best = at
        at = text.find("\n", at + 1, end)
    return best or last or (at if at != -1 else None)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
