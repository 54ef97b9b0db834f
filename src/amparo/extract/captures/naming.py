"""How a captured page names its record and its screenshot, and where a screenshot lies."""

from __future__ import annotations

import re

__all__ = ["KINDS", "UUID", "record_in", "screenshot_in", "screenshot_path"]

KINDS = ("application/warc", "application/wacz")
"""The media types of web archives."""

UUID = r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
"""What the id of a record looks like, in any case of letters."""

_RECORD = re.compile(rf"^Record ({UUID})$", re.MULTILINE | re.IGNORECASE)
_SCREENSHOT = re.compile(rf"^Screenshot ({UUID})$", re.MULTILINE | re.IGNORECASE)
_HEAD = 4000


def record_in(text: str) -> str:
    """The id of the record that a page's text names, ``urn:uuid:…``; "" when it names none."""
    found = _RECORD.search(text[:_HEAD])
    return found[1].lower() if found else ""


def screenshot_in(text: str) -> str:
    """The id of the record of a page's screenshot; "" when there is none."""
    found = _SCREENSHOT.search(text[:_HEAD])
    return found[1].lower() if found else ""


def screenshot_path(record: str) -> str:
    """Where a screenshot lies among the files inside, without the ending for its kind."""
    return f"screenshots/{record.rpartition(':')[2].lower()}"
