"""Identity numbers: by their form and check digits (python-stdnum, LGPL), or by the label beside.

The kinds are ``identity.yaml``. Numbers of machine-readable passports and cards are found by the
check digits of ICAO Doc 9303, part 3, 4.9. Check digits tell a slip of the pen, not a forgery.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module, resources
from importlib.metadata import version
from typing import Any

import yaml

from amparo.extract.suggestions.values import Suggestion

__all__ = ["find"]

_BEFORE = 40  # characters before a number in which its label may stand
_ZONE = re.compile(
    r"(?<![A-Z0-9<])(?P<number>[A-Z0-9<]{9})(?P<check>\d)(?P<country>[A-Z<]{3})"
    r"(?P<birth>\d{6})(?P<birth_check>\d)[MFX<](?P<expiry>\d{6})(?P<expiry_check>\d)"
)
_WEIGHTS = (7, 3, 1)
_ARABIC = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of number as ``identity.yaml`` describes it."""

    name: str
    pattern: re.Pattern[str]
    check: Any
    labels: re.Pattern[str] | None
    has_check_digits: bool


def find(text: str) -> Iterator[Suggestion]:
    """Give the numbers whose check digits are right or whose label says what they are."""
    for kind in _kinds():
        for found in kind.pattern.finditer(text):
            if kind.labels and not kind.labels.search(_before(text, found.start())):
                continue
            if kind.check is None or kind.check.is_valid(found[0]):
                yield _suggestion(kind, found)
    yield from _zones(text)


def _before(text: str, start: int) -> str:
    """What stands before a number on its line, in lower case."""
    return text[max(0, start - _BEFORE) : start].rpartition("\n")[2].casefold()


def _suggestion(kind: _Kind, found: re.Match[str]) -> Suggestion:
    number = re.sub(r"[\s.\-]", "", found[0].translate(_ARABIC))
    if kind.has_check_digits:
        why = "Its check digits are right for this kind of number."
    elif kind.labels:
        why = "A label for this kind of number stands before it."
    else:
        why = "It has the form of this kind of number, which has no check digits."
    likely = kind.has_check_digits and not number.isdecimal()
    return Suggestion(
        kind="identity",
        value=f"{kind.name} {number}",
        start=found.start(),
        end=found.end(),
        certainty="likely" if likely or kind.labels else "unsure",
        why=why,
        tool="python-stdnum" if kind.check is not None else "amparo identity",
        tool_version=version("python-stdnum" if kind.check is not None else "amparo"),
    )


def _zones(text: str) -> Iterator[Suggestion]:
    """The second lines of machine-readable passports (TD3) and the like."""
    for found in _ZONE.finditer(text):
        parts = (("number", "check"), ("birth", "birth_check"), ("expiry", "expiry_check"))
        if all(_check_digit(found[part]) == int(found[check]) for part, check in parts):
            country = found["country"].replace("<", "")
            number = found["number"].replace("<", "")
            yield Suggestion(
                "identity", f"Passport {country} {number}", found.start(), found.end("check"),
                "likely", "The check digits of a machine-readable document (ICAO 9303) are right.",
                "amparo identity", version("amparo"),
            )  # fmt: skip


def _check_digit(characters: str) -> int:
    return (
        sum(
            (0 if each == "<" else int(each, 36)) * _WEIGHTS[at % 3]
            for at, each in enumerate(characters)
        )
        % 10
    )


@cache
def _kinds() -> tuple[_Kind, ...]:
    """Read the file once; KeyError or re.error when it does not have its shape."""
    rows = yaml.safe_load(resources.files(__package__).joinpath("identity.yaml").read_text("utf-8"))
    return tuple(
        _Kind(
            row["name"],
            re.compile(row["pattern"]),
            import_module(row["check"]) if row["check"] else None,
            _labels(row["labels"]) if row.get("needs_label") else None,
            bool(row["check"]) and row.get("has_check_digits", True),
        )
        for row in rows
    )


def _labels(words: list[str]) -> re.Pattern[str]:
    return re.compile("(?<!\\w)(?:" + "|".join(re.escape(word.casefold()) for word in words) + ")")
