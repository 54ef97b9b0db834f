"""Names across scripts: keys under which spellings of one name meet, and how alike two are.

``name_keys`` is coarse and cheap: spellings of one name share a key, and so do some others.
``name_likeness`` is fine: it aligns the sounds of two words and says how well they agree.
A search takes the keys to find candidates and the likeness to choose among them; neither claims
that two people are one.

Letters, sounds and costs are data in ``transliteration.toml``; scripts: Latin, Arabic with its
Persian, Urdu and Kurdish letters, and Cyrillic.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from amparo.base.folding import fold_words

__all__ = [
    "Script",
    "name_family",
    "name_keys",
    "name_likeness",
    "readings",
    "script_of",
]

Script = Literal["latin", "arabic", "cyrillic"]
_SCRIPTS: tuple[Script, ...] = ("latin", "arabic", "cyrillic")
_VOWELS = frozenset("aeiou")
_VOWELLIKE = _VOWELS | frozenset("wy")
_DOUBLE = re.compile(r"(.)\1+")
_MOST_KEYS = 16
_AFFIX_COST = 0.03


@dataclass(frozen=True, slots=True)
class _Letters:
    """One script: a pattern with one group for each grapheme, and the sounds of each group."""

    pattern: re.Pattern[str]
    sounds: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Rules:
    letters: Mapping[str, _Letters]
    class_of: Mapping[str, str]
    costs: Mapping[str, float]
    at_least: int
    endings: tuple[str, ...]
    prefixes: tuple[str, ...]
    families: Mapping[str, frozenset[str]]


def _read_letters(table: Mapping[str, str | list[str]]) -> _Letters:
    def length(grapheme: str) -> tuple[int, int]:
        return len(re.sub(r"\(.*|[$^]", "", grapheme)), len(grapheme)

    graphemes = sorted(table, key=length, reverse=True)
    pattern = re.compile("|".join(f"({grapheme})" for grapheme in graphemes))
    values = (table[grapheme] for grapheme in graphemes)
    return _Letters(pattern, tuple((v,) if isinstance(v, str) else tuple(v) for v in values))


def _read_families(groups: list[str]) -> dict[str, frozenset[str]]:
    families: dict[str, frozenset[str]] = {}
    for group in groups:
        members = frozenset(fold_words(group).split())
        for member in members:
            families[member] = families.get(member, frozenset()) | members
    return families


@cache
def _rules() -> _Rules:
    path = Path(__file__).with_suffix(".toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    affixes = data["affixes"]
    return _Rules(
        letters={script: _read_letters(data[script]) for script in _SCRIPTS},
        class_of={sound: name for name, sounds in data["classes"].items() for sound in sounds},
        costs=data["costs"],
        at_least=affixes["at_least"],
        endings=tuple(sorted(affixes["cyrillic_endings"], key=len, reverse=True)),
        prefixes=tuple(sorted(affixes["arabic_prefixes"], key=len, reverse=True)),
        families=_read_families(data["families"]["groups"]),
    )


def script_of(word: str) -> Script | None:
    """Return the script of a word's first letter that has one of ours, or None."""
    for char in word:
        code = ord(char)
        if 0x61 <= code <= 0x7A or 0x41 <= code <= 0x5A or 0xC0 <= code <= 0x24F:
            return "latin"
        if 0x400 <= code <= 0x52F:
            return "cyrillic"
        if 0x600 <= code <= 0x77F or 0xFB50 <= code <= 0xFEFC:
            return "arabic"
    return None


@lru_cache(maxsize=65536)
def _sounds(word: str) -> tuple[Script, tuple[str, ...]] | None:
    """Return the script of a folded word and, for each of its letters, the sounds it may have."""
    script = script_of(word)
    if script is None:
        return None
    letters = _rules().letters[script]
    found: list[str] = []
    for match in letters.pattern.finditer(_DOUBLE.sub(r"\1", word)):
        found.extend(letters.sounds[(match.lastindex or 1) - 1])
    return script, tuple(found)


def _classes(sounds: str, *, first: bool, h_may_be_silent: bool) -> frozenset[str]:
    """Return what a letter may add to a key: a class of consonants, ``A`` for a first vowel."""
    vowel = "A" if first else ""
    if not sounds:
        return frozenset((vowel,))
    class_of = _rules().class_of
    classes = {vowel if sound in _VOWELLIKE else class_of[sound] for sound in sounds[:4]}
    if h_may_be_silent and "h" in sounds:
        classes.add(vowel)
    return frozenset(classes)


def _add(keys: set[str], classes: frozenset[str]) -> set[str]:
    return {key if c and key.endswith(c) else key + c for key in keys for c in classes}


@lru_cache(maxsize=65536)
def _keys_of(word: str) -> frozenset[str]:
    read = _sounds(word)
    if read is None:
        return frozenset()
    script, letters = read
    keys = {""}
    for place, sounds in enumerate(letters):
        last = place == len(letters) - 1
        silent = last or (script == "latin" and len(sounds) == 1)
        longer = _add(keys, _classes(sounds, first=place == 0, h_may_be_silent=silent))
        if len(longer) > _MOST_KEYS:
            likeliest = _classes(sounds[:1], first=place == 0, h_may_be_silent=False)
            longer = _add(keys, likeliest)
        keys = longer
    return frozenset(key for key in keys if key)


