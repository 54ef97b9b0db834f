"""What a query means, as a tree of frozen values.

::

    Node
    ├── Words       words in a row; a single one may be met by other spellings unless quoted
    ├── Field       field:value that is settled by looking a value up (matter, tag, name …)
    ├── Dated       a stretch of time that the passage's date must touch
    ├── Not
    ├── And
    └── Or
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

__all__ = [
    "And",
    "Dated",
    "Field",
    "FieldName",
    "Node",
    "Not",
    "Note",
    "Or",
    "Query",
    "Words",
    "leaves",
    "wanted_words",
]

FieldName = Literal["matter", "type", "language", "tag", "from", "name", "page"]


@dataclass(frozen=True, slots=True)
class Words:
    """Folded words in a row, as ``words.word_pieces`` gives them.

    ``prefix``: the last may go on. ``quoted``: exactly these, no other spellings.
    """

    pieces: tuple[str, ...]
    written: str
    prefix: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """``name:value``; the value is as the person wrote it."""

    name: FieldName
    value: str


@dataclass(frozen=True, slots=True)
class Dated:
    """Between two days, both included; None where the stretch is open."""

    earliest: date | None
    latest: date | None
    written: str


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be so."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """What must all be so; two nodes or more."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Of which one must be so; two nodes or more."""

    nodes: tuple[Node, ...]


Node = Words | Field | Dated | Not | And | Or


@dataclass(frozen=True, slots=True)
class Note:
    """What was not taken as written: a sentence with ``%(what)s`` in it, to be translated."""

    sentence: str
    what: str = ""

    def __str__(self) -> str:
        return self.sentence % {"what": self.what}


@dataclass(frozen=True, slots=True)
class Query:
    """The best reading of what a person typed; ``root`` is None when nothing is asked."""

    written: str
    root: Node | None
    notes: tuple[Note, ...] = ()


def leaves(node: Node | None, *, negated: bool = False) -> Iterator[tuple[Node, bool]]:
    """Yield every leaf of the tree from left to right, and whether it is under a Not."""
    match node:
        case None:
            return
        case Not(inner):
            yield from leaves(inner, negated=not negated)
        case And(nodes) | Or(nodes):
            for each in nodes:
                yield from leaves(each, negated=negated)
        case _:
            yield node, negated


def wanted_words(node: Node | None) -> tuple[Words, ...]:
    """Return the words that a result is to contain, without those that are excluded."""
    return tuple(leaf for leaf, negated in leaves(node) if isinstance(leaf, Words) and not negated)
