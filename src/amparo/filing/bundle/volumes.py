"""Volumes: which exhibits, or which pages of one, go into which file under a size limit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from amparo.base.errors import UsageError
from amparo.filing.bundle.exhibits import Prepared

__all__ = ["Part", "plan_volumes"]

_PAGE_OVERHEAD = 900
_VOLUME_OVERHEAD = 120_000
_EXHIBIT_OVERHEAD = 6_000


@dataclass(frozen=True, slots=True)
class Part:
    """Pages of an exhibit that stand together: ``count`` from page ``start`` (from 0).

    ``item`` is the exhibit's position; the part is ``number`` of ``of``.
    """

    item: int
    start: int
    count: int
    number: int = 1
    of: int = 1

    @property
    def key(self) -> str:
        """What names it in links."""
        return f"{self.item}.{self.number}"


def plan_volumes(exhibits: Sequence[Prepared], limit: int) -> list[list[Part]]:
    """Share exhibits out over volumes of at most ``limit`` bytes (0: one volume), in order.

    An exhibit stays whole unless it alone is larger than a volume. Sizes are estimates from the
    size of each exhibit's PDF; who writes the volumes measures them and plans again with less.
    Raises UsageError when one page is larger than a volume.
    """
    if not limit:
        return [[Part(item, 0, each.pages) for item, each in enumerate(exhibits)]]
    room = max(1, limit - _VOLUME_OVERHEAD)
    volumes: list[list[Part]] = [[]]
    filled = 0
    for item, each in enumerate(exhibits):
        for part in _parts(item, each, room):
            size = _estimate(each, part.count)
            if volumes[-1] and filled + size > room:
                volumes.append([])
                filled = 0
            volumes[-1].append(part)
            filled += size
    return volumes


def _parts(item: int, exhibit: Prepared, room: int) -> list[Part]:
    """Part an exhibit that is larger than a volume into pieces of about the same size."""
    pieces = math.ceil(_estimate(exhibit, exhibit.pages) / room)
    if pieces <= 1:
        return [Part(item, 0, exhibit.pages)]
    if pieces > exhibit.pages:
        raise UsageError(
            f"A page of exhibit {exhibit.exhibit.tab} is larger than a volume may be.",
            next_step="Raise the limit, or scan this exhibit at a lower resolution.",
        )
    edges = [round(exhibit.pages * piece / pieces) for piece in range(pieces + 1)]
    return [
        Part(item, start, end - start, number, pieces)
        for number, (start, end) in enumerate(pairwise(edges), start=1)
    ]


def _estimate(exhibit: Prepared, pages: int) -> int:
    share = exhibit.size * pages / exhibit.pages
    return math.ceil(share) + pages * _PAGE_OVERHEAD + _EXHIBIT_OVERHEAD
