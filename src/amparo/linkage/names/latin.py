"""A name's word in Latin letters, whatever its script.

Arabic is read through the sounds of ``base.transliteration``, where what it leaves unwritten is
taken into account; here it gets only the letters that it has. Scripts of India are spelt with the
vowel that every consonant carries, which table-driven romanisers leave out; the rest is
``anyascii`` (ISC licence), for Chinese in Mandarin readings, for Korean syllable by syllable.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from amparo.base.folding import fold_words

__all__ = ["SYLLABIC", "latin_of", "script_named"]

SYLLABIC = frozenset({"CJK", "HANGUL"})
"""Scripts in which a character is a syllable: with one other character it is another name."""


_INDIC = frozenset(
    [
        "DEVANAGARI",
        "BENGALI",
        "GURMUKHI",
        "GUJARATI",
        "ORIYA",
        "TAMIL",
        "TELUGU",
        "KANNADA",
        "MALAYALAM",
    ]
)
_SCHWA_DROPS = frozenset(["DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI"])
_NOT_LETTERS = re.compile(r"[^a-z0-9 ]+")
_REPEATED = re.compile(r"(.)\1+")
_SIGNS = {"ANUSVARA": "n", "CANDRABINDU": "n", "BINDI": "n", "TIPPI": "n", "VISARGA": "h"}
_CLOSING = frozenset({"VIRAMA"})
_LONG = {"aa": "a", "ii": "i", "uu": "u", "ee": "e", "oo": "o", "vocalic r": "ri"}


def script_named(word: str) -> str:
    """The script of the word's first letter by its Unicode name, such as ``CYRILLIC``, or ""."""
    for char in word:
        if char.isalpha():
            return unicodedata.name(char, "").split(" ")[0].split("-")[0]
    return ""


@lru_cache(maxsize=1 << 16)
def latin_of(word: str) -> str:
    """The word in small Latin letters without marks; "" where nothing of it can be read."""
    if word.isascii():
        return fold_words(word).replace(" ", "")
    text = _indic(word) if script_named(word) in _INDIC else anyascii(word)
    return _NOT_LETTERS.sub("", fold_words(text)).replace(" ", "")


def _indic(word: str) -> str:
    """Spelt from the letters' own Unicode names: LETTER KA, VOWEL SIGN I, SIGN VIRAMA."""
    out: list[str] = []
    open_vowel = False
    for char in unicodedata.normalize("NFC", word):
        what, name = _what(char)
        if what == "LETTER":
            out.append(name)
            open_vowel = len(name) > 1 and name.endswith("a")
            continue
        if open_vowel and (what == "VOWEL SIGN" or name in _CLOSING):
            out[-1] = out[-1].removesuffix("a")
        open_vowel = open_vowel and what != "VOWEL SIGN" and name not in _CLOSING
        out.append(name if what == "VOWEL SIGN" else _SIGNS.get(name, ""))
    text = "".join(out)
    drops = open_vowel and script_named(word) in _SCHWA_DROPS and len(out) > 1
    return text.removesuffix("a") if drops else text


def _what(char: str) -> tuple[str, str]:
    """``("LETTER", "ka")`` of DEVANAGARI LETTER KA; a sign keeps its capital name."""
    name = unicodedata.name(char, "").partition(" ")[2]
    for what in ("VOWEL SIGN", "LETTER"):
        if name.startswith(what):
            sound = name.removeprefix(f"{what} ").removeprefix("CHILLU ").lower()
            return what, _LONG.get(sound) or _REPEATED.sub(r"\1", sound)
    return "SIGN", name.removeprefix("SIGN ")
