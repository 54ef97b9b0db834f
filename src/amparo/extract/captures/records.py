"""A record of a web archive (WARC, ISO 28500) as warcio gives it: what it says and what it holds.

Screenshots are resource records called ``urn:view:``, ``urn:fullPage:`` or ``urn:thumbnail:`` and
the page's address, as Browsertrix and ArchiveWeb.page write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from amparo.base.errors import UnreadableFile
from amparo.extract.captures.naming import screenshot_path
from amparo.extract.members import harmless
from amparo.extract.reading import Child

__all__ = [
    "ANSWERS",
    "SHOTS",
    "about",
    "address_of",
    "body_of",
    "charset_of",
    "child",
    "header",
    "id_of",
    "is_answer",
    "line_of",
    "media_type",
    "shown_address",
    "status_of",
]

ANSWERS = ("response", "resource", "conversion")
"""Records that hold something that came back."""

SHOTS = ("urn:fullPage:", "urn:view:", "urn:viewFinal:", "urn:thumbnail:")
"""What screenshots are called, the best first."""

_CHUNK = 256 * 1024
_ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}


def is_answer(record: Any) -> bool:
    """Whether a record holds something that came back."""
    return record.rec_type in ANSWERS and header(record, "Content-Length") != "0"


def child(record: Any) -> Child:
    """What a record holds, as a file inside; a screenshot under the name of its record."""
    address = address_of(record)
    if shown := shown_address(record):
        kind = media_type(record)
        path = screenshot_path(id_of(record)) + _ENDINGS.get(kind, "")
        facts = {"web address": shown}
        return Child(path, _stream(record), kind, header(record, "WARC-Date"), facts)
    parts = urlsplit(address)
    path = harmless(f"{parts.netloc}{parts.path}{'?' + parts.query if parts.query else ''}")
    return Child(
        path if not address.endswith("/") else f"{path}/index.html",
        _stream(record),
        media_type(record) or None,
        header(record, "WARC-Date"),
        {"web address": address},
    )


def address_of(record: Any) -> str:
    """The address that was asked for."""
    return header(record, "WARC-Target-URI").strip("<>")


def media_type(record: Any) -> str:
    """The type that the answer stated."""
    stated = record.http_headers.get_header("Content-Type") if record.http_headers else None
    if stated is None and record.rec_type in ("resource", "conversion"):
        stated = header(record, "Content-Type")
    return str(stated or "").partition(";")[0].strip().lower()


def id_of(record: Any) -> str:
    """The id of the record, ``urn:uuid:…``."""
    return header(record, "WARC-Record-ID").strip("<> ")


def status_of(record: Any) -> str:
    """The status of an HTTP answer; "" when it states none."""
    return str(record.http_headers.get_statuscode() or "") if record.http_headers else ""


def charset_of(record: Any) -> str | None:
    """The encoding that an HTTP answer states, or None."""
    stated = record.http_headers.get_header("Content-Type") if record.http_headers else None
    found = re.search(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", str(stated or ""), re.IGNORECASE)
    return found[1] if found else None


def header(record: Any, name: str) -> str:
    """A header of the record itself; "" when it has none of that name."""
    return str(record.rec_headers.get_header(name) or "")


def line_of(record: Any) -> str:
    """A record as one line of the list of all."""
    status = status_of(record) if record.rec_type in ANSWERS else ""
    told = (header(record, "WARC-Date"), record.rec_type, status, address_of(record))
    return "  ".join(part for part in told if part)


def about(record: Any) -> Mapping[str, str]:
    """What a ``warcinfo`` record says of the archive."""
    text = record.content_stream().read(_CHUNK).decode("utf-8", "replace")
    pairs = (line.partition(":") for line in text.splitlines() if ":" in line)
    facts = {f"warc:{key.strip()}": value.strip() for key, _, value in pairs}
    return facts | {"created": header(record, "WARC-Date")}


def shown_address(record: Any) -> str:
    """The address of the page that a record is a picture of; "" when it is none."""
    address = address_of(record)
    for start in SHOTS:
        if address.lower().startswith(start.lower()):
            return address[len(start) :]
    return ""


def body_of(record: Any, most: int) -> bytes:
    """What a record holds, at most so many bytes, as far as it goes."""
    taken = bytearray()
    with suppress(UnreadableFile):
        for chunk in _stream(record):
            taken += chunk
            if len(taken) >= most:
                break
    return bytes(taken[:most])


def _stream(record: Any) -> Iterator[bytes]:
    try:
        stream = record.content_stream()
        while chunk := stream.read(_CHUNK):
            yield chunk
    except (EOFError, OSError, ValueError, KeyError, AttributeError) as error:
        raise UnreadableFile("The answer breaks off.") from error
