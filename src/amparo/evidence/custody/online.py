"""The papers of an online investigation: a plan, a threat assessment, a log, a collection record.

The forms are data (``online.yaml``, after the Berkeley Protocol); here they are read, and what a
person filled in is held against them. Papers are kept in versions; nothing is overwritten.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any, Literal
from urllib.parse import urlsplit

import yaml

from amparo.base.errors import UsageError

__all__ = ["Agreement", "Field", "Form", "agreement", "check", "form", "forms"]

Kind = Literal["line", "text", "choice", "url", "number", "moment"]
_KINDS = frozenset({"line", "text", "choice", "url", "number", "moment"})
_HEX64 = re.compile(r"[0-9a-f]{64}")
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Field:
    """A question of a form."""

    key: str
    label: str
    kind: Kind
    required: bool = False
    help: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form: about the matter or one item; ``many`` when it is filled in again and again."""

    name: str
    title: str
    purpose: str
    about: Literal["matter", "item"]
    many: bool
    source: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether the hash that the capturing tool printed is that of the file here."""

    stated: str
    agrees: bool | None
    """None when none was stated: unknown."""


@cache
def forms() -> Mapping[str, Form]:
    """Every form by name. ValueError for a file that is not as its head says."""
    text = resources.files("amparo.evidence.custody").joinpath("online.yaml").read_text("utf-8")
    return {each["form"]: _form(each) for each in yaml.safe_load(text)}


def form(name: str) -> Form:
    """The form called ``name``; UsageError when there is none."""
    if name not in forms():
        raise UsageError(f"There is no form {name!r}.")
    return forms()[name]


def check(name: str, content: Mapping[str, str]) -> dict[str, str]:
    """What was filled in, in the form's order and without what is empty. UsageError."""
    asked = form(name)
    unknown = set(content) - {each.key for each in asked.fields}
    if unknown:
        raise UsageError(f"“{asked.title}” has no field {min(unknown)!r}.")
    answers = {each.key: str(content.get(each.key, "")).strip() for each in asked.fields}
    for each in asked.fields:
        _check_answer(each, answers[each.key])
    return {key: answer for key, answer in answers.items() if answer}


def agreement(content: Mapping[str, str], sha256: str) -> Agreement:
    """Hold the hash stated in a collection record against the file's."""
    stated = re.sub(r"\s", "", content.get("hash_at_capture", "")).lower()
    return Agreement(stated, stated == sha256 if stated else None)


def _check_answer(field: Field, answer: str) -> None:
    if not answer:
        if field.required:
            raise UsageError(
                f"“{field.label}” is empty.", next_step="Fill it in; “unknown” is one."
            )
        return
    if len(answer) > LONGEST:
        raise UsageError(f"“{field.label}” is longer than {LONGEST} characters.")
    if field.kind == "choice" and answer not in field.options:
        raise UsageError(f"“{field.label}” has no choice {answer!r}.")
    if field.kind == "url" and not _is_address(answer):
        raise UsageError(f"“{field.label}” is no address.", next_step="Begin with http or https.")
    if field.kind == "moment" and not _is_moment(answer):
        raise UsageError(
            f"“{field.label}” needs the day, the time and the zone.",
            next_step="Write it as 2026-11-22T14:05:09+02:00.",
        )
    if field.key == "hash_at_capture" and not _HEX64.fullmatch(re.sub(r"\s", "", answer).lower()):
        raise UsageError(f"“{field.label}” has 64 hexadecimal digits.")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _form(told: Mapping[str, Any]) -> Form:
    name = told["form"]
    if told["about"] not in ("matter", "item") or not isinstance(told["many"], bool):
        raise ValueError(f"online.yaml: {name!r} is not as the head of the file says")
    fields = tuple(_field(each, name) for each in told["fields"])
    if len({each.key for each in fields}) != len(fields):
        raise ValueError(f"online.yaml: {name!r} has a key twice")
    return Form(
        name,
        told["title"],
        told["purpose"],
        told["about"],
        told["many"],
        told["source"],
        fields,
    )


def _field(told: Mapping[str, Any], form_name: str) -> Field:
    options = tuple(told.get("options", ()))
    if told["kind"] not in _KINDS or (told["kind"] == "choice") != bool(options):
        raise ValueError(f"online.yaml: {form_name!r}, {told['key']!r} is not a field")
    return Field(
        told["key"],
        told["label"],
        told["kind"],
        bool(told.get("required", False)),
        told.get("help", ""),
        options,
    )
