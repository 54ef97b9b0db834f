"""What a package holds, as values: a matter, its items with their custody, what else was stated.

Each names the ledger entry that states it; ``Contents.records`` is the text of ``records.json``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from amparo.base.canonical import Json
from amparo.evidence import custody
from amparo.evidence.custody.disposal import DISPOSED
from amparo.evidence.packages import layout
from amparo.evidence.verifier import verify as stand_alone

__all__ = ["Contents", "Export", "Matter", "PackagedItem", "Person", "Statement"]


@dataclass(frozen=True, slots=True)
class Matter:
    """The matter as the package names it."""

    id: str
    number: str
    title: str
    kind: str
    status: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone whom records name by id."""

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Export:
    """Who exports, when (RFC 3339, UTC), for what, with which program."""

    by: str
    at: str
    purpose: str
    software: str


@dataclass(frozen=True, slots=True)
class PackagedItem:
    """An item with its acquisitions and custody events, each with its entry's number."""

    item: custody.Item
    title: str
    media_type: str
    acquisitions: Sequence[tuple[custody.Acquired, int]]
    events: Sequence[tuple[custody.Event, int]] = ()
    full_path: str = ""
    """The received path, and for what was found inside a file, that file's path before it."""
    is_disposed: bool = False
    """Whether its bytes were destroyed by two people's decision: then it has no file."""

    @property
    def disposal(self) -> custody.Event | None:
        """The event that says so."""
        found = [event for event, _ in self.events if event.kind == DISPOSED]
        return found[-1] if self.is_disposed and found else None


@dataclass(frozen=True, slots=True)
class Statement:
    """A row that an entry of kind ``kind`` states whole, in its details under ``part``."""

    kind: str
    part: str
    facts: Mapping[str, Json]
    entry: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What a package holds, without its proof."""

    matter: Matter
    export: Export
    people: Sequence[Person]
    items: Sequence[PackagedItem]
    statements: Sequence[Statement] = ()

    @property
    def files(self) -> list[PackagedItem]:
        """The items that have a file: all but those that were disposed of."""
        return [each for each in self.in_order() if not each.is_disposed]

    def places(self) -> dict[str, str]:
        """Where each item's file lies in the package, by item id."""
        ordered = self.files
        paths = layout.lay_out([each.full_path or each.item.path for each in ordered])
        return {each.item.id: f"data/{path}" for each, path in zip(ordered, paths, strict=True)}

    def records(self) -> bytes:
        """The text of ``records.json``."""
        places = self.places()
        people = sorted(self.people, key=lambda person: person.id)
        value = {
            "format": stand_alone.FORMAT,
            "matter": asdict(self.matter),
            "export": asdict(self.export),
            "people": [asdict(person) for person in people],
            "items": [_record(each, places.get(each.item.id)) for each in self.in_order()],
            "statements": [asdict(each) for each in self.statements],
        }
        return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()

    def in_order(self) -> list[PackagedItem]:
        """The items by received path."""
        return sorted(self.items, key=lambda each: (each.full_path, each.item.id))


def _record(each: PackagedItem, place: str | None) -> dict[str, Json]:
    return {
        **asdict(each.item),
        "file": place,
        "title": each.title,
        "media_type": each.media_type,
        "acquisitions": [{**asdict(a), "entry": seq} for a, seq in each.acquisitions],
        "custody": [{**asdict(e), "entry": seq} for e, seq in each.events],
    }
