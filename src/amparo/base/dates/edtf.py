"""The Extended Date/Time Format, levels 0 and 1 (ISO 8601-2:2019; Library of Congress, 2019).

===================  ==========================================================
level 0              ``1985-04-12``  ``1985-04``  ``1985``
                     ``1985-04-12T23:20:30``  with ``Z``, ``-04`` or ``+04:30``
                     ``2004-06/2006-08``
level 1              ``Y170000002``  ``-1985``  ``2001-21`` (spring … 24, winter)
                     ``1984?`` uncertain, ``2004-06~`` approximate, ``2004-06-11%`` both
                     ``201X``  ``20XX``  ``2004-XX``  ``1985-04-XX``  ``1985-XX-XX``
                     ``1985/..`` open, ``1985/`` unknown, ``1984~/2004-06``
===================  ==========================================================

Level 2 is refused, not guessed at.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from amparo.base.dates import instants
from amparo.base.dates.instants import LAST_SECOND, Instant
from amparo.base.errors import UnclearDate

__all__ = ["Instant", "Kind", "PartialDate", "from_day", "in_universal_time", "parse"]

Kind = Literal[
    "moment", "day", "month", "season", "year", "decade", "century", "interval"
]  # how exact a date is; an interval has two ends that are dates themselves

_MOST_DIGITS = 90  # of a letter-prefixed year; its length is written in two digits of the sort key

_DATE = re.compile(
    r"""(?:
      (?P<year>-?[0-9]{4}) (?: - (?P<month>0[1-9]|1[0-2]|2[1-4]|XX)
                           (?: - (?P<day>[0-3][0-9]|XX) )? )?
    | (?P<digits>-?[0-9]{2}) (?P<unspecified>[0-9]X|XX)
    | Y (?P<long>-?[1-9][0-9]{4,})
    ) (?P<qualifier>[?~%])?""",
    re.VERBOSE,
)
_MOMENT = re.compile(
    r"""(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})
    T (?P<clock>(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])
    (?P<zone>Z|[+-](?:0[0-9]|1[0-4])(?::[0-5][0-9])?)?""",
    re.VERBOSE,
)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"), "-")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as it was given, no more exact than that.

    ``text`` is the normalised EDTF text and the only thing that needs to be stored. ``first``
    and ``last`` are the outermost instants that it can mean, ``None`` where an end is open or
    unknown; they take no account of ``approximate`` and ``uncertain``, for nobody said by how
    much. ``year`` is astronomical (``-1`` is 2 BCE); ``month`` and ``day`` are ``None`` where
    nothing was said, as is ``season`` (21 spring to 24 winter). ``sort_key`` is a string of
    digits that orders dates by where they begin, the broader before the narrower.
    """

    text: str
    kind: Kind
    sort_key: str
    first: Instant | None = None
    last: Instant | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    clock: str | None = None
    zone: str | None = None
    approximate: bool = False
    uncertain: bool = False
    start: PartialDate | None = None
    end: PartialDate | None = None
    open_start: bool = False
    open_end: bool = False

    def __str__(self) -> str:
        return self.text

    @property
    def earliest(self) -> date | None:
        """The first day it can mean; ``None`` if open, unknown or outside the years 1 to 9999."""
        return instants.calendar_day(self.first)

    @property
    def latest(self) -> date | None:
        """The last day it can mean; ``None`` if open, unknown or outside the years 1 to 9999."""
        return instants.calendar_day(self.last)

    @property
    def qualified(self) -> bool:
        """Whether its source called it, or one of its ends, approximate or uncertain."""
        return self.approximate or self.uncertain


def parse(text: str) -> PartialDate:
    """Read EDTF level 0 or 1, for example ``"2021-03~"`` or ``"2020-05/.."``.

    Spaces around it, lower case and typographic dashes are forgiven. Raises
    :class:`~amparo.base.errors.UnclearDate` for anything else, a day that no calendar has and
    an interval that ends before it starts included.
    """
    normal = unicodedata.normalize("NFKC", text).translate(_DASHES).strip().upper()
    if "/" in normal:
        return _interval(normal)
    return _moment(normal) or _single(normal)


def from_day(day: date) -> PartialDate:
    """The partial date of a day that is fully known."""
    return parse(day.isoformat())


def _single(text: str) -> PartialDate:
    match = _DATE.fullmatch(text)
    if match is None or text.startswith("-0000"):
        raise _unclear(text, "is not a date that Amparo knows")
    return replace(
        _unqualified(text, match),
        approximate=match["qualifier"] in ("~", "%"),
        uncertain=match["qualifier"] in ("?", "%"),
    )


def _unqualified(text: str, match: re.Match[str]) -> PartialDate:
    if match["long"]:
        if len(match["long"]) > _MOST_DIGITS:
            raise _unclear(text, f"has a year of more than {_MOST_DIGITS} digits")
        return _calendar(text, int(match["long"]), None, None)
    if match["unspecified"]:
        return _unspecified_year(text, match["digits"], match["unspecified"])
    year, month, day = int(match["year"]), match["month"], match["day"]
    if month == "XX":
        if day not in (None, "XX"):
            raise _unclear(text, "gives a day of an unknown month (EDTF level 2)")
        return _calendar(text, year, None, None)
    if month and int(month) > 20:
        if day:
            raise _unclear(text, "gives a day of a season")
        return _season(text, year, int(month))
    return _calendar(text, year, month and int(month), None if day in (None, "XX") else int(day))


