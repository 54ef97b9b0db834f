"""The Specially Designated Nationals list of OFAC: SDN.XML, and SDN.CSV with ALT.CSV apart.

OFAC, "SDN List Data Formats" and sdn.xsd (read 2026-11-22). The CSV has no headings; "-0-" is
nothing; dates of birth and countries stand in the remarks, further names in another file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from lxml.etree import _Element

from amparo.base.errors import UnreadableFile
from amparo.linkage.screening.elements import elements, text, texts
from amparo.linkage.screening.entries import Alias, Entry, Identifier, Kind, NameList
from amparo.linkage.screening.said_dates import born_as, day_of

__all__ = ["COLUMNS", "read_csv", "read_xml"]

_TITLE = "OFAC Specially Designated Nationals"
_KINDS: dict[str, Kind] = {
    "individual": "person",
    "entity": "body",
    "vessel": "vessel",
    "aircraft": "aircraft",
}
COLUMNS = 12
_NOTHING = "-0-"
_BORN = re.compile(r"(?:^|[;.]\s*)(?:alt\. )?DOB ([^;]+?)(?=;|\.?$)")
_COUNTRY = re.compile(r"(?:^|;\s*)(?:alt\. )?(?:nationality|citizen) ([^;]+?)(?=;|\.?$)")
_NUMBER = re.compile(
    r"(?:^|;\s*)(?:alt\. )?([A-Z][\w .'/-]*?(?:No\.|Number|Passport|ID|Id)?) "
    r"([A-Z0-9][\w/-]*\d[\w/-]*) \(([^)]+)\)"
)
_AKA = re.compile(r"(?:a|f|n)\.k\.a\. '?([^;']+)'?(?=;|\.?$)")


def read_xml(file: BinaryIO) -> NameList:
    """SDN.XML and any list of OFAC in the same form."""
    found, dated = [], ""
    for element in elements(file, {"publshInformation", "sdnEntry"}):
        name = str(element.tag).rpartition("}")[2]
        if name == "publshInformation":
            dated = day_of(text(element, "Publish_Date"), month_first=True)
        elif name == "sdnEntry":
            found.append(_entry(element))
    return NameList("ofac-xml", _TITLE, dated, tuple(found))


def _entry(element: _Element) -> Entry:
    return Entry(
        number=text(element, "uid"),
        name=_name(element),
        kind=_KINDS.get(text(element, "sdnType").lower(), "unknown"),
        aliases=tuple(_aliases(element)),
        born=tuple(map(born_as, texts(element, "dateOfBirthList/dateOfBirthItem/dateOfBirth"))),
        countries=_countries(element),
        programmes=texts(element, "programList/program"),
        identifiers=tuple(_identifiers(element)),
        remarks=text(element, "remarks"),
    )


def _name(element: _Element) -> str:
    parts = (text(element, "lastName"), text(element, "firstName"))
    return ", ".join(filter(None, parts))


def _aliases(element: _Element) -> Iterator[Alias]:
    for each in element.iterfind("{*}akaList/{*}aka"):
        if name := _name(each):
            yield Alias(name, text(each, "category").lower() == "weak")


def _countries(element: _Element) -> tuple[str, ...]:
    paths = ("nationalityList/nationality/country", "citizenshipList/citizenship/country")
    said = [country for path in paths for country in texts(element, path)]
    return tuple(dict.fromkeys(said or texts(element, "addressList/address/country")))


def _identifiers(element: _Element) -> Iterator[Identifier]:
    for each in element.iterfind("{*}idList/{*}id"):
        if number := text(each, "idNumber"):
            yield Identifier(text(each, "idType"), number, text(each, "idCountry"))


def read_csv(rows: Iterable[list[str]]) -> NameList:
    """SDN.CSV. Its further names are in ALT.CSV, which is another file: the list says so."""
    found = []
    for row in rows:
        if len(row) < COLUMNS or not row[0].strip().isdigit():
            continue  # the file ends with a byte 26
        number, name, kind, programme = (_said(cell) for cell in row[:4])
        found.append(_of_row(number, name, kind, programme, _said(row[11])))
    if not found:
        raise UnreadableFile("No line of the file is an entry of OFAC’s list.")
    remark = "OFAC keeps further names in another file (ALT.CSV): they are not in this one."
    return NameList("ofac-csv", _TITLE, "", tuple(found), remarks=(remark,))


def _of_row(number: str, name: str, kind: str, programme: str, remarks: str) -> Entry:
    return Entry(
        number=number,
        name=name,
        kind=_KINDS.get(kind.lower(), "body" if not kind else "unknown"),
        aliases=tuple(Alias(each.strip(), is_weak=True) for each in _AKA.findall(remarks)),
        born=tuple(born_as(each) for each in _BORN.findall(remarks)),
        countries=tuple(dict.fromkeys(_COUNTRY.findall(remarks))),
        programmes=tuple(filter(None, (each.strip(" []") for each in programme.split("] [")))),
        identifiers=tuple(Identifier(*each) for each in _NUMBER.findall(remarks)),
        remarks=remarks,
    )


def _said(cell: str) -> str:
    cell = " ".join(cell.split())
    return "" if cell == _NOTHING else cell
