"""Times and places that different sources state for one file, side by side.

Nothing is merged and nothing is judged: each pair is said to agree, to differ by so much, or to
leave open. What is made later (a copy, a signature, a stamp) is named only where it lies before
what it should follow.

Clocks without a zone are compared as what they are: they agree with a zoned one when the difference
is one that zones have (a multiple of 15 minutes from -12 to +14 hours). Distances are great-circle
distances on a sphere of 6,371.0 km (haversine), right to 0.6 %.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Literal

from amparo.base.dates import PartialDate, Truth, certainly_before, overlaps, parse
from amparo.base.errors import AmparoError
from amparo.evidence.proofs.findings import Claim

__all__ = ["Pair", "Relation", "Row", "compare", "name_of", "rows"]

Relation = Literal["agrees", "differs", "open"]

_KINDS = ("device", "name", "person", "later")
_SAME_SECONDS = 120
_ZONE_STEP = 15 * 60
_EARLIEST_ZONE, _LATEST_ZONE = -12 * 3600, 14 * 3600
_SAME_METRES = 150.0
_EARTH_METRES = 6_371_000.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: who states it, what stands there, as EDTF or in degrees."""

    source: str
    name: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims and what can be said of them, as an English sentence."""

    one: str
    other: str
    about: Literal["time", "place"]
    relation: Relation
    sentence: str


def rows(claims: Sequence[Claim]) -> list[Row]:
    """The claims as lines, in the order of ``sources.toml``; the same line once."""
    order = list(_sources())
    unique = dict.fromkeys(claim for claim in claims if claim.stated)
    lines = [Row(each.source, name_of(each.source), each) for each in unique]
    return sorted(lines, key=lambda row: order.index(row.source) if row.source in order else 99)


def name_of(source: str) -> str:
    """What a source is called, in English."""
    known = _sources().get(source)
    return known["name"] if known else source


def compare(claims: Sequence[Claim]) -> list[Pair]:
    """What can be said of each two claims; those that differ first, then what agrees."""
    lines = rows(claims)
    times = [(row, made) for row in lines if (made := _parsed(row.claim.time))]
    places = [row for row in lines if row.claim.place]
    own = [each for each in times if _kind(each[0]) != "later"]
    pairs = [_times(*one, *other) for one, other in combinations(own, 2)]
    for later in (each for each in times if _kind(each[0]) == "later"):
        pairs += [pair for each in own if (pair := _too_early(*later, *each))]
    pairs += [_places(one, other) for one, other in combinations(places, 2)]
    weight = {"differs": 0, "open": 1, "agrees": 2}
    return sorted(pairs, key=lambda pair: weight[pair.relation])


def _times(one: Row, a: PartialDate, other: Row, b: PartialDate) -> Pair:
    relation, sentence = _said_of_times(one, a, other, b)
    return Pair(one.source, other.source, "time", relation, sentence)


def _too_early(later: Row, a: PartialDate, other: Row, b: PartialDate) -> Pair | None:
    """A pair where what should come after the file was made lies before it; else None."""
    here, there = _clock(later.claim.time), _clock(other.claim.time)
    if here and there:
        before = (_plain(there) - _plain(here)).total_seconds()
        unknown_zone = (here.tzinfo is None) != (there.tzinfo is None)
        allowed = _SAME_SECONDS + (_LATEST_ZONE if unknown_zone else 0)
        if before <= allowed:
            return None
        said = f"{later.name} is {_lasting(before)} before {other.name}, and should not be."
    elif certainly_before(a, b):
        said = f"{later.name} is before {other.name}, and should not be."
    else:
        return None
    return Pair(later.source, other.source, "time", "differs", said)


def _kind(row: Row) -> str:
    known = _sources().get(row.source)
    return known["kind"] if known else "later"


def _said_of_times(one: Row, a: PartialDate, other: Row, b: PartialDate) -> tuple[Relation, str]:
    here, there = _clock(one.claim.time), _clock(other.claim.time)
    if here and there:
        return _clocks(one.name, here, other, there)
    truth = overlaps(a, b)
    if truth is Truth.NO:
        return "differs", f"{one.name} and {other.name} name different times."
    if truth is Truth.YES:
        return "agrees", f"{one.name} and {other.name} can be the same time."
    return "open", f"Whether {one.name} and {other.name} name the same time cannot be told."


def _clocks(name: str, here: datetime, other: Row, there: datetime) -> tuple[Relation, str]:
    zoned = [each.tzinfo is not None for each in (here, there)]
    apart = (_plain(there) - _plain(here)).total_seconds()
    if abs(apart) <= _SAME_SECONDS:
        return "agrees", f"{name} and {other.name} agree to within two minutes."
    if zoned == [True, True] or zoned == [False, False]:
        return "differs", f"{name} and {other.name} are {_lasting(abs(apart))} apart."
    offset = -apart if zoned[1] else apart  # local clock minus universal time
    step = round(offset / _ZONE_STEP) * _ZONE_STEP
    if abs(offset - step) <= _SAME_SECONDS and _EARLIEST_ZONE <= step <= _LATEST_ZONE:
        return "agrees", f"{name} and {other.name} agree if the clock was set to {_zone(step)}."
    return "differs", f"{name} and {other.name} are {_lasting(abs(apart))} apart, zones aside."


def _places(one: Row, other: Row) -> Pair:
    assert one.claim.place is not None
    assert other.claim.place is not None
    metres = _metres(one.claim.place, other.claim.place)
    allowed = max(_SAME_METRES, (one.claim.accuracy or 0) + (other.claim.accuracy or 0))
    if metres <= allowed:
        relation: Relation = "agrees"
        sentence = f"{one.name} and {other.name} agree: they are {_far(metres)} apart."
    else:
        relation = "differs"
        sentence = f"{one.name} and {other.name} are {_far(metres)} apart."
    return Pair(one.source, other.source, "place", relation, sentence)


def _metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, each)) for each in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_METRES * math.asin(min(1.0, math.sqrt(half)))


def _far(metres: float) -> str:
    return f"{metres:.0f} m" if metres < 1000 else f"{metres / 1000:,.1f} km"


def _lasting(seconds: float) -> str:
    for size, word in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = round(seconds / size)
            return f"{count:,} {word}{'' if count == 1 else 's'}"
    return f"{seconds:.0f} seconds"


def _zone(seconds: float) -> str:
    sign, minutes = "-" if seconds < 0 else "+", abs(int(seconds)) // 60
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def _clock(text: str) -> datetime | None:
    """A moment with its time of day; None for a day or less exact."""
    if "T" not in text or len(text) < 16:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _plain(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _parsed(text: str) -> PartialDate | None:
    if not text:
        return None
    try:
        return parse(text)
    except AmparoError:
        return None


@cache
def _sources() -> Mapping[str, Mapping[str, str]]:
    """``sources.toml``, checked: every source has a name and a kind."""
    data = tomllib.loads((files(__package__) / "sources.toml").read_text("utf-8"))
    for key, value in data.items():
        if set(value) != {"name", "kind"} or value["kind"] not in _KINDS:
            raise ValueError(f"sources.toml: {key} needs a name and a kind")
    return data
