"""Byte ranges as browsers ask for them when they seek (RFC 9110, section 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["MOST", "NotSatisfiable", "Span", "asked"]

MOST = 2 * 2**20
"""How much is given at once: 2 MiB. Chromium hangs up after about half as much and asks for more
when it wants more; what was decrypted beyond that is lost."""

_RANGE = re.compile(r"bytes\s*=\s*(\d*)-(\d*)\s*$")


class NotSatisfiable(Exception):
    """The range lies outside the file: status 416."""


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes ``first`` to ``last``, both included, of a file of ``size``."""

    first: int
    last: int
    size: int

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.last - self.first + 1

    @property
    def header(self) -> str:
        """The value of Content-Range."""
        return f"bytes {self.first}-{self.last}/{self.size}"


def asked(header: str, size: int, most: int = MOST) -> Span | None:
    """What of a file of ``size`` bytes to give for a Range header, at most ``most`` of it.

    None when the whole is asked for: no header, several ranges, or one that is not of bytes
    (section 14.2 lets a server pass over those). Raises NotSatisfiable.
    """
    match = _RANGE.match(header.strip())
    if not match or match.groups() == ("", "") or max(map(len, match.groups())) > 19:
        return None
    if not match[1]:
        first, last = max(0, size - int(match[2])), size - 1
        if not int(match[2]):
            raise NotSatisfiable
    else:
        first = int(match[1])
        last = min(int(match[2]), size - 1) if match[2] else size - 1
        if match[2] and int(match[2]) < first:
            return None
    if first >= size:
        raise NotSatisfiable
    return Span(first, min(last, first + most - 1), size)
