"""The list of a matter's evidence, in one of several orders, a page at a time.

Pages are found by key and not by offset, and counting stops somewhere, so that the list of a
million items opens as fast as that of a hundred. Everything starts from a matter that the caller
has asked the gate for.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from amparo.evidence.web.models import Intake, Item, Tag
from amparo.evidence.web.queries.filtering import Filter, fitting
from amparo.matters.web.models import Matter

__all__ = ["NEWEST", "ORDERS", "Page", "every_item", "intakes_of", "page_of"]

NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: fields that together tell every item apart, all in one direction."""

    fields: tuple[str, ...]
    descending: bool = False


ORDERS: Mapping[str, Order] = {
    NEWEST: Order(("received_at", "id"), descending=True),
    "oldest": Order(("received_at", "id")),
    "name": Order(("name", "id")),
    "-name": Order(("name", "id"), descending=True),
    "type": Order(("media_type", "received_at", "id")),
    "status": Order(("status", "received_at", "id")),
}


@dataclass(frozen=True, slots=True)
class Page:
    """Some items of a list, where they stand in it, and the keys of the pages beside."""

    items: Sequence[Item]
    first: int
    count: int
    has_more_than_counted: bool
    before: str | None
    after: str | None

    @property
    def last(self) -> int:
        """The number of the last item shown."""
        return self.first + len(self.items) - 1


def page_of(
    matter: Matter,
    wanted: Filter | None = None,
    *,
    order: str = NEWEST,
    key: str = "",
    size: int = 50,
) -> Page:
    """One page of what fits; ``key`` comes from another page's ``before`` or ``after``.

    An order or a key that nobody gave out means the first page of the newest.
    """
    sort = ORDERS.get(order, ORDERS[NEWEST])
    place = _Place.read(key, sort)
    fits = fitting(matter, wanted or Filter())
    found = list(_with_what_a_line_shows(_from(fits.rows, sort, place))[: size + 1])
    there_is_more = len(found) > size
    shown = found[:size]
    if place and place.backward:
        shown.reverse()
        first = max(1, place.number - len(shown))
        before, after = there_is_more and first > 1, True
    else:
        first = place.number if place else 1
        before, after = place is not None, there_is_more
    return Page(
        items=shown,
        first=first if shown else 0,
        count=fits.count,
        has_more_than_counted=fits.are_more,
        before=_key(shown[0], sort, first, backward=True) if shown and before else None,
        after=_key(shown[-1], sort, first + len(shown)) if shown and after else None,
    )


def every_item(rows: QuerySet[Item]) -> Iterator[Item]:
    """All of ``rows`` as they came, read as they are needed: an index sorts them, not memory."""
    return _with_what_a_line_shows(rows.order_by("received_at", "pk")).iterator(chunk_size=500)


def intakes_of(matter: Matter) -> QuerySet[Intake]:
    """The matter's intakes, newest first."""
    return matter.intakes.select_related("by")


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in a list: beside an item with these values, which is the list's ``number``-th."""

    values: tuple[Any, ...]
    number: int
    backward: bool

    @classmethod
    def read(cls, key: str, sort: Order) -> _Place | None:
        """Read a key that came back from a page; None for anything else."""
        try:
            number, backward, *values = json.loads(base64.urlsafe_b64decode(key.encode()))
            pairs = zip(sort.fields, values, strict=True)
            parsed = tuple(_parse(name, value) for name, value in pairs)
            return cls(parsed, max(1, int(number)), bool(backward))
        except (ValueError, TypeError, binascii.Error):
            return None


def _parse(name: str, value: object) -> Any:
    if name == "id":
        return UUID(str(value))
    return datetime.fromisoformat(str(value)) if name == "received_at" else str(value)


def _key(item: Item, sort: Order, number: int, *, backward: bool = False) -> str:
    values = [getattr(item, name) for name in sort.fields]
    said = [each.isoformat() if isinstance(each, datetime) else str(each) for each in values]
    return base64.urlsafe_b64encode(json.dumps([number, backward, *said]).encode()).decode()


def _from(rows: QuerySet[Item], sort: Order, place: _Place | None) -> QuerySet[Item]:
    """Sort ``rows``, turned round when going back, and begin just beyond ``place``."""
    descending = sort.descending != bool(place and place.backward)
    if place:
        pairs = list(zip(sort.fields, place.values, strict=True))
        rows = rows.filter(_beyond(pairs, "lt" if descending else "gt"))
    turn = "-" if descending else ""
    return rows.order_by(*(turn + name for name in sort.fields))


def _beyond(pairs: Sequence[tuple[str, Any]], than: str) -> Q:
    """Everything after these values of these fields, said so that an index can find it."""
    (name, value), *rest = pairs
    beyond = Q(**{f"{name}__{than}": value})
    if not rest:
        return beyond
    return Q(**{f"{name}__{than}e": value}) & (beyond | _beyond(rest, than))


def _with_what_a_line_shows(rows: QuerySet[Item]) -> QuerySet[Item]:
    tags = Prefetch("tags", queryset=Tag.objects.order_by("name"))
    return rows.select_related("object", "parent").prefetch_related(tags)
