"""Dates as lists write them, as EDTF; what cannot be understood stays as it is written."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from amparo.base import dates
from amparo.base.errors import UnclearDate

__all__ = ["born_as", "day_of"]

_ABOUT = re.compile(r"^(?:circa|approximately|approx\.?|about|c\.)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"^(?:between\s+)?(.+?)\s+(?:to|and)\s+(.+)$", re.IGNORECASE)
_YEARS = re.compile(r"^(\d{4})\s*[-–]\s*(\d{4})$")
_STYLES = ("%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%d/%m/%Y", "%m/%d/%Y")


def born_as(words: str) -> str:
    """``10 Dec 1948`` is 1948-12-10, ``circa 1951`` 1951~, ``1962 to 1963`` 1962/1963.

    The words themselves where they cannot be understood, or in two ways.
    """
    words = " ".join(words.split())
    plain, about = _ABOUT.subn("", words)
    years = _YEARS.match(plain)
    span = years or _BETWEEN.match(plain)
    try:
        if span:
            return str(
                dates.parse("/".join(_one(side, about=bool(about)) for side in span.groups()))
            )
        return _one(plain, about=bool(about))
    except UnclearDate:
        return words


def day_of(words: str, *, month_first: bool = False) -> str:
    """The day of a list or a listing as ISO 8601, "" when none can be read."""
    words = " ".join(words.split())
    iso = re.match(r"\d{4}-\d{2}-\d{2}", words)
    styles = [s for s in _STYLES if s != ("%d/%m/%Y" if month_first else "%m/%d/%Y")]
    for style in styles:
        try:
            made = datetime.strptime(iso[0] if iso else words, style).replace(tzinfo=UTC)
            return made.date().isoformat()
        except ValueError:
            continue
    return ""


def _one(words: str, *, about: bool) -> str:
    said = str(_plain(words))
    return f"{said}~" if about and not said.endswith(("~", "?", "%")) else said


def _plain(words: str) -> dates.PartialDate:
    try:
        return dates.parse(words)
    except UnclearDate:
        return dates.from_person(words)
