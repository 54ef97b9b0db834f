"""A name in parts: which words are names, and what the others are to them.

Given and family names are not told apart: outside a few countries nobody can by looking. What can
be told is kept: whose child someone says to be (``FATHER``, ``MOTHER``), a name by which people
call a parent (``KUNYA``, as in Abu Omar), initials, titles, a body's legal form, numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from amparo.linkage.names.latin import SYLLABIC, latin_of, script_named
from amparo.linkage.names.vocabulary import Vocabulary, squeezed, vocabulary

__all__ = ["Kind", "Name", "Part", "normal", "parse"]

_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼʻʿʾ`´](?=\w)")
_ASIDE = re.compile(r"[()\[\]“”«»\"]")
_BETWEEN = re.compile(r"[\s,;/·・‧.\-‐‑–—_:|+*\u200c]+")
_LETTERS_APART = re.compile(r"(?<!\w)(?:\w[.]\s?){2,}(?:\w(?!\w))?")
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
_MOST_CHARACTERS = 500


class Kind(StrEnum):
    """What a part is in its name."""

    NAME = "name"
    INITIAL = "initial"
    FATHER = "father's name"
    MOTHER = "mother's name"
    KUNYA = "kunya"
    PARTICLE = "particle"
    TITLE = "title"
    GENERATION = "generation"
    FORM = "legal form"
    NUMBER = "number"
    GENERIC = "generic word"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: as written, folded, in Latin letters, and the script by its Unicode name."""

    text: str
    word: str
    kind: Kind
    latin: str
    script: str

    @classmethod
    def of(cls, text: str, kind: Kind, word: str = "") -> Part:
        """The part that ``text`` is; ``word`` where it is compared as another."""
        latin = latin_of(word or text)
        word = word or squeezed(text)
        return cls(text, word, kind, latin, script_named(word))

    @property
    def syllabic(self) -> bool:
        """Whether each character is a syllable."""
        return self.script in SYLLABIC

    @property
    def is_said(self) -> bool:
        """Whether the part is worth comparing at all."""
        return self.kind not in (Kind.PARTICLE, Kind.TITLE, Kind.FORM)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written and its parts in the order written; ``is_body``: not a person's."""

    text: str
    parts: tuple[Part, ...]
    is_body: bool = False

    @property
    def said(self) -> tuple[Part, ...]:
        """The parts that are names, initials or numbers; all when there are no such parts."""
        return tuple(part for part in self.parts if part.is_said) or self.parts

    @property
    def joined(self) -> tuple[str, ...]:
        """The said parts in Latin letters without anything between; particles left out, and in."""
        said = self.said
        whole = [part for part in self.parts if part in said or part.kind is Kind.PARTICLE]
        both = ("".join(part.latin for part in parts) for parts in (said, whole))
        return tuple(dict.fromkeys(filter(None, both)))


