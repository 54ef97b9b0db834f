"""Maps that are reviewed here, as pages and fillings see them: what people said of each field.

Reads only. A shipped map of the same fields comes before one that is reviewed here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from amparo.filing.forms.blank.fields import Field
from amparo.filing.forms.blank.tooltips import plain
from amparo.filing.forms.maps import (
    Asked,
    FormMap,
    known,
    load,
    parse_entry,
    read_map,
    write_map,
)
from amparo.filing.forms.proposing.review import in_order, reviewed_map
from amparo.filing.web.models import FieldWord, FormMapReview, OfficialForm

__all__ = [
    "MapLine",
    "MapPage",
    "anchor_of",
    "field_of",
    "map_page",
    "own_map_for",
    "review_of",
    "reviewed",
    "shipped_for",
    "words_of",
]


@dataclass(frozen=True, slots=True)
class MapLine:
    """A field beside the picture of its page: what it asks, and who said so.

    ``x``, ``y``, ``width``, ``height`` are in points from the upper left corner of the page.
    ``state`` is "yes", "hand" or "wait".
    """

    key: str
    anchor: str
    place: str
    kind: str
    says: str
    label: str
    ask: str
    tick: str
    format: str
    hand: str
    why: str
    state: str
    by: str
    x: float
    y: float
    width: float
    height: float

    @property
    def is_box(self) -> bool:
        """Whether it is a box to tick."""
        return self.kind in ("check", "radio")


@dataclass(frozen=True, slots=True)
class MapPage:
    """A page of a form with its fields, and how far the whole form is."""

    number: int
    pages: int
    width: float
    height: float
    lines: tuple[MapLine, ...]
    waiting: int
    fields: int
    waiting_pages: tuple[int, ...]


def shipped_for(form: str, fingerprint: str) -> FormMap | None:
    """The map that is shipped for exactly these fields."""
    files = (file for key, file in known().items() if key[0] == form.upper())
    return next((made for file in files if (made := load(file)).fingerprint == fingerprint), None)


def review_of(fingerprint: str) -> FormMapReview | None:
    """The map of these fields that is reviewed here."""
    return FormMapReview.objects.filter(fingerprint=fingerprint).first()


def words_of(review: FormMapReview) -> dict[str, FieldWord]:
    """The latest word on each field."""
    return {word.key: word for word in review.words.select_related("by")}


def reviewed(review: FormMapReview) -> FormMap:
    """The map as it stands: what was proposed, and what people said of it."""
    words = {key: _entry(word) for key, word in words_of(review).items()}
    return reviewed_map(read_map(review.proposed, "that was proposed here"), words)


def own_map_for(read: Mapping[str, Any]) -> str:
    """The map (YAML) that a form which was read is filled with, "" for the shipped one."""
    fingerprint = read.get("fingerprint", "")
    review = review_of(fingerprint)
    if review is None or shipped_for(read["form"] or "", fingerprint):
        return ""
    return write_map(reviewed(review))


def map_page(form: OfficialForm, number: int) -> MapPage | None:
    """A page of the form's map; None when the form has none yet."""
    fingerprint = form.read.get("fingerprint", "")
    review = review_of(fingerprint)
    made = shipped_for(form.name, fingerprint) or (reviewed(review) if review else None)
    if made is None or not form.read.get("boxes"):
        return None
    words = words_of(review) if review else {}
    fields = {each["field"]: each for each in form.read["fields"] if each["field"] in made.fields}
    waiting = [key for key in fields if not made.fields[key].confirmed]
    here = in_order(field_of(each) for each in fields.values() if each["page"] == number)
    box = form.read["boxes"][number - 1]
    return MapPage(
        number=number,
        pages=form.read["pages"],
        width=box[2] - box[0],
        height=box[3] - box[1],
        lines=tuple(_line(each, made.fields[each.key], words.get(each.key), box) for each in here),
        waiting=len(waiting),
        fields=len(fields),
        waiting_pages=tuple(sorted({fields[key]["page"] for key in waiting})),
    )


def field_of(told: Mapping[str, Any]) -> Field:
    """A field as it was read, as far as a review needs it."""
    return Field(
        key=told["field"],
        page=told["page"],
        name=told["field"],
        kind=told["kind"],
        rect=tuple(told["rect"]),
        tooltip=told["says"],
    )


def _line(field: Field, asked: Asked, word: FieldWord | None, box: Sequence[float]) -> MapLine:
    state = "wait" if not asked.confirmed else "hand" if asked.hand else "yes"
    part, _, item = asked.item.partition(":")
    return MapLine(
        key=field.key,
        anchor=anchor_of(field.key),
        place=" · ".join(each for each in (part, item) if each),
        kind=field.kind,
        says=asked.says or plain(field.tooltip),
        label=asked.label,
        ask=" + ".join(asked.questions),
        tick=asked.tick,
        format=asked.format,
        hand=asked.hand,
        why=asked.why,
        state=state,
        by=str(word.by) if word else "",
        x=round(field.rect[0] - box[0], 1),
        y=round(box[3] - field.rect[3], 1),
        width=round(field.width, 1),
        height=round(field.height, 1),
    )


def anchor_of(key: str) -> str:
    """The id of a field's line on the page."""
    return f"f-{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def _entry(word: FieldWord) -> Asked:
    return parse_entry(word.entry, word.key)
