"""Which country is meant: its ISO 3166-1 code from a code or a name in six languages.

The names are Unicode's (CLDR, through Babel); those that lists and people write otherwise are in
``countries.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from babel import Locale

from amparo.base.folding import fold_words

__all__ = ["code_of"]

_LANGUAGES = ("en", "es", "fr", "ar", "uk", "ru")


def code_of(said: str) -> str:
    """Two capital letters, or "" for what is no country that is known here."""
    return _codes().get(_squeezed(said), "")


@cache
def _codes() -> Mapping[str, str]:
    codes: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                codes.setdefault(_squeezed(name), code)
                codes[_squeezed(code)] = code
    text = files("amparo.linkage.screening").joinpath("countries.toml").read_text("utf-8")
    for code, names in tomllib.loads(text)["names"].items():
        codes |= {_squeezed(name): code for name in names}
    return codes


def _squeezed(said: str) -> str:
    return fold_words(said).replace(" ", "")
