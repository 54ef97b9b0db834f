"""Times as phones, cameras and programs write them, as EDTF; "" where it cannot be told."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from dateutil import parser

from amparo.base.dates import parse
from amparo.base.errors import AmparoError

__all__ = ["epoch", "moment"]

_ISO = re.compile(
    r"(\d{4})[:-](\d\d)[:-](\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?"
)
_EPOCH = re.compile(r"\d{10}|\d{13}")
_MONTH = re.compile(r"[a-z]{3,9}\.?\s+\d{1,2}|\d{1,2}\.?\s+[a-z]{3,9}", re.IGNORECASE)


def moment(text: str) -> str:
    """A time as EDTF: ISO 8601, EXIF's colons, seconds or milliseconds since 1970, English words.

    What can be read two ways (03/04/2021) gives "". A zone is kept only when it is a number:
    "Eastern Daylight Time" is not, so that the clock's own reading stays.
    """
    plain = text.strip()
    if found := _ISO.match(plain):
        year, month, day, hour, minute, second, zone = found.groups()
        zone = zone or ""
        zone = f"{zone[:3]}:{zone[-2:]}" if len(zone) == 5 else zone
        return _checked(f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone}")
    if _EPOCH.fullmatch(plain):
        return epoch(int(plain))
    if _MONTH.search(plain) and re.search(r"\b(19|20)\d\d\b", plain):
        return _in_words(plain)
    return ""


def epoch(number: int) -> str:
    """Seconds, or milliseconds when there are that many, since 1970 in universal time."""
    seconds = number / 1000 if number > 10**11 else number
    if not 0 < seconds < 4_102_444_800:
        return ""
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _in_words(text: str) -> str:
    try:
        read, skipped = parser.parse(text, fuzzy_with_tokens=True, ignoretz=True)
        again = parser.parse(text, fuzzy=True, ignoretz=True, default=datetime(1, 1, 1))  # noqa: DTZ001
    except (ValueError, OverflowError):
        return ""
    if read.replace(microsecond=0) != again.replace(microsecond=0) or len(skipped) > 12:
        return ""
    return _checked(read.strftime("%Y-%m-%dT%H:%M:%S"))


def _checked(text: str) -> str:
    try:
        return parse(text).text
    except AmparoError:
        return ""
