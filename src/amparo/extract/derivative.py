"""What a reading made, as one digest, so that it can be told whether it is still the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Protocol

from amparo.base.canonical import dumps

__all__ = ["Page", "digest"]


class Page(Protocol):
    """What counts of a page; ``packed`` is its words (``reading.Words``)."""

    number: int
    text: str
    packed: bytes
    source: str


def digest(pages: Iterable[Page]) -> str:
    """SHA-256 over the pages in order: of each, canonical JSON of its number, source, text and
    of the SHA-256 of its words, ended by a line feed."""
    whole = hashlib.sha256()
    for page in pages:
        words = hashlib.sha256(page.packed).hexdigest()
        line = {"number": page.number, "source": page.source, "text": page.text, "words": words}
        whole.update(dumps(line) + b"\n")
    return whole.hexdigest()
