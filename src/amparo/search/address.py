"""The number of a passage in the index: it says by itself which facets the passage belongs to.

::

    matter 20 bits | kind 5 | language 8 | year 8 | number 22

The index holds sorted lists of such numbers, one for each word. Access is decided and facets are
counted from the numbers alone, without reading a row: that is what keeps both fast, and why no
count can include what a person may not see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["MOST_IN_GROUP", "Group", "matter_range"]

_NUMBER_BITS = 22
_YEAR_BITS, _LANGUAGE_BITS, _KIND_BITS, _MATTER_BITS = 8, 8, 5, 20
_LANGUAGE_AT = _YEAR_BITS
_KIND_AT = _LANGUAGE_AT + _LANGUAGE_BITS
_MATTER_AT = _KIND_AT + _KIND_BITS
_FIRST_YEAR = 1850

MOST_IN_GROUP = (1 << _NUMBER_BITS) - 1
GROUP_SHIFT = _NUMBER_BITS
MATTER_SHIFT = _MATTER_AT + _NUMBER_BITS

Part = Literal["matter", "kind", "language", "year"]
PLACES: Mapping[Part, tuple[int, int]] = {
    "matter": (_MATTER_AT, (1 << _MATTER_BITS) - 1),
    "kind": (_KIND_AT, (1 << _KIND_BITS) - 1),
    "language": (_LANGUAGE_AT, (1 << _LANGUAGE_BITS) - 1),
    "year": (0, (1 << _YEAR_BITS) - 1),
}
"""Where each part stands in a packed group: how far to shift, and the mask after that."""


@dataclass(frozen=True, slots=True)
class Group:
    """What the passages of one stretch of numbers share.

    ``matter``, ``kind`` and ``language`` are numbers of the index, 0 for none known; ``year`` is a
    year, None when there is no date. Years outside 1851 to 2105 count as the nearest.
    """

    matter: int
    kind: int
    language: int
    year: int | None

    def __post_init__(self) -> None:
        if not 0 <= self.matter < 1 << _MATTER_BITS:
            raise ValueError(f"matter number {self.matter} does not fit {_MATTER_BITS} bits")
        if not (0 <= self.kind < 1 << _KIND_BITS and 0 <= self.language < 1 << _LANGUAGE_BITS):
            raise ValueError(f"kind {self.kind} or language {self.language} is out of range")

    @property
    def packed(self) -> int:
        """The group as the upper bits of its passages' numbers."""
        return (
            self.matter << _MATTER_AT
            | self.kind << _KIND_AT
            | self.language << _LANGUAGE_AT
            | year_number(self.year)
        )

    @property
    def numbers(self) -> tuple[int, int]:
        """The lowest and the highest number that a passage of the group may have."""
        first = self.packed << _NUMBER_BITS
        return first + 1, first + MOST_IN_GROUP


def year_number(year: int | None) -> int:
    """The number of a year in the index; 0 for none."""
    return 0 if year is None else max(1, min((1 << _YEAR_BITS) - 1, year - _FIRST_YEAR))


def year_of(number: int) -> int | None:
    """The year of a number in the index; the opposite of ``year_number``."""
    return number + _FIRST_YEAR if number else None


def matter_range(matter: int) -> tuple[int, int]:
    """The lowest and the highest number that a passage of a matter may have."""
    return matter << MATTER_SHIFT, (matter + 1 << MATTER_SHIFT) - 1
