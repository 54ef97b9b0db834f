"""The six languages of the interface, and what to call the languages that content is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["INTERFACE_LANGUAGES", "Language"]


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its BCP 47 code, its English and its own name, and its writing direction."""

    code: str
    english: str
    own: str
    direction: Literal["ltr", "rtl"] = "ltr"


INTERFACE_LANGUAGES: tuple[Language, ...] = (
    Language("en", "English", "English"),
    Language("es", "Spanish", "Español"),
    Language("fr", "French", "Français"),
    Language("ar", "Arabic", "العربية", "rtl"),
    Language("uk", "Ukrainian", "Українська"),
    Language("ru", "Russian", "Русский"),
)
