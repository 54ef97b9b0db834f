"""Reviewing a proposed map: a person's word on each field, and the map that they make together.

A field is asked, asked otherwise, or left to people; until then it waits and is never filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from amparo.base.errors import UsageError
from amparo.filing.forms.answers.formats import FORMATS
from amparo.filing.forms.blank.fields import Field
from amparo.filing.forms.maps import Asked, FormMap, known, load, parse_entry

__all__ = ["Word", "decided", "in_order", "known_questions", "reviewed_map"]

_LEFT, _MIDDLE, _RIGHT = 280.0, 300.0, 330.0  # of a page of 612 points: no field crosses columns
BY_HAND = "left to a person by whoever reviewed the map"


@dataclass(frozen=True, slots=True)
class Word:
    """What a reviewer says of one field.

    ``verdict`` is "yes" (it asks ``questions``, and a box is ticked by ``tick``), "hand" (a person
    fills it in), or "wait" (an earlier word is taken back).
    """

    verdict: str
    questions: str = ""
    tick: str = ""
    format: str = "text"


def decided(proposed: Asked, field: Field, word: Word) -> Asked:
    """What a field asks after a reviewer's word. UsageError says what is wrong with it."""
    if word.verdict == "wait":
        return replace(proposed, confirmed=False)
    if word.verdict == "hand":
        return Asked((), item=proposed.item, hand=proposed.hand or BY_HAND)
    if word.verdict != "yes":
        raise UsageError(f"{word.verdict!r} is not a word on a field.")
    asked = [each.strip() for each in word.questions.split("+") if each.strip()]
    if not asked:
        raise UsageError("Say which question the field asks, or leave it to a person.")
    box = field.kind in ("check", "radio")
    if box and not word.tick.strip():
        raise UsageError("Say which answer ticks this box.")
    if word.format not in FORMATS:
        raise UsageError(f"There is no format {word.format!r}.")
    made = parse_entry({"ask": asked}, field.key)
    joined = " " if all(".name." in each for each in asked) else proposed.joined
    tick = word.tick.strip() if box else ""
    return replace(
        proposed,
        questions=made.questions,
        joined=joined,
        tick=tick,
        hand="",
        format="text" if box else word.format,
        confirmed=True,
    )


def reviewed_map(proposed: FormMap, words: Mapping[str, Asked]) -> FormMap:
    """The proposed map with what was decided; how far that is stands in ``reviewed``."""
    fields = {key: words.get(key, asked) for key, asked in proposed.fields.items()}
    waiting = sum(not asked.confirmed for asked in fields.values())
    done = len(fields) - waiting
    says = f"{done} of {len(fields)} fields looked at by people here, beside the rendered page"
    return replace(proposed, fields=fields, reviewed=says)


def in_order(fields: Iterable[Field]) -> list[Field]:
    """The fields of one page as people read it: line by line, in two columns where it has them."""
    found = list(fields)
    columns = not any(each.rect[0] < _LEFT and each.rect[2] > _RIGHT for each in found)
    return sorted(
        found,
        key=lambda each: (
            columns and each.rect[0] > _MIDDLE,
            -round(each.rect[3] / 6),
            each.rect[0],
        ),
    )


def known_questions(form: str) -> Sequence[str]:
    """Questions that a reviewer may mean: those that several forms share, and this form's own."""
    own = f"{form.lower().replace('-', '')}."
    found: dict[str, set[str]] = {}
    for (name, _), file in known().items():
        for asked in load(file).fields.values():
            for question in asked.questions:
                found.setdefault(question, set()).add(name)
    return sorted(q for q, forms in found.items() if len(forms) > 1 or q.startswith(own))
