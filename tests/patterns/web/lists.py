"""An invented table of three linked lists, one row a person."""

from __future__ import annotations

from tests.patterns.web.acts import written

__all__ = ["CSV", "HEADS", "PEOPLE"]

HEADS = ("person", "year", "church", "сім’ї", "registry")
_CELLS = (
    ((1, 0, 0), 40), ((0, 1, 0), 36), ((0, 0, 1), 30), ((1, 1, 0), 16),
    ((1, 0, 1), 12), ((0, 1, 1), 14), ((1, 1, 1), 8),
)  # fmt: skip
PEOPLE = [marks for marks, count in _CELLS for _ in range(count)]
CSV = written(
    HEADS, [(f"P{at}", 2019 + at % 2, *marks) for at, marks in enumerate(PEOPLE, start=1)]
)
