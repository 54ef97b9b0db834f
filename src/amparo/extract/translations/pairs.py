"""A translation: the passages of the original, and beside each what it says in another language.

The original's words are kept with it, so that a version says what it translated, also when the file
is read again and its text comes out otherwise.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from amparo.base.canonical import dumps
from amparo.base.errors import UsageError
from amparo.base.pinpoints import from_fragment, to_fragment
from amparo.base.pinpoints.selectors import PageSelector, SecondsSelector
from amparo.extract.translations.passages import Passage

__all__ = [
    "MOST_PASSAGES",
    "Draft",
    "Pair",
    "by_page",
    "carry_over",
    "digest",
    "drafted",
    "from_rows",
    "missing",
    "pasted",
    "retold",
    "to_rows",
    "unchecked",
]

MOST_PASSAGES = 20_000
LONGEST = 20_000
_BETWEEN = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


@dataclass(frozen=True, slots=True)
class Draft:
    """The program that wrote a translation: its version, its model's name, the model's SHA-256.

    ``seen`` is "" while the words are only the program's, ``checked`` when a person compared them
    with the original and let them stand, ``corrected`` when a person changed them.
    """

    tool: str
    version: str
    model: str
    sha256: str
    seen: str = ""

    @property
    def name(self) -> str:
        """The program and its model, as every line names them."""
        return f"{self.tool} {self.version} · {self.model}"


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage and its translation, "" while there is none; ``draft`` when a program wrote it."""

    passage: Passage
    text: str = ""
    draft: Draft | None = None

    @property
    def is_unchecked(self) -> bool:
        """Whether the words are only a program's."""
        return bool(self.text.strip() and self.draft and not self.draft.seen)

    @property
    def is_missing(self) -> bool:
        """Whether something is to be translated and is not yet."""
        return not self.text.strip() and self.passage.needs_words


def missing(pairs: Iterable[Pair]) -> int:
    """How many passages wait for their translation."""
    return sum(pair.is_missing for pair in pairs)


def unchecked(pairs: Iterable[Pair]) -> int:
    """How many passages have words that are only a program's."""
    return sum(pair.is_unchecked for pair in pairs)


def drafted(pairs: Iterable[Pair], words: Mapping[str, str], mark: Draft) -> list[Pair]:
    """The pairs, those that wait for words with what a program wrote for the same original."""
    return [
        replace(pair, text=words[pair.passage.original], draft=mark)
        if pair.is_missing and words.get(pair.passage.original)
        else pair
        for pair in pairs
    ]


def retold(pair: Pair, text: str, *, is_right: bool) -> Pair:
    """The pair with what a person typed beside it, or said to be right as the program wrote it."""
    if not text or pair.draft is None:
        return Pair(pair.passage, text)
    if text != pair.text:
        return replace(pair, text=text, draft=replace(pair.draft, seen="corrected"))
    if is_right and not pair.draft.seen:
        return replace(pair, draft=replace(pair.draft, seen="checked"))
    return pair


def carry_over(before: Iterable[Pair], passages: Iterable[Passage]) -> list[Pair]:
    """The passages as they are now, each with what was written for the same words before.

    Words are the same whatever their spaces and line ends; the same words twice keep their order.
    """
    known: dict[str, deque[Pair]] = defaultdict(deque)
    for pair in before:
        if pair.text:
            known[_words(pair.passage.original)].append(pair)
    return [_next(known, each) for each in passages]


def pasted(passages: Sequence[Passage], text: str) -> list[Pair]:
    """A whole translation, its paragraphs parted by blank lines, beside the passages in order.

    Passages without a letter keep none. UsageError when there are more or fewer than passages.
    """
    paragraphs = [each.strip() for each in _BETWEEN.split(text.strip()) if each.strip()]
    wanted = [each for each in passages if each.needs_words]
    if len(paragraphs) != len(wanted):
        raise UsageError(
            f"The translation has {len(paragraphs):,} paragraphs and the original {len(wanted):,}.",
            next_step="Part it by blank lines as the original is, or write it passage by passage.",
        )
    given = iter(paragraphs)
    return [Pair(each, next(given) if each.needs_words else "") for each in passages]


def by_page(pairs: Iterable[Pair]) -> Iterator[tuple[int, str]]:
    """The translated words of each page (or minute) that has any: what the search is given."""
    pages: dict[int, list[str]] = {}
    for pair in pairs:
        if pair.text.strip():
            pages.setdefault(pair.passage.page or 1, []).append(pair.text.strip())
    for number, texts in sorted(pages.items()):
        yield number, "\n\n".join(texts)


def digest(source: str, target: str, pairs: Sequence[Pair]) -> str:
    """SHA-256 of the languages and, passage by passage, of place, original and translation.

    Of each the canonical JSON (RFC 8785), ended by a line feed.
    """
    whole = hashlib.sha256(dumps({"from": source, "to": target}) + b"\n")
    for row in to_rows(pairs):
        whole.update(dumps(row) + b"\n")
    return whole.hexdigest()


def to_rows(pairs: Iterable[Pair]) -> list[dict[str, Any]]:
    """The pairs as JSON: ``at`` is the place as a URL fragment (``base/pinpoints/fragments``).

    ``draft`` stands only where a program wrote the words.
    """
    return [
        {
            "at": _fragment(pair.passage),
            "original": pair.passage.original,
            "text": pair.text,
            **({"draft": asdict(pair.draft)} if pair.draft else {}),
        }
        for pair in pairs
    ]


def from_rows(rows: Iterable[Mapping[str, Any]]) -> list[Pair]:
    """Read what ``to_rows`` writes."""
    return [
        Pair(
            _passage(row["at"], row["original"]),
            row["text"],
            Draft(**row["draft"]) if row.get("draft") else None,
        )
        for row in rows
    ]


def _fragment(passage: Passage) -> str:
    """The place without its quotation's own words, which are the passage's."""
    place = passage.place
    if isinstance(place, PageSelector) and place.quote:
        place = replace(place, quote=replace(place.quote, exact="·"))
    return to_fragment(place)


def _passage(at: str, original: str) -> Passage:
    place = from_fragment(at)
    if isinstance(place, PageSelector) and place.quote:
        return Passage(replace(place, quote=replace(place.quote, exact=original)), original)
    assert isinstance(place, PageSelector | SecondsSelector)
    return Passage(place, original)


def _next(known: Mapping[str, deque[Pair]], passage: Passage) -> Pair:
    waiting = known.get(_words(passage.original))
    return replace(waiting.popleft(), passage=passage) if waiting else Pair(passage)


def _words(text: str) -> str:
    return " ".join(text.split())
