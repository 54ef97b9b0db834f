"""Sealed identities: a text as someone reads it who must not know who is who.

A name is found however it is written: in any case and script, with the family name first, glued
together as in a file's name, or in another transliteration that sounds alike. Rather too much is
hidden than too little: another person of the same name becomes the pseudonym too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from amparo.base.folding import fold_words, fold_words_with_offsets
from amparo.base.transliteration import name_keys, name_likeness, script_of

__all__ = ["CLEAR", "Sealed", "Veil", "short_forms"]

_TOKEN = re.compile(r"\S+")
_LEAST_LETTERS = 3
_SAME_SCRIPT, _ARABIC, _OTHER_SCRIPT, _ALONE = 0.94, 0.80, 0.86, 0.90


@dataclass(frozen=True, slots=True)
class Sealed:
    """A party whose identity is sealed: the pseudonym, and every way in which the name is written.

    ``spellings`` of several words are also found turned round; those of one word stand alone.
    """

    pseudonym: str
    spellings: tuple[str, ...]


def short_forms(*names: str) -> list[str]:
    """The words of these names that are worth hiding by themselves, in their order, each once."""
    first: dict[str, str] = {}
    for word in (word for name in names for word in name.split()):
        if len(word) >= _LEAST_LETTERS:
            first.setdefault(fold_words(word).strip(), word)
    return list(first.values())


class Veil:
    """What lies over the texts of a matter for someone who does not know its identities."""

    def __init__(self, sealed: Iterable[Sealed]) -> None:
        self._names = [
            (tuple(words), each.pseudonym)
            for each in sealed
            for spelling in each.spellings
            if (words := fold_words(spelling).split())
        ]

    def __bool__(self) -> bool:
        return bool(self._names)

    def names_anyone(self, text: str) -> bool:
        """Whether a sealed name stands in ``text``."""
        return next(self._found(text), None) is not None

    def over(self, text: str) -> str:
        """``text`` with each sealed name replaced by its pseudonym."""
        pieces, at = [], 0
        for start, end, pseudonym in _apart(self._found(text)):
            pieces += [text[at:start], pseudonym]
            at = end
        return "".join([*pieces, text[at:]]) if pieces else text

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where names stand, as spans of ``text`` with their pseudonyms, in no order."""
        if not self._names or not text:
            return
        folded = fold_words_with_offsets(text)
        tokens = list(_TOKEN.finditer(folded.text))
        for at, token in enumerate(tokens):
            for words, pseudonym in self._names:
                last = _last_token(words, tokens, at)
                if last is not None:
                    start, end = folded.original_span(token.start(), tokens[last].end())
                    yield start, end, pseudonym


CLEAR = Veil(())
"""The veil that hides nothing."""


def _last_token(words: tuple[str, ...], tokens: list[re.Match[str]], at: int) -> int | None:
    """The last token of the name that begins at ``at``, None when none does."""
    if tokens[at][0] in ("".join(words), "".join(reversed(words))):
        return at
    if len(words) == 1:
        return at if _is_alone(words[0], tokens[at][0]) else None
    if at + len(words) > len(tokens):
        return None
    said = [token[0] for token in tokens[at : at + len(words)]]
    for order in (words, words[1:] + words[:1], words[-1:] + words[:-1]):
        if all(map(_is_alike, order, said)):
            return at + len(words) - 1
    return None


def _is_alone(word: str, token: str) -> bool:
    """Whether one word is the name: the very word, or what it is in another script."""
    if word == token:
        return True
    return script_of(word) != script_of(token) and _likeness(word, token) >= _ALONE


def _is_alike(word: str, token: str) -> bool:
    """Whether a token is a word of a longer name, in whatever spelling."""
    if word == token:
        return True
    scripts = {script_of(word), script_of(token)}
    bar = _ARABIC if "arabic" in scripts else _OTHER_SCRIPT
    return _likeness(word, token) >= (_SAME_SCRIPT if len(scripts) == 1 else bar)


@lru_cache(maxsize=1 << 16)
def _likeness(word: str, token: str) -> float:
    if min(len(word), len(token)) < _LEAST_LETTERS or name_keys(word).isdisjoint(name_keys(token)):
        return 0.0
    return name_likeness(word, token)


def _apart(found: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Spans in order without overlap, the longest of those that begin together."""
    end_before = 0
    for start, end, pseudonym in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= end_before:
            yield start, end, pseudonym
            end_before = end
