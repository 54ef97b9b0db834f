"""OpenSanctions and others in FollowTheMoney: one JSON object a line, flat or nested.

followthemoney.tech, schemata LegalEntity, Person, Company, Vessel, Ownership, Sanction, and
opensanctions.org, "Bulk data" (read 2026-11-22). Who has the topic ``sanction``, or a Sanction,
is listed; everyone else in the file is only named beside them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from amparo.base.errors import UnreadableFile
from amparo.linkage.screening.entries import Alias, Entry, Identifier, Kind, NameList, Stake
from amparo.linkage.screening.said_dates import born_as, day_of
from amparo.linkage.screening.shares import share

__all__ = ["read_lines"]

_KINDS: dict[str, Kind] = {
    "Person": "person",
    "Company": "body",
    "Organization": "body",
    "PublicBody": "body",
    "LegalEntity": "unknown",
    "Vessel": "vessel",
    "Airplane": "aircraft",
}
_NUMBERS = ("passportNumber", "idNumber", "taxNumber", "registrationNumber", "innCode", "imoNumber")
_COUNTRIES = ("nationality", "citizenship", "country", "jurisdiction", "flag")
_LONGEST = 16 * 2**20
_BROKEN = "{} lines are not FollowTheMoney and were left out."


class _Gathered:
    """What the lines say so far."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.stakes: dict[str, Stake] = {}
        self.sanctions: dict[str, list[str]] = {}
        self.dated = ""
        self.broken = 0

    def take(self, line: bytes) -> None:
        try:
            said = json.loads(line)
            self._entity(said)
            self.dated = max(self.dated, day_of(str(said.get("last_seen") or "")))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self.broken += 1

    def _entity(self, said: Mapping[str, Any]) -> None:
        number, schema = str(said["id"]), str(said["schema"])
        properties: Mapping[str, Any] = said["properties"]
        if schema in _KINDS:
            if entry := _entry(said, number, _KINDS[schema], properties):
                self.entries[number] = entry
            for each in _nested(properties, "ownershipOwner", "ownershipAsset"):
                self._stake(each, whose=number)
            for each in _nested(properties, "sanctions"):
                self.sanctions.setdefault(number, []).extend(_programmes(each["properties"]))
        elif schema == "Ownership":
            self._stake(said)
        elif schema == "Sanction":
            for named in _ids(properties, "entity"):
                self.sanctions.setdefault(named, []).extend(_programmes(properties))

    def _stake(self, said: Mapping[str, Any], whose: str = "") -> None:
        properties = said["properties"]
        least, most = share(next(iter(_words(properties, "percentage")), ""))
        owners = _ids(properties, "owner") or [whose]
        owned = _ids(properties, "asset") or [whose]
        ended = next(iter(_words(properties, "endDate")), "")
        for owner in owners:
            for asset in owned:
                if owner and asset and owner != asset:
                    key = f"{said.get('id', '')} {owner} {asset}"
                    self.stakes[key] = Stake(owner, asset, least, most, ended)

    def whole(self) -> Iterator[Entry]:
        """Each entry with the programmes of the sanctions that name it."""
        for number, entry in self.entries.items():
            under = self.sanctions.get(number)
            if under is None:
                yield entry
                continue
            programmes = tuple(dict.fromkeys([*entry.programmes, *under]))
            yield replace(entry, is_listed=True, programmes=programmes)


def read_lines(file: BinaryIO) -> NameList:
    """The list. Lines that are no entity are left out and counted."""
    gathered = _Gathered()
    while line := file.readline(_LONGEST):
        if len(line) >= _LONGEST:
            raise UnreadableFile("A line of the list is longer than any entry can be.")
        if line.strip():
            gathered.take(line)
    if not gathered.entries:
        raise UnreadableFile("No line of the file is an entry in the form FollowTheMoney.")
    remarks = (_BROKEN.format(gathered.broken),) if gathered.broken else ()
    entries, stakes = tuple(gathered.whole()), tuple(gathered.stakes.values())
    title = "OpenSanctions (FollowTheMoney)"
    return NameList("ftm-jsonl", title, gathered.dated, entries, stakes, remarks)


def _entry(
    said: Mapping[str, Any], number: str, kind: Kind, properties: Mapping[str, Any]
) -> Entry | None:
    names = [*_words(properties, "name"), *_words(properties, "alias")]
    names += _words(properties, "previousName")
    name = str(said.get("caption") or "") or next(iter(names), "")
    if not name:
        return None
    weak = [Alias(each, is_weak=True) for each in _words(properties, "weakAlias")]
    strong = [Alias(each) for each in dict.fromkeys(names) if each != name]
    countries = [each for key in _COUNTRIES for each in _words(properties, key)]
    return Entry(
        number=number,
        name=name,
        kind=kind,
        aliases=(*strong, *weak),
        born=tuple(map(born_as, _words(properties, "birthDate"))),
        countries=tuple(dict.fromkeys(each.upper() for each in countries)),
        programmes=tuple(_programmes(properties)),
        identifiers=tuple(
            Identifier(key, each) for key in _NUMBERS for each in _words(properties, key)
        ),
        listed_on=day_of(str(said.get("first_seen") or "")),
        remarks=" ".join(_words(properties, "notes"))[:2_000],
        is_listed="sanction" in _words(properties, "topics"),
    )


def _programmes(properties: Mapping[str, Any]) -> list[str]:
    return _words(properties, "programId") or _words(properties, "program")


def _words(properties: Mapping[str, Any], key: str) -> list[str]:
    """The texts of a property; nested entities are none."""
    said = properties.get(key) or []
    said = said if isinstance(said, Sequence) and not isinstance(said, str) else [said]
    return [" ".join(each.split()) for each in said if isinstance(each, str) and each.strip()]


def _ids(properties: Mapping[str, Any], key: str) -> list[str]:
    """The ids that a property names, by themselves or as nested entities."""
    nested = [str(each["id"]) for each in _nested(properties, key)]
    return [*_words(properties, key), *nested]


def _nested(properties: Mapping[str, Any], *keys: str) -> Iterator[Mapping[str, Any]]:
    for key in keys:
        said = properties.get(key) or []
        yield from (each for each in said if isinstance(each, Mapping))
