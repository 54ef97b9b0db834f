"""The same word: in one script, or in two with the same Latin letters."""

from __future__ import annotations

from amparo.linkage.names.agreement import Agreement
from amparo.linkage.names.parsing import Part

__all__ = ["same"]

_IN_LATIN = 0.97
_SYLLABLES = 0.97


def same(one: Part, other: Part) -> Agreement | None:
    """Agree fully on the same folded word; almost on the same word in Latin letters."""
    if one.word == other.word:
        return Agreement(1.0, f"Both have “{one.text}”.")
    if not one.latin or one.latin != other.latin:
        return None
    if one.syllabic and other.syllabic:
        return Agreement(_SYLLABLES, f"“{one.text}” and “{other.text}” are read alike.")
    return Agreement(_IN_LATIN, f"“{one.text}” is “{other.text}” in other letters.")
