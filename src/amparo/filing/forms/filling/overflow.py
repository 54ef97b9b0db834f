"""Where answers go that do not fit: the form's own additional part first, then our own sheets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from amparo.filing.forms.blank.fields import Field
from amparo.filing.forms.drawing.fitting import fits, take
from amparo.filing.forms.maps import FormMap, Slot

__all__ = ["SHEET", "Distribution", "Remainder", "distribute", "pointers"]

SHEET = "continuation sheet"
_ROOMY = 250.0  # points: a field this high may take the beginning of a text and leave the rest


@dataclass(frozen=True, slots=True)
class Remainder:
    """What did not fit: the field and page it belongs to, its place as the form counts, the text.

    ``item`` is ``part:number``; ``continued`` says that its beginning stands elsewhere.
    """

    key: str
    page: int
    item: str
    text: str
    questions: tuple[str, ...] = ()
    continued: bool = False

    @property
    def part(self) -> str:
        """The part of the form, such as "2"."""
        return self.item.partition(":")[0]

    @property
    def number(self) -> str:
        """The item in that part, such as "5.b"."""
        return self.item.partition(":")[2]

    @property
    def place(self) -> str:
        """Its place in words."""
        part = f"Part {self.part}" if self.part[:1].isalnum() and len(self.part) < 8 else self.part
        words = [part if self.part else "", f"Item {self.number}" if self.number else ""]
        return ", ".join(word for word in words if word) or (
            f"Page {self.page}" if self.page else ""
        )


@dataclass(frozen=True, slots=True)
class Distribution:
    """What each field of the additional part shows, what goes on sheets, and where each went.

    ``continues`` gives the field whose answer a field of the additional part goes on with.
    """

    slots: Mapping[str, str]
    sheets: tuple[Remainder, ...]
    where: Mapping[str, str]
    continues: Mapping[str, str]


def distribute(
    remainders: Sequence[Remainder], known: FormMap | None, fields: Mapping[str, Field]
) -> Distribution:
    """Give each remainder a place of the form's own, or a sheet when there is none left.

    ``fields`` are those that are still empty.
    """
    free = [slot for slot in known.additional.slots if slot.text in fields] if known else []
    name = known.additional.name if known else ""
    shown: dict[str, str] = {}
    sheets: list[tuple[Remainder, Remainder]] = []  # as it was, and what is left of it
    where: dict[str, str] = {}
    continues: dict[str, str] = {}
    scarce = len(remainders) > len(free)
    for remainder in sorted(remainders, key=lambda each: -len(each.text) if scarce else 0):
        found = _whole(remainder, free, fields) or _begun(remainder, free, fields)
        if found is None:
            sheets.append((remainder, remainder))
            where[remainder.key] = SHEET
            continue
        slot, text, rest = found
        free.remove(slot)
        filled = {slot.text: text, **_numbers_that_fit(remainder, slot, fields)}
        shown |= filled
        continues |= dict.fromkeys(filled, remainder.key)
        where[remainder.key] = name
        if rest:
            sheets.append((remainder, replace(remainder, text=rest, continued=True)))
            where[remainder.key] = f"{name} and {SHEET}"
    order = {id(each): number for number, each in enumerate(remainders)}
    sheets.sort(key=lambda pair: (pair[0].page, _counted(pair[0].item), order[id(pair[0])]))
    return Distribution(shown, tuple(rest for _, rest in sheets), where, continues)


def _counted(item: str) -> list[tuple[int, str]]:
    """An item so that 2 sorts before 10."""
    return [(int(each) if each.isdigit() else 0, each) for each in re.split(r"(\d+)", item)]


def pointers(place: str, name: str = "") -> list[str]:
    """The words with which a field says where its answer is, longest first."""
    if not place:
        return ["(continued)"]
    short = "See add'l sheet" if place == SHEET else f"See {name.partition(',')[0]}"
    return [f"See {place}", short, "See attached", "See att.", "*"]


def _whole(
    remainder: Remainder, free: Sequence[Slot], fields: Mapping[str, Field]
) -> tuple[Slot, str, str] | None:
    """The first free place that holds all of it."""
    for slot in free:
        words = _worded(remainder, slot, fields)
        if fits(words, fields[slot.text]):
            return slot, words, ""
    return None


def _begun(
    remainder: Remainder, free: Sequence[Slot], fields: Mapping[str, Field]
) -> tuple[Slot, str, str] | None:
    """A large place with the beginning of a long text; the rest follows on a sheet."""
    for slot in free:
        field = fields[slot.text]
        if field.height > _ROOMY:
            begun = take(_worded(remainder, slot, fields), field)
            if begun is not None:
                return slot, f"{begun[0]}\n(continued on the {SHEET})", begun[1]
    return None


def _numbers_that_fit(
    remainder: Remainder, slot: Slot, fields: Mapping[str, Field]
) -> dict[str, str]:
    numbers = _numbers(remainder, slot)
    return {key: value for key, value in numbers.items() if value and _takes(value, key, fields)}


def _takes(value: str, key: str, fields: Mapping[str, Field]) -> bool:
    return key in fields and fits(value, fields[key])


def _numbers(remainder: Remainder, slot: Slot) -> dict[str, str]:
    page = str(remainder.page) if remainder.page else ""
    pairs = {slot.page: page, slot.part: remainder.part, slot.item: remainder.number}
    return {key: value for key, value in pairs.items() if key}


def _worded(remainder: Remainder, slot: Slot, fields: Mapping[str, Field]) -> str:
    """The text, with its place in words where the slot has no fields that could say it."""
    numbers = _numbers(remainder, slot)
    unsaid = not (slot.part and slot.item) or any(
        value and not _takes(value, key, fields) for key, value in numbers.items()
    )
    if unsaid and remainder.place:
        page = f"Page {remainder.page}, " if remainder.page and not slot.page else ""
        return f"{page}{remainder.place}: {remainder.text}"
    return remainder.text
