"""Proposing a field map for a form that has none: from tooltips, printed labels, and old editions.

A field that stands on the same page under the same name with the same tooltip as in a mapped
edition keeps its question. Any other gets one from the words of its tooltip, and a box its choice
from what is printed beside it. Names alone are not trusted, since they keep their name and change
their meaning from edition to edition. Nothing of a proposal is used before a person says yes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

import yaml

from amparo.filing.forms.fields import Field
from amparo.filing.forms.formats import guess
from amparo.filing.forms.maps import Additional, Asked, FormMap, Slot
from amparo.filing.forms.printed import PrintedPage, Side, agrees, caption, label_beside, slug
from amparo.filing.forms.production import FormRead
from amparo.filing.forms.tooltips import Said, plain, take_apart

__all__ = ["Wording", "propose", "wording"]

_SIGNATURE = re.compile(
    r"can ?not be signed|signed electronically|protected field|sign in ink|enter signature"
    r"|digital signature|print and sign|^\W*signature of\b|\bsign here\b",
    re.I,
)
_SIGNED_ON = re.compile(r"date of (your )?signature|signature.{0,60}enter date|date signed", re.I)
_AGENCY = re.compile(r"\buse only\b|for official use", re.I)
_SAFE = re.compile(r"(?<!serves as the )\bsafe\b.{0,30}address", re.I)
_STEM = re.compile(r"\[\d+\]$|#\d+$")
_LONGEST = 40
_SMALLEST_FIELD = 2.0
_UNITS = (
    ("apt", re.compile(r"^ap(t|artment)")),
    ("ste", re.compile(r"^s(te|uite)")),
    ("flr", re.compile(r"^(designated_)?fl(r|oor)")),
)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of tooltips: ``attributes`` for all forms, and each form's own rules."""

    attributes: tuple[tuple[re.Pattern[str], str, str], ...]
    forms: Mapping[str, Mapping[str, Any]]

    def of(self, form: str, edition: str) -> Mapping[str, Any]:
        """The rules of a form, or of one edition of it, with those for all forms after them."""
        common = self.forms.get("all", {})
        own = self.forms.get(f"{form} {edition}") or self.forms.get(form, {})
        lists = ("hand", "asks", "sections", "rows", "items", "ticks")
        merged = {key: [*own.get(key, ()), *common.get(key, ())] for key in lists}
        return {**common, **own, **merged}


@cache
def wording() -> Wording:
    """Read the words, once."""
    folder = resources.files("amparo.filing.forms")
    data = yaml.safe_load((folder / "wording.yaml").read_text("utf-8"))
    attributes = tuple(
        (re.compile(row[0], re.I), row[1], row[2] if len(row) > 2 else "")
        for row in data["attributes"]
    )
    return Wording(attributes, data["forms"])


def propose(form: FormRead, words: Wording | None = None) -> FormMap:
    """A map of every field, none of them confirmed."""
    identity = form.identity
    own = (words or wording()).of(identity.form, identity.edition)
    asked = dict(_asked(form, own, (words or wording()).attributes))
    return FormMap(
        form=identity.form,
        edition=identity.edition,
        title=str(own.get("title", identity.form)),
        pages=form.pages,
        fingerprint=identity.fingerprint,
        checked="",
        reviewed="proposed from tooltips and printed labels; nobody has looked at it",
        fields=asked,
        additional=_additional(form.fields, own, asked),
    )


def _asked(
    form: FormRead, own: Mapping[str, Any], attributes: Sequence[tuple[re.Pattern[str], str, str]]
) -> Iterator[tuple[str, Asked]]:
    pages = {page.number: page for page in form.printed}
    said = {field.key: take_apart(field.tooltip) for field in form.fields}
    groups = _groups(form.fields, said)
    rows = _rows(form.fields, own)
    sides = _sides(form.fields, pages)
    taken: Counter[str] = Counter()
    for field in form.fields:
        if field.kind in ("barcode", "button"):
            continue
        made = _one(
            field, said[field.key], form, own, attributes, pages[field.page], groups, rows, sides
        )
        grouped = field.key in groups
        yield field.key, replace(_alone(made, taken, form, grouped=grouped), confirmed=False)


