"""What is read about a matter's evidence: the list, by page, and what it can be filtered by.

Pages are found by key and not by offset, and counting stops at ten thousand, so that the list of a
million items opens as fast as that of a hundred. Everything starts from a matter that the caller
has asked the gate for.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.db.models import F, Field, Func, Prefetch, Q, QuerySet

from amparo.base.languages import Language, language
from amparo.base.web.containing import containing
from amparo.evidence.web.models import Acquisition, Collection, Intake, Item, Tag
from amparo.matters.web.models import Matter
from amparo.search.kinds import KINDS, kind_of

__all__ = [
    "NEWEST",
    "ORDERS",
    "Choices",
    "Filter",
    "Page",
    "choices",
    "every_item",
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
    """What a list is narrowed to; "" does not narrow. ``intake`` is an id as text.

    ``collection`` is a collection's name, as ``tag`` is a tag's.
    """

    text: str = ""
    kind: str = ""
    status: str = ""
    tag: str = ""
    language: str = ""
    intake: str = ""
    collection: str = ""

    def __bool__(self) -> bool:
        return any(astuple(self))


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
    collections: Sequence[Collection] = field(default=())


def items_of(matter: Matter, wanted: Filter | None = None) -> QuerySet[Item]:
    """The matter's items that fit, unsorted."""
    if wanted is None:
        return Item.objects.filter(matter=matter)
    elsewhere = bool(wanted.tag or wanted.intake or wanted.collection)
    rows = _in_matter(matter, begin_elsewhere=elsewhere)
    if wanted.text:
        rows = rows.filter(containing(wanted.text, "name", "title"))
    if wanted.kind:
        rows = rows.filter(media_type__in=_types_of(matter, wanted.kind))
    if wanted.status:
        rows = rows.filter(status=wanted.status)
    if wanted.language:
        rows = rows.filter(language=wanted.language)
    if wanted.tag:
        tagged = Item.tags.through.objects.filter(tag__matter=matter, tag__name=wanted.tag)
        rows = rows.filter(pk__in=tagged.values("item"))
    if wanted.collection:
        within = {"collection__matter": matter, "collection__name": wanted.collection}
        collected = Item.collections.through.objects.filter(**within)
        rows = rows.filter(pk__in=collected.values("item"))
    if wanted.intake:
        came = Acquisition.objects.filter(intake__in=_intake(matter, wanted.intake))
        rows = rows.filter(pk__in=came.values("item"))
    return rows


def page_of(rows: QuerySet[Item], *, order: str = NEWEST, key: str = "", size: int = 50) -> Page:
    """One page of ``rows``; ``key`` comes from another page's ``before`` or ``after``.

    An order or a key that nobody gave out means the first page of the newest.
    """
    sort = ORDERS.get(order, ORDERS[NEWEST])
    place = _Place.read(key, sort)
    count = rows.order_by()[: MOST_COUNTED + 1].count()
    keyed = _with_keys(rows, sort, are_few=count <= MOST_COUNTED)
    found = list(_with_what_a_line_shows(_from(keyed, sort, place))[: size + 1])
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
        count=min(count, MOST_COUNTED),
        has_more_than_counted=count > MOST_COUNTED,
        before=_key(shown[0], sort, first, backward=True) if shown and before else None,
        after=_key(shown[-1], sort, first + len(shown)) if shown and after else None,
    )


def every_item(rows: QuerySet[Item]) -> Iterator[Item]:
    """All of ``rows`` as they came, read as they are needed: an index sorts them, not memory."""
    return _with_what_a_line_shows(rows.order_by("received_at", "pk")).iterator(chunk_size=500)


def choices(matter: Matter) -> Choices:
    """The kinds, languages and tags that the matter's items have."""
    kinds = {kind_of(each) for each in _distinct(matter, "media_type")}
    codes = [code for code in _distinct(matter, "language") if code]
    return Choices(
        kinds=[kind for kind in KINDS if kind in kinds],
        languages=sorted((language(code) for code in codes), key=lambda each: each.english),
        tags=list(matter.tags.all()),
        collections=list(matter.collections.all()),
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


def _with_keys(rows: QuerySet[Item], sort: Order, *, are_few: bool) -> QuerySet[Item]:
    """Name the sort's fields ``key_0``, ``key_1`` and so on.

    SQLite, which keeps no figures about our rows, would walk a million names in order to find the
    forty videos among them. Of a few items the key is therefore an expression (``+name``) that no
    index has, so that it finds the items first and sorts them then.
    """
    hide = are_few and connection.vendor == "sqlite"
    keys = {
        f"key_{place}": _unindexed(name) if hide else F(name)
        for place, name in enumerate(sort.fields)
    }
    return rows.alias(**keys)


def _in_matter(matter: Matter, *, begin_elsewhere: bool) -> QuerySet[Item]:
    """The matter's items; for SQLite so that it begins with a tag's items when there is a tag."""
    if not (begin_elsewhere and connection.vendor == "sqlite"):
        return Item.objects.filter(matter=matter)
    return Item.objects.alias(its_matter=_unindexed("matter")).filter(its_matter=matter.pk)


def _unindexed(name: str) -> Func:
    """``+name``: the same value, of which SQLite knows no index."""
    kind = cast("Field[Any, Any]", Item._meta.get_field(name))
    kind = getattr(kind, "target_field", kind)
    return Func(F(name), template="+%(expressions)s", output_field=kind)


def _from(rows: QuerySet[Item], sort: Order, place: _Place | None) -> QuerySet[Item]:
    """Sort ``rows``, turned round when going back, and begin just beyond ``place``."""
    descending = sort.descending != bool(place and place.backward)
    if place:
        rows = rows.filter(_beyond(0, place.values, "lt" if descending else "gt"))
    turn = "-" if descending else ""
    return rows.order_by(*(f"{turn}key_{at}" for at in range(len(sort.fields))))


def _beyond(at: int, values: Sequence[Any], than: str) -> Q:
    """Everything after ``values`` by the keys from ``at`` on, said so that an index can find it."""
    beyond = Q(**{f"key_{at}__{than}": values[at]})
    if at + 1 == len(values):
        return beyond
    rest = _beyond(at + 1, values, than)
    return Q(**{f"key_{at}__{than}e": values[at]}) & (beyond | rest)


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
