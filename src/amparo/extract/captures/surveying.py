"""Going through a web archive once: which records are pages, which are pictures of them.

A page is an answer in HTML with a status of 2xx, or one that the archive itself lists. Where the
archive holds the words as the browser showed them (``urn:text:``, or in a collection's list), they
are kept for pages whose HTML lacks them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, UnidentifiedImageError

from amparo.extract.captures.naming import UUID
from amparo.extract.captures.records import (
    SHOTS,
    about,
    address_of,
    body_of,
    header,
    id_of,
    is_answer,
    line_of,
    media_type,
    shown_address,
    status_of,
)
from amparo.extract.reading import Heading
from amparo.extract.sections import clean

__all__ = ["LONGEST_PAGE", "LONGEST_TEXT", "Listed", "Survey", "survey"]

LONGEST_PAGE = 16 * 2**20
"""How much of a page's HTML is read, in bytes."""

LONGEST_TEXT = 2_000_000
"""How many characters of a page are kept."""

_HTML = ("text/html", "application/xhtml+xml")
_TEXT = "urn:text:"
_LARGEST_SHOT = 64 * 2**20
_MOST_TEXT = 64_000_000


@dataclass(frozen=True, slots=True)
class Listed:
    """A page as a collection's own list names it."""

    address: str
    at: str
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Shot:
    """A screenshot: its record, the kind of picture, its size in pixels."""

    record: str
    rank: int
    width: int
    height: int


@dataclass(slots=True)
class Survey:
    """What an archive holds. ``numbers`` gives the page number of the record at a position."""

    lines: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    shots: dict[str, _Shot] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    addresses: dict[int, str] = field(default_factory=dict)
    torn: bool = False
    _kept: int = 0

    def outline(self) -> list[Heading]:
        """The pages by title, or by address where the archive itself names none."""
        ordered = sorted(self.numbers.items(), key=lambda pair: pair[1])
        return [
            Heading(1, " ".join((self.titles.get(at) or self.addresses[at]).split()), number)
            for at, number in ordered
        ]

    def keep_text(self, address: str, text: str) -> None:
        """Keep the words that a browser showed of a page, as far as memory is meant for that."""
        if address not in self.texts and self._kept + len(text) <= _MOST_TEXT:
            self.texts[address] = text
            self._kept += len(text)


@dataclass(frozen=True, slots=True)
class _Candidate:
    position: int
    address: str
    at: str
    good: bool


def survey(records: Iterable[Any], listed: Sequence[Listed] = (), *, broken: Any = ()) -> Survey:
    """Go through an archive once; what is ``broken`` (exceptions) ends it, and is told."""
    found = Survey()
    candidates: list[_Candidate] = []
    try:
        for position, record in enumerate(records):
            found.lines.append(line_of(record))
            if record.rec_type == "warcinfo":
                found.facts |= about(record)
            elif shot := _shot(record):
                address, made = shot
                before = found.shots.get(address)
                if before is None or made.rank < before.rank:
                    found.shots[address] = made
            elif shown := _shown_text(record):
                found.keep_text(*shown)
            elif is_answer(record) and media_type(record) in _HTML:
                at, good = header(record, "WARC-Date"), status_of(record)[:1] in ("2", "")
                candidates.append(_Candidate(position, address_of(record), at, good))
    except broken:
        found.torn = True
    _number(found, candidates, listed)
    return found


def _number(found: Survey, candidates: Sequence[_Candidate], listed: Sequence[Listed]) -> None:
    """Pages that the archive lists come first, in its order, then the rest as they lie there."""
    waiting: dict[str, list[_Candidate]] = {}
    for each in candidates:
        waiting.setdefault(each.address, []).append(each)
    order: dict[int, _Candidate] = {}
    for page in listed:
        same = waiting.get(page.address, [])
        near = next((each for each in same if each.at[:19] == page.at[:19]), None)
        if chosen := near or next(iter(same), None):
            same.remove(chosen)
            order[chosen.position] = chosen
            found.titles[chosen.position] = page.title
            if page.text:
                found.keep_text(page.address, page.text)
    order |= {each.position: each for each in candidates if each.good} | order
    found.addresses = {position: each.address for position, each in order.items()}
    found.numbers = {position: number for number, position in enumerate(order, 1)}


def _shown_text(record: Any) -> tuple[str, str] | None:
    """The words of a page as a browser showed them, with its address; None for other records."""
    address = address_of(record)
    if record.rec_type != "resource" or not address.lower().startswith(_TEXT):
        return None
    body = body_of(record, LONGEST_PAGE)
    return address[len(_TEXT) :], clean(body.decode("utf-8", "replace"))[:LONGEST_TEXT]


def _shot(record: Any) -> tuple[str, _Shot] | None:
    shown = shown_address(record)
    if not shown or record.rec_type != "resource" or not re.fullmatch(UUID, id_of(record).lower()):
        return None
    try:
        with Image.open(io.BytesIO(body_of(record, _LARGEST_SHOT))) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None
    kind = address_of(record)[: -len(shown)].lower()
    rank = [each.lower() for each in SHOTS].index(kind)
    return shown, _Shot(id_of(record).lower(), rank, width, height)
