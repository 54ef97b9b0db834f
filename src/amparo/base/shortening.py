"""Names and paths longer than there is room for: what tells them apart stands at both ends."""

from __future__ import annotations

__all__ = ["shortened"]


def shortened(text: str, most: int, *, ending: int) -> str:
    """``text`` in at most ``most`` characters: of a longer one its beginning and its ``ending``.

    >>> shortened("a long name.pdf", 9, ending=4)
    'a lo….pdf'
    """
    if len(text) <= most:
        return text
    return f"{text[: most - ending - 1]}…{text[-ending:]}"
