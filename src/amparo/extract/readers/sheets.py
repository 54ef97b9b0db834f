"""Excel workbooks (OOXML): each sheet as rows of the values that a person sees, hidden ones named.

Sheets are read as they come, so that a million rows cost no more memory than one. Dates are
written as ISO 8601 from the cell's number format; a formula gives the value that was last
computed. Blank rows are left out. ECMA-376 part 1, section 18.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from lxml import etree

from amparo.base.errors import UnreadableFile
from amparo.extract import tables
from amparo.extract.parts import Parts, local
from amparo.extract.reading import Rows
from amparo.extract.sections import Section

__all__ = ["read"]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_A_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_COLUMN = re.compile(r"([A-Z]{1,3})\d+$")
_WIDEST_GAP = 50


def read(parts: Parts, main: str) -> list[Section]:
    """Give a ``(sheet's name, rows)`` section for each sheet, then comments and defined names."""
    book = parts.tree(main)
    if book is None:
        raise UnreadableFile("The workbook's list of sheets is damaged or missing.")
    relations = parts.relations(main)
    values = _Values(parts, relations, _counts_from_1904(book))
    sections: list[Section] = []
    beside: list[str] = []
    for sheet in (element for element in book.iter() if local(element) == "sheet"):
        target = _target(sheet, relations)
        if not target or parts.find(target) is None:
            parts.remarks.append(f"The sheet {sheet.get('name')} is missing.")
            continue
        rows = list(_rows(parts, target, values))
        numbers = Rows(sheet.get("name", ""), tuple(number for number, _ in rows))
        sections.append((_label(sheet), "\n".join(line for _, line in rows), numbers))
        beside += _beside(parts, target, sheet.get("name", ""))
    if beside:
        sections.append(("Comments and shapes", "\n".join(beside)))
    return sections


class _Values:
    """Turns the cells of one workbook into what a person sees in them."""

    def __init__(
        self, parts: Parts, relations: Mapping[str, tuple[str, str, bool]], from_1904: bool
    ) -> None:
        self._shared: list[str] = []
        self._dates: list[bool] = []
        self._epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
        for kind, target, _ in relations.values():
            if kind == "sharedStrings" and parts.find(target):
                self._shared = [_words(item) for item in _events(parts, target, "si")]
            elif kind == "styles" and (root := parts.tree(target)) is not None:
                self._dates = _date_styles(root)

    def of(self, cell: etree._Element) -> str:
        """Give a cell's value as text."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _words(cell)
        found = {local(child): child.text or "" for child in cell}
        value = found.get("v", "")
        if not value:
            return f"={found['f']}" if found.get("f") else ""
        if kind == "s":
            return self._shared[int(value)] if _within(value, self._shared) else ""
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return self._number(value, cell.get("s")) if kind == "n" else value

    def _number(self, value: str, style: str | None) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        if style and _within(style, self._dates) and self._dates[int(style)]:
            return _moment(number, self._epoch) or value
        return f"{number:.15g}" if "e" not in f"{number:.15g}" else value


def _rows(parts: Parts, target: str, values: _Values) -> Iterator[tuple[int, str]]:
    """Give each row that is not blank with its number, which the file may leave to be counted."""
    number = 0
    for row in _events(parts, target, "row"):
        named = row.get("r", "")
        number = int(named) if named.isdecimal() and int(named) > number else number + 1
        cells: list[str] = []
        for cell in row:
            if local(cell) != "c":
                continue
            column = _column(cell.get("r", ""))
            if column is not None:
                cells += [""] * min(column - len(cells), _WIDEST_GAP)
            cells.append(values.of(cell))
        if text := tables.line(cells):
            yield number, text


def _beside(parts: Parts, target: str, name: str) -> Iterator[str]:
    """Give a sheet's comments, threads and the words of its shapes, each with where it stands."""
    for kind, part, outside in parts.relations(target).values():
        if outside or kind not in ("comments", "threadedComment", "drawing"):
            continue
        root = parts.tree(part)
        if root is None:
            continue
        if kind == "drawing":
            words = (_words(element) for element in root.iter() if local(element) == "txBody")
            yield from (f"{name}, shape: {text}" for text in words if text)
            continue
        authors = [element.text or "" for element in root.iter() if local(element) == "author"]
        for comment in root.iter():
            if local(comment) in ("comment", "threadedComment"):
                who = comment.get("authorId", "")
                by = (
                    f" by {authors[int(who)]}"
                    if _within(who, authors) and authors[int(who)]
                    else ""
                )
                yield f"{name}, comment on {comment.get('ref')}{by}: {_words(comment)}"


def _events(parts: Parts, target: str, name: str) -> Iterator[etree._Element]:
    yield from parts.events(target, (_MAIN + name, _STRICT + name))


def _words(item: etree._Element) -> str:
    """Join the runs of a rich text, without the reading aids (``rPh``) of East Asian scripts."""
    return "".join(
        element.text or ""
        for element in item.iter()
        if local(element) in ("t", "text") and not _is_reading_aid(element)
    )


def _is_reading_aid(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and local(parent) == "rPh"


def _target(sheet: etree._Element, relations: Mapping[str, tuple[str, str, bool]]) -> str:
    for key, value in sheet.attrib.items():
        if str(key).endswith("}id"):
            return relations.get(str(value), ("", "", False))[1]
    return ""


def _label(sheet: etree._Element) -> str:
    hidden = sheet.get("state", "visible") != "visible"
    return f"{sheet.get('name', '')} (hidden sheet)" if hidden else sheet.get("name", "")


def _counts_from_1904(book: etree._Element) -> bool:
    return any(
        local(element) == "workbookPr" and element.get("date1904") in ("1", "true")
        for element in book
    )


def _date_styles(root: etree._Element) -> list[bool]:
    """Say of each cell style whether its number format shows a date or a time."""
    formats = {
        element.get("numFmtId"): _is_date(element.get("formatCode", ""))
        for element in root.iter()
        if local(element) == "numFmt"
    }
    styles = next((element for element in root if local(element) == "cellXfs"), ())
    ids = (style.get("numFmtId", "0") for style in styles)
    return [formats.get(id_, id_.isdecimal() and int(id_) in _BUILT_IN_DATES) for id_ in ids]


def _is_date(code: str) -> bool:
    bare = _NOT_A_DATE.sub("", code.lower().replace("general", ""))
    return bool(re.search(r"[ymdhs]", bare)) and not re.search(r"[#?]|0\.?0*e", bare)


def _moment(serial: float, epoch: datetime) -> str:
    """Give a serial number as an ISO date, time or both; "" when it is outside what dates hold."""
    try:
        moment = epoch + timedelta(seconds=round(serial * 86_400))
    except (OverflowError, ValueError):
        return ""
    if 0 <= serial < 1:
        return moment.strftime("%H:%M:%S")
    return moment.date().isoformat() if serial == int(serial) else moment.isoformat(" ")


def _column(reference: str) -> int | None:
    found = _COLUMN.match(reference)
    if not found:
        return None
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _within(index: str, values: list[str] | list[bool]) -> bool:
    return index.isdecimal() and int(index) < len(values)