@lru_cache(maxsize=65536)
def readings(word: str) -> tuple[str, ...]:
    """Return a folded word and what is left of it without an ending or prefix of a sentence.

    Мухаммаду is also Мухаммад (a Russian or Ukrainian case), ومحمد also محمد (a conjunction).
    """
    rules, script = _rules(), script_of(word)
    readings = [word]
    if script == "cyrillic":
        readings += [word.removesuffix(end) for end in rules.endings if word.endswith(end)][:1]
    elif script == "arabic":
        readings += [word.removeprefix(pre) for pre in rules.prefixes if word.startswith(pre)][:1]
    return tuple(r for r in readings if r == word or len(r) >= rules.at_least)


def name_keys(text: str) -> frozenset[str]:
    """Return the keys of every word of a name; two spellings of one word share at least one.

    Keys are strings of capital letters that stand for classes of consonants, e.g. ``MHMT`` for
    Mohammad, محمد and Мохаммад. A word in another script has none.
    """
    words = fold_words(text).split()
    return frozenset(key for w in words for reading in readings(w) for key in _keys_of(reading))


def name_family(word: str) -> frozenset[str]:
    """Return the folded forms of the same name that sound is not enough to join, itself included.

    Mehmet and Магомед are forms of Mohammad by history, listed as data, not found by rule.
    """
    folded = "".join(fold_words(word).split())
    return _rules().families.get(folded, frozenset((folded,)))


def _is_vowellike(sounds: str) -> bool:
    return not sounds or sounds[0] in _VOWELLIKE


@lru_cache(maxsize=65536)
def _substitution(one: str, other: str) -> float:
    """Return what it costs to take a letter with these sounds for a letter with those."""
    costs = _rules().costs
    if not one or not other:
        both = _is_vowellike(one) and _is_vowellike(other)
        return costs["silent_for_vowel"] if both else costs["strangers"]
    steps = [one.index(sound) + other.index(sound) for sound in one if sound in other]
    if steps:
        return costs["reading"] * min(steps)
    if _is_vowellike(one) and _is_vowellike(other):
        return costs["vowels"]
    class_of = _rules().class_of
    classes = [{class_of.get(sound, sound) for sound in sounds} for sounds in (one, other)]
    return costs["same_class"] if classes[0] & classes[1] else costs["strangers"]


def _omission(sounds: str, script: Script, other: Script, *, first: bool) -> float:
    """Return what it costs that the other word has nothing for a letter with these sounds."""
    costs = _rules().costs
    if not sounds:
        return 0.0
    if not _is_vowellike(sounds):
        return costs["drop_h"] if "h" in sounds else costs["drop_consonant"]
    if script == "arabic":
        return costs["written_vowel"]
    if first:
        return costs["drop_first_vowel"]
    if other == "arabic":
        return costs["unwritten_vowel"]
    return costs["drop_semivowel"] if sounds[0] in "wy" else costs["drop_vowel"]


def _length(letters: tuple[str, ...]) -> float:
    weight = _rules().costs["vowel_weight"]
    return sum(weight if _is_vowellike(sounds) else 1.0 for sounds in letters)


def _distance(one: str, other: str) -> float:
    """Return the least cost of aligning two words' sounds, over their mean length."""
    read, read_other = _sounds(one), _sounds(other)
    if read is None or read_other is None:
        return 0.0 if one == other else 1.0
    script, letters = read
    script2, letters2 = read_other
    omissions2 = [
        _omission(s, script2, script, first=place == 0) for place, s in enumerate(letters2)
    ]
    row = [0.0]
    for cost in omissions2:
        row.append(row[-1] + cost)
    for place, sounds in enumerate(letters):
        omission = _omission(sounds, script, script2, first=place == 0)
        last = row[0] + omission
        next_row = [last]
        for column, sounds2 in enumerate(letters2):
            last = min(
                row[column] + _substitution(sounds, sounds2),
                row[column + 1] + omission,
                last + omissions2[column],
            )
            next_row.append(last)
        row = next_row
    length = (_length(letters) + _length(letters2)) / 2
    return row[-1] / max(length, _rules().costs["shortest"])


@lru_cache(maxsize=65536)
def name_likeness(one: str, other: str) -> float:
    """Return how alike two single words sound, from 0 to 1; 1 for the same folded word.

    Measured on held-out Wikidata pairs against a pool of random names (see benchmarks): at 0.80
    Latin to Arabic and 0.86 Latin to Russian.
    """
    one, other = ("".join(fold_words(word).split()) for word in (one, other))
    if one == other:
        return 1.0
    best = 0.0
    for a in readings(one):
        for b in readings(other):
            affixes = (a != one) + (b != other)
            best = max(best, 1.0 - _distance(a, b) - _AFFIX_COST * affixes)
    return best
