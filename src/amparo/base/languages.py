"""The six languages of the interface, what the languages of content are called, how they run."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

__all__ = [
    "INTERFACE_LANGUAGES",
    "Language",
    "content_languages",
    "find_language",
    "is_right_to_left",
    "language",
]

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its BCP 47 code, its English and its own name, and its writing direction."""

    code: str
    english: str
    own: str
    direction: Direction = "ltr"


INTERFACE_LANGUAGES: tuple[Language, ...] = (
    Language("en", "English", "English"),
    Language("es", "Spanish", "Español"),
    Language("fr", "French", "Français"),
    Language("ar", "Arabic", "العربية", "rtl"),
    Language("uk", "Ukrainian", "Українська"),
    Language("ru", "Russian", "Русский"),
)


@dataclass(frozen=True, slots=True)
class _Known:
    by_code: Mapping[str, Language]
    aliases: Mapping[str, str]
    right_to_left: frozenset[str]


@cache
def _known() -> _Known:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    right_to_left = frozenset(data["writing"]["right_to_left"])
    others = (
        Language(code, english, own, "rtl" if code in right_to_left else "ltr")
        for code, (english, own) in data["names"].items()
    )
    by_code = {each.code: each for each in (*INTERFACE_LANGUAGES, *others)}
    return _Known(by_code, data["aliases"], right_to_left)


def content_languages() -> tuple[Language, ...]:
    """Every language that has a name here, by English name."""
    return tuple(sorted(_known().by_code.values(), key=lambda each: each.english))


def language(code: str) -> Language:
    """The language of a code such as ``uk``, ``ukr`` or ``uk-UA``.

    A code without a name here is its own name, so that a page always has something to say.
    """
    known = _known()
    main = code.replace("_", "-").split("-")[0].lower()
    main = known.aliases.get(main, main)
    direction: Direction = "rtl" if main in known.right_to_left else "ltr"
    return known.by_code.get(main) or Language(main, code, code, direction)


def find_language(text: str) -> Language | None:
    """The language that a person means by a code or by its English or own name, or None."""
    wanted = text.strip().casefold()
    if not wanted:
        return None
    known = _known()
    code = known.aliases.get(wanted, wanted)
    if code in known.by_code:
        return known.by_code[code]
    names = ((each, (each.english.casefold(), each.own.casefold())) for each in content_languages())
    return next((each for each, own_names in names if wanted in own_names), None)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is Arabic, Hebrew or alike (UAX 9, P2)."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False