def _calendar(text: str, year: int, month: int | str | None, day: int | None) -> PartialDate:
    """A year, a month of it or a day of that, with the bounds that follow."""
    if not isinstance(month, int):
        return _bounded(text, "year", (year, 1, 1, 0), (year, 12, 31, LAST_SECOND), year=year)
    length = instants.days_in_month(year, month)
    if day is None:
        last = (year, month, length, LAST_SECOND)
        return _bounded(text, "month", (year, month, 1, 0), last, year=year, month=month)
    if not 1 <= day <= length:
        raise _unclear(text, f"is not a day of the calendar: that month has {length} days")
    first, last = (year, month, day, 0), (year, month, day, LAST_SECOND)
    return _bounded(text, "day", first, last, year=year, month=month, day=day)


def _unspecified_year(text: str, digits: str, unspecified: str) -> PartialDate:
    """``201X`` and ``20XX``; of a negative year the larger number is the earlier one."""
    kind: Kind = "century" if unspecified == "XX" else "decade"
    low = int((digits + unspecified).replace("X", "0"))
    high = int((digits + unspecified).replace("X", "9"))
    if digits.startswith("-"):
        low, high = high, low
    return _bounded(text, kind, (low, 1, 1, 0), (high, 12, 31, LAST_SECOND), year=low)


def _season(text: str, year: int, season: int) -> PartialDate:
    """A season, wherever on Earth it was meant.

    The standard's 21 to 24 do not say which hemisphere, so spring and autumn may lie anywhere
    from 1 March to 21 December, and summer and winter may touch the years beside theirs. For
    sorting alone they stand at the months 3, 6, 9 and 12.
    """
    if season in (21, 23):
        first, last = (year, 3, 1, 0), (year, 12, 21, LAST_SECOND)
    else:
        first, last = (year - 1, 12, 1, 0), (year + 1, 3, 20, LAST_SECOND)
    place = (year, 3 * (season - 20), 1, 0)
    made = _bounded(text, "season", first, last, year=year, season=season)
    return replace(made, sort_key=instants.sort_key(place, last))


def _moment(text: str) -> PartialDate | None:
    """A date with a time of day. Its day is the day as written, in its own zone."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    day = _single(match["day"])
    hours, minutes, seconds = (int(part) for part in match["clock"].split(":"))
    assert day.first is not None
    at = (*day.first[:3], hours * 3600 + minutes * 60 + seconds)
    return replace(
        day,
        text=text,
        kind="moment",
        sort_key=instants.sort_key(at, at),
        first=at,
        last=at,
        clock=match["clock"],
        zone=match["zone"],
    )


def _interval(text: str) -> PartialDate:
    if text.count("/") > 1 or "T" in text:
        raise _unclear(text, "is not an interval of two dates (times of day are excluded)")
    left, right = text.split("/")
    start = None if left in ("", "..") else _single(left)
    end = None if right in ("", "..") else _single(right)
    if start is None and end is None:
        raise _unclear(text, "is an interval of which nothing is known")
    first, last = start.first if start else None, end.last if end else None
    if first and last and first > last:
        raise _unclear(text, "ends before it starts")
    assert start is not None or end is not None
    return PartialDate(
        text=text,
        kind="interval",
        sort_key=_interval_key(start, end),
        first=first,
        last=last,
        approximate=any(one.approximate for one in (start, end) if one),
        uncertain=any(one.uncertain for one in (start, end) if one),
        start=start,
        end=end,
        open_start=left == "..",
        open_end=right == "..",
    )


def _interval_key(start: PartialDate | None, end: PartialDate | None) -> str:
    """By its start; what has none stands just before its end."""
    if start is not None:
        last = end.last if end else None
        return instants.beginning(start.sort_key) + (instants.descending(last) if last else "0")
    assert end is not None
    return instants.beginning(end.sort_key)


def _bounded(
    text: str,
    kind: Kind,
    first: Instant,
    last: Instant,
    *,
    year: int,
    month: int | None = None,
    day: int | None = None,
    season: int | None = None,
) -> PartialDate:
    return PartialDate(
        text=text,
        kind=kind,
        sort_key=instants.sort_key(first, last),
        first=first,
        last=last,
        year=year,
        month=month,
        day=day,
        season=season,
    )


def in_universal_time(made: PartialDate) -> Instant | None:
    """The instant of a moment that names its zone, in universal time; otherwise ``None``."""
    if made.zone is None or made.first is None or not 2 <= made.first[0] <= 9998:
        return None
    sign = -1 if made.zone.startswith("-") else 1
    hours, _, minutes = made.zone.strip("Z+-").partition(":")
    ahead = sign * timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    year, month, day, second = made.first
    moment = datetime(year, month, day) + timedelta(seconds=second) - ahead  # noqa: DTZ001
    midnight = moment.replace(hour=0, minute=0, second=0)
    return moment.year, moment.month, moment.day, (moment - midnight).seconds


def _unclear(text: str, why: str) -> UnclearDate:
    return UnclearDate(
        f'"{text}" {why}.',
        next_step='Write it as 2021-03-05, 2021-03, 2021, "2021-03~" for about March 2021, '
        '"2021?" if it is doubtful, or "2020-05/2020-07" for a span.',
    )
