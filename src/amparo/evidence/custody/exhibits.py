"""Physical exhibits: what they are, what is done with them, and how they stand after all of it.

The vocabulary is data (``exhibits.toml``). How an exhibit stands (its seal, place, holder and
condition) is never stored: it is a function of its events.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Literal

from amparo.base.errors import UsageError

__all__ = [
    "Event",
    "EventKind",
    "Standing",
    "Vocabulary",
    "check",
    "standing",
    "vocabulary",
]

Where = Literal["held", "out", "returned", "destroyed"]
FINAL = frozenset({"returned", "destroyed"})


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of event and the fields that it needs."""

    name: str
    label: str
    sentence: str
    needs: tuple[str, ...]
    by: Literal["person", "program"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The kinds of exhibits, of places and of events, by name."""

    kinds: Mapping[str, str]
    places: Mapping[str, str]
    events: Mapping[str, EventKind]


@dataclass(frozen=True, slots=True)
class Event:
    """What was done: ``place`` is the place's full name, ``items`` are ids of photographs or files.

    ``occurred_at`` is EDTF or RFC 3339. Empty fields say nothing.
    """

    kind: str
    occurred_at: str = ""
    purpose: str = ""
    seal: str = ""
    place: str = ""
    holder: str = ""
    condition: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How an exhibit stands: "" is not known. ``awaits`` names who has not acknowledged yet."""

    where: Where = "held"
    seal: str = ""
    place: str = ""
    holder: str = ""
    condition: str = ""
    photographs: tuple[str, ...] = ()
    awaits: str = ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more can be done with it here."""
        return self.where in FINAL


@cache
def vocabulary() -> Vocabulary:
    """The words of ``exhibits.toml``, in the order of the file."""
    text = resources.files("amparo.evidence.custody").joinpath("exhibits.toml").read_text("utf-8")
    told = tomllib.loads(text)
    events = {
        name: EventKind(name, each["label"], each["sentence"], tuple(each["needs"]), each["by"])
        for name, each in told["events"].items()
    }
    return Vocabulary(told["kinds"], told["places"], events)


def standing(events: Iterable[Event]) -> Standing:
    """How an exhibit stands after ``events``, in the order in which they were written down."""
    now = Standing()
    for event in events:
        now = _after(now, event)
    return now


def check(event: Event, now: Standing) -> None:
    """Refuse an event that says too little, or that cannot be done with an exhibit as it stands."""
    kind = vocabulary().events.get(event.kind)
    if kind is None:
        known = ", ".join(vocabulary().events)
        raise UsageError(f"Exhibits know no {event.kind!r}.", next_step=f"Choose one of: {known}.")
    for need in kind.needs:
        if not getattr(event, need):
            raise UsageError(f"“{kind.label}” needs its {need}.", next_step="Fill it in.")
    if now.is_over:
        raise UsageError("This exhibit is no longer in custody; nothing more can be done with it.")
    if event.kind == "unsealed" and not now.seal:
        raise UsageError("There is no seal to open.")
    if event.kind == "sealed" and now.seal:
        raise UsageError(
            f"It bears the seal {now.seal}.", next_step="Write down first that it was opened."
        )
    if event.kind == "came-back" and now.where != "out":
        raise UsageError("It is in custody already.")
    if event.kind in ("stored", "transferred") and now.where == "out":
        raise UsageError("It is not in our hands.", next_step="Write down first that it came back.")


def _after(now: Standing, event: Event) -> Standing:
    if event.condition:
        now = replace(now, condition=event.condition)
    if event.kind == "condition":
        now = replace(now, photographs=event.items)
    if event.seal:
        now = replace(now, seal=event.seal)
    return _moved(now, event)


def _moved(now: Standing, event: Event) -> Standing:
    """The same with its seal, place and holder."""
    match event.kind:
        case "unsealed":
            return replace(now, seal="")
        case "stored" | "received":
            return replace(now, place=event.place, where="held", holder="")
        case "removed":
            return replace(now, place="")
        case "transferred":
            return replace(now, where="out", place="", holder=event.holder, awaits=event.holder)
        case "acknowledged":
            return replace(now, holder=event.holder, awaits="")
        case "came-back":
            return replace(now, where="held", holder="", place=event.place, awaits="")
        case "returned":
            return replace(now, where="returned", place="", holder=event.holder, awaits="")
        case "destroyed":
            return replace(now, where="destroyed", place="", holder="", awaits="")
        case _:
            return now
