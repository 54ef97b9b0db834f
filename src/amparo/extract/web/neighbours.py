"""Items that may prove something of one another: those of one folder, or of one container."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from amparo.evidence.proofs import beside
from amparo.evidence.web.models import Item
from amparo.extract.web.models import PageText

__all__ = ["beside_item", "proven_by"]

_MOST_KEYS, _MOST_PROVEN = 20, 100


def beside_item(item: Item, also: Iterable[UUID] = ()) -> list[Item]:
    """The small items in the same folder that may prove something of ``item``, keys last.

    ``also`` are ids of items that are known to be about it. None when there are only keys.
    """
    names = beside.names_beside(_name(item), item.object_id)
    near = _small(_same_folder(item, names) | _of_matter(item).filter(pk__in=list(also)))
    found = [each for each in near.exclude(pk=item.pk) if not _is_key(each)]
    if not found:
        return []
    named = _small(_same_folder(item, beside.KEY_NAMES))
    typed = _small(_together(item).filter(media_type=beside.KEY_TYPE))
    keys = {each.pk: each for each in (*named[:_MOST_KEYS], *typed[:_MOST_KEYS])}
    return [*found, *(each for each in keys.values() if each.pk != item.pk)]


def proven_by(item: Item) -> list[Item]:
    """The items that ``item`` may prove something of, if it is a signature, a sheet or a key."""
    if not 0 < item.object.size <= beside.LARGEST:
        return []
    if _is_key(item):
        checked = _together(item).exclude(proof_checks=None).distinct()
        return [each for each in checked[:_MOST_PROVEN] if each.pk != item.pk]
    named = beside.proven_names(_name(item))
    if not named and not beside.is_sheet(item.name):
        return []
    digests = [each for each in named if len(each) == 64]
    digests += beside.stated_digests(_text(item)) if beside.is_sheet(item.name) else ()
    by_name = _same_folder(item, named) if named else Item.objects.none()
    found = by_name | _together(item).filter(object_id__in=digests)
    rows = found.exclude(pk=item.pk).select_related("object", "matter", "parent").distinct()
    return list(rows[:_MOST_PROVEN])


def _same_folder(item: Item, names: Iterable[str]) -> QuerySet[Item]:
    """The items with one of these names that lie where ``item`` does."""
    if item.parent_id:
        folder = _folder(item.path)
        return _of_matter(item).filter(
            parent=item.parent_id, path__in=[f"{folder}{name}" for name in names]
        )
    came = item.acquisitions.exclude(intake=None).order_by("recorded_at").first()
    if came is None:
        return Item.objects.none()
    paths = [f"{_folder(came.path)}{name}" for name in names]
    return _of_matter(item).filter(
        parent=None, acquisitions__intake=came.intake_id, acquisitions__path__in=paths
    )


def _together(item: Item) -> QuerySet[Item]:
    """The items of the same container, or of the same delivery."""
    if item.parent_id:
        return _of_matter(item).filter(parent=item.parent_id)
    came = item.acquisitions.exclude(intake=None).order_by("recorded_at").first()
    if came is None:
        return Item.objects.none()
    return _of_matter(item).filter(parent=None, acquisitions__intake=came.intake_id)


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
