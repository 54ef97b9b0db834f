"""The items that a file names by paths, as an archive of messages names its pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.db.models import Q, QuerySet

from amparo.evidence.web.models import Acquisition, Item

__all__ = ["File", "files_named"]


@dataclass(frozen=True, slots=True)
class File:
    """A file that is named; ``item`` is None when it did not come with the file that names it."""

    name: str
    item: Item | None


def files_named(item: Item, paths: Iterable[str]) -> dict[str, File]:
    """The items that ``paths`` mean in ``item``: of its container, or of its own delivery."""
    candidates = {path: list(_candidates(item.path, path)) for path in paths}
    keys = _lying(item, [path for each in candidates.values() for path in each])
    items = Item.objects.in_bulk(set(keys.values()))
    found: dict[str, File] = {}
    for path, possible in candidates.items():
        key = next((keys[each] for each in possible if each in keys), None)
        found[path] = File(PurePosixPath(path).name or path, items.get(key) if key else None)
    return found


def _lying(item: Item, wanted: list[str]) -> dict[str, object]:
    """Path to the id of the item that lies there."""
    if not wanted:
        return {}
    near = Item.objects.filter(matter=item.matter_id, parent=item.parent_id)
    rows = _received(item, near, wanted) if item.parent_id is None else near.filter(path__in=wanted)
    keys: dict[str, object] = {}
    for pk, own, received in rows.values_list("pk", "path", "acquisitions__path").distinct():
        for path in filter(None, (own, received)):
            keys.setdefault(path, pk)
    return keys


def _received(item: Item, near: QuerySet[Item], wanted: list[str]) -> QuerySet[Item]:
    """What came under one of the paths, in the same delivery where that is known."""
    deliveries = list(
        Acquisition.objects.filter(item=item)
        .exclude(intake=None)
        .values_list("intake_id", flat=True)
    )
    if deliveries:
        return near.filter(acquisitions__intake__in=deliveries, acquisitions__path__in=wanted)
    return near.filter(Q(path__in=wanted) | Q(acquisitions__path__in=wanted))


def _candidates(of: str, path: str) -> Iterator[str]:
    """Where a file may lie that the file at ``of`` calls ``path``, the nearest first."""
    clean = path.removeprefix("./").lstrip("/")
    folders = [*PurePosixPath(of).parents]
    for folder in folders:
        yield str(folder / clean) if str(folder) != "." else clean
    parts = PurePosixPath(clean).parts
    for tail in (parts[-2:], parts[-1:]):
        if folders and len(tail) < len(parts):
            yield str(folders[0] / PurePosixPath(*tail)).removeprefix("./")
