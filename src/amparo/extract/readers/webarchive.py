"""Web archives (WARC, ISO 28500): the captured pages, the list of records, and what came back.

Each page that was captured is a page here, with its links and the id of its record; the last page
lists all records; each answer that holds something becomes a child, under its address. Whether the
archive is what it claims to be (digests, signatures) is the business of ``evidence.proofs``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
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

__all__ = ["BROKEN", "answers_of", "pages_of", "read"]

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
        pages=pages_of(_records(file, limits), found),
        children=answers_of(_records(file, limits)),
        metadata=found.facts | {"records": str(count)},
        outline=found.outline(),
        tool="warcio",
        tool_version=version("warcio"),
    )


def pages_of(
    records: Iterable[Any], found: Survey, *, broken: tuple[type[Exception], ...] = BROKEN
) -> Iterator[PageText]:
    """The captured pages, then the list of all records; it ends early where one is ``broken``."""
    with suppress(*broken):  # told in the reason
        for position, record in enumerate(records):
            if number := found.numbers.get(position):
                yield captured_page(record, number, found, position)
    yield from _records_page(found)


def answers_of(
    records: Iterable[Any], *, broken: tuple[type[Exception], ...] = BROKEN
) -> Iterator[Child]:
    """What came back, each answer a child; it ends early where a record is ``broken``."""
    with suppress(*broken):  # told in the reason
        for record in records:
            if is_answer(record):
                yield child(record)


def _records_page(found: Survey) -> Iterator[PageText]:
    for page in sections.pages([("records", "\n".join(found.lines))]):
        number = len(found.numbers) + page.number
        yield PageText(number, 0.0, 0.0, page.text, source="converted", label=page.label)


def _records(file: BinaryIO, limits: Limits) -> Iterator[Any]:
    file.seek(0)
    for number, record in enumerate(ArchiveIterator(file)):
        if number > limits.entries:
            return
        yield record
