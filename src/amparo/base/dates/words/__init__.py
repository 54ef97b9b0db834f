"""How dates are written and typed, one TOML file a language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["LANGUAGES", "words"]

LANGUAGES = ("ar", "en", "es", "fr", "ru", "uk")
_VARIANTS = ("en-US",)


@cache
def words(language: str) -> dict[str, Any]:
    """The words of a language, ``en`` or a variant as ``en-US``; English where there are none."""
    if language not in (*LANGUAGES, *_VARIANTS):
        plain = language.replace("_", "-").partition("-")[0]
        return words(plain if plain in LANGUAGES else "en")
    read = tomllib.loads((files(__name__) / f"{language}.toml").read_text("utf-8"))
    if "extends" not in read:
        return read
    ground = words(read["extends"])
    return {**ground, **{key: {**ground[key], **read[key]} for key in read if key != "extends"}}
