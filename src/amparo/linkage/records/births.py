"""Dates as people give them, in the parts that records are compared by.

A date that is not fully known is an interval (EDTF, ISO 8601-2): ``1984`` is compared from its
first to its last day and never becomes one. A date that can be read two ways is read as the rest of
its column is, where that is clear; where it is not, only its year is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from amparo.base import dates
from amparo.base.errors import UnclearDate
from amparo.linkage.records.sheets import is_missing

__all__ = ["Births"]

_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?")
_SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ABOUT_YEARS = 2  # how far “about” is taken to reach, either way; nobody said by how much


@dataclass(slots=True)
class Births:
    """One list a part, a place for each different date; ``None`` where nothing is said.

    ``text`` is the date where its day is known, ``first`` and ``last`` the days within which it
    lies, as ``YYYY-MM-DD``, so that their order as texts is their order in time.
    """

    text: list[str | None] = field(default_factory=list)
    year: list[str | None] = field(default_factory=list)
    month: list[str | None] = field(default_factory=list)
    day: list[str | None] = field(default_factory=list)
    first: list[str | None] = field(default_factory=list)
    last: list[str | None] = field(default_factory=list)

    @classmethod
    def of_dates(cls, texts: Sequence[str | None]) -> Births:
        """Of dates as written."""
        births, day_first = cls(), _day_first(texts)
        for text in texts:
            if text is not None and (day := _whole_day(text)):
                births._add_day(day)
            else:
                births._add(None if text is None or is_missing(text) else _read(text, day_first))
        return births

    @classmethod
    def of_parts(cls, joined: Sequence[str | None]) -> Births:
        """Of ``year|month|day``, any of them empty."""
        births = cls()
        for text in joined:
            births._add(_of_parts(text or ""))
        return births

    def _add_day(self, day: str) -> None:
        for part in (self.text, self.first, self.last):
            part.append(day)
        self.year.append(day[:4])
        self.month.append(day[5:7])
        self.day.append(day[8:])

    def _add(self, made: dates.PartialDate | None) -> None:
        first, last = _bounds(made) if made else (None, None)
        known = made is not None and first is not None and not made.qualified
        self.text.append(made.text if made and made.kind == "day" and known else None)
        same_year = first and last and first[:4] == last[:4]
        self.year.append(first[:4] if first and same_year else None)
        same_month = same_year and first and last and first[:7] == last[:7]
        self.month.append(first[5:7] if first and same_month else None)
        self.day.append(first[8:] if first and first == last else None)
        self.first.append(first)
        self.last.append(last)


def _day_first(texts: Sequence[str | None]) -> bool | None:
    """Whether ``03/04/1999`` has its day first here; ``None`` when no date of the column tells."""
    found = [match for text in texts if text and (match := _SLASHED.fullmatch(text.strip()))]
    days = sum(int(match[1]) > 12 for match in found)
    months = sum(int(match[2]) > 12 for match in found)
    return None if days == months else days > months


def _whole_day(text: str) -> str | None:
    """Most dates are a day as ISO 8601 writes it, which needs no closer look."""
    try:
        return text if date.fromisoformat(text).isoformat() == text else None
    except ValueError:
        return None


def _read(text: str, day_first: bool | None) -> dates.PartialDate | None:
    text = text.strip()
    if day := _DAY.fullmatch(text):
        return _of_parts("|".join(day.groups()[:3]))
    try:
        return dates.from_person(text)
    except UnclearDate as unclear:
        slashed = _SLASHED.fullmatch(text)
        if slashed is None or not unclear.readings:
            return None
        one, two, year = slashed.groups()
        month, in_month = (two, one) if day_first else (one, two)
        if day_first is None:
            return _year(year)
        return _of_parts(f"{year}|{month}|{in_month}")


def _of_parts(joined: str) -> dates.PartialDate | None:
    year, month, day = ([*joined.split("|"), "", ""])[:3]
    if not year.strip().isdigit():
        return None
    made = [year.strip().zfill(4)]
    for part in (month, day):
        if not part.strip().isdigit():
            break
        made.append(part.strip().zfill(2))
    for length in range(len(made), 0, -1):  # 31 February is only known to be of February
        try:
            return dates.parse("-".join(made[:length]))
        except UnclearDate:
            continue
    return None


def _year(text: str) -> dates.PartialDate | None:
    try:
        return dates.parse(text)
    except UnclearDate:
        return None


def _bounds(made: dates.PartialDate) -> tuple[str | None, str | None]:
    first, last = made.earliest, made.latest
    if first is None or last is None:
        return None, None
    if made.approximate:
        first = replace_year(first, first.year - _ABOUT_YEARS)
        last = replace_year(last, last.year + _ABOUT_YEARS)
    return first.isoformat(), last.isoformat()


def replace_year(day: date, year: int) -> date:
    """The same day in another year; 29 February becomes 28."""
    year = min(max(year, 1), 9999)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
