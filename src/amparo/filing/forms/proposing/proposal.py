"""Proposing a field map for a form that has none: from tooltips, printed labels, and old editions.

A field of the same page, name and item as in a mapped edition, with the same words beside it if it
is a box, keeps its question. Any other gets one from the words of its tooltip, and a box its choice
from what is printed beside it. Names alone are not trusted: fields keep their name and change their
meaning from edition to edition. Nothing of a proposal is used before a person says yes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from amparo.filing.forms.answers.formats import guess
from amparo.filing.forms.blank.boxes import STEM, groups_of, shortened, sides_of, tick_of
from amparo.filing.forms.blank.fields import Field
from amparo.filing.forms.blank.printed import PrintedPage, Side, agrees, caption, label_beside, slug
from amparo.filing.forms.blank.tooltips import Said, plain, take_apart
from amparo.filing.forms.maps import Additional, Asked, FormMap, Slot, known, load
from amparo.filing.forms.proposing.wording import (
    Attribute,
    Rules,
    Wording,
    by_hand,
    heard,
    item_of,
    own_tick,
    rows_of,
    shared_question,
    wording,
)
from amparo.filing.forms.reading import FormRead

__all__ = ["other_editions", "propose"]

_SMALLEST_FIELD = 2.0


@dataclass(frozen=True, slots=True)
class _Work:
    """What is known of a form while its map is proposed."""

    form: FormRead
    own: Rules
    attributes: Sequence[Attribute]
    pages: Mapping[int, PrintedPage]
    said: Mapping[str, Said]
    groups: Mapping[str, str]
    rows: Mapping[str, tuple[str, str]]
    sides: Mapping[str, Side]

    @property
    def name(self) -> str:
        """The form's name as its own questions begin."""
        return slug(self.form.identity.form).replace("_", "") or "form"


def propose(
    form: FormRead, words: Wording | None = None, anchors: Sequence[FormMap] = ()
) -> FormMap:
    """A map of every field, none of them confirmed. ``anchors`` are maps of other editions."""
    identity = form.identity
    work = _work(form, words or wording())
    asked = dict(_asked(work))
    for key, made in asked.items():
        asked[key] = _anchored(key, made, anchors) or made
    return FormMap(
        form=identity.form,
        edition=identity.edition,
        title=str(work.own.get("title", identity.form)),
        pages=form.pages,
        fingerprint=identity.fingerprint,
        checked="",
        reviewed="proposed from tooltips and printed labels; nobody has looked at it",
        fields=asked,
        additional=_additional(work, asked),
    )


def other_editions(form: str, edition: str) -> tuple[FormMap, ...]:
    """The shipped maps of a form's other editions, the newest first."""
    found = (name for key, name in known().items() if key[0] == form.upper())
    maps = (load(name) for name in sorted(found, reverse=True))
    return tuple(each for each in maps if each.edition != edition)


def _work(form: FormRead, words: Wording) -> _Work:
    own = words.of(form.identity.form, form.identity.edition)
    pages = {page.number: page for page in form.printed}
    said = {field.key: take_apart(field.tooltip) for field in form.fields}
    return _Work(
        form,
        own,
        words.attributes,
        pages,
        said,
        groups_of(form.fields, said),
        rows_of(form.fields, own),
        sides_of(form.fields, pages),
    )


def _anchored(key: str, made: Asked, anchors: Sequence[FormMap]) -> Asked | None:
    """What an old edition asked at the same place, under the same name, beside the same words."""
    for anchor in anchors:
        old = anchor.fields.get(key)
        if old and old.questions and made.questions and _same_place(old, made):
            why = f"asked at the same place, beside the same words, in the edition {anchor.edition}"
            kept = replace(made, questions=old.questions, tick=old.tick, joined=old.joined)
            return replace(kept, why=why)
    return None


def _same_place(old: Asked, made: Asked) -> bool:
    same_words = slug(old.label) == slug(made.label) and old.format == made.format
    return old.item == made.item != "" and same_words


def _asked(work: _Work) -> Iterator[tuple[str, Asked]]:
    taken: Counter[str] = Counter()
    for field in work.form.fields:
        if field.kind not in ("barcode", "button"):
            made = _alone(_one(field, work), taken, work, grouped=field.key in work.groups)
            yield field.key, replace(made, confirmed=False)


def _alone(made: Asked, taken: Counter[str], work: _Work, *, grouped: bool) -> Asked:
    """Number what two places would have in common: the question, or in a group the choice."""
    name = made.questions[0] if len(made.questions) == 1 else ""
    if not name.startswith(work.name):
        return made
    if not grouped and taken[f"{name} {not made.tick}"]:  # a box and a text of the same words
        name = f"{name}_{'box' if made.tick else 'text'}"
        made = replace(made, questions=(name,))
    taken[f"{name} {bool(made.tick)}"] += 1
    taken[f"{name}={made.tick}"] += 1
    again = taken[f"{name}={made.tick}"]
    if again == 1:
        return made
    if grouped and made.tick:
        return replace(made, tick=f"{made.tick}_{again}")
    return replace(made, questions=(f"{name}_{again}",))


