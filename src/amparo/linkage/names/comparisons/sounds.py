"""Words that sound alike, in one script or in two."""

from __future__ import annotations

from amparo.base.transliteration import name_likeness, script_of
from amparo.linkage.names.agreement import Agreement
from amparo.linkage.names.parsing import Part

__all__ = ["alike_in_sound"]

_LEAST = 3
# likeness from which two words are taken for one, and the score that they have there
_BARS = {"same": 0.92, "arabic": 0.76, "other": 0.83}
_AT_BAR = 0.8


def alike_in_sound(one: Part, other: Part) -> Agreement | None:
    """Agree by how well the sounds align; nothing below the bar of the two scripts."""
    if one.syllabic and other.syllabic:
        return None
    words = [part.word if script_of(part.word) else part.latin for part in (one, other)]
    if min(map(len, words)) < _LEAST:
        return None
    scripts = {script_of(part.word) for part in (one, other)}
    bar = _BARS["same" if len(scripts) == 1 else "arabic" if "arabic" in scripts else "other"]
    likeness = name_likeness(*words)
    if likeness < bar:
        return None
    score = _AT_BAR + (1 - _AT_BAR) * (likeness - bar) / (1 - bar)
    return Agreement(round(score, 3), f"“{one.text}” and “{other.text}” sound alike.")
