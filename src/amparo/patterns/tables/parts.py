"""Parts of a cell that one counts by: the year of a date, the ten years of an age.

A date gives a year only where EDTF (ISO 8601-2) does, and an age its group only where it is a whole
number of years: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from amparo.base import dates
from amparo.base.errors import UsageError

__all__ = ["ADULT", "CHILD", "PARTS", "PARTS_OF_AGES", "PARTS_OF_DATES", "age_of", "part_of"]

OLDEST = 120
OF_AGE = 18
"""A child is every human being below eighteen (Convention on the Rights of the Child, art. 1)."""
CHILD, ADULT = "under 18", "18 and over"
_LAST_TEN = 90
_WHOLE = re.compile(r"\d{1,3}(?:\.0+)?")
_SEVERAL = {"year": "several years", "month": "several months", "quarter": "several quarters"}
_KEYS: Mapping[str, Callable[[date], str]] = {
    "year": lambda day: f"{day.year}",
    "month": lambda day: f"{day.year}-{day.month:02}",
    "quarter": lambda day: f"{day.year}-Q{(day.month + 2) // 3}",
}
PARTS_OF_DATES = tuple(_KEYS)
"""Columns that are made of a date column where the table has none of that name."""
PARTS_OF_AGES = ("ten", "adult")
"""Columns that are made of a column of ages: groups of ten years; under 18, 18 and over."""
PARTS = (*PARTS_OF_DATES, *PARTS_OF_AGES)


def part_of(text: str, part: str) -> str | None:
    """The part of a cell; None where it does not say it."""
    return _of_age(text, part) if part in PARTS_OF_AGES else _of_date(text, part)


def age_of(text: str) -> int | None:
    """A cell as an age in whole years; None where it is none."""
    if not _WHOLE.fullmatch(text):
        return None
    age = int(float(text))
    return age if age <= OLDEST else None


def _of_age(text: str, part: str) -> str | None:
    age = age_of(text)
    if age is None:
        return None
    if part == "adult":
        return CHILD if age < OF_AGE else ADULT
    first = age // 10 * 10
    return f"{first}–{first + 9}" if first < _LAST_TEN else f"{_LAST_TEN}+"


def _of_date(text: str, part: str) -> str | None:
    """The year, month or quarter of a date; what it does not say is not made up."""
    try:
        told = dates.from_person(text)
    except UsageError:
        return None
    if told.earliest is None or told.latest is None:
        return None
    first, last = _KEYS[part](told.earliest), _KEYS[part](told.latest)
    return first if first == last else _SEVERAL[part]
