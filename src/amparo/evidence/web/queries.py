"""What is read about a matter's evidence: the list, by page, and what it can be filtered by.

Pages are found by key and not by offset, and counting stops at ten thousand, so that the list of a
million items opens as fast as that of a hundred. Everything starts from a matter that the caller
has asked the gate for.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Prefetch, Q, QuerySet

from amparo.base.languages import Language, language
from amparo.evidence.web.models import Intake, Item, Tag
from amparo.matters.web.models import Matter
from amparo.search.kinds import KINDS, kind_of

__all__ = [
    "ORDERS",
    "Choices",
    "Filter",
    "Page",
    "choices",
    "intakes_of",
    "items_of",
    "page_of",
]

MOST_COUNTED = 10_000
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
class Filter:
    """What a list is narrowed to; "" does not narrow. ``intake`` is an id as text."""

    text: str = ""
    kind: str = ""
    status: str = ""
    tag: str = ""
    language: str = ""
    intake: str = ""

    def __bool__(self) -> bool:
        return any((self.text, self.kind, self.status, self.tag, self.language, self.intake))


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


@dataclass(frozen=True, slots=True)
class Choices:
    """What is there to filter by: only what the matter has."""

    kinds: Sequence[str] = ()
    languages: Sequence[Language] = ()
    tags: Sequence[Tag] = field(default=())


def items_of(matter: Matter, wanted: Filter | None = None) -> QuerySet[Item]:
    """The matter's items that fit, unsorted."""
    rows = Item.objects.filter(matter=matter)
    if wanted is None:
        return rows
    if wanted.text:
        rows = rows.filter(Q(name__icontains=wanted.text) | Q(title__icontains=wanted.text))
    if wanted.kind:
        rows = rows.filter(media_type__in=_types_of(matter, wanted.kind))
    if wanted.status:
        rows = rows.filter(status=wanted.status)
    if wanted.language:
        rows = rows.filter(language=wanted.language)
    if wanted.tag:
        rows = rows.filter(tags__in=Tag.objects.filter(matter=matter, name=wanted.tag))
    if wanted.intake:
        came_with = Q(acquisitions__intake__in=_intake(matter, wanted.intake))
        rows = rows.filter(came_with).distinct()
    return rows


def page_of(rows: QuerySet[Item], *, order: str = NEWEST, key: str = "", size: int = 50) -> Page:
    """One page of ``rows``; ``key`` comes from another page's ``before`` or ``after``.

    An order or a key that nobody gave out means the first page of the newest.
    """
    sort = ORDERS.get(order, ORDERS[NEWEST])
    place = _Place.read(key, sort)
    found = list(_with_what_a_line_shows(_from(rows, sort, place))[: size + 1])
    there_is_more = len(found) > size
    shown = found[:size]
    if place and place.backward:
        shown.reverse()
        first = max(1, place.number - len(shown))
        before, after = there_is_more and first > 1, True
    else:
        first = place.number if place else 1
        before, after = place is not None, there_is_more
    count = rows.order_by()[: MOST_COUNTED + 1].count()
    return Page(
        items=shown,
        first=first if shown else 0,
        count=min(count, MOST_COUNTED),
        has_more_than_counted=count > MOST_COUNTED,
        before=_key(shown[0], sort, first, backward=True) if shown and before else None,
        after=_key(shown[-1], sort, first + len(shown)) if shown and after else None,
    )


def choices(matter: Matter) -> Choices:
    """The kinds, languages and tags that the matter's items have."""
    kinds = {kind_of(each) for each in _distinct(matter, "media_type")}
    codes = [code for code in _distinct(matter, "language") if code]
    return Choices(
        kinds=[kind for kind in KINDS if kind in kinds],
        languages=sorted((language(code) for code in codes), key=lambda each: each.english),
        tags=list(matter.tags.all()),
    )


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
        rows = rows.filter(_beyond(sort.fields, place.values, "lt" if descending else "gt"))
    keys = (F(name).desc() if descending else F(name).asc() for name in sort.fields)
    return rows.order_by(*keys)


def _beyond(fields: Sequence[str], values: Sequence[Any], than: str) -> Q:
    """Everything after ``values`` by ``fields``, first to last, so that an index can find it."""
    name, value = fields[0], values[0]
    if len(fields) == 1:
        return Q(**{f"{name}__{than}": value})
    rest = _beyond(fields[1:], values[1:], than)
    return Q(**{f"{name}__{than}e": value}) & (Q(**{f"{name}__{than}": value}) | rest)


def _with_what_a_line_shows(rows: QuerySet[Item]) -> QuerySet[Item]:
    tags = Prefetch("tags", queryset=Tag.objects.order_by("name"))
    return rows.select_related("object", "parent").prefetch_related(tags)


def _types_of(matter: Matter, kind: str) -> list[str]:
    return [each for each in _distinct(matter, "media_type") if kind_of(each) == kind]


def _intake(matter: Matter, text: str) -> QuerySet[Intake]:
    try:
        return matter.intakes.filter(pk=UUID(text))
    except ValueError:
        return matter.intakes.none()


def _distinct(matter: Matter, column: str) -> list[str]:
    """The values of an indexed column, found by jumping from one to the next in its index."""
    table = Item._meta.db_table
    pk = Item._meta.get_field("matter").get_db_prep_value(matter.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE found(value) AS (
                SELECT min({column}) FROM {table} WHERE matter_id = %s
                UNION ALL
                SELECT (SELECT min({column}) FROM {table} WHERE matter_id = %s AND {column} > value)
                FROM found WHERE value IS NOT NULL
            )
            SELECT value FROM found WHERE value IS NOT NULL
            """,  # noqa: S608 the names are ours
            [pk, pk],
        )
        return [value for (value,) in cursor.fetchall()]