def _one(field: Field, work: _Work) -> Asked:
    """What one field asks."""
    said = work.said[field.key]
    if hand := by_hand(field, plain(field.tooltip), work.own) or _not_seen(field, work):
        return Asked((), hand=hand, item=said.place)
    box = field.kind in ("check", "radio")
    label, side = _label(field, work) if box else (_caption(field, work), "right")
    question, kind = work.rows.get(field.key, ("", ""))
    why = "a row of a table that other forms ask too" if question else ""
    if not question:
        question, kind = shared_question(field, said, work.own, work.attributes)
        why = "its words mean this on other forms" if question else "named after its own words"
    many = tuple((question or _own_question(field, work, label)).split(" + "))
    joined = " " if all(".name." in each for each in many) else ", "
    item = item_of(field, said, work.own)
    made = Asked(many, joined=joined, item=item, label=label, why=why)
    if not box:
        return replace(made, format=kind or _format(field, said))
    tick = own_tick(field, work.own) or tick_of(field, said, label)
    word = tick.title() if tick in ("yes", "no") and agrees(tick, label) else label
    return replace(made, tick=tick, label=word, side=side)


def _label(field: Field, work: _Work) -> tuple[str, Side]:
    side = work.sides.get(field.key, "right")
    return label_beside(field, work.pages[field.page], work.form.fields, side), side


def _caption(field: Field, work: _Work) -> str:
    """What is printed before a field whose tooltip says nothing."""
    said = work.said[field.key]
    return "" if said.prompt or said.item else caption(field, work.pages[field.page])


def _not_seen(field: Field, work: _Work) -> str:
    """Why nobody would see what is written in the field, "" when they would."""
    if field.width < _SMALLEST_FIELD or field.height < _SMALLEST_FIELD:
        return "a stray field that is too small to be seen"
    covered = _is_covered(field, work.form.fields)
    return "a second field in the same place" if covered else ""


def _own_question(field: Field, work: _Work, label: str) -> str:
    """A question of this form alone, named by its part and item."""
    said = work.said[field.key]
    if field.key in work.groups:
        return f"{work.name}.{work.groups[field.key]}"
    part = f"part{slug(said.part)}" if said.part else f"page{field.page}"
    item = f"item{slug(said.item)}" if said.item else ""
    prompt = re.sub(r"^(Enter|Select|Check|Provide)( the| your)?", "", said.prompt)
    name = slug(STEM.sub("", field.key.rpartition(".")[2]))
    short = shortened(slug(label) or slug(prompt)) or name
    return ".".join(each for each in (work.name, part, item, short) if each)


def _is_covered(field: Field, fields: Sequence[Field]) -> bool:
    """Whether an earlier field of the same name stands in nearly the same place."""
    return field.kind == "text" and any(
        each.name == field.name and each.page == field.page and _overlap(each, field) > 0.5
        for each in fields[: fields.index(field)]
    )


def _overlap(one: Field, other: Field) -> float:
    """How much of the smaller field the two have in common."""
    wide = min(one.rect[2], other.rect[2]) - max(one.rect[0], other.rect[0])
    high = min(one.rect[3], other.rect[3]) - max(one.rect[1], other.rect[1])
    smaller = min(one.width * one.height, other.width * other.height) or 1.0
    return max(0.0, wide) * max(0.0, high) / smaller


def _format(field: Field, said: Said) -> str:
    kind = guess(plain(field.tooltip), field.scripted)
    if kind == "text" and field.comb:
        return "digits" if re.search(r"digit", said.prompt) else "compact"
    return kind


def _additional(work: _Work, asked: Mapping[str, Asked]) -> Additional:
    """The form's own room for more: page, part, item and text, matched by where they stand."""
    rule = work.own.get("additional")
    if not rule:
        return Additional("")
    columns = {
        name: [
            field
            for field in work.form.fields
            if name in rule and field.key in asked and re.search(rule[name], heard(field), re.I)
        ]
        for name in ("page", "part", "item", "text")
    }
    texts = sorted(columns["text"], key=lambda each: (each.page, each.rect[0] > 300, -each.rect[3]))
    slots = tuple(
        Slot(text.key, *(_above(text, columns[name]) for name in ("page", "part", "item")))
        for text in texts
    )
    parts = sorted({work.said[each.key].part for each in texts} - {""})
    name = str(rule["name"]).replace("{part}", next(iter(parts), ""))
    return Additional(name if slots else "", slots)


def _above(text: Field, column: Sequence[Field]) -> str:
    """The field of a column that stands just over a text and within its width, "" when none."""
    over = [
        each
        for each in column
        if each.page == text.page
        and text.rect[0] - 5 <= each.rect[0] <= text.rect[2]
        and -4 <= each.rect[1] - text.rect[3] < 60
    ]
    nearest = min(over, key=lambda each: each.rect[1], default=None)
    return nearest.key if nearest else ""
