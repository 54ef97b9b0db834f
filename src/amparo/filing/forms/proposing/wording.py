"""What tooltips mean: the rules of ``wording.yaml``, and how they are matched against a field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from amparo.filing.forms.answers.formats import guess
from amparo.filing.forms.blank.fields import Field
from amparo.filing.forms.blank.tooltips import Said, plain, take_apart

__all__ = [
    "Attribute",
    "Rules",
    "Wording",
    "by_hand",
    "heard",
    "item_of",
    "own_tick",
    "rows_of",
    "shared_question",
    "wording",
]

Rules = Mapping[str, Any]
Attribute = tuple[re.Pattern[str], str, str]
"""A pattern of last words, which fact they mean, and its format."""

_SIGNATURE = re.compile(
    r"can ?not be signed|signed electronically|protected field|sign in ink|enter signature"
    r"|digital signature|print and sign|^\W*signature of\b|\bsign here\b",
    re.I,
)
_SIGNED_ON = re.compile(r"date of (your )?signature|signature.{0,60}enter date|date signed", re.I)
_AGENCY = re.compile(r"\buse only\b|for official use", re.I)
_SAFE = re.compile(r"(?<!serves as the )\bsafe\b.{0,30}address", re.I)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of tooltips: ``attributes`` for all forms, and each form's own rules."""

    attributes: tuple[Attribute, ...]
    forms: Mapping[str, Rules]

    def of(self, form: str, edition: str) -> Rules:
        """The rules of a form, or of one edition of it, with those for all forms after them."""
        common = self.forms.get("all", {})
        own = self.forms.get(f"{form} {edition}") or self.forms.get(form, {})
        lists = ("hand", "asks", "sections", "rows", "items", "ticks")
        merged = {key: [*own.get(key, ()), *common.get(key, ())] for key in lists}
        return {**common, **own, **merged}


@cache
def wording() -> Wording:
    """Read the words, once."""
    data = yaml.safe_load((resources.files(__package__) / "wording.yaml").read_text("utf-8"))
    attributes = tuple(
        (re.compile(row[0], re.I), row[1], row[2] if len(row) > 2 else "")
        for row in data["attributes"]
    )
    return Wording(attributes, data["forms"])


def by_hand(field: Field, text: str, own: Rules) -> str:
    for pattern, reason in own.get("hand", ()):
        if re.search(pattern, heard(field), re.I):
            return str(reason)
    named = field.kind == "text" and re.search(r"signature", field.key, re.I)
    if (named or _SIGNED_ON.search(text)) and guess(text) == "date":
        return "date of signature"
    if field.kind == "signature" or named or _SIGNATURE.search(text):
        return "signature"
    if _AGENCY.search(text):
        return "agency use only"
    return "safe address" if _SAFE.search(text) else ""


def shared_question(
    field: Field,
    said: Said,
    own: Rules,
    attributes: Sequence[Attribute],
) -> tuple[str, str]:
    """A question that other forms ask too: whose fact by the section, which by the last words."""
    words_heard = heard(field)
    for pattern, question, *kind in own.get("asks", ()):
        if match := re.search(pattern, words_heard, re.I):
            return _expanded(question, match), kind[0] if kind else ""
    for pattern, subject in own.get("sections", ()):
        match = re.search(pattern, words_heard, re.I)
        if not match:
            continue
        if not subject:
            return "", ""
        for spoken in (said.prompt, _last_sentence(said.before)):
            for words, attribute, kind in attributes:
                if words.search(spoken):
                    return f"{_expanded(subject, match)}.{attribute}", kind
        return "", ""
    return "", ""


def item_of(field: Field, said: Said, own: Rules) -> str:
    words_heard = heard(field)
    return next(
        (
            str(item)
            for pattern, item in own.get("items", ())
            if re.search(pattern, words_heard, re.I)
        ),
        said.place,
    )


def own_tick(field: Field, own: Rules) -> str:
    words_heard = heard(field)
    return next(
        (
            str(tick)
            for pattern, tick in own.get("ticks", ())
            if re.search(pattern, words_heard, re.I)
        ),
        "",
    )


def rows_of(fields: Sequence[Field], own: Rules) -> dict[str, tuple[str, str]]:
    """Tables: fields of one column, numbered from the top of the page, page after page."""
    found = {}
    for pattern, question, *rest in own.get("rows", ()):
        kind, first = (rest[0] if rest else ""), (int(rest[1]) if len(rest) > 1 else 1)
        column = [
            field
            for field in fields
            if field.kind not in ("barcode", "button")
            and field.key not in found
            and re.search(pattern, heard(field), re.I)
        ]
        heights = sorted({(field.page, -round(field.rect[1] / 4)) for field in column})
        for field in column:
            row = heights.index((field.page, -round(field.rect[1] / 4))) + first
            found[field.key] = (question.replace("{row}", str(row)), kind)
    return found


def heard(field: Field) -> str:
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
