"""What a saved search finds that was not there when it was last looked at.

A search remembers the places that it found, as short digests, and not a moment: a file that was
read again is where it was, one whose words were only now recognised is new, and so is what a person
was let into since.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

__all__ = ["MOST_REMEMBERED", "Found", "News", "compare", "mark", "pack", "unpack"]

MOST_REMEMBERED = 3_000
"""How many places of a search are remembered; of one that finds more only the number is."""

_BYTES = 8


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the marks of its places, or their number where there are too many."""

    marks: frozenset[bytes] = frozenset()
    total: int = 0

    @property
    def is_counted_only(self) -> bool:
        """Whether there were more places than are remembered."""
        return self.total > MOST_REMEMBERED


@dataclass(frozen=True, slots=True)
class News:
    """How many places are new among ``total``; ``is_exact`` unless only numbers were compared."""

    number: int
    total: int
    is_exact: bool = True


def mark(source: str, source_id: str, page: int | None) -> bytes:
    """Eight bytes that stand for a place; two places share them once in 10^12 searches."""
    said = f"{source}\n{source_id}\n{page or 0}".encode()
    return blake2b(said, digest_size=_BYTES).digest()


def compare(before: Found, now: Found) -> News:
    """What is in ``now`` and was not in ``before``.

    Where either is too large to be remembered, by how much the number grew.
    """
    if before.is_counted_only or now.is_counted_only:
        return News(max(0, now.total - before.total), now.total, is_exact=False)
    return News(len(now.marks - before.marks), now.total)


def pack(marks: Iterable[bytes]) -> bytes:
    """The marks one after the other, in their order."""
    return b"".join(sorted(marks))


def unpack(packed: bytes) -> frozenset[bytes]:
    """The marks of what ``pack`` gave."""
    return frozenset(packed[at : at + _BYTES] for at in range(0, len(packed), _BYTES))
