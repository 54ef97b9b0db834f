"""What is translated: the text of a file parted into passages, each with its place.

A page is parted at blank lines, and where its lines show that a paragraph ends: a line that stops
short, a wider gap, another size of letter, another column. A block longer than ``LONG`` characters
is parted further at line ends, where a sentence ends if it can be. What is said in a recording is
parted as its transcript is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from amparo.base.pinpoints import PageSelector, QuoteSelector, SecondsSelector, quote
from amparo.extract.reading import PageText
from amparo.extract.recordings.transcripts import Line
from amparo.extract.selection import Line as Row
from amparo.extract.selection import lines

__all__ = ["LONG", "Passage", "of_lines", "of_page", "paragraph_ends"]

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


def of_page(number: int, text: str, ends: Iterable[int] = ()) -> Iterator[Passage]:
    """The passages of a page, in their order; ``ends`` is where else paragraphs end."""
    for start, end in _joined(text, _spans(text, sorted(ends))):
        words = quote(text, start, end)
        yield Passage(PageSelector(number, (), words), words.exact)


def paragraph_ends(page: PageText) -> Iterator[int]:
    """Where the lines of a page, as they stand on it, show that a paragraph ends: offsets.

    Nothing for a page of which the places of words are not known.
    """
    found = list(lines(page))
    if len(found) < 2:
        return
    left = min(line.box[0] for line in found)
    right = max(line.box[2] for line in found)
    gaps = [_gap(one, other) for one, other in pairwise(found)]
    usual = median([gap for gap in gaps if gap > 0] or [0.0])
    for (one, other), gap in zip(pairwise(found), gaps, strict=True):
        if _is_parted(one, other, gap, usual) or _stops_short(one, left, right):
            yield one.words[-1].end


def of_lines(said: Iterable[Line]) -> Iterator[Passage]:
    """The passages of a transcript: one for each line of speech."""
    for line in said:
        words = f"{line.speaker}: {line.text}" if line.speaker else line.text
        yield Passage(SecondsSelector(line.start, line.end), words)


def _gap(one: Row, other: Row) -> float:
    """The white between two lines, in points; below zero where the next is not below."""
    return other.box[1] - one.box[3]


def _is_parted(one: Row, other: Row, gap: float, usual: float) -> bool:
    height = max(1.0, one.box[3] - one.box[1])
    ratio = (other.box[3] - other.box[1]) / height
    jumps_up = other.box[1] < one.box[1] - height
    return jumps_up or gap > usual + 0.6 * height or not 0.7 < ratio < 1.4


def _stops_short(line: Row, left: float, right: float) -> bool:
    """Whether a line leaves a quarter of the page's width free at its end."""
    free = line.box[0] - left if line.right_to_left else right - line.box[2]
    return free > 0.25 * (right - left)


def _spans(text: str, ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """From where to where each passage stands, blanks at its ends left out."""
    at = 0
    blanks = [(blank.start(), blank.end()) for blank in _BLANK.finditer(text)]
    for end, following in sorted({*blanks, *((end, end) for end in ends), (len(text), len(text))}):
        if end > at:
            for first, last in _parted(text, at, end):
                yield from _trimmed(text, first, last)
        at = max(at, following)


def _joined(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Scattered letters, as those that run round a seal, are one passage with what follows."""
    waiting: tuple[int, int] | None = None
    for start, end in spans:
        if waiting and not _BLANK.search(text, waiting[1], start):
            start = waiting[0]
        elif waiting:
            yield waiting
        waiting = (start, end) if _is_scattered(text, start, end) else None
        if waiting is None:
            yield start, end
    if waiting:
        yield waiting


def _is_scattered(text: str, start: int, end: int) -> bool:
    """Whether these are letters without a word of three, and nothing else."""
    words = text[start:end].split()
    return all(word.isalpha() for word in words) and max(map(len, words)) < 3


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
