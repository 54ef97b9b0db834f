"""A file in whichever form it is: told by its beginning, read by the reader of that form."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import BinaryIO

from amparo.base.errors import UnreadableFile
from amparo.extract.charsets import decode
from amparo.linkage.screening.elements import elements, local
from amparo.linkage.screening.entries import NameList
from amparo.linkage.screening.readers import (
    european_union,
    follow_the_money,
    ofac,
    plain,
    united_nations,
)

__all__ = ["MOST_ENTRIES", "read"]

MOST_ENTRIES = 500_000
"""More entries than any list of sanctions has; a larger one is refused."""
_MOST_CSV = 256 * 2**20
_LONGEST_CELL = 128 * 2**10
"""Characters; no list has a cell so long, and an unclosed quotation mark makes one."""
_XML: Mapping[str, Callable[[BinaryIO], NameList]] = {
    "sdnList": ofac.read_xml,
    "CONSOLIDATED_LIST": united_nations.read_xml,
    "export": european_union.read_xml,
}


def read(file: BinaryIO, name: str) -> NameList:
    """The list in ``file`` (seekable); ``name`` becomes the title of a plain table.

    ``UnreadableFile`` when it is of no form that is known here, is damaged or hostile.
    """
    found = _read(file, name)
    if not found.entries:
        raise UnreadableFile("There is no entry in the list.")
    if len(found.entries) > MOST_ENTRIES:
        raise UnreadableFile(
            f"The list has more than {MOST_ENTRIES} entries.",
            next_step="Take the publisher’s file of sanctioned persons only.",
        )
    return found


def _read(file: BinaryIO, name: str) -> NameList:
    start = file.read(4_096).removeprefix(b"\xef\xbb\xbf").lstrip()
    file.seek(0)
    if not start:
        raise UnreadableFile("The file is empty.")
    if start[:1] == b"<" or start[:4].strip(b"\xff\xfe\0") == b"<":
        return _xml(file)
    if start[:1] == b"{":
        return follow_the_money.read_lines(file)
    return _table(file, name)


def _xml(file: BinaryIO) -> NameList:
    root = local(next(elements(file, ())))
    file.seek(0)
    if root not in _XML:
        raise UnreadableFile(
            f"The list’s XML begins with “{root[:80]}”, which is no form that is known here.",
            next_step="Take SDN.XML of OFAC, or the consolidated XML of the UN or the EU.",
        )
    return _XML[root](file)


def _table(file: BinaryIO, name: str) -> NameList:
    data = file.read(_MOST_CSV + 1)
    if len(data) > _MOST_CSV:
        raise UnreadableFile("The table of names is too large to be read.")
    text = decode(data, None).text
    if "\x00" in text:
        raise UnreadableFile("The file is no list of names in a form that is known here.")
    rows = list(_rows(text))
    first = rows[0] if rows else []
    if len(first) == ofac.COLUMNS and first[0].strip().isdigit():
        return ofac.read_csv(rows)
    return plain.read_rows(rows, PurePosixPath(name).name)


def _rows(text: str) -> Iterator[list[str]]:
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    comma = max(",;\t", key=head.count)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=comma)
        yield from (row for row in rows if any(cell.strip() for cell in row))
    except csv.Error as error:
        raise UnreadableFile(f"The table of names cannot be read: {error}.") from error
