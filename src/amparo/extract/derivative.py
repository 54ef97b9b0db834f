"""What a reading made, as one digest, so that it can be told whether it is still the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from amparo.base.canonical import dumps

__all__ = ["digest"]


def digest(pages: Iterable[tuple[int, str, str, bytes]]) -> str:
    """SHA-256 over pages given as number, source, text and packed words (``reading.Words``).

    Of each page in order: the canonical JSON (RFC 8785) of its number, source, text and of the
    SHA-256 of its words, ended by a line feed.
    """
    whole = hashlib.sha256()
    for number, source, text, packed in pages:
        words = hashlib.sha256(packed).hexdigest()
        line = {"number": number, "source": source, "text": text, "words": words}
        whole.update(dumps(line) + b"\n")
    return whole.hexdigest()
