"""Items that may prove something of one another: those of one folder, or of one container."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from amparo.evidence.proofs import beside
from amparo.evidence.web.models import Acquisition, Item
from amparo.extract.web.models import PageText

__all__ = ["beside_item", "proven_by"]

_MOST_KEYS, _MOST_PROVEN = 20, 100


def beside_item(item: Item, also: Iterable[UUID] = ()) -> list[Item]:
    """The small items in the same folder that may prove something of ``item``, keys last.

    ``also`` are ids of items that are known to be about it. None when there are only keys.
    """
    wanted = {*_lying(item, beside.names_beside(_name(item), item.object_id)), *also}
    wanted.discard(item.pk)
    if not wanted:
        return []
    found = [each for each in _small(_of_matter(item).filter(pk__in=wanted)) if not _is_key(each)]
    if not found:
        return []
    named = _of_matter(item).filter(pk__in=_lying(item, beside.KEY_NAMES))
    typed = _together(item).filter(media_type=beside.KEY_TYPE)
    keys = [*_small(named)[:_MOST_KEYS], *_small(typed)[:_MOST_KEYS]]
    return [*found, *{each.pk: each for each in keys if each.pk != item.pk}.values()]


def proven_by(item: Item) -> list[Item]:
    """The items that ``item`` may prove something of, if it is a signature, a sheet or a key."""
    named, is_sheet = beside.proven_names(_name(item)), beside.is_sheet(item.name)
    if not (named or is_sheet or _is_key(item)) or not 0 < item.object.size <= beside.LARGEST:
        return []
    if _is_key(item):
        checked = _together(item).exclude(proof_checks=None).distinct()
        return [each for each in checked[:_MOST_PROVEN] if each.pk != item.pk]
    digests = [each for each in named if len(each) == 64]
    digests += beside.stated_digests(_text(item)) if is_sheet else ()
    wanted = set(_lying(item, named))
    if digests:
        same = _together(item).filter(object_id__in=digests)
        wanted |= set(same.values_list("pk", flat=True)[:_MOST_PROVEN])
    wanted.discard(item.pk)
    rows = _of_matter(item).filter(pk__in=wanted).select_related("object", "matter", "parent")
    return list(rows[:_MOST_PROVEN]) if wanted else []


def _lying(item: Item, names: Iterable[str]) -> list[UUID]:
    """The ids of items with one of these names that lie where ``item`` does."""
    folder = _folder(item.path)
    paths = [f"{folder}{name}" for name in names]
    if not paths:
        return []
    if item.parent_id:
        inside = Item.objects.filter(parent=item.parent_id, path__in=paths)
        return list(inside.values_list("pk", flat=True))
    came = Acquisition.objects.filter(intake__in=_deliveries(item), path__in=paths)
    return list(came.values_list("item_id", flat=True))


def _together(item: Item) -> QuerySet[Item]:
    """The items of the same container, or of the same delivery."""
    if item.parent_id:
        return _of_matter(item).filter(parent=item.parent_id)
    return _of_matter(item).filter(parent=None, acquisitions__intake__in=_deliveries(item))


def _deliveries(item: Item) -> QuerySet[Acquisition, UUID]:
    came = Acquisition.objects.filter(item=item).exclude(intake=None)
    return came.values_list("intake_id", flat=True)


def _small(rows: QuerySet[Item]) -> QuerySet[Item]:
    fits = rows.filter(object__size__gt=0, object__size__lte=beside.LARGEST)
    return fits.select_related("object").distinct()


def _of_matter(item: Item) -> QuerySet[Item]:
    return Item.objects.filter(matter=item.matter_id)


def _is_key(item: Item) -> bool:
    return beside.is_key(_name(item), item.media_type)


def _name(item: Item) -> str:
    return item.name.rpartition("/")[2]


def _folder(path: str) -> str:
    head, slash, _ = path.rpartition("/")
    return f"{head}{slash}"


def _text(item: Item) -> str:
    pages = PageText.objects.filter(item=item, is_current=True).order_by("number")
    return "\n".join(pages.values_list("text", flat=True)[:5])