@lru_cache(maxsize=1 << 16)
def parse(text: str) -> Name:
    """The parts of a name in any script; what has no letter or digit has none.

    Of a text of more than 500 characters, which is no name, only the first 500 are read.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())[:_MOST_CHARACTERS]
    words, form = _without_form(_words(text))
    is_body = form is not None or any(squeezed(w) in vocabulary().bodies for w in words)
    parts = tuple(_added_up(_parts(words, is_body=is_body)))
    if form is not None:
        parts = (*parts, Part.of(form, Kind.FORM))
    return Name(text, parts, is_body)


def normal(text: str) -> str:
    """The form to keep beside a name and to sort by: Latin small letters, a space between words.

    Titles and legal forms are left out; the order stays.
    """
    parts = parse(text).parts
    kept = [part.latin for part in parts if part.kind not in (Kind.TITLE, Kind.FORM)]
    return " ".join(kept or [part.latin for part in parts])


def _words(text: str) -> list[str]:
    """The words as written: apostrophes inside a word closed up, A.B.C. one word."""
    text = _APOSTROPHES.sub("", text)
    text = _LETTERS_APART.sub(lambda m: re.sub(r"[.\s]", "", m[0]) + ". ", text)
    text = _ASIDE.sub(" ", text).replace("&", " and ").replace("%", " percent ")
    return [word for word in _BETWEEN.split(text) if squeezed(word)]


def _without_form(words: list[str]) -> tuple[list[str], str | None]:
    """The words without the legal form at their end or beginning, and that form."""
    forms, form = vocabulary().forms, None
    for _again in range(2):
        for length in range(min(7, len(words) - 1), 0, -1):
            for cut in (slice(len(words) - length, None), slice(0, length)):
                run = words[cut]
                if squeezed("".join(run)) in forms and (length > 1 or _is_form(run[0], cut)):
                    form = form or " ".join(run)
                    del words[cut]
                    break
            else:
                continue
            break
        else:
            return words, form
    return words, form


def _is_form(word: str, cut: slice) -> bool:
    """Whether one word is a form there: in capitals, with a dot, or long; not a small "as"."""
    return len(word) > 3 or word.isupper() or cut.start != 0


def _parts(words: list[str], *, is_body: bool) -> Iterator[Part]:
    """The parts; what leads a name, as Abu or Abd al-, is one with it."""
    known, waiting = vocabulary(), None
    leaders: list[str] = []
    for at, written in enumerate(words):
        word, last = squeezed(written), at == len(words) - 1
        kind = _kind(written, word, known, is_body=is_body, alone=len(words) == 1)
        if not last and _leads(word, kind, leaders, known, is_body=is_body):
            leaders.append(written)
            continue
        if kind is None:  # a word for son or daughter of
            yield Part.of(written, Kind.PARTICLE)
            waiting = Kind.FATHER
            continue
        if kind is not Kind.NAME:
            yield from (Part.of(leader, Kind.NAME) for leader in leaders)
            leaders = []
            yield from _part(written, word, kind, known, is_body=is_body)
            continue
        kind = _kin(word, waiting, known) if not is_body else kind
        waiting = None
        if leaders:
            yield _led(leaders, written, kind, known)
            leaders = []
        else:
            yield from _part(written, word, kind, known, is_body=is_body)


def _leads(
    word: str, kind: Kind | None, leaders: list[str], known: Vocabulary, *, is_body: bool
) -> bool:
    """Whether a word is of the name that follows: Abu, Abd, and al- after them."""
    if is_body:
        return False
    if kind is Kind.PARTICLE:
        return bool(leaders)
    return word in known.kunya or (kind is Kind.NAME and word in known.compound)


def _led(leaders: list[str], written: str, kind: Kind, known: Vocabulary) -> Part:
    """Abu Omar, Abd al-Rahman: one part, with the leading words in their usual spelling."""
    words = [squeezed(leader) for leader in leaders]
    kept = [known.leading[word] for word in words if word in known.leading]
    is_kunya = words[0] in known.kunya
    text = " ".join([*leaders, written])
    return Part.of(text, Kind.KUNYA if is_kunya else kind, "".join([*kept, squeezed(written)]))


def _kin(word: str, waiting: Kind | None, known: Vocabulary) -> Kind:
    """What a name is after a word for child of, or by its own ending."""
    if waiting is None:
        return Kind.FATHER if _fathers(word, known) else Kind.NAME
    return Kind.MOTHER if latin_of(word) in known.mother else waiting


def _added_up(parts: Iterable[Part]) -> Iterator[Part]:
    """Forty and four are 44."""
    tens: Part | None = None
    for part in parts:
        number = int(part.word) if part.kind is Kind.NUMBER else 0
        if tens is not None and 0 < number < 10:
            both = str(int(tens.word) + number)
            yield Part.of(f"{tens.text} {part.text}", Kind.NUMBER, both)
            tens = None
            continue
        if tens is not None:
            yield tens
        tens = part if 10 < number < 100 and not number % 10 else None
        if tens is None:
            yield part
    if tens is not None:
        yield tens


def _part(
    written: str, word: str, kind: Kind, known: Vocabulary, *, is_body: bool
) -> Iterator[Part]:
    if kind is Kind.INITIAL and len(word) > 1:
        for letter in word:
            yield Part.of(letter.upper(), Kind.INITIAL)
        return
    if is_body or kind is Kind.NUMBER:
        word = _ORDINAL.sub(r"\1", known.spelt.get(word, word))
        word = str(known.numbers.get(word, word))
        kind = Kind.NUMBER if word.isdecimal() else kind
    yield Part.of(written, kind, word if word != squeezed(written) else "")


def _kind(written: str, word: str, known: Vocabulary, *, is_body: bool, alone: bool) -> Kind | None:
    if alone:
        return Kind.NAME
    if word.isdecimal():
        return Kind.NUMBER
    if not is_body:
        if word in known.titles:
            return Kind.TITLE
        if word in known.generation:
            return Kind.GENERATION
        if word in known.father or word in known.kunya:
            return None
        if _is_initials(written, word):
            return Kind.INITIAL
    if word in known.particles:
        return Kind.PARTICLE
    return Kind.GENERIC if is_body and word in known.bodies else Kind.NAME


def _is_initials(written: str, word: str) -> bool:
    """A letter alone, or two or three capitals without a vowel: JC, but not Al or Li."""
    if script_named(written) in ("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "ETHIOPIC"):
        return False
    if len(word) == 1:
        return word.isalpha()
    latin = latin_of(word)
    return len(written) <= 3 and written.isupper() and not set(latin) & set("aeiouy")


def _fathers(word: str, known: Vocabulary) -> bool:
    """Whether the word's ending makes it a father's name: Ivanovich, Іванівна."""
    return any(
        word.endswith(end) and len(word) - len(end) >= known.least_left
        for end in known.father_endings
    )