def _alone(made: Asked, taken: Counter[str], form: FormRead, *, grouped: bool) -> Asked:
    """Number what two places would have in common: the question, or in a group the choice."""
    name = made.questions[0] if len(made.questions) == 1 else ""
    if not name.startswith(_form_name(form)):
        return made
    taken[f"{name}={made.tick}"] += 1
    again = taken[f"{name}={made.tick}"]
    if again == 1:
        return made
    if grouped and made.tick:
        return replace(made, tick=f"{made.tick}_{again}")
    return replace(made, questions=(f"{name}_{again}",))


def _form_name(form: FormRead) -> str:
    return slug(form.identity.form).replace("_", "") or "form"


def _one(
    field: Field,
    said: Said,
    form: FormRead,
    own: Mapping[str, Any],
    attributes: Sequence[tuple[re.Pattern[str], str, str]],
    page: PrintedPage,
    groups: Mapping[str, str],
    rows: Mapping[str, tuple[str, str]],
    sides: Mapping[str, Side],
) -> Asked:
    text = plain(field.tooltip)
    if hand := _by_hand(field, text, own):
        return Asked((), hand=hand, item=said.place)
    if field.width < _SMALLEST_FIELD or field.height < _SMALLEST_FIELD:
        return Asked((), hand="a stray field that is too small to be seen", item=said.place)
    box = field.kind in ("check", "radio")
    side = sides.get(field.key, "right")
    label = label_beside(field, page, form.fields, side) if box else ""
    question, kind = rows.get(field.key, ("", ""))
    if not question:
        question, kind = _from_sections(field, said, own, attributes)
    if _is_covered(field, form.fields):
        return Asked((), hand="a second field in the same place", item=said.place)
    if not said.prompt and not said.item and field.kind not in ("check", "radio"):
        label = caption(field, page)
    question = question or _own_question(field, form, said, groups, label)
    many = tuple(question.split(" + "))
    joined = " " if all(".name." in each for each in many) else ", "
    made = Asked(many, joined=joined, item=_item(field, said, own), label=label)
    if field.kind in ("check", "radio"):
        tick = _own_tick(field, own) or _tick(field, said, label, text)
        word = tick.title() if tick in ("yes", "no") and agrees(tick, label) else label
        return replace(made, tick=tick, label=word, side=side)
    return replace(made, format=kind or _format(field, said))


def _sides(fields: Sequence[Field], pages: Mapping[int, PrintedPage]) -> dict[str, Side]:
    """Boxes whose words are printed on their left: every one of a group must say so."""
    groups: dict[tuple[int, str], list[Field]] = defaultdict(list)
    for field in fields:
        if field.kind in ("check", "radio"):
            groups[(field.page, _STEM.sub("", field.key))].append(field)
    found: dict[str, Side] = {}
    for members in groups.values():
        page = pages[members[0].page]
        if len(members) > 1 and not _all_agree(members, page, fields, "right"):
            side: Side = "left" if _all_agree(members, page, fields, "left") else "right"
            found.update({each.key: side for each in members})
    return found


def _all_agree(
    members: Sequence[Field], page: PrintedPage, fields: Sequence[Field], side: Side
) -> bool:
    """Whether all tooltips name what is printed on that side."""
    for field in members:
        chosen = _chosen(plain(field.tooltip))
        if not chosen or not _same(chosen, label_beside(field, page, fields, side)):
            return False
    return True


def _chosen(text: str) -> str:
    found = re.findall(r"\b(?:Select|Check) ([^.(]+)", text)
    return found[-1].strip() if found else ""


def _same(told: str, printed: str) -> bool:
    """Whether tooltip and print name the same choice: a unit of an address, or its first words."""
    units = [_unit(slug(each)) for each in (told, printed)]
    if all(units):
        return units[0] == units[1]
    first, other = " ".join(told.split()[:2]), " ".join(printed.split()[:2])
    return agrees(first, printed) or agrees(other, told)


def _unit(short: str) -> str:
    if len(short) < 30:
        return next((unit for unit, pattern in _UNITS if pattern.match(short)), "")
    return ""


