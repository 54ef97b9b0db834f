"""People of a matter's linked lists whose names are like one that is written down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Max, Sum, Value, When
from django.urls import reverse

from amparo.accounts.web.models import User
from amparo.extract.web.models import PageText
from amparo.extract.web.queries.tables import Place
from amparo.linkage.conflicts import Alike, best_alike
from amparo.linkage.names import keys, parse
from amparo.linkage.names.keys import keys_by_part
from amparo.linkage.web.models import KeyedLinkage, Linkage, ListedKey, ListedName
from amparo.linkage.web.queries.named import LETTERS, MOST_PARTS
from amparo.matters.web.access import visible_matters
from amparo.matters.web.models import Matter
from amparo.matters.web.veils import veil_for

__all__ = ["ListedPerson", "listed_alike"]

MOST = 5
LOOK_AT = 40


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """Records that the program takes for one person: the names and tables that they stand in, why
    they are shown, and where their rows are."""

    names: tuple[str, ...]
    tables: tuple[str, ...]
    records: int
    reasons: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A record with what its row says now."""

    listed: ListedName
    asked: Linkage
    name: str
    text: str


def listed_alike(user: User, matter: Matter, names: Sequence[str]) -> list[ListedPerson]:
    """The people of the matter's linked lists whose names are like ``names``, best first, at most
    five; none of whom a row says what is sealed from ``user``."""
    keyed = _standing(matter) if visible_matters(user).filter(pk=matter.pk).exists() else []
    if not keyed or not names:
        return []
    numbers = {pk for name in names for pk in _candidates(name, [each.pk for each in keyed])}
    found = [
        (row, alike)
        for row in _read(keyed, pk__in=numbers)
        if (alike := best_alike(names, [row.name]))
    ]
    found.sort(key=lambda pair: -pair[1].comparison.score)
    people: dict[tuple[int, int], Alike] = {}
    for row, alike in found:
        people.setdefault(_person(row), alike)
    whole = _whole(keyed, list(people)[: 2 * MOST])
    veil = veil_for(user, matter)
    shown = [
        _told(whole[person], alike)
        for person, alike in people.items()
        if person in whole and all(veil.over(row.text) == row.text for row in whole[person])
    ]
    return shown[:MOST]


def _standing(matter: Matter) -> list[KeyedLinkage]:
    """The keyed linkages of a matter, the newest first, but those whose tables all stand in newer
    ones."""
    rows = KeyedLinkage.objects.filter(linkage__matter=matter, version__gt=0)
    rows = rows.select_related("linkage")
    kept, seen = [], set[tuple[str, str]]()
    for row in rows.order_by("-linkage__asked_at"):
        tables = {(table["item"], table["sheet"]) for table in row.linkage.tables}
        if not tables <= seen:
            kept.append(row)
            seen |= tables
    return kept


def _candidates(name: str, keyed: Sequence[int]) -> list[int]:
    """The records that share keys with most parts of a name, the nearest first."""
    parts = keys_by_part(parse(name), forms=False)[:MOST_PARTS]
    if not parts:
        return []
    whole = {key for key in keys(name, forms=False) if key.startswith("+")}
    rows = ListedKey.objects.filter(keyed__in=keyed, key__in=whole.union(*parts)).values("named")
    shared = sum((Max(Case(When(key__in=p, then=1), default=0)) for p in parts), start=Value(0))
    letters = [key for part in parts for key in part if key.startswith("=")]
    weight = Sum(Case(When(key__in=letters, then=LETTERS), default=1))
    ranked = rows.annotate(shared=shared, weight=weight).order_by("-shared", "-weight")
    return list(ranked.values_list("named", flat=True)[:LOOK_AT])


def _read(keyed: Iterable[KeyedLinkage], **which: object) -> list[_Row]:
    """Records with what their rows say now; those whose page is no longer read are left out."""
    by_key = {each.pk: each for each in keyed}
    listed = list(ListedName.objects.filter(keyed__in=by_key, **which).order_by("pk"))
    pages = PageText.objects.filter(pk__in={each.page_id for each in listed}, is_current=True)
    texts = {pk: text.split("\n") for pk, text in pages.values_list("pk", "text")}
    rows = []
    for each in listed:
        lines = texts.get(each.page_id, [])
        if each.line < len(lines):
            text, owner = lines[each.line], by_key[each.keyed_id]
            cells, columns = text.split("\t"), owner.columns[each.table]
            name = " ".join(cells[at].strip() for at in columns if at < len(cells)).strip()
            rows.append(_Row(each, owner.linkage, name, text))
    return rows


def _person(row: _Row) -> tuple[int, int]:
    """The group of a record; a record of no group is one by itself, told by a negative number."""
    group = row.listed.group
    return row.listed.keyed_id, -row.listed.pk if group is None else group


def _whole(
    keyed: Sequence[KeyedLinkage], people: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], list[_Row]]:
    """Every record of these people."""
    alone = [-number for _, number in people if number < 0]
    rows = _read(keyed, pk__in=alone)
    for each in keyed:
        groups = [number for pk, number in people if pk == each.pk and number >= 0]
        rows += _read([each], group__in=groups) if groups else []
    whole: dict[tuple[int, int], list[_Row]] = {}
    for row in rows:
        whole.setdefault(_person(row), []).append(row)
    return whole


def _told(rows: Sequence[_Row], alike: Alike) -> ListedPerson:
    first = rows[0]
    group = first.listed.group
    table = first.asked.tables[first.listed.table]
    return ListedPerson(
        names=tuple(dict.fromkeys(row.name for row in rows if row.name)),
        tables=tuple(dict.fromkeys(row.asked.tables[row.listed.table]["name"] for row in rows)),
        records=len(rows),
        reasons=alike.comparison.reasons,
        address=(
            _place(UUID(table["item"]), first)
            if group is None
            else reverse("linkage:group", args=[first.asked.pk, group])
        ),
    )


def _place(item: UUID, row: _Row) -> str:
    number = PageText.objects.values_list("number", flat=True).get(pk=row.listed.page_id)
    return Place(item, number, row.listed.row).address
