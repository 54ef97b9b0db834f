"""Care for who looks: which material is graphic, as people said of a file, a folder or a tag.

What lies inside a marked file or folder is marked with it. A mark carries a content note, read
before anything is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["NOT_GRAPHIC", "Care", "Decided", "Place", "Scope", "decide"]

Scope = Literal["item", "folder", "tag"]


@dataclass(frozen=True, slots=True)
class Decided:
    """That someone marked something: ``value`` is an item's id, a folder's path or a tag's name."""

    scope: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: its id and those of the files that it lies in, its paths, its tags.

    ``paths`` are the received path of the item and of each file that it lies in.
    """

    items: tuple[str, ...]
    paths: tuple[str, ...]
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Care:
    """What to do before showing an item; false when nobody marked it. ``notes`` each once."""

    is_graphic: bool = False
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.is_graphic


NOT_GRAPHIC = Care()
"""Nobody marked it."""


def decide(marks: Sequence[Decided], place: Place) -> Care:
    """What people decided about an item, by itself, by its folder or by its tag."""
    meant = [mark for mark in marks if _means(mark, place)]
    notes = dict.fromkeys(mark.note for mark in meant if mark.note)
    return Care(bool(meant), tuple(notes))


def _means(mark: Decided, place: Place) -> bool:
    if mark.scope == "item":
        return mark.value in place.items
    if mark.scope == "tag":
        return mark.value in place.tags
    return _lies_in(place.paths, mark.value)


def _lies_in(paths: Iterable[str], folder: str) -> bool:
    inside = folder.strip("/")
    return any(path.strip("/").startswith(f"{inside}/") for path in paths)
