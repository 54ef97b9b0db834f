"""Moments of a recording as people and subtitles write them: 1:02:03.5."""

from __future__ import annotations

import re

from amparo.base.errors import UsageError

__all__ = ["clock", "parse"]

_WRITTEN = re.compile(r"(?:(\d{1,3}):)?(?:(\d{1,3}):)?(\d{1,6})(?:[.,](\d{1,6}))?")


def clock(at: float, *, exact: bool = False) -> str:
    """A moment as hours (where there are any), minutes and seconds; ``exact`` to a thousandth."""
    thousandths = round(at * 1000)
    minutes, left = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    whole, rest = divmod(left, 1000)
    start = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    if exact:
        return f"{start}:{whole:02}.{rest:03}"
    return f"{start}:{whole:02}"


def parse(text: str) -> float:
    """Seconds of ``1:02:03.5``, ``62:03``, ``3723`` or ``00:00:01,500``.

    Digits may be those of any script. UsageError for anything else.
    """
    found = _WRITTEN.fullmatch(text.strip())
    if not found:
        raise UsageError(
            f"“{text.strip()}” is not a time.", next_step="Write minutes and seconds, as 1:23.5."
        )
    first, second, last, part = found.groups()
    hours, minutes = (int(first), int(second)) if second else (0, int(first or 0))
    fraction = int(part) / 10 ** len(part) if part else 0.0
    return round(hours * 3600 + minutes * 60 + int(last) + fraction, 6)
