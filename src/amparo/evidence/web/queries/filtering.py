"""What a matter's items can be narrowed to: by name, kind, state, language, tag, delivery.

Few that fit are found first and sorted then; of many an index gives the next in order, each held
against the filter. Everything starts from a matter that the caller has asked the gate for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, Field, Func, OuterRef, QuerySet

from amparo.base.languages import Language, language
from amparo.base.web.containing import containing
from amparo.evidence.web.models import Acquisition, Collection, Intake, Item, Tag
from amparo.matters.web.models import Matter
from amparo.search.kinds import KINDS, kind_of

__all__ = ["Choices", "Filter", "Fitting", "choices", "fitting", "items_of"]

MOST_COUNTED = 10_000
"""Where counting stops."""


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
class Choices:
    """What is there to filter by: only what the matter has."""

    kinds: Sequence[str] = ()
    languages: Sequence[Language] = ()
    tags: Sequence[Tag] = field(default=())
    collections: Sequence[Collection] = field(default=())


def items_of(matter: Matter, wanted: Filter | None = None) -> QuerySet[Item]:
    """The matter's items that fit, unsorted; good for finding few among many."""
    if wanted is None:
        return Item.objects.filter(matter=matter)
    rows = _in_matter(matter, begin_elsewhere=bool(_beside(matter, wanted)))
    rows = _narrowed(rows, matter, wanted)
    for links in _beside(matter, wanted):
        rows = rows.filter(pk__in=links.values("item"))
    return rows


@dataclass(frozen=True, slots=True)
class Fitting:
    """Items that fit a filter, ready to be sorted: how many, as far as they are counted."""

    rows: QuerySet[Item]
    count: int
    are_more: bool


def fitting(matter: Matter, wanted: Filter) -> Fitting:
    """The items that fit, in the way that lets the database sort them soonest.

    SQLite, which keeps no figures about our rows, would walk a million names in order to find the
    forty videos among them. So few are found first, and sorted then.
    """
    few = items_of(matter, wanted).order_by()[: MOST_COUNTED + 1]
    if not wanted:
        return _counted(items_of(matter), few.count())
    keys = list(few.values_list("pk", flat=True))
    if len(keys) <= MOST_COUNTED:
        return _counted(Item.objects.filter(pk__in=keys), len(keys))
    return _counted(_in_turn(matter, wanted), len(keys))


def _counted(rows: QuerySet[Item], count: int) -> Fitting:
    return Fitting(rows, min(count, MOST_COUNTED), count > MOST_COUNTED)


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


def _in_turn(matter: Matter, wanted: Filter) -> QuerySet[Item]:
    """What fits, for walking in order: whether an item has a tag is asked when its turn comes."""
    rows = _narrowed(Item.objects.filter(matter=matter), matter, wanted)
    for links in _beside(matter, wanted):
        rows = rows.filter(Exists(links.filter(item=OuterRef("pk"))))
    return rows


def _narrowed(rows: QuerySet[Item], matter: Matter, wanted: Filter) -> QuerySet[Item]:
    """Narrow ``rows`` by what stands in their own row."""
    if wanted.text:
        rows = rows.filter(containing(wanted.text, "name", "title"))
    if wanted.kind:
        rows = rows.filter(media_type__in=_types_of(matter, wanted.kind))
    if wanted.status:
        rows = rows.filter(status=wanted.status)
    if wanted.language:
        rows = rows.filter(language=wanted.language)
    return rows


def _beside(matter: Matter, wanted: Filter) -> list[QuerySet[Any]]:
    """What else is asked: rows of tags, collections and deliveries, each with its ``item``."""
    asked: list[QuerySet[Any]] = []
    if wanted.tag:
        tagged = Item.tags.through.objects
        asked.append(tagged.filter(tag__matter=matter, tag__name=wanted.tag))
    if wanted.collection:
        collected = Item.collections.through.objects
        within = {"collection__matter": matter, "collection__name": wanted.collection}
        asked.append(collected.filter(**within))
    if wanted.intake:
        asked.append(Acquisition.objects.filter(intake__in=_intake(matter, wanted.intake)))
    return asked


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
