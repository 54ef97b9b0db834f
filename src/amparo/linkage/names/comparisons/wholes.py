"""Two names as wholes: the same letters, however they are parted into words."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from amparo.linkage.names.agreement import Agreement
from amparo.linkage.names.parsing import Kind, Name

__all__ = ["written_together"]

_LEAST = 5
_LETTERS_A_SLIP = 8
_SAME, _SLIPPED = 0.95, 0.88


def written_together(one: Name, other: Name) -> Agreement | None:
    """Agree where the letters of both are the same but for few, in the order written."""
    letters = ["".join(part.latin for part in name.parts) for name in (one, other)]
    shorter = min(map(len, letters))
    if shorter < _LEAST or len(one.parts) == len(other.parts) or _has_number(one, other):
        return None
    if all(part.syllabic for part in (*one.parts, *other.parts)):
        return None
    allowed = shorter // _LETTERS_A_SLIP
    distance = OSA.distance(*letters, score_cutoff=allowed)
    if distance > allowed:
        return None
    score = _SAME if distance == 0 else _SLIPPED - 0.04 * (distance - 1)
    return Agreement(score, "Written together, both have the same letters, or nearly.")


def _has_number(one: Name, other: Name) -> bool:
    return any(part.kind is Kind.NUMBER for part in (*one.parts, *other.parts))
