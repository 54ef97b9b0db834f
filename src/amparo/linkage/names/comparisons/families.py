"""Forms of one name by history: Mehmet and Mohammad, Ivan and John."""

from __future__ import annotations

from amparo.base.transliteration import name_family
from amparo.linkage.names.agreement import Agreement
from amparo.linkage.names.parsing import Part

__all__ = ["of_one_family"]

_FAMILY = 0.9


def of_one_family(one: Part, other: Part) -> Agreement | None:
    """Agree well where one name is listed as a form of the other."""
    if other.word in name_family(one.word) or other.latin in name_family(one.latin):
        return Agreement(_FAMILY, f"“{one.text}” and “{other.text}” are forms of one name.")
    return None
