"""The words that stand in names without being names, and short forms of given names: data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from amparo.base.folding import fold_words

__all__ = ["Vocabulary", "squeezed", "vocabulary"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What ``vocabulary.toml`` and ``nicknames.toml`` say, folded.

    ``forms``: a legal form to the number of its group. ``short``: a word to the numbers of the
    groups of given names that it is in; ``members``: the words of each. ``leading``: a word that
    is one with the name after it to its usual spelling. ``distinct``: a given name to its group of
    names that sound alike, and its place among them.
    """

    particles: frozenset[str]
    father: frozenset[str]
    father_endings: tuple[str, ...]
    least_left: int
    mother: frozenset[str]
    kunya: frozenset[str]
    compound: frozenset[str]
    leading: Mapping[str, str]
    titles: frozenset[str]
    generation: frozenset[str]
    bodies: frozenset[str]
    forms: Mapping[str, int]
    numbers: Mapping[str, int]
    spelt: Mapping[str, str]
    common: frozenset[str]
    short: Mapping[str, frozenset[int]]
    members: tuple[frozenset[str], ...]
    distinct: Mapping[str, tuple[int, int]]


def squeezed(text: str) -> str:
    """The folded text without anything between its letters and digits."""
    return fold_words(text).replace(" ", "")


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    data, nicknames = _read("vocabulary.toml"), _read("nicknames.toml")
    father = data["father"]
    return Vocabulary(
        particles=_words(data["particles"]["light"]),
        father=_words(father["words"]),
        father_endings=tuple(sorted(_words(father["endings"]), key=len, reverse=True)),
        least_left=father["least"],
        mother=_words(data["mother"]["words"]),
        kunya=_words(data["kunya"]["words"]),
        compound=_words(data["compound"]["words"]),
        leading=_spelt([*data["kunya"]["words"], *data["compound"]["words"]]),
        titles=_words(data["titles"]["words"]),
        generation=_words(data["titles"]["generation"]),
        bodies=_words(data["bodies"]["words"]),
        forms=_forms(data["forms"]["groups"]),
        numbers=data["numbers"]["words"],
        spelt=_spelt(data["spelt"]["groups"]),
        common=_words(data["common"]["words"]),
        short=_short(nicknames["groups"]),
        distinct=_distinct(data["distinct"]["groups"]),
        members=tuple(_words([group]) for group in nicknames["groups"]),
    )


def _read(name: str) -> dict[str, Any]:
    text = files("amparo.linkage.names").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def _words(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(squeezed(word) for line in lines for word in line.split()) - {""}


def _forms(groups: Iterable[str]) -> dict[str, int]:
    return {
        squeezed(form): number for number, group in enumerate(groups) for form in group.split("|")
    }


def _spelt(groups: Iterable[str]) -> dict[str, str]:
    return {
        squeezed(word): squeezed(group.split()[0]) for group in groups for word in group.split()
    }


def _distinct(groups: Iterable[str]) -> dict[str, tuple[int, int]]:
    return {
        word: (number, place)
        for number, group in enumerate(groups)
        for place, names in enumerate(group.split("|"))
        for word in _words([names])
    }


def _short(groups: Iterable[str]) -> dict[str, frozenset[int]]:
    short: dict[str, frozenset[int]] = {}
    for number, group in enumerate(groups):
        for word in _words([group]):
            short[word] = short.get(word, frozenset()) | {number}
    return short
