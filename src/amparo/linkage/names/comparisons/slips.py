"""Slips of the pen and of the reader: a letter too many, too few, another, or two turned round."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from amparo.linkage.names.agreement import Agreement
from amparo.linkage.names.parsing import Part

__all__ = ["slip"]

_LOOK_ALIKE = str.maketrans({"0": "o", "1": "i", "3": "e", "5": "s", "8": "b", "9": "g"})
_LETTERS_A_SLIP = 4  # so many letters are needed for each slip
_COST = 1.2
_FIRST_LETTER = 0.08


def slip(one: Part, other: Part) -> Agreement | None:
    """Agree where few letters differ, measured by the shorter word; nothing for short words."""
    if one.syllabic or other.syllabic:
        return None
    words = _letters(one, other)
    shorter, longer = sorted(map(len, words))
    allowed = shorter // _LETTERS_A_SLIP
    if not allowed:
        return None
    distance = OSA.distance(*words, score_cutoff=allowed)
    if distance > allowed:
        return None
    score = 1 - _COST * distance / (longer + 1) - _FIRST_LETTER * (words[0][0] != words[1][0])
    return Agreement(round(score, 3), _said(one, other, distance))


def _said(one: Part, other: Part, distance: int) -> str:
    if one.script != other.script:
        return f"“{one.text}” and “{other.text}” are nearly the same in Latin letters."
    letters = "A letter differs" if distance <= 1 else f"{distance} letters differ"
    return f"{letters} between “{one.text}” and “{other.text}”."


def _letters(one: Part, other: Part) -> tuple[str, str]:
    """The words in their own letters where they are of one script, else in Latin ones."""
    if one.script == other.script:
        return one.word.translate(_LOOK_ALIKE), other.word.translate(_LOOK_ALIKE)
    return one.latin.translate(_LOOK_ALIKE), other.latin.translate(_LOOK_ALIKE)
