"""An initial and the name that it may stand for."""

from __future__ import annotations

from amparo.linkage.names.agreement import Agreement
from amparo.linkage.names.parsing import Kind, Part

__all__ = ["initial"]

_INITIAL = 0.8
_SAME_SOUND = {"c": "cks", "k": "kcq", "j": "jyg", "y": "yjie", "i": "iy", "g": "ghj", "h": "hg"}


def initial(one: Part, other: Part) -> Agreement | None:
    """Agree where the name begins with the letter; contradict where it does not."""
    short, full = (one, other) if one.kind is Kind.INITIAL else (other, one)
    if short.kind is not Kind.INITIAL or not short.latin or not full.latin:
        return None
    if full.kind is Kind.INITIAL and short.latin == full.latin:
        return Agreement(1.0, f"Both have the initial {short.text}.")
    if full.latin[0] in _SAME_SOUND.get(short.latin[0], short.latin[0]):
        return Agreement(_INITIAL, f"{short.text} may stand for “{full.text}”.")
    return Agreement(0.0, f"{short.text} does not stand for “{full.text}”.")
