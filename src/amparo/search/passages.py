"""What is put into the index: passages, usually a page of a file each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from amparo.base.dates import parse
from amparo.base.errors import AmparoError

__all__ = ["MOST_CHARACTERS", "Bounds", "Passage", "bounds", "parts"]

MOST_CHARACTERS = 8_000
"""A longer passage is kept in parts, so that a snippet costs the same everywhere."""

_BREAK = re.compile(r"\n\s*\n|\n|(?<=[.!?؟。])\s|\s")


@dataclass(frozen=True, slots=True)
class Passage:
    """A page or another stretch of text of a source, with what it may be filtered by.

    ``source`` names the kind of thing (``"evidence.item"``) and ``source_id`` which one;
    ``page`` counts from 1, None where there are no pages. ``title`` and ``name`` (the file's) are
    found with the words of the first page and by ``name:``; ``sender`` by ``from:``. ``date`` is
    EDTF or empty. ``language`` is a BCP 47 code or empty. ``edition`` is set by the index itself.
    """

    source: str
    source_id: str
    matter_id: UUID
    page: int | None
    title: str
    text: str
    language: str = ""
    date: str = ""
    media_type: str = ""
    tags: tuple[str, ...] = ()
    name: str = ""
    sender: str = ""
    edition: str = ""

    @property
    def is_first(self) -> bool:
        """Whether this is where the source's title is found."""
        return self.page is None or self.page <= 1


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and last day that a passage's date can mean, ISO 8601; empty where open."""

    earliest: str = ""
    latest: str = ""
    year: int | None = None


def bounds(date: str) -> Bounds:
    """The bounds of an EDTF date; none for an empty one and for one that is not EDTF."""
    if not date:
        return Bounds()
    try:
        read = parse(date)
    except AmparoError:
        return Bounds()
    first, last = read.earliest, read.latest
    start = first or last
    return Bounds(
        first.isoformat() if first else "",
        last.isoformat() if last else "",
        start.year if start else None,
    )


def parts(passage: Passage) -> Iterator[Passage]:
    """The passage in parts of at most ``MOST_CHARACTERS``, broken where a reader would pause."""
    text = passage.text
    if len(text) <= MOST_CHARACTERS:
        yield passage
        return
    while len(text) > MOST_CHARACTERS:
        cut = _cut(text)
        yield replace(passage, text=text[:cut])
        text = text[cut:]
    yield replace(passage, text=text)


def _cut(text: str) -> int:
    """Where to break: after the last paragraph, line, sentence or word of the second half."""
    half = MOST_CHARACTERS // 2
    ends: dict[int, int] = {}
    for found in _BREAK.finditer(text, half, MOST_CHARACTERS):
        weight = 3 if "\n\n" in found[0] else 2 if "\n" in found[0] else 1
        ends[weight] = found.end()
    return ends[max(ends)] if ends else MOST_CHARACTERS
