"""Web archives (WARC, ISO 28500): the captured pages, the list of records, and what came back.

Each page that was captured is a page here, with its links and the id of its record; the last page
lists all records; each answer that holds something becomes a child, under its address. Whether the
archive is what it claims to be (digests, signatures) is the business of ``evidence.proofs``.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from amparo.base.errors import UnreadableFile
from amparo.extract import sections
from amparo.extract.captures.pages import page as captured_page
from amparo.extract.captures.records import child, is_answer
from amparo.extract.captures.surveying import Survey, survey
from amparo.extract.reading import Child, Limits, PageText, Reading

__all__ = ["BROKEN", "read", "records_page"]

BROKEN = (ArchiveLoadFailed, EOFError, OSError, ValueError, KeyError, AttributeError)
"""What warcio raises on a damaged archive."""


def read(file: BinaryIO, name: str, limits: Limits) -> Reading:  # noqa: ARG001
    """Read a web archive; UnreadableFile when not one record can be."""
    found = survey(_records(file, limits), broken=BROKEN)
    if not found.lines:
        raise UnreadableFile("The web archive is damaged from its beginning.")
    count = len(found.lines)
    reason = f"The archive breaks off after {count} records; they were read."
    return Reading(
        status="partial" if found.torn else "read",
        reason=reason if found.torn else "",
        pages=_pages(file, limits, found),
        children=_children(file, limits),
        metadata=found.facts | {"records": str(count)},
        outline=found.outline(),
        tool="warcio",
        tool_version=version("warcio"),
    )


def records_page(found: Survey) -> Iterator[PageText]:
    """The list of all records, after the pages."""
    for page in sections.pages([("records", "\n".join(found.lines))]):
        number = len(found.numbers) + page.number
        yield PageText(number, 0.0, 0.0, page.text, source="converted", label=page.label)


def _records(file: BinaryIO, limits: Limits) -> Iterator[Any]:
    file.seek(0)
    for number, record in enumerate(ArchiveIterator(file)):
        if number > limits.entries:
            return
        yield record


def _pages(file: BinaryIO, limits: Limits, found: Survey) -> Iterator[PageText]:
    try:
        for position, record in enumerate(_records(file, limits)):
            if number := found.numbers.get(position):
                yield captured_page(record, number, found, position)
    except BROKEN:
        pass  # told in the reason
    yield from records_page(found)


def _children(file: BinaryIO, limits: Limits) -> Iterator[Child]:
    try:
        for record in _records(file, limits):
            if is_answer(record):
                yield child(record)
    except BROKEN:
        return  # told in the reason
