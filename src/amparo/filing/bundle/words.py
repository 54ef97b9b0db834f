"""What a bundle itself says (labels, notices, reasons), in the six languages of the interface."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml

__all__ = ["LANGUAGES", "notice", "reason", "say", "words"]

LANGUAGES = ("en", "es", "fr", "ar", "uk", "ru")


@cache
def words(language: str) -> Mapping[str, object]:
    """Give every word of a bundle in ``language``; English for one that is not there."""
    text = (resources.files(__package__) / "words.yaml").read_text("utf-8")
    everything: dict[str, dict[str, object]] = yaml.safe_load(text)
    return everything.get(language, everything["en"])


def say(language: str, key: str, **values: object) -> str:
    """Give one label or sentence with its ``values`` filled in."""
    return str(words(language)[key]).format(**values)


def notice(language: str, code: str, values: Mapping[str, str]) -> str:
    """Give the sentence that tells a reader something about an exhibit's pages."""
    return _sentence(language, "notices", code, values)


def reason(language: str, code: str, values: Mapping[str, str]) -> str:
    """Give the sentence that says why an exhibit cannot be shown in pages."""
    return _sentence(language, "reasons", code, values)


def _sentence(language: str, group: str, code: str, values: Mapping[str, str]) -> str:
    sentences = words(language)[group]
    assert isinstance(sentences, dict)
    return str(sentences[code]).format(**values)
