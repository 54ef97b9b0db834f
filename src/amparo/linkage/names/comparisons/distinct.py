"""Two given names that sound alike and are not one: Hassan and Hussein, Oleg and Olga."""

from __future__ import annotations

from amparo.linkage.names.agreement import Agreement
from amparo.linkage.names.parsing import Part
from amparo.linkage.names.vocabulary import vocabulary

__all__ = ["distinct"]


def distinct(one: Part, other: Part) -> Agreement | None:
    """Contradict each other where the list knows both as different names."""
    one_place, other_place = _place(one), _place(other)
    if one_place is None or other_place is None or one_place == other_place:
        return None
    if one_place[0] != other_place[0]:
        return None
    return Agreement(0.0, f"“{one.text}” and “{other.text}” are two names.")


def _place(part: Part) -> tuple[int, int] | None:
    known = vocabulary().distinct
    return known.get(part.word) or known.get(part.latin)
