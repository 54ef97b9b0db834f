"""Numbers as the addresses and forms of pages give them: whatever somebody put there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import overload

__all__ = ["whole", "wholes"]


@overload
def whole(text: str | None, otherwise: int, *, digits: int = 8) -> int: ...


@overload
def whole(text: str | None, otherwise: None = None, *, digits: int = 8) -> int | None: ...


def whole(text: str | None, otherwise: int | None = None, *, digits: int = 8) -> int | None:
    """The whole number that ``text`` gives in the digits of any script, or else ``otherwise``.

    More than so many ``digits`` are none: nothing here counts so far, and a column would overflow.
    """
    return int(text) if text and len(text) <= digits and text.isdecimal() else otherwise


def wholes(texts: Iterable[str]) -> set[int]:
    """The whole numbers among ``texts``, such as those of the boxes that were ticked."""
    return {number for text in texts if (number := whole(text)) is not None}
