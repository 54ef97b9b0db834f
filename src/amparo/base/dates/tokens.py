"""The words of typed dates, in six languages at once: what each one does in a date."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from amparo.base.dates.words import LANGUAGES, words
from amparo.base.errors import UnclearDate

__all__ = ["Token", "fold", "tokens"]

_ROLES = (
    "about", "uncertain", "between", "and", "from", "to", "until", "before", "after", "decade",
    "drop",
)  # fmt: skip
_WORD = re.compile(r"[0-9]+(?:[./-][0-9]+)+|[0-9]+|[^\W\d_]+|[?~%]|[-/]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or group of numbers: its role, and its number if it has one."""

    role: str  # one of _ROLES, or month, season, number, group, sign, dash, slash, word
    text: str
    number: int = 0


@dataclass(slots=True)
class _Lexicon:
    """Every known word of every language, by its folded form; the longest wins."""

    phrases: dict[tuple[str, ...], tuple[str, int]] = field(default_factory=dict)
    longest: int = 1

    def add(self, phrase: str, role: str, number: int = 0) -> None:
        key = tuple(re.findall(r"[^\W\d_]+", fold(phrase)))
        self.phrases.setdefault(key, (role, number))
        self.longest = max(self.longest, len(key))


def tokens(said: str, normal: str) -> Iterator[Token]:
    lexicon = _lexicon()
    found = _split_and(_WORD.findall(fold(normal)), lexicon)
    at = 0
    while at < len(found):
        for length in range(min(lexicon.longest, len(found) - at), 0, -1):
            known = lexicon.phrases.get(tuple(found[at : at + length]))
            if known:
                yield Token(known[0], found[at], known[1])
                at += length
                break
        else:
            yield _unlisted(said, found[at])
            at += 1


def _unlisted(said: str, text: str) -> Token:
    if text.isdigit():
        return Token("number", text, int(text))
    if text[0].isdigit():
        return Token("group", text)
    if text in "?~%":
        return Token("sign", text)
    if text in "-/":
        return Token("dash" if text == "-" else "slash", text)
    raise UnclearDate(
        f'In "{said}" the word "{text}" is not one that Amparo knows in a date.',
        next_step='Write it like "5 March 2021", "March 2021", "about 2021" or '
        '"between January and April 2021".',
    )


def _split_and(found: Iterable[str], lexicon: _Lexicon) -> list[str]:
    """Arabic joins its "and" to the next word; take it off where that leaves a known word."""
    split: list[str] = []
    for text in found:
        rest = text[1:]
        joined = text.startswith("و") and rest and (text,) not in lexicon.phrases
        if joined and any(key[0] == rest for key in lexicon.phrases):
            split += ["و", rest]
        else:
            split.append(text)
    return split


@cache
def _lexicon() -> _Lexicon:
    lexicon = _Lexicon()
    for language in LANGUAGES:
        vocabulary = words(language)
        typed = vocabulary["typed"]
        for role in ("month", "season"):
            for index, extra in enumerate(typed[f"{role}s"]):
                names = [forms[index] for forms in vocabulary[f"{role}s"].values()]
                for name in [*(part for whole in names for part in whole.split("/")), *extra]:
                    lexicon.add(name, role, index + 1)
        for role in _ROLES:
            for phrase in typed[role]:
                lexicon.add(phrase, role)
    return lexicon


def fold(text: str) -> str:
    """Without case, accents and vowel signs; apostrophes and full stops part words."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("ـ", "")
