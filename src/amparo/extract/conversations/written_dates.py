"""Dates written as three numbers: which is the day, and how that is known.

"3/4/21" is the third of April to some and the fourth of March to others. A chat has thousands of
dates, so it often tells: a number above 12 is a day; messages follow each other in time. Where it
does not tell, the order stays unknown and only what all readings agree on is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

__all__ = ["Order", "Triple", "day_of", "find_order"]

Triple = tuple[int, int, int, str]
"""Three numbers as written and the sign between them."""

Name = Literal["day month year", "month day year", "year month day", "unknown"]

_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_CLEAR_MAJORITY = 20


@dataclass(frozen=True, slots=True)
class Order:
    """The order of the numbers, and the reason in words."""

    name: Name
    how: str


def find_order(written: Sequence[Triple], *, day_first: str = "") -> Order:
    """Find the order in which all the dates of a file are written.

    ``day_first`` is a reason, from elsewhere in the file, that the day stands first, or "".
    """
    if written and sum(first > 31 for first, *_ in written) * 2 > len(written):
        return Order("year month day", "the year stands first")
    days = sum(first > 12 >= second for first, second, *_ in written)
    months = sum(second > 12 >= first for first, second, *_ in written)
    if days > _CLEAR_MAJORITY * months:
        return Order("day month year", _above("first", days))
    if months > _CLEAR_MAJORITY * days:
        return Order("month day year", _above("second", months))
    if days or months:
        return Order("unknown", f"{days} dates put the day first and {months} the month")
    return _without_large_numbers(written, day_first)


def day_of(written: Triple, order: Order) -> str:
    """Give a date as EDTF: a day, only its year where the order is unknown, "" where it is none.

    Years of another calendar (1442, 2564) give "": they are not converted.
    """
    first, second, third, _ = written
    if order.name == "year month day":
        return _day(first, second, third)
    year = third
    if order.name == "day month year":
        return _day(year, second, first)
    if order.name == "month day year":
        return _day(year, first, second)
    readings = {_day(year, second, first), _day(year, first, second)} - {""}
    return readings.pop() if len(readings) == 1 else _year(year) if readings else ""


def _without_large_numbers(written: Sequence[Triple], day_first: str) -> Order:
    if day_first:
        return Order("day month year", day_first)
    if written and all(sign == "." for *_, sign in written):
        return Order("day month year", "dates with points are written day first")
    back_if_days = _steps_back([day_of(each, Order("day month year", "")) for each in written])
    back_if_months = _steps_back([day_of(each, Order("month day year", "")) for each in written])
    if back_if_days < back_if_months:
        return Order("day month year", "the messages then follow each other in time")
    if back_if_months < back_if_days:
        return Order("month day year", "the messages then follow each other in time")
    return Order("unknown", "no date tells the day from the month")


def _steps_back(days: Sequence[str]) -> int:
    return sum(second < first for first, second in pairwise(filter(None, days)))


def _above(which: str, count: int) -> str:
    return f"the {which} number is above 12 in {count} dates"


def _day(year: int, month: int, day: int) -> str:
    full = _full(year)
    try:
        return date(full, month, day).isoformat() if full else ""
    except ValueError:
        return ""


def _year(year: int) -> str:
    full = _full(year)
    return f"{full:04d}" if full else ""


def _full(year: int) -> int:
    """The year in four digits; 0 for one that no messenger of this calendar can have written."""
    full = year + 2000 if year < 100 else year
    return full if _FIRST_YEAR <= full <= _LAST_YEAR else 0
