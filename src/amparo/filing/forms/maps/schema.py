"""The shape of a field map, checked as it is read; a mistake in it names its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from amparo.base.errors import UsageError
from amparo.filing.forms.answers.formats import FORMATS
from amparo.filing.forms.blank.printed import Side

__all__ = ["Additional", "Asked", "FormMap", "Slot", "parse_entry", "parse_map"]

_QUESTION = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")
_ENTRY = frozenset(
    {"ask", "tick", "label", "side", "says", "item", "as", "with", "hand", "confirmed", "why"}
)
ALWAYS = ("form", "edition", "title", "pages", "fingerprint", "checked", "reviewed")
"""What every map says of itself, if only that nobody has checked it yet."""
_HEAD = frozenset(
    {"form", "edition", "title", "pages", "fingerprint", "sources", "checked", "reviewed"}
    | {"additional", "fields", "notes", "first_only"}
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What one field asks.

    ``questions`` are joined with ``joined`` when they are several. A box is ticked when the answer
    is ``tick``; ``label`` is what is printed beside it, on its right or left ``side``. ``says`` is
    the question as the page prints it, where the field's own tooltip has other words or none.
    ``item`` is the place as the form counts. ``hand`` says why a person fills it in and nothing
    else does. ``confirmed`` is false while a proposed field waits for a person's yes, and ``why``
    says what the proposal rests on.
    """

    questions: tuple[str, ...]
    tick: str = ""
    label: str = ""
    side: Side = "right"
    says: str = ""
    item: str = ""
    format: str = "text"
    joined: str = ", "
    hand: str = ""
    confirmed: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of the form's own additional-information part; each is a field's key, or ""."""

    text: str
    page: str = ""
    part: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Additional:
    """The form's own room for what does not fit: what to call it, and its places."""

    name: str
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class FormMap:
    """A form's edition: what identifies it, what each field asks, and how that is known.

    ``edition`` is as printed on the form; ``reviewed`` says who looked and how; ``fingerprint`` is
    that of the fields (``identity``). ``first_only`` are lists of which the form asks for the first
    member alone, such as the last arrival: further members are not written on it.
    """

    form: str
    edition: str
    title: str
    pages: int
    fingerprint: str
    checked: str
    reviewed: str
    fields: Mapping[str, Asked]
    additional: Additional = Additional("")
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    first_only: tuple[str, ...] = ()


def parse_map(data: Any, where: str) -> FormMap:
    """Read a map from plain data; UsageError names the place that is wrong."""
    if not isinstance(data, dict) or not isinstance(data.get("fields"), dict):
        raise _wrong(where, "it has no table of fields")
    if strange := sorted(set(data) - _HEAD):
        raise _wrong(where, f"it has unknown keys: {', '.join(map(str, strange))}")
    for key in ALWAYS:
        if key not in data:
            raise _wrong(where, f"{key} is missing")
    fields = {
        str(key): parse_entry(entry, f"{where}, {key}") for key, entry in data["fields"].items()
    }
    additional = _additional(data.get("additional") or {}, fields, where)
    return FormMap(
        form=str(data["form"]),
        edition=str(data["edition"]),
        title=str(data["title"]),
        pages=int(data["pages"]),
        fingerprint=str(data["fingerprint"]),
        checked=str(data["checked"]),
        reviewed=str(data["reviewed"]),
        fields=fields,
        additional=additional,
        sources=tuple(map(str, data.get("sources") or ())),
        notes=tuple(map(str, data.get("notes") or ())),
        first_only=tuple(map(str, data.get("first_only") or ())),
    )


def parse_entry(entry: Any, where: str) -> Asked:
    """Read what one field asks from plain data; UsageError names the place that is wrong."""
    if not isinstance(entry, dict):
        raise _wrong(where, "it is not a table")
    if strange := sorted(set(entry) - _ENTRY):
        raise _wrong(where, f"it has unknown keys: {', '.join(map(str, strange))}")
    asked = entry.get("ask", ())
    questions = tuple(map(str, asked if isinstance(asked, list) else [asked] if asked else []))
    for question in questions:
        if not _QUESTION.fullmatch(question):
            raise _wrong(where, f"{question!r} is not a question's name")
    if not questions and not entry.get("hand"):
        raise _wrong(where, "it neither asks nor says why a person fills it in")
    if entry.get("as", "text") not in FORMATS:
        raise _wrong(where, f"there is no format {entry['as']!r}")
    return Asked(
        questions=questions,
        tick=str(entry.get("tick", "")),
        label=str(entry.get("label", "")),
        side="left" if entry.get("side") == "left" else "right",
        says=str(entry.get("says", "")),
        item=str(entry.get("item", "")),
        format=str(entry.get("as", "text")),
        joined=str(entry.get("with", ", ")),
        hand=str(entry.get("hand", "")),
        confirmed=bool(entry.get("confirmed", True)),
        why=str(entry.get("why", "")),
    )


def _additional(data: Any, fields: Mapping[str, Asked], where: str) -> Additional:
    if not data:
        return Additional("")
    slots = []
    for slot in data.get("slots", ()):
        for key in slot.values():
            if key not in fields:
                raise _wrong(where, f"the additional part names {key!r}, which is no field")
        slots.append(Slot(**{str(name): str(key) for name, key in slot.items()}))
    return Additional(str(data["name"]), tuple(slots))


def _wrong(where: str, what: str) -> UsageError:
    return UsageError(f"The field map {where} cannot be used: {what}.")
