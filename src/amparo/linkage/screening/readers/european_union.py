"""The consolidated list of persons, groups and entities under EU financial sanctions, in XML 1.1.

European Commission, "FSF platform: XML file description" (xmlFullSanctionsList_1_1; read
2026-11-22).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml.etree import _Element

from amparo.linkage.screening.elements import attribute, elements, text
from amparo.linkage.screening.entries import Alias, Entry, Identifier, Kind, NameList
from amparo.linkage.screening.said_dates import born_as, day_of

__all__ = ["read_xml"]

_KINDS: dict[str, Kind] = {"person": "person", "enterprise": "body"}
_TITLE = "Consolidated list of European Union financial sanctions"


def read_xml(file: BinaryIO) -> NameList:
    """The list."""
    walk = elements(file, {"sanctionEntity"})
    dated = day_of(attribute(next(walk), "generationDate"))
    return NameList("eu-xml", _TITLE, dated, tuple(_entry(each) for each in walk))


def _entry(element: _Element) -> Entry:
    names = tuple(_names(element))
    subject = element.find("{*}subjectType")
    rules = list(element.iterfind("{*}regulation"))
    days = [day_of(attribute(each, "publicationDate")) for each in rules]
    return Entry(
        number=attribute(element, "euReferenceNumber") or attribute(element, "logicalId"),
        name=names[0].name if names else "",
        kind=_KINDS.get(attribute(subject, "code"), "unknown")
        if subject is not None
        else "unknown",
        aliases=names[1:],
        born=tuple(dict.fromkeys(_born(element))),
        countries=_countries(element, "citizenship") or _countries(element, "address"),
        programmes=tuple(dict.fromkeys(filter(None, (attribute(r, "programme") for r in rules)))),
        identifiers=tuple(_identifiers(element)),
        listed_on=min(filter(None, days), default=""),
        remarks=text(element, "remark"),
    )


def _names(element: _Element) -> Iterator[Alias]:
    for each in element.iterfind("{*}nameAlias"):
        parts = (attribute(each, part) for part in ("firstName", "middleName", "lastName"))
        if name := attribute(each, "wholeName") or " ".join(filter(None, parts)):
            yield Alias(name, attribute(each, "strong") == "false")


def _born(element: _Element) -> Iterator[str]:
    for each in element.iterfind("{*}birthdate"):
        about = "circa " if attribute(each, "circa") == "true" else ""
        day, year = day_of(attribute(each, "birthdate")), attribute(each, "year")
        years = (attribute(each, name) for name in ("yearRangeFrom", "yearRangeTo"))
        said = day or year or " to ".join(filter(None, years))
        if said:
            yield born_as(about + said)


def _countries(element: _Element, tag: str) -> tuple[str, ...]:
    said = (
        attribute(each, "countryDescription") or attribute(each, "countryIso2Code")
        for each in element.iterfind(f"{{*}}{tag}")
    )
    return tuple(dict.fromkeys(each for each in said if each and each != "UNKNOWN"))


def _identifiers(element: _Element) -> Iterator[Identifier]:
    for each in element.iterfind("{*}identification"):
        if number := attribute(each, "number") or attribute(each, "latinNumber"):
            kind = attribute(each, "identificationTypeDescription")
            yield Identifier(kind, number, attribute(each, "countryDescription"))
