"""What is read about near-duplicates: those of one item, and the groups of a matter.

Everything stays inside one matter, which the caller has asked the gate for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

import numpy as np
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from amparo.evidence.web.models import Item
from amparo.extract.near import bands, groups, pictures, texts
from amparo.extract.web.actions.comparing import key_of, text_of
from amparo.extract.web.models import Fingerprint, FingerprintKey
from amparo.matters.web.models import Matter

__all__ = ["Alike", "alike", "distance_words", "groups_of", "how_alike"]

_MOST_SHOWN = 60
_MOST_OWN = 40
_MOST_EXACT = 30
_MOST_IN_A_KEY = 200
_WITHIN = {
    Fingerprint.Kind.PICTURE: pictures.MOST_APART,
    Fingerprint.Kind.PAGE: pictures.MOST_APART_AS_PAGES,
}


@dataclass(frozen=True, slots=True)
class _Mark:
    """A fingerprint as it is kept."""

    item: UUID
    kind: str
    page: int
    mark: bytes


_Found = tuple[float, _Mark, _Mark]


@dataclass(frozen=True, slots=True)
class Alike:
    """Another item that is like one: where, and how far they are apart.

    ``kind`` is ``same`` (the same bytes), ``picture``, ``page`` or ``text``. ``distance`` is bits
    of 64 for what is seen, a share from 0 to 1 for what is said. ``pages`` counts pages alike.
    """

    item: Item
    kind: str
    distance: float
    own_page: int = 1
    other_page: int = 1
    pages: int = 1

    @property
    def apart(self) -> float:
        """How far apart on one scale, from 0 to 1: what lists are sorted by."""
        return self.distance if self.kind in ("text", "same") else self.distance / pictures.BITS

    @property
    def words(self) -> str:
        """The distance in words."""
        return distance_words(self.kind, self.distance)


def distance_words(kind: str, distance: float) -> str:
    """A distance as people read it."""
    if kind == "same":
        return _("the same bytes")
    if kind == "text":
        return _("%(share)s %% of the text differs") % {"share": round(distance * 100)}
    return _("%(bits)s of 64 bits differ") % {"bits": round(distance)}


def alike(item: Item) -> list[Alike]:
    """The items of the matter that are near-duplicates of one, the nearest first."""
    found = [
        Alike(other, "same", 0.0)
        for other in Item.objects.filter(matter=item.matter_id, object=item.object_id)
        .exclude(pk=item.pk)
        .select_related("object")[:_MOST_SHOWN]
    ]
    same = {each.item.pk for each in found}
    found += _seen_alike(item, same)
    found += _said_alike(item, same)
    return sorted(found, key=lambda each: each.apart)[:_MOST_SHOWN]


def how_alike(item: Item, other: Item) -> Alike | None:
    """How one particular item is like another; None when nothing says that it is."""
    found = [each for each in alike(item) if each.item.pk == other.pk]
    return found[0] if found else None


def groups_of(matter: Matter) -> list[list[UUID]]:
    """Items of a matter that are alike, in groups, the largest first."""
    pairs = [*_same_pairs(matter), *_text_pairs(matter)]
    for kind, most in _WITHIN.items():
        pairs += _seen_pairs(matter, kind, most)
    return groups.gather(pairs)


def _seen_alike(item: Item, leave_out: set[UUID]) -> list[Alike]:
    rows = item.fingerprints.exclude(kind=Fingerprint.Kind.TEXT).order_by("page")
    own = _marks(rows[:_MOST_OWN])
    probes = {
        key_of(item.matter_id, each.kind, key) for each in own for key in bands.probes(each.mark)
    }
    nearest: dict[UUID, list[_Found]] = defaultdict(list)
    for other in _kept_under(probes, item):
        near = _nearest(own, other)
        if near is not None and other.item not in leave_out:
            nearest[other.item].append(near)
    found = [_of_pages(near, len(near)) for near in nearest.values()]
    chosen = sorted(found, key=lambda each: each[0][0])[:_MOST_SHOWN]
    items = _items(item.matter_id, (near[2].item for near, _pages in chosen))
    return [
        Alike(items[other.item], other.kind, apart, mine.page, other.page, pages)
        for (apart, mine, other), pages in chosen
        if other.item in items
    ]


def _nearest(own: Iterable[_Mark], other: _Mark) -> _Found | None:
    """The own page that is nearest to another's, if one is near enough."""
    found = [
        (float(pictures.distance(each.mark, other.mark)), each, other)
        for each in own
        if each.kind == other.kind
    ]
    near = min(found, key=lambda each: each[0], default=None)
    return near if near and near[0] <= _WITHIN[Fingerprint.Kind(other.kind)] else None


