"""The consolidated list of the United Nations Security Council, in XML.

Security Council, consolidated.xsd (read 2026-11-22).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml.etree import _Element

from amparo.linkage.screening.elements import attribute, elements, local, text, texts
from amparo.linkage.screening.entries import Alias, Entry, Identifier, Kind, NameList
from amparo.linkage.screening.said_dates import born_as, day_of

__all__ = ["read_xml"]

_KINDS: dict[str, Kind] = {"INDIVIDUAL": "person", "ENTITY": "body"}
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def read_xml(file: BinaryIO) -> NameList:
    """The list."""
    walk = elements(file, set(_KINDS))
    dated = day_of(attribute(next(walk), "dateGenerated"))
    found = tuple(_entry(each, local(each)) for each in walk)
    return NameList("un-xml", "United Nations Security Council Consolidated List", dated, found)


def _entry(element: _Element, tag: str) -> Entry:
    countries = texts(element, "NATIONALITY/VALUE")
    return Entry(
        number=text(element, "REFERENCE_NUMBER") or text(element, "DATAID"),
        name=" ".join(filter(None, (text(element, part) for part in _NAMES))),
        kind=_KINDS[tag],
        aliases=tuple(_aliases(element, tag)),
        born=tuple(_born(element)),
        countries=countries or texts(element, f"{tag}_ADDRESS/COUNTRY"),
        programmes=texts(element, "UN_LIST_TYPE"),
        identifiers=tuple(_identifiers(element)),
        listed_on=day_of(text(element, "LISTED_ON")),
        remarks=text(element, "COMMENTS1"),
    )


def _aliases(element: _Element, tag: str) -> Iterator[Alias]:
    for name in texts(element, "NAME_ORIGINAL_SCRIPT"):
        yield Alias(name)
    for each in element.iterfind(f"{{*}}{tag}_ALIAS"):
        if name := text(each, "ALIAS_NAME"):
            yield Alias(name, text(each, "QUALITY").lower() == "low")


def _born(element: _Element) -> Iterator[str]:
    for each in element.iterfind("{*}INDIVIDUAL_DATE_OF_BIRTH"):
        about = "circa " if text(each, "TYPE_OF_DATE").upper() == "APPROXIMATELY" else ""
        day = day_of(text(each, "DATE")) or text(each, "YEAR")
        span = " to ".join(filter(None, (text(each, "FROM_YEAR"), text(each, "TO_YEAR"))))
        if day or span:
            yield born_as(about + (day or span))


def _identifiers(element: _Element) -> Iterator[Identifier]:
    for each in element.iterfind("{*}INDIVIDUAL_DOCUMENT"):
        if number := text(each, "NUMBER"):
            country = text(each, "ISSUING_COUNTRY") or text(each, "COUNTRY_OF_ISSUE")
            yield Identifier(text(each, "TYPE_OF_DOCUMENT"), number, country)
