"""Snippets: the stretch of the original that shows why a passage was found, with the words marked.

Words are looked for in folded text and marked in the original, so that a search for مكتبه marks
مَكتَبَة with all its vowel signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from amparo.base.folding import Folded, fold_words_with_offsets
from amparo.search.syntax import Words
from amparo.search.words import ARTICLE, WORD_ENDS, WORD_STARTS, is_unspaced, mend_lines

__all__ = ["Fragment", "Marker", "Snippet", "mark", "marker", "snippet"]

LENGTH = 260
_MOST_MATCHES = 200
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a snippet; ``marked`` when it is one of the words that were looked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """Fragments of the original in order, and whether the passage goes on before and after."""

    fragments: tuple[Fragment, ...] = ()
    begins: bool = True
    ends: bool = True

    def __str__(self) -> str:
        text = "".join(fragment.text for fragment in self.fragments)
        return f"{'' if self.begins else '… '}{text}{'' if self.ends else ' …'}"

    @property
    def marked(self) -> tuple[str, ...]:
        """The words that are marked, as the original writes them."""
        return tuple(fragment.text for fragment in self.fragments if fragment.marked)


Marker = re.Pattern[str]


def _piece(piece: str) -> str:
    arabic = "ء" <= piece[0] <= "ي"
    return (f"(?:{ARTICLE})?" if arabic else "") + re.escape(piece)


def _row(pieces: Sequence[str], *, prefix: bool) -> str:
    """A pattern for folded words in a row."""
    mixed = any(map(is_unspaced, pieces))
    starts, ends = (WORD_STARTS, WORD_ENDS) if mixed else (r"(?<!\S)", r"(?!\S)")
    pattern = "" if is_unspaced(pieces[0]) else starts
    for place, piece in enumerate(pieces):
        if place:
            pattern += " *" if is_unspaced(piece) or is_unspaced(pieces[place - 1]) else " +"
        pattern += _piece(piece)
    if is_unspaced(pieces[-1]):
        return pattern
    return pattern + (r"\S*" if prefix else ends)


def marker(words: Iterable[Words], spellings: Mapping[str, Sequence[str]]) -> Marker | None:
    """Return a pattern for folded text that finds these words and their other spellings.

    ``spellings`` gives for the written form of words the other forms, as words with spaces.
    """
    rows: dict[str, None] = {}
    for each in words:
        rows[_row(each.pieces, prefix=each.prefix)] = None
        for form in () if each.quoted else spellings.get(each.written, ()):
            rows[_row(form.split(), prefix=False)] = None
    longest_first = sorted(rows, key=len, reverse=True)
    return re.compile("|".join(longest_first)) if rows else None


def _best_window(matches: list[re.Match[str]]) -> tuple[int, int]:
    """The stretch of folded text with the most different words, the earliest of the best."""
    best, best_score = (matches[0].start(), matches[0].end()), 0
    for place, first in enumerate(matches):
        inside = [
            match for match in matches[place:] if match.end() - first.start() <= LENGTH * 3 // 4
        ] or [first]
        score = 10 * len({match[0] for match in inside}) + min(len(inside), 9)
        if score > best_score:
            best, best_score = (first.start(), inside[-1].end()), score
    return best


def _widen(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span of the original to ``LENGTH``, to whole words where there are spaces."""
    spare = max(0, LENGTH - (end - start))
    left, right = max(0, start - spare // 3), min(len(text), end + spare - spare // 3)
    if left > 0:
        space = _SPACE.search(text, left, start)
        left = space.end() if space else left
    if right < len(text):
        cut = max(text.rfind(" ", end, right), text.rfind("\n", end, right))
        right = cut if cut > end else right
    return left, right


def _fragments(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Fragment, ...]:
    fragments: list[Fragment] = []
    at = 0
    for start, end in [*spans, (len(text), len(text))]:
        if start > at:
            fragments.append(Fragment(_SPACE.sub(" ", text[at:start])))
        if end > start:
            fragments.append(Fragment(_SPACE.sub(" ", text[start:end]), marked=True))
        at = max(at, end)
    return tuple(fragments)


def _spans(folded: Folded, matches: Iterable[re.Match[str]]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for match in matches:
        start, end = folded.original_span(match.start(), match.end())
        if spans and start < spans[-1][1]:
            continue
        spans.append((start, end))
    return spans


def snippet(text: str, words: Marker | None) -> Snippet:
    """Return the best stretch of ``text``, of about 260 characters, with the words marked.

    Without words, or when none of them is in the text, it is the beginning.
    """
    folded = fold_words_with_offsets(mend_lines(text))
    found = list(islice(words.finditer(folded.text), _MOST_MATCHES)) if words else []
    if not found:
        start, end = _widen(text, 0, 0)
        return Snippet(_fragments(text[start:end], ()), begins=True, ends=end == len(text))
    window = folded.original_span(*_best_window(found))
    start, end = _widen(text, *window)
    spans = [(a - start, b - start) for a, b in _spans(folded, found) if start <= a and b <= end]
    return Snippet(_fragments(text[start:end], spans), begins=start == 0, ends=end == len(text))


def mark(text: str, words: Marker | None) -> tuple[Fragment, ...]:
    """Return the whole text with the words marked, for a title."""
    if words is None:
        return _fragments(text, ())
    folded = fold_words_with_offsets(text)
    return _fragments(text, _spans(folded, words.finditer(folded.text)))
