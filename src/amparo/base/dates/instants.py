"""Moments at any distance, and the strings of digits by which they sort."""

from __future__ import annotations

import calendar
from datetime import date

__all__ = [
    "LAST_SECOND",
    "Instant",
    "beginning",
    "calendar_day",
    "days_in_month",
    "descending",
    "sort_key",
]

Instant = tuple[int, int, int, int]
"""Astronomical year (0 is 1 BCE), month, day, second of the day: ordered at any distance."""

LAST_SECOND = 86_399


def sort_key(first: Instant, last: Instant) -> str:
    """The key of what lasts from ``first`` to ``last``: by its start, the broader first."""
    return _ascending(first) + descending(last)


def beginning(key: str) -> str:
    """The first of the two instants in a sort key, which says itself how long it is."""
    digits = int(key[1:3])
    return key[: 12 + (digits if key[0] == "1" else 99 - digits)]


def _ascending(instant: Instant) -> str:
    """Digits that sort as the instants do, whatever the length of the year.

    The sign comes first, then how many digits the year has, then the year; a negative year is
    written as its complement to nine.
    """
    year, month, day, second = instant
    digits = str(abs(year)).rjust(4, "0")
    if year >= 0:
        written = f"1{len(digits):02}{digits}"
    else:
        written = f"0{99 - len(digits):02}{_complement(digits)}"
    return f"{written}{month:02}{day:02}{second:05}"


def descending(instant: Instant) -> str:
    """The same, the later first: of dates that begin together the broader is the first."""
    return _complement(_ascending(instant))


def _complement(digits: str) -> str:
    return "".join(str(9 - int(digit)) for digit in digits)


def days_in_month(year: int, month: int) -> int:
    """The length of a month of the proleptic Gregorian calendar, in any year."""
    return calendar.monthrange(2000 + year % 400, month)[1]  # the calendar repeats: 400 years


def calendar_day(instant: Instant | None) -> date | None:
    """Its day; None for none and outside the years 1 to 9999."""
    if instant is None or not 1 <= instant[0] <= 9999:
        return None
    return date(*instant[:3])
