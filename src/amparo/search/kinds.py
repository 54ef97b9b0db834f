"""The kinds of things that are found: what a facet calls "PDF", "e-mail" or "picture"."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from amparo.base.folding import fold

__all__ = ["KINDS", "kind_number", "kind_of", "kinds_meant"]


@dataclass(frozen=True, slots=True)
class _Kind:
    number: int
    types: tuple[str, ...]
    also: tuple[str, ...]


@cache
def _kinds() -> Mapping[str, _Kind]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        name: _Kind(row["number"], tuple(row["types"]), tuple(row.get("also", ())))
        for name, row in data.items()
    }


KINDS: tuple[str, ...] = (
    "pdf",
    "word",
    "sheet",
    "slides",
    "mail",
    "picture",
    "sound",
    "video",
    "web",
    "archive",
    "text",
    "note",
    "calendar",
    "other",
)
"""Every kind, in the order in which a page lists them; ``kinds.toml`` says what belongs to each."""


def kind_number(kind: str) -> int:
    """The number of a kind in the index."""
    return _kinds()[kind].number


@cache
def kind_of(media_type: str) -> str:
    """The kind of a media type such as ``application/pdf``; the longest fitting entry wins."""
    fitting = (
        (len(start), name)
        for name, kind in _kinds().items()
        for start in kind.types
        if media_type.lower().startswith(start)
    )
    return max(fitting)[1]


def kinds_meant(word: str) -> tuple[str, ...]:
    """The kinds that a person means by a word: a kind's name, another word for it, a plural."""
    wanted = fold(word).strip().lstrip(".")
    names = {wanted, wanted.removesuffix("s")}
    return tuple(
        name for name, kind in _kinds().items() if names & {name, name.rstrip("s"), *kind.also}
    )