def _item(field: Field, said: Said, own: Mapping[str, Any]) -> str:
    heard = _heard(field)
    return next(
        (str(item) for pattern, item in own.get("items", ()) if re.search(pattern, heard, re.I)),
        said.place,
    )


def _own_tick(field: Field, own: Mapping[str, Any]) -> str:
    heard = _heard(field)
    return next(
        (str(tick) for pattern, tick in own.get("ticks", ()) if re.search(pattern, heard, re.I)), ""
    )


def _by_hand(field: Field, text: str, own: Mapping[str, Any]) -> str:
    for pattern, reason in own.get("hand", ()):
        if re.search(pattern, _heard(field), re.I):
            return str(reason)
    if _SIGNED_ON.search(text) and guess(text) == "date":
        return "date of signature"
    if field.kind == "signature" or _SIGNATURE.search(text):
        return "signature"
    if _AGENCY.search(text):
        return "agency use only"
    return "safe address" if _SAFE.search(text) else ""


def _from_sections(
    field: Field,
    said: Said,
    own: Mapping[str, Any],
    attributes: Sequence[tuple[re.Pattern[str], str, str]],
) -> tuple[str, str]:
    """A question that other forms ask too: whose fact by the section, which by the last words."""
    heard = _heard(field)
    for pattern, question, *kind in own.get("asks", ()):
        if match := re.search(pattern, heard, re.I):
            return _expanded(question, match), kind[0] if kind else ""
    for pattern, subject in own.get("sections", ()):
        match = re.search(pattern, heard, re.I)
        if not match:
            continue
        if not subject:
            return "", ""
        for words, attribute, kind in attributes:
            if words.search(said.prompt) or words.search(_last_sentence(said.before)):
                return f"{_expanded(subject, match)}.{attribute}", kind
        return "", ""
    return "", ""


def _heard(field: Field) -> str:
    """What patterns are matched against: a field's key, its ``@part:item@``, its words."""
    return f"{field.key} @{take_apart(field.tooltip).place}@ {plain(field.tooltip)}"


def _expanded(question: str, match: re.Match[str]) -> str:
    """``{1}`` is the first number of the pattern, ``{1+4}`` four more than that."""

    def number(found: re.Match[str]) -> str:
        return str(int(match[int(found[1])]) + int(found[2] or 0))

    return re.sub(r"\{(\d)(?:\+(\d+))?\}", number, question)


def _last_sentence(text: str) -> str:
    parts = [part for part in re.split(r"(?<=[.?:])\s+", text) if re.search(r"[a-z]{3}", part)]
    return parts[-1] if parts else ""


def _own_question(
    field: Field, form: FormRead, said: Said, groups: Mapping[str, str], label: str
) -> str:
    """A question of this form alone, named by its part and item."""
    name = _form_name(form)
    part = f"part{slug(said.part)}" if said.part else f"page{field.page}"
    if field.key in groups:
        return f"{name}.{groups[field.key]}"
    item = f"item{slug(said.item)}" if said.item else ""
    tail = slug(re.sub(r"^(Enter|Select|Check|Provide)( the| your)?", "", said.prompt))
    tail = slug(label) or tail
    short = tail[:_LONGEST].rpartition("_")[0] if len(tail) > _LONGEST else tail
    short = short or slug(_STEM.sub("", field.key.rpartition(".")[2]))
    return ".".join(x for x in (name, part, item, short) if x)


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


def _groups(fields: Sequence[Field], said: Mapping[str, Said]) -> dict[str, str]:
    """Boxes of one question: those with one name but for the number, or a yes and a no."""
    together: dict[tuple[Any, ...], list[Field]] = defaultdict(list)
    for field in fields:
        if field.kind in ("check", "radio"):
            words = said[field.key]
            yes_no = re.match(r"(Select|Check) (the )?[\"“']?(Yes|No)\b", words.prompt)
            if yes_no and words.item and _STEM.search(field.key) is None:
                together[(words.part, words.item, words.before[-60:])].append(field)
            else:
                together[(field.page, _STEM.sub("", field.key))].append(field)
    found: dict[str, str] = {}
    used: Counter[str] = Counter()
    for members in together.values():
        if len(members) > 1:
            name = _group_name(members, said)
            used[name] += 1
            again = f"_{used[name]}" if used[name] > 1 else ""
            found.update({each.key: f"{name}{again}" for each in members})
    return found


