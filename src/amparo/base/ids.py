"""Identifiers that sort by the moment they were made: UUID version 7 (RFC 9562, section 5.7).

The first 48 bits are milliseconds since 1970, the next 12 the fraction of the millisecond
(section 6.2, method 3), and the last 62 are random: enough that no one can guess an id.
"""

from __future__ import annotations

import secrets
import threading
import time
import uuid
from collections.abc import Iterable

__all__ = ["new_id", "read_id", "read_ids", "uuid7"]

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62
_RANDOM_BITS = 62

_lock = threading.Lock()
_last_tick = 0


def uuid7(tick: int, random: int) -> uuid.UUID:
    """Return the version 7 UUID of a ``tick`` (1/4096 of a millisecond since 1970) and 62 bits."""
    milliseconds, fraction = divmod(tick, 4096)
    return uuid.UUID(
        int=(milliseconds & (1 << 48) - 1) << 80
        | _VERSION
        | fraction << 64
        | _VARIANT
        | random & (1 << _RANDOM_BITS) - 1
    )


def new_id() -> uuid.UUID:
    """Return a new id, greater than every id that this process has made before."""
    global _last_tick
    with _lock:
        _last_tick = max(_last_tick + 1, time.time_ns() * 4096 // 1_000_000)
        return uuid7(_last_tick, secrets.randbits(_RANDOM_BITS))


def read_id(text: str) -> uuid.UUID | None:
    """The id that ``text`` is, such as one in an address; None when it is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def read_ids(texts: Iterable[str]) -> list[uuid.UUID]:
    """The ids among ``texts``, in their order; what is none is left out."""
    return [found for text in texts if (found := read_id(text))]
