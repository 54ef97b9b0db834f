"""Web archives (WARC, ISO 28500): what was asked for, when, and what came back, file by file.

The pages of a reading list the records; each answer that holds something becomes a child, under
its address. Whether the archive is what it claims to be (digests, signatures) is not checked here.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from amparo.base.errors import UnreadableFile
from amparo.extract import sections
from amparo.extract.members import harmless
from amparo.extract.reading import Child, Limits, Reading

__all__ = ["read"]

_CHUNK = 256 * 1024
_ANSWERS = ("response", "resource", "conversion")
_BROKEN = (ArchiveLoadFailed, EOFError, OSError, ValueError, KeyError, AttributeError)


def read(file: BinaryIO, name: str, limits: Limits) -> Reading:  # noqa: ARG001
    """Read a web archive; UnreadableFile when not one record can be."""
    lines: list[str] = []
    facts: dict[str, str] = {}
    reason = ""
    try:
        for record in _records(file, limits):
            lines.append(_line(record))
            if record.rec_type == "warcinfo":
                facts |= _about(record)
    except _BROKEN as error:
        reason = f"The archive breaks off after {len(lines)} records; they were read."
        if not lines:
            raise UnreadableFile("The web archive is damaged from its beginning.") from error
    return Reading(
        status="partial" if reason else "read",
        reason=reason,
        pages=sections.pages([("records", "\n".join(lines))]),
        children=_children(file, limits),
        metadata=facts | {"records": str(len(lines))},
        tool="warcio",
        tool_version=version("warcio"),
    )


def _records(file: BinaryIO, limits: Limits) -> Iterator[Any]:
    file.seek(0)
    for number, record in enumerate(ArchiveIterator(file)):
        if number > limits.entries:
            return
        yield record


def _header(record: Any, name: str) -> str:
    return str(record.rec_headers.get_header(name) or "")


def _line(record: Any) -> str:
    status = record.http_headers.get_statuscode() if record.http_headers else ""
    told = (_header(record, "WARC-Date"), record.rec_type, status, _address(record))
    return "  ".join(part for part in told if part)


def _address(record: Any) -> str:
    return _header(record, "WARC-Target-URI").strip("<>")


def _about(record: Any) -> dict[str, str]:
    text = record.content_stream().read(_CHUNK).decode("utf-8", "replace")
    pairs = (line.partition(":") for line in text.splitlines() if ":" in line)
    facts = {f"warc:{key.strip()}": value.strip() for key, _, value in pairs}
    return facts | {"created": _header(record, "WARC-Date")}


def _children(file: BinaryIO, limits: Limits) -> Iterator[Child]:
    try:
        for record in _records(file, limits):
            if record.rec_type in _ANSWERS and _header(record, "Content-Length") != "0":
                yield _child(record)
    except _BROKEN:
        return  # told in the reason


def _child(record: Any) -> Child:
    address = _address(record)
    parts = urlsplit(address)
    path = harmless(f"{parts.netloc}{parts.path}{'?' + parts.query if parts.query else ''}")
    kind = record.http_headers.get_header("Content-Type") if record.http_headers else None
    return Child(
        path if not address.endswith("/") else f"{path}/index.html",
        _body(record),
        str(kind).partition(";")[0].strip() if kind else None,
        _header(record, "WARC-Date"),
        {"web address": address},
    )


def _body(record: Any) -> Iterator[bytes]:
    try:
        stream = record.content_stream()
        while chunk := stream.read(_CHUNK):
            yield chunk
    except _BROKEN as error:
        raise UnreadableFile("The answer breaks off.") from error
