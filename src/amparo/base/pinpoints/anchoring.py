"""Finding a quotation again in a text that may have been read anew.

Three ways, the surest first: the very words; the words without regard to case, accents, spacing
and hyphens at line ends; and, if the words are gone, the place between what stood before and
after them. The answer says which, for only the first two find what was quoted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from amparo.base.folding import Folded, fold_words_with_offsets
from amparo.base.pinpoints.selectors import QuoteSelector

__all__ = ["Anchor", "find_quote", "quote"]

_CONTEXT = 32  # characters kept before and after a quotation
_LEAST_CONTEXT = 8  # letters of context needed to trust a place whose words are gone


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a quotation stands, ``text[start:end]``, and how it was found.

    ``how`` is "context" where other words stand in its place. ``unique`` is false where another
    place fits as well; the first is given.
    """

    start: int
    end: int
    how: Literal["exact", "folded", "context"]
    unique: bool = True


def quote(text: str, start: int, end: int) -> QuoteSelector:
    """The selector of ``text[start:end]``, widened so that no letter loses its accents."""
    while start > 0 and _is_mark(text[start]):
        start -= 1
    while end < len(text) and _is_mark(text[end]):
        end += 1
    before = max(0, start - _CONTEXT)
    while before < start and _is_mark(text[before]):
        before += 1
    after = min(len(text), end + _CONTEXT)
    while after > end and after < len(text) and _is_mark(text[after]):
        after -= 1
    return QuoteSelector(text[start:end], text[before:start], text[end:after])


def find_quote(text: str, wanted: QuoteSelector) -> Anchor | None:
    """Find a quotation in a text; ``None`` where neither its words nor its place are left."""
    exact = [at for at in _places(text, wanted.exact) if _whole(text, at, at + len(wanted.exact))]
    if exact:
        best, unique = _best(exact, [_agreement(text, at, wanted) for at in exact])
        return Anchor(best, best + len(wanted.exact), "exact", unique)
    letters = _Letters.of(text)
    return _find_folded(letters, wanted) or _find_between(letters, wanted)


@dataclass(frozen=True, slots=True)
class _Letters:
    """The folded letters and digits of a text, nothing between them, and the way back."""

    text: str
    places: tuple[int, ...]  # of each letter in the folded text
    folded: Folded

    @classmethod
    def of(cls, text: str) -> _Letters:
        folded = fold_words_with_offsets(text)
        places = tuple(at for at, letter in enumerate(folded.text) if not letter.isspace())
        return cls("".join(folded.text[at] for at in places), places, folded)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that became the letters ``start`` to ``end``."""
        return self.folded.original_span(self.places[start], self.places[end - 1] + 1)

    def starts_word(self, at: int) -> bool:
        return at == 0 or at == len(self.places) or self.places[at - 1] + 1 < self.places[at]


def _find_folded(letters: _Letters, wanted: QuoteSelector) -> Anchor | None:
    words, before, after = (
        _Letters.of(part).text for part in (wanted.exact, wanted.prefix, wanted.suffix)
    )
    if not words:
        return None
    found = list(_places(letters.text, words))
    if not found:
        return None
    scores = [
        2 * _common_end(letters.text[:at], before)
        + 2 * _common_start(letters.text[at + len(words) :], after)
        + letters.starts_word(at)
        + letters.starts_word(at + len(words))
        for at in found
    ]
    best, unique = _best(found, scores)
    return Anchor(*letters.span(best, best + len(words)), "folded", unique)


def _find_between(letters: _Letters, wanted: QuoteSelector) -> Anchor | None:
    """The stretch between the prefix and the suffix, if it is about as long as the words were."""
    words, before, after = (
        _Letters.of(part).text for part in (wanted.exact, wanted.prefix, wanted.suffix)
    )
    if len(before) < _LEAST_CONTEXT or len(after) < _LEAST_CONTEXT:
        return None
    longest = 2 * len(words) + _CONTEXT
    stretches = []
    for at in _places(letters.text, before):
        start = at + len(before)
        end = letters.text.find(after, start + 1, start + longest + len(after))
        if end > start:
            stretches.append((start, end))
    if not stretches:
        return None
    return Anchor(*letters.span(*stretches[0]), "context", len(stretches) == 1)


def _best(places: list[int], scores: list[int]) -> tuple[int, bool]:
    highest = max(scores)
    return places[scores.index(highest)], scores.count(highest) == 1


def _agreement(text: str, at: int, wanted: QuoteSelector) -> int:
    """How many characters around this place are those around the quotation."""
    after = at + len(wanted.exact)
    before = text[max(0, at - len(wanted.prefix)) : at]
    behind = text[after : after + len(wanted.suffix)]
    return _common_end(before, wanted.prefix) + _common_start(behind, wanted.suffix)


def _common_start(one: str, other: str) -> int:
    for count, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return count
    return min(len(one), len(other))


def _common_end(one: str, other: str) -> int:
    return _common_start(one[-len(other) :][::-1] if other else "", other[::-1])


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _whole(text: str, start: int, end: int) -> bool:
    """Whether the span leaves no accent or vowel sign of its last letter behind."""
    return not (_is_mark(text[start]) or (end < len(text) and _is_mark(text[end])))


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")