def _group_name(members: Sequence[Field], said: Mapping[str, Said]) -> str:
    """The part that most of the boxes name, and the first item that they name."""
    parts = Counter(said[each.key].part for each in members if said[each.key].part)
    part = f"part{slug(parts.most_common(1)[0][0])}" if parts else f"page{members[0].page}"
    items = sorted((said[each.key].item for each in members if said[each.key].item), key=_sorting)
    if items:
        return f"{part}.item{slug(items[0])}"
    stem = _STEM.sub("", members[0].key.rpartition(".")[2])
    return f"{part}.{slug(stem.partition(':')[2] or stem)}"


def _sorting(item: str) -> tuple[int, str]:
    number = re.match(r"\d+", item)
    return (int(number[0]) if number else 999, item)


def _rows(fields: Sequence[Field], own: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Tables: fields of one column, numbered from the top of the page, page after page."""
    found = {}
    for pattern, question, *rest in own.get("rows", ()):
        kind, first = (rest[0] if rest else ""), (int(rest[1]) if len(rest) > 1 else 1)
        column = [
            field
            for field in fields
            if field.kind not in ("barcode", "button")
            and field.key not in found
            and re.search(pattern, _heard(field), re.I)
        ]
        heights = sorted({(field.page, -round(field.rect[1] / 4)) for field in column})
        for field in column:
            row = heights.index((field.page, -round(field.rect[1] / 4))) + first
            found[field.key] = (question.replace("{row}", str(row)), kind)
    return found


def _tick(field: Field, said: Said, label: str, text: str) -> str:
    """What ticks a box: what is printed beside it; else tooltip, else the stored value."""
    told = _chosen(text) or said.prompt
    for word in ("Yes", "No"):
        if agrees(word, label) and len(slug(label).split("_")[0]) == len(word):
            return word.lower()
        if not label and re.match(rf"[\"“']?{word}\b", told):
            return word.lower()
    stored = re.fullmatch(r"(yes|no)(_\d+)?", field.states[0] if field.states else "", re.I)
    if not label and stored:
        return stored[1].lower()
    short = slug(label or told)
    if unit := _unit(short):
        return unit
    return short[:_LONGEST].rpartition("_")[0] if len(short) > _LONGEST else short


def _format(field: Field, said: Said) -> str:
    kind = guess(plain(field.tooltip), field.scripted)
    if kind == "text" and field.comb:
        return "digits" if re.search(r"digit", said.prompt) else "compact"
    return kind


def _additional(
    fields: Sequence[Field], own: Mapping[str, Any], asked: Mapping[str, Asked]
) -> Additional:
    """The form's own room for more: page, part, item and text, matched by where they stand."""
    rule = own.get("additional")
    if not rule:
        return Additional("")
    columns: dict[str, list[Field]] = {}
    for name in ("page", "part", "item", "text"):
        pattern = rule.get(name)
        columns[name] = [
            field
            for field in fields
            if pattern and field.key in asked and re.search(pattern, _heard(field), re.I)
        ]
    slots = []
    for text in sorted(
        columns["text"], key=lambda each: (each.page, each.rect[0] > 300, -each.rect[3])
    ):
        near = {
            name: _above(text, columns[name]).key if _above(text, columns[name]) else ""
            for name in ("page", "part", "item")
        }
        slots.append(Slot(text=text.key, **near))

    parts = {take_apart(each.tooltip).part for each in columns["text"]} - {""}
    name = str(rule["name"]).replace("{part}", next(iter(sorted(parts)), ""))
    return Additional(name if slots else "", tuple(slots))


def _above(text: Field, column: Sequence[Field]) -> Any:
    """The field of a column that stands just over a text and within its width."""
    over = [
        each
        for each in column
        if each.page == text.page
        and text.rect[0] - 5 <= each.rect[0] <= text.rect[2]
        and -4 <= each.rect[1] - text.rect[3] < 60
    ]
    return min(over, key=lambda each: each.rect[1], default=None)
