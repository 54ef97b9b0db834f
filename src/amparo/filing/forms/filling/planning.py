"""Filling: an answer for each field, drawn whole, or written elsewhere with the field saying so.

First everything is planned as values, then the form is written. Nothing is ever cut: a value that
does not fit goes to the form's own additional part or to a continuation sheet, and one that cannot
be true is written nowhere and named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from amparo.filing.forms.answers import Answer, Answers
from amparo.filing.forms.answers.formats import NotAsAsked, WrongAnswer, write
from amparo.filing.forms.blank.fields import Field
from amparo.filing.forms.blank.printed import Side
from amparo.filing.forms.drawing.fitting import fits, take
from amparo.filing.forms.drawing.letters import NoLetters
from amparo.filing.forms.filling.lists import beyond
from amparo.filing.forms.filling.overflow import Remainder, distribute, pointers
from amparo.filing.forms.maps import Asked, FormMap

__all__ = ["Entry", "Plan", "Status", "plan"]

Status = Literal["drawn", "ticked", "elsewhere", "unticked", "empty", "left", "refused"]
_YES = {"yes": ("yes", "y", "true", "1", "x", "on"), "no": ("no", "n", "false", "0", "off")}
_SAFE = "safe address"


@dataclass(frozen=True, slots=True)
class Entry:
    """What happens to one field.

    ``answer`` is the answer as it was given, ``shown`` what the field shows ("" for none),
    ``state`` the state that ticks its box. ``overflow`` says where the rest or all of it is
    written, "" when it is all here. ``says`` is a sentence when a person must know something.
    """

    field: Field
    status: Status
    questions: tuple[str, ...] = ()
    item: str = ""
    answer: str = ""
    shown: str = ""
    state: str = ""
    label: str = ""
    side: Side = "right"
    overflow: str = ""
    says: str = ""
    sources: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """All fields of a form, what goes on continuation sheets, and answers that no field asks.

    ``refused`` are sentences about answers that no field shows and that cannot be true: members
    beyond the form's rows, and answers that contradict each other.
    """

    entries: tuple[Entry, ...]
    sheets: tuple[Remainder, ...] = ()
    unused: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def plan(fields: Sequence[Field], known: FormMap | None, answers: Answers) -> Plan:
    """Decide what each field shows. Without a map only answers to fields by name are used."""
    asked = dict(known.fields) if known else {}
    choices = _choices(asked)
    entries, remainders = [], []
    for field in fields:
        entry, rest = _entry(field, asked.get(field.key), answers, choices)
        entries.append(entry)
        if rest is not None:
            remainders.append(rest)
    further, refused = beyond(asked, answers, known.first_only if known else ())
    remainders += further
    free = [entry.field for entry in entries if entry.status in ("empty", "left")]
    placed = distribute(remainders, known, {each.key: each for each in free})
    entries = [_pointed(entry, placed.where, known) for entry in entries]
    written = {entry.field.key: entry for entry in entries}
    for key, text in placed.slots.items():
        origin = written.get(placed.continues[key])
        written[key] = _continuing(written[key], text, origin)
    used = _used(fields, asked, answers)
    unused = tuple(sorted(answers.keys() - used - {q for r in remainders for q in r.questions}))
    return Plan(tuple(written.values()), placed.sheets, unused, refused)


def _continuing(entry: Entry, text: str, origin: Entry | None) -> Entry:
    """A field of the own room for more rests on what the field rests on that it continues."""
    says = "The form's own room for what does not fit."
    if origin is None:
        return replace(entry, status="drawn", shown=text, answer=text, says=says)
    return replace(
        entry,
        status="drawn",
        shown=text,
        answer=text,
        questions=origin.questions,
        sources=origin.sources,
        says=f"It continues page {origin.field.page}. {says}",
    )


def _entry(
    field: Field, asked: Asked | None, answers: Answers, choices: Mapping[str, frozenset[str]]
) -> tuple[Entry, Remainder | None]:
    by_name = answers.get(field.key) or answers.get(field.name)
    if field.kind in ("barcode", "signature", "button"):
        return Entry(field, "left", says=_why_left(field)), None
    if by_name is not None and not (asked and asked.hand):
        return _answered(field, asked or Asked((field.key,)), (by_name,), choices, by_name=True)
    if asked is None:
        return Entry(field, "empty", says="This field is not in the map."), None
    entry = Entry(field, "empty", asked.questions, asked.item, label=asked.label, side=asked.side)
    given = tuple(answers[each] for each in asked.questions if each in answers)
    if asked.hand and not (asked.hand == _SAFE and given and all(a.confirmed_by for a in given)):
        return replace(entry, status="left", says=_by_hand(asked.hand)), None
    if not given:
        return entry, None
    if not asked.confirmed:
        says = "The proposed question waits for a person's yes; nothing was written."
        return replace(entry, status="left", says=says), None
    return _answered(field, asked, given, choices, by_name=False)


def _answered(
    field: Field,
    asked: Asked,
    given: Sequence[Answer],
    choices: Mapping[str, frozenset[str]],
    *,
    by_name: bool,
) -> tuple[Entry, Remainder | None]:
    entry = Entry(
        field,
        "drawn",
        asked.questions,
        asked.item,
        answer=asked.joined.join(each.text for each in given),
        label=asked.label,
        side=asked.side,
        sources=tuple(each.source for each in given if each.source is not None),
    )
    if field.kind in ("check", "radio"):
        return _ticked(entry, asked, given[0], choices, by_name=by_name), None
    try:
        short = 2 if field.kind == "choice" and asked.format == "state" else field.max_length
        shown = asked.joined.join(write(asked.format, a.text, short) for a in given)
        if field.kind == "choice":
            return _chosen(entry, shown), None
        if fits(shown, field):
            return replace(entry, shown=shown), None
    except WrongAnswer as error:
        return replace(entry, status="refused", says=str(error)), None
    except NoLetters as error:
        return replace(entry, status="refused", says=str(error)), None
    except NotAsAsked as error:
        return _moved(entry, error.words, error.says)
    return _too_long(entry, shown)


def _too_long(entry: Entry, shown: str) -> tuple[Entry, Remainder | None]:
    """A long text begins in its field when there is room for lines of it; else it goes whole."""
    begun = take(shown, entry.field)
    if begun is None:
        return _moved(entry, shown, "It does not fit into the field.")
    entry = replace(
        entry, status="elsewhere", shown=begun[0], says="The field shows its beginning."
    )
    return entry, Remainder(
        entry.field.key, entry.field.page, entry.item, begun[1], entry.questions
    )


def _moved(entry: Entry, words: str, says: str) -> tuple[Entry, Remainder | None]:
    entry = replace(entry, status="elsewhere", shown="", says=says)
    return entry, Remainder(entry.field.key, entry.field.page, entry.item, words, entry.questions)


def _pointed(entry: Entry, where: Mapping[str, str], known: FormMap | None) -> Entry:
    """Let the field say where its answer went."""
    place = where.get(entry.field.key)
    if entry.status != "elsewhere" or place is None:
        return entry
    for pointer in pointers(place, known.additional.name if known else ""):
        text = f"{entry.shown}\n{pointer}" if entry.shown else pointer
        if fits(text, entry.field):
            return replace(entry, shown=text, overflow=place)
    says = f"{entry.says} The field has no room to say where it is."
    return replace(entry, shown="", overflow=place, says=says.strip())


def _ticked(
    entry: Entry,
    asked: Asked,
    answer: Answer,
    choices: Mapping[str, frozenset[str]],
    *,
    by_name: bool,
) -> Entry:
    """Tick the box whose choice the answer names; the stored values of the form decide nothing."""
    said = {_choice(each) for each in answer.values}
    wanted = {"yes", *map(_choice, entry.field.states)} if by_name else {asked.tick or "yes"}
    state = entry.field.states[0] if entry.field.states else "Yes"
    if said & wanted:
        return replace(entry, status="ticked", state=state)
    open_to = choices.get(asked.questions[0], frozenset()) | {"no"} if not by_name else said
    strange = sorted(said - open_to)
    if strange:
        known = ", ".join(sorted(open_to - {"no"} if len(open_to) > 2 else open_to))
        says = f"{answer.text!r} is none of the choices: {known}."
        return replace(entry, status="refused", says=says)
    return replace(entry, status="unticked")


def _chosen(entry: Entry, shown: str) -> Entry:
    """Find the choice of a list, whatever blanks it is padded with."""
    wanted = " ".join(shown.split()).casefold()
    for option in entry.field.options:
        names = {" ".join(each.split()).casefold() for each in (option.stored, option.shown)}
        if wanted in names and wanted:
            text = option.shown.strip() or option.stored.strip()
            if not fits(text, replace(entry.field, max_length=None)):
                text = option.stored.strip()
            return replace(entry, shown=text, state=option.stored)
    if entry.field.editable and fits(shown, entry.field):
        return replace(entry, shown=shown, state=shown)
    few = ", ".join(
        option.shown.strip() for option in entry.field.options[:60] if option.shown.strip()
    )
    return replace(entry, status="refused", says=f"{shown!r} is not on the list: {few}.")


def _choice(text: str) -> str:
    folded = "_".join(text.strip().casefold().split())
    for name, forms in _YES.items():
        if folded in forms:
            return name
    return "".join(each if each.isalnum() else "_" for each in folded).strip("_")


def _choices(asked: Mapping[str, Asked]) -> dict[str, frozenset[str]]:
    """The ticks that each question is open to."""
    found: dict[str, set[str]] = {}
    for each in asked.values():
        for question in each.questions:
            if each.tick:
                found.setdefault(question, set()).add(each.tick)
    return {question: frozenset(ticks) for question, ticks in found.items()}


def _used(fields: Sequence[Field], asked: Mapping[str, Asked], answers: Answers) -> set[str]:
    names = {name for field in fields for name in (field.key, field.name)}
    return (names | {q for each in asked.values() for q in each.questions}) & answers.keys()


def _why_left(field: Field) -> str:
    if field.kind == "barcode":
        return "The barcode stays as it is."
    return "A person signs here." if field.kind == "signature" else "A button of the form."


def _by_hand(reason: str) -> str:
    if reason == _SAFE:
        return "A safe address is never filled in by itself; a person decides it (confirmed_by)."
    return f"Left for a person: {reason}."
