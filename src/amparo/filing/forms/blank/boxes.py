"""Boxes to tick: which belong to one question, what is printed beside each, and what ticks it.

What a form stores for a tick is often wrong; what is printed beside the box is what a reader sees.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from amparo.filing.forms.blank.fields import Field
from amparo.filing.forms.blank.printed import PrintedPage, Side, agrees, label_beside, slug
from amparo.filing.forms.blank.tooltips import Said, plain

__all__ = ["STEM", "groups_of", "shortened", "sides_of", "tick_of"]

STEM = re.compile(r"\[\d+\]$|#\d+$")
"""The number at the end of a key, which tells fields of one name apart."""

_LONGEST = 40
_UNITS = (
    ("apt", re.compile(r"^ap(t|artment)")),
    ("ste", re.compile(r"^s(te|uite)")),
    ("flr", re.compile(r"^(designated_)?fl(r|oor)")),
)


def groups_of(fields: Sequence[Field], said: Mapping[str, Said]) -> dict[str, str]:
    """Boxes of one question: those with one name but for the number, or a yes and a no."""
    together: dict[tuple[Any, ...], list[Field]] = defaultdict(list)
    for field in fields:
        if field.kind in ("check", "radio"):
            words = said[field.key]
            yes_no = re.match(r"(Select|Check) (the )?[\"“']?(Yes|No)\b", words.prompt)
            if yes_no and words.item and STEM.search(field.key) is None:
                together[(words.part, words.item, words.before[-60:])].append(field)
            else:
                together[(field.page, STEM.sub("", field.key))].append(field)
    found: dict[str, str] = {}
    used: Counter[str] = Counter()
    for members in together.values():
        if len(members) > 1:
            name = _group_name(members, said)
            used[name] += 1
            again = f"_{used[name]}" if used[name] > 1 else ""
            found.update({each.key: f"{name}{again}" for each in members})
    return found


def sides_of(fields: Sequence[Field], pages: Mapping[int, PrintedPage]) -> dict[str, Side]:
    """Boxes whose words are printed on their left: every one of a group must say so."""
    groups: dict[tuple[int, str], list[Field]] = defaultdict(list)
    for field in fields:
        if field.kind in ("check", "radio"):
            groups[(field.page, STEM.sub("", field.key))].append(field)
    found: dict[str, Side] = {}
    for members in groups.values():
        page = pages[members[0].page]
        if len(members) > 1 and not _all_agree(members, page, fields, "right"):
            side: Side = "left" if _all_agree(members, page, fields, "left") else "right"
            found.update({each.key: side for each in members})
    return found


def tick_of(field: Field, said: Said, label: str) -> str:
    """What ticks a box: what is printed beside it; else tooltip, else the stored value."""
    told = _chosen(plain(field.tooltip)) or said.prompt
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
    return shortened(short)


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


def _group_name(members: Sequence[Field], said: Mapping[str, Said]) -> str:
    """The part that most of the boxes name, and the first item that they name."""
    parts = Counter(said[each.key].part for each in members if said[each.key].part)
    part = f"part{slug(parts.most_common(1)[0][0])}" if parts else f"page{members[0].page}"
    items = sorted((said[each.key].item for each in members if said[each.key].item), key=_sorting)
    if items:
        return f"{part}.item{slug(items[0])}"
    stem = STEM.sub("", members[0].key.rpartition(".")[2])
    return f"{part}.{slug(stem.partition(':')[2] or stem)}"


def _sorting(item: str) -> tuple[int, str]:
    number = re.match(r"\d+", item)
    return (int(number[0]) if number else 999, item)


def shortened(name: str) -> str:
    """A name of at most forty letters, cut between words."""
    return name[:_LONGEST].rpartition("_")[0] if len(name) > _LONGEST else name