def _of_pages(rows: list[_Found], pages: int) -> tuple[_Found, int]:
    return min(rows, key=lambda each: (each[0], each[2].page)), pages


def _said_alike(item: Item, leave_out: set[UUID]) -> list[Alike]:
    own = next(iter(_marks(item.fingerprints.filter(kind=Fingerprint.Kind.TEXT))), None)
    if own is None:
        return []
    kept = {key_of(item.matter_id, own.kind, key) for key in texts.keys(own.mark)}
    near = sorted(
        (texts.estimate(own.mark, each.mark), each.item.hex, each)
        for each in _kept_under(kept, item)
        if each.item not in leave_out
    )[:_MOST_EXACT]
    items = _items(item.matter_id, (each.item for _estimated, _hex, each in near))
    said = text_of(item)
    exact = [
        (texts.distance(said, text_of(items[each.item])), items[each.item])
        for estimated, _hex, each in near
        if estimated <= texts.MOST_APART + 0.15 and each.item in items
    ]
    return [Alike(other, "text", apart) for apart, other in exact if apart <= texts.MOST_APART]


def _marks(rows: QuerySet[Fingerprint]) -> list[_Mark]:
    return [
        _Mark(item, kind, page, bytes(mark))
        for item, kind, page, mark in rows.values_list("item_id", "kind", "page", "mark")
    ]


def _items(matter: UUID, wanted: Iterable[UUID]) -> dict[UUID, Item]:
    rows = Item.objects.filter(matter=matter).select_related("object")
    return rows.in_bulk(set(wanted))


def _kept_under(kept: Iterable[int], item: Item) -> list[_Mark]:
    """The marks of other items of the matter under any of some keys."""
    found: set[int] = set()
    for some in _batched(sorted(kept)):
        rows = FingerprintKey.objects.filter(key__in=some)
        found.update(rows.values_list("fingerprint", flat=True))
    others = Fingerprint.objects.exclude(item=item)
    return [each for some in _batched(sorted(found)) for each in _marks(others.filter(pk__in=some))]


def _batched(values: Sequence[int], size: int = 500) -> Iterator[Sequence[int]]:
    """Some values at a time: a database takes only so many in one question."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _same_pairs(matter: Matter) -> list[tuple[UUID, UUID]]:
    rows = Item.objects.filter(matter=matter).order_by("object_id", "pk")
    return [
        (one[1], other[1])
        for one, other in pairwise(rows.values_list("object_id", "pk").iterator())
        if one[0] == other[0]
    ]


def _seen_pairs(matter: Matter, kind: str, most: int) -> list[tuple[UUID, UUID]]:
    rows = Fingerprint.objects.filter(item__matter=matter, kind=kind).order_by("pk")
    by_mark: dict[int, list[UUID]] = defaultdict(list)
    for item, mark in rows.values_list("item_id", "mark").iterator():
        by_mark[int.from_bytes(bytes(mark), "big")].append(item)
    pairs = [pair for items in by_mark.values() for pair in _chain(items)]
    marks = np.fromiter(by_mark, np.uint64, len(by_mark))
    firsts = [items[0] for items in by_mark.values()]
    one, other, _apart = bands.close_pairs(marks, most)
    near = zip(one.tolist(), other.tolist(), strict=True)
    return pairs + [(firsts[a], firsts[b]) for a, b in near if firsts[a] != firsts[b]]


def _text_pairs(matter: Matter) -> list[tuple[UUID, UUID]]:
    rows = Fingerprint.objects.filter(item__matter=matter, kind=Fingerprint.Kind.TEXT)
    known = {item: bytes(mark) for item, mark in rows.values_list("item_id", "mark").iterator()}
    by_key: dict[int, list[UUID]] = defaultdict(list)
    for item, mark in known.items():
        for key in texts.keys(mark):
            by_key[key].append(item)
    shared = (items[:_MOST_IN_A_KEY] for items in by_key.values() if len(items) > 1)
    candidates = {pair for items in shared for pair in _chain(items)}
    return [
        (one, other)
        for one, other in candidates
        if texts.estimate(known[one], known[other]) <= texts.MOST_APART
    ]


def _chain(items: Sequence[UUID]) -> list[tuple[UUID, UUID]]:
    """Each with the one before it: enough to gather them."""
    return [(one, other) for one, other in pairwise(items) if one != other]
