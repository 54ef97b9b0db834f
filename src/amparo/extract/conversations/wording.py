"""What messengers themselves write into their exports: ``wording.yaml``, checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

__all__ = ["Wording", "plain", "wording"]

MARKS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
"""Marks that only turn the direction of letters, as a class of a regular expression."""

_MARKS = re.compile(f"[{MARKS}]")
_BLANKS = re.compile(r"[\s\u00a0\u202f]+")


@dataclass(frozen=True, slots=True)
class Wording:
    """Phrases as ``plain`` gives them, each with its language; see the file for what they say."""

    attached: Mapping[str, str]
    left_out: Mapping[str, str]
    deleted: Mapping[str, str]
    call: Mapping[str, str]
    encrypted: Mapping[str, str]
    day_first: frozenset[str]
    before_noon: frozenset[str]
    after_noon: frozenset[str]


def plain(text: str) -> str:
    """Make a phrase comparable: no marks of direction, one kind of blank, lower case."""
    return _BLANKS.sub(" ", _MARKS.sub("", text)).strip().casefold()


@cache
def wording() -> Wording:
    """Read the file once; KeyError or AttributeError when it does not have its shape."""
    source = resources.files(__package__).joinpath("wording.yaml").read_text("utf-8")
    data = yaml.safe_load(source)["whatsapp"]
    return Wording(
        attached=_by_phrase(data["attached"]),
        left_out=_by_phrase(data["left_out"]),
        deleted=_by_phrase(data["deleted"]),
        call=_by_phrase(data["call"]),
        encrypted=_by_phrase(data["encrypted"]),
        day_first=frozenset(data["day_first"]),
        before_noon=_half(data["before_noon"]),
        after_noon=_half(data["after_noon"]),
    )


def _by_phrase(by_language: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {
        plain(phrase): language for language, phrases in by_language.items() for phrase in phrases
    }


def _half(phrases: Iterable[str]) -> frozenset[str]:
    """Phrases without blanks and points: "p. m." and "pm" are one."""
    return frozenset(re.sub(r"[. ]", "", plain(phrase)) for phrase in phrases)
