"""Where two texts differ, word by word: what is only in the one, only in the other, and in both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

__all__ = ["LONGEST", "Stretch", "compare"]

LONGEST = 4_000
"""How many words of each text are compared."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stand in both (``one`` and ``other`` are equal), or in one in place of others."""

    one: str
    other: str

    @property
    def is_same(self) -> bool:
        """Whether both say the same here."""
        return self.one == self.other


def compare(one: str, other: str) -> Iterator[Stretch]:
    """The stretches of two texts in their order; spaces and line ends do not count."""
    first, second = one.split()[:LONGEST], other.split()[:LONGEST]
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for _kind, from_one, to_one, from_other, to_other in matcher.get_opcodes():
        yield Stretch(
            " ".join(first[from_one:to_one]),
            " ".join(second[from_other:to_other]),
        )
