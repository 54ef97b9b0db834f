"""JSON of an archive, also when it breaks off: as far as its last whole object."""

from __future__ import annotations

import json
import re
from typing import Any

__all__ = ["BREAKS_OFF", "LARGEST", "parse"]

LARGEST = 96 * 2**20
"""Characters: parsed, a longer text would take more memory than a reader has."""

BREAKS_OFF = "It breaks off, as when a copy was cut short; what came before was kept."

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_CLOSING = {"[": "]", "{": "}"}


def parse(text: str) -> tuple[Any, str] | None:
    """Give the value and "" or ``BREAKS_OFF``; None when nothing can be made of it."""
    plain = text.removeprefix("\ufeff")
    if len(plain) > LARGEST:
        return None
    try:
        return json.loads(plain), ""
    except RecursionError:
        return None
    except ValueError:
        mended = _closed(plain)
    try:
        return (json.loads(mended), BREAKS_OFF) if mended else None
    except (ValueError, RecursionError):
        return None


def _closed(text: str) -> str:
    """The text up to its last whole object inside another, with what is open closed; or ""."""
    open_: list[str] = []
    kept, closers = 0, ""
    for token in _TOKENS.finditer(text):
        sign = token[0]
        if sign in _CLOSING:
            open_.append(sign)
        elif sign in "]}":
            if not open_ or _CLOSING[open_.pop()] != sign:
                break
            if sign == "}" and open_:
                kept = token.end()
                closers = "".join(_CLOSING[each] for each in reversed(open_))
    return text[:kept] + closers
