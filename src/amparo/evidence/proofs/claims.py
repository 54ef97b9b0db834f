"""What a file, its name and the people who brought it state of when and where it was made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from amparo.base.dates import parse
from amparo.base.errors import AmparoError
from amparo.evidence.proofs.degrees import degrees
from amparo.evidence.proofs.findings import Claim

__all__ = ["from_file", "from_name", "from_people"]

_MAIL = ("message/rfc822", "application/vnd.ms-outlook")
_RECORDINGS = ("audio/", "video/")
_ISO6709 = re.compile(r"([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)(?:[+-]\d+(?:\.\d+)?)?/?")
_NAMED = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<gap>[-_.]?)(?P<month>0[1-9]|1[0-2])(?P=gap)"
    r"(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:(?:[-_ T]|\sat\s|-WA\d+)*(?P<hour>[01]\d|2[0-3])[-_.:hH]?(?P<minute>[0-5]\d)"
    r"(?:[-_.:mM]?(?P<second>[0-5]\d))?)?"
)


def from_file(metadata: Mapping[str, str], media_type: str) -> tuple[Claim, ...]:
    """Claims in the facts that a reader found in the file (``extract.reading.Reading``)."""
    return tuple(_from_file(metadata, media_type))


def from_name(name: str) -> tuple[Claim, ...]:
    """The day, and the time where there is one, that a file's name states in so many digits.

    Only year, month and day in this order count, as phones and messengers write them
    (``IMG_20210301_101500.jpg``, ``2021-03-01 10.15.00.mp4``, ``IMG-20210301-WA0001.jpg``).
    """
    found = _NAMED.search(name.rpartition("/")[2])
    if not found:
        return ()
    part = found.groupdict()
    day = "-".join((part["year"], part["month"], part["day"]))
    stated = day
    if part["hour"] and "-WA" not in found[0]:
        stated = f"{day}T{part['hour']}:{part['minute']}:{part['second'] or '00'}"
    time = _checked(stated)
    return (Claim("file name", found[0], time),) if time else ()


def from_people(*, dated: str, occurred_at: str, place: str, modified_at: str) -> tuple[Claim, ...]:
    """What people gave: the item's date, when and where it was acquired, the file's own time.

    All dates are EDTF; ``place`` is as they said it, and counts where it is a pair of degrees.
    """
    made = [
        Claim("described", dated, _checked(dated)),
        Claim("claimed", occurred_at, _checked(occurred_at)),
        Claim("file time", modified_at, _checked(modified_at)),
    ]
    if place:
        north, _, east = place.partition(",")
        made.append(Claim("claimed", place, place=degrees(north, east)))
    return tuple(claim for claim in made if claim.stated)


def _from_file(told: Mapping[str, str], media_type: str) -> Iterator[Claim]:
    created = told.get("created", "")
    if media_type.startswith("image/"):
        yield from _time("camera", created)
        yield from _time("camera changed", told.get("modified", ""))
        yield from _time("satellites", told.get("satellite time", ""))
    elif media_type.startswith(_RECORDINGS):
        yield from _time("container", created)
    elif media_type in _MAIL:
        yield from _time("message", told.get("date", ""))
    stated = told.get("coordinates", "") or told.get("location", "")
    if place := _place(stated):
        is_picture = media_type.startswith("image/")
        yield Claim("camera" if is_picture else "container", stated, place=place)


def _place(stated: str) -> tuple[float, float] | None:
    """Degrees with a comma between, or ISO 6709 as recordings have it (``+48.85+002.35/``)."""
    if found := _ISO6709.fullmatch(stated.strip()):
        return degrees(found[1], found[2])
    north, _, east = stated.partition(",")
    return degrees(north, east)


def _time(source: str, stated: str) -> Iterator[Claim]:
    if stated:
        yield Claim(source, stated, _checked(stated))


def _checked(text: str) -> str:
    try:
        return parse(text).text if text else ""
    except AmparoError:
        return ""
