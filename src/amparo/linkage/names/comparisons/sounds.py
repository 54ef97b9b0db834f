"""Words that sound alike, in one script or in two."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from amparo.base.transliteration import name_likeness, script_of
from amparo.linkage.names.agreement import Agreement
from amparo.linkage.names.parsing import Part

__all__ = ["BARS", "alike_in_sound", "nearness"]

_LEAST, _LEAST_ACROSS = 3, 2  # letters
_AT_BAR = 0.8
_LEAST_LETTERS = {"same": 0.34, "other": 0.25}

BARS = {"same": 0.92, "arabic": 0.78, "syllabic": 0.7, "other": 0.83}
"""The likeness from which two words are taken for one, by their scripts; it scores 0.8."""


def alike_in_sound(one: Part, other: Part) -> Agreement | None:
    """Agree by how well the sounds align; nothing below the bar of the two scripts."""
    if one.syllabic and other.syllabic:
        return None
    words = _readable(one, other)
    if min(map(len, words)) < (_LEAST if one.script == other.script else _LEAST_ACROSS):
        return None
    between = _between(one, other)
    if _differs_at_a_glance(one, other, between):
        return None
    bar, likeness = BARS[between], name_likeness(*words)
    if likeness < bar:
        return None
    score = _AT_BAR + (1 - _AT_BAR) * (likeness - bar) / (1 - bar)
    return Agreement(round(score, 3), f"“{one.text}” and “{other.text}” sound alike.")


def _differs_at_a_glance(one: Part, other: Part, between: str) -> bool:
    """Whether the Latin letters are too far apart for the sounds to be near; not for Arabic.

    On Wikidata's Latin and Russian pairs it loses fewer than 3 in 1,000 and spares 83 in 100.
    """
    least = _LEAST_LETTERS.get(between)
    return least is not None and OSA.normalized_similarity(one.latin, other.latin) < least


def nearness(one: Part, other: Part) -> float:
    """How near two words sound that are not taken for one, from 0 to 1 at the bar."""
    if one.syllabic and other.syllabic:
        return 0.0
    return min(1.0, name_likeness(*_readable(one, other)) / BARS[_between(one, other)])


def _readable(one: Part, other: Part) -> tuple[str, str]:
    """The words in scripts that ``base.transliteration`` reads."""
    words = [part.word if script_of(part.word) else part.latin for part in (one, other)]
    return words[0], words[1]


def _between(one: Part, other: Part) -> str:
    if one.script == other.script:
        return "same"
    if one.syllabic or other.syllabic:
        return "syllabic"
    return "arabic" if "ARABIC" in (one.script, other.script) else "other"
