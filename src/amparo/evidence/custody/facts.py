"""Custody: how a piece of evidence came, what was done with it, and how the ledger states both.

The kinds of event are data (``custody.toml``). What the ledger and an exported package say about
an item, an acquisition and an event is built here, once, so that a row of the database, an entry
of the ledger and a line of a package can be held against one another field by field.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from amparo.base.canonical import Json
from amparo.base.errors import UsageError, VerificationError

__all__ = [
    "ACQUIRED",
    "CUSTODY",
    "Acquired",
    "Event",
    "Item",
    "Kind",
    "check",
    "stated_id",
    "vocabulary",
]

ACQUIRED = "acquired"
"""The kind of the ledger entry that states an item and how it was acquired."""
CUSTODY = "custody"
"""The kind of the ledger entry that states a custody event."""

Need = Literal["required", "optional"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of custody event."""

    name: str
    label: str
    sentence: str
    purpose: Need
    hashes: Literal["required", "optional", "before"]
    by: Literal["person", "program"]


@dataclass(frozen=True, slots=True)
class Item:
    """The facts of an item that never change: ids are UUIDs as text, digests lowercase hex."""

    id: str
    parent: str | None
    path: str
    name: str
    sha256: str
    blake3: str
    size: int
    received_at: str


@dataclass(frozen=True, slots=True)
class Acquired:
    """How bytes came into the matter; ``occurred_at`` is EDTF or empty, the rest RFC 3339."""

    id: str
    path: str
    from_whom: str
    acquired_by: str
    occurred_at: str
    recorded_at: str
    place: str
    method: str
    device: str
    tool: str
    modified_at: str
    is_reconstruction: bool

    def details(self, item: Item) -> dict[str, Json]:
        """What the ledger states: the acquisition, and the item that it brought."""
        return {"acquisition": _facts(self), "item": _facts(item)}


@dataclass(frozen=True, slots=True)
class Event:
    """What was done with an item, by whom, why and when.

    ``actor`` is a user's id, None for the program; ``by_whom`` names who did it when that is
    somebody without an account here.
    """

    id: str
    item: str
    kind: str
    purpose: str
    actor: str | None
    by_whom: str
    occurred_at: str
    recorded_at: str
    hash_before: str
    hash_after: str
    is_reconstruction: bool

    def details(self) -> dict[str, Json]:
        """What the ledger states."""
        return {"custody": _facts(self)}


def _facts(value: Item | Acquired | Event) -> dict[str, Json]:
    """The fields of a flat value by name; ``asdict`` would copy each and take ten times as long."""
    return {name: getattr(value, name) for name in value.__slots__}


@cache
def vocabulary() -> Mapping[str, Kind]:
    """Return every kind of event by name, in the order of the file."""
    text = resources.files("amparo.evidence.custody").joinpath("custody.toml").read_text("utf-8")
    return {name: Kind(name=name, **parts) for name, parts in tomllib.loads(text).items()}


def stated_id(details: Mapping[str, Json], part: str) -> str:
    """The id of the row that an entry's ``details`` state in ``part``; empty when they do not."""
    stated = details.get(part)
    return str(stated.get("id") or "") if isinstance(stated, Mapping) else ""


def check(event: Event) -> None:
    """Refuse an event that says too little.

    Originals never change, so both hashes agree; what was disposed of has one before, none after.
    """
    kind = vocabulary().get(event.kind)
    if kind is None:
        known = ", ".join(vocabulary())
        raise UsageError(f"Custody knows no {event.kind!r}.", next_step=f"Choose one of: {known}.")
    if kind.purpose == "required" and not event.purpose.strip():
        raise UsageError(f"“{kind.label}” needs its purpose.", next_step="Say why it was done.")
    if kind.hashes == "before":
        _check_end(event, kind)
        return
    if kind.hashes == "required" and not (event.hash_before and event.hash_after):
        raise UsageError(f"“{kind.label}” needs the hash before and after.")
    if event.hash_before != event.hash_after:
        raise VerificationError(
            f"item {event.item}, {kind.label.lower()}: its hash afterwards",
            got=event.hash_after or "none",
            expected=event.hash_before or "none",
        )


def _check_end(event: Event, kind: Kind) -> None:
    """The hash of what was destroyed is stated, and nothing is left to hash."""
    if not event.hash_before or event.hash_after:
        raise UsageError(f"“{kind.label}” needs the hash before, and has none after.")
