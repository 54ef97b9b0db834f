"""The fields of the query language: what ``name:value`` means."""

from __future__ import annotations

import re
from datetime import date, timedelta

from amparo.base.dates import from_person
from amparo.base.errors import AmparoError
from amparo.search.syntax import Dated, Field, FieldName, Node, Note

__all__ = ["FIELDS", "is_field", "read_field"]

FIELDS: dict[str, tuple[str, ...]] = {
    "matter": ("matter", "case"),
    "type": ("type", "kind"),
    "language": ("language", "lang"),
    "tag": ("tag",),
    "from": ("from", "sender"),
    "name": ("name", "file", "filename", "title"),
    "page": ("page",),
    "date": ("date",),
    "before": ("before",),
    "after": ("after", "since"),
}
"""Each field and the words that a person may write for it."""

_MEANT = {alias: field for field, aliases in FIELDS.items() for alias in aliases}
_COMPARISON = re.compile(r"(>=|<=|>|<)?(.*)", re.DOTALL)
_DAY = timedelta(days=1)


def _(sentence: str) -> str:
    """Mark a sentence for translation; it is translated where it is shown."""
    return sentence


EMPTY = _("“%(what)s:” was ignored because nothing follows it.")
NO_DATE = _(
    "“%(what)s” was ignored: it is not a date that can be read in one way. "
    "Write 2021, 2021-03, 2021-03-05 or 2020..2021."
)


def is_field(name: str) -> bool:
    """Whether this word before a colon names a field."""
    return name.lower() in _MEANT


def read_field(name: str, value: str) -> Node | Note:
    """Return what ``name:value`` asks for, or the note that says why it is ignored."""
    field = _MEANT[name.lower()]
    value = value.strip()
    if not value:
        return Note(EMPTY, name)
    match field:
        case "date" | "before" | "after":
            return _dated(field, value) or Note(NO_DATE, value)
        case _:
            return Field(_as_name(field), value)


def _as_name(field: str) -> FieldName:
    names: tuple[FieldName, ...] = ("matter", "type", "language", "tag", "from", "name", "page")
    return next(name for name in names if name == field)


def _bounds(text: str) -> tuple[date | None, date | None] | None:
    """The first and last day of a date as people write it; None when it cannot be read."""
    try:
        read = from_person(text)
    except AmparoError:
        return None
    return read.earliest, read.latest


def _dated(field: str, value: str) -> Dated | None:
    if field == "date" and ".." in value and "/" not in value:
        return _range(value)
    comparison = _COMPARISON.fullmatch(value)
    sign, text = (comparison[1] or "", comparison[2]) if comparison else ("", value)
    bounds = _bounds(text)
    if bounds is None:
        return None
    first, last = bounds
    earliest, latest = {
        "date": (first, last),
        "date>": (_next(last), None),
        "date>=": (first, None),
        "date<": (None, _previous(first)),
        "date<=": (None, last),
        "before": (None, _previous(first)),
        "after": (_next(last), None),
    }.get(field + sign, (first, last))
    return None if earliest is None and latest is None else Dated(earliest, latest, value)


def _range(value: str) -> Dated | None:
    """``2020..2021``, ``2020..``, ``..2021``."""
    start, end = (part.strip() for part in value.split("..", 1))
    first = _bounds(start) if start else (None, None)
    last = _bounds(end) if end else (None, None)
    if first is None or last is None or not (start or end):
        return None
    earliest, latest = first[0], last[1]
    if earliest and latest and earliest > latest:
        first, last = last, first
        earliest, latest = first[0], last[1]
    return Dated(earliest, latest, value)


def _next(day: date | None) -> date | None:
    return day + _DAY if day and day < date.max else day


def _previous(day: date | None) -> date | None:
    return day - _DAY if day and day > date.min else day
