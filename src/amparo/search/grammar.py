"""A query's words as an expression of a full-text index, whichever index it is.

The tree is walked here once; how rows of words are written and joined is the index's own grammar:
``amparo.search.fts5`` for SQLite, ``amparo.search.tsquery`` for PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from amparo.search.syntax import And, Node, Not, Or, Words
from amparo.search.words import asked_words

__all__ = ["Grammar", "Spellings", "column", "expression"]

Spellings = Mapping[str, Sequence[str]]
"""For the written form of a query's words: the other forms that they may also mean."""


class Grammar(Protocol):
    """How an index writes what is asked of it. Expressions are text; each stands by itself."""

    def row(self, words: Sequence[str], *, open_ended: bool = False) -> str:
        """Index words in a row; ``open_ended``: the last may go on."""
        ...

    def either(self, expressions: Sequence[str]) -> str:
        """One of them, one or more."""
        ...

    def every(self, expressions: Sequence[str]) -> str:
        """All of them, one or more."""
        ...

    def without(self, wanted: str, excluded: str) -> str:
        """The first and not the second."""
        ...

    def inside(self, column: str, expression: str) -> str:
        """The expression, met in one column: ``heading``, ``name`` or ``sender``."""
        ...


def expression(node: Node, spellings: Spellings, grammar: Grammar) -> str:
    """Return the expression of a tree for which ``plan.is_text`` holds.

    Raises ``TypeError`` for a tree that has fields in it or only what is excluded.
    """
    match node:
        case Words():
            return _words(node, spellings, grammar)
        case Or(nodes):
            return grammar.either([expression(each, spellings, grammar) for each in nodes])
        case And(nodes):
            return _and(nodes, spellings, grammar)
        case _:
            raise TypeError(f"{type(node).__name__} is not asked of the full-text index")


def column(name: str, pieces: Sequence[str], grammar: Grammar) -> str:
    """Return the expression for words in a row in one column; the last may go on."""
    return grammar.inside(name, grammar.row(asked_words(tuple(pieces)).words, open_ended=True))


def _words(words: Words, spellings: Spellings, grammar: Grammar) -> str:
    asked = asked_words(words.pieces)
    rows = [grammar.row(asked.words, open_ended=asked.open_ended or words.prefix)]
    if not words.quoted:
        rows += [grammar.row(form.split()) for form in spellings.get(words.written, ())]
    return grammar.either(rows)


def _and(nodes: Sequence[Node], spellings: Spellings, grammar: Grammar) -> str:
    wanted = [expression(n, spellings, grammar) for n in nodes if not isinstance(n, Not)]
    excluded = [expression(n.node, spellings, grammar) for n in nodes if isinstance(n, Not)]
    if not wanted:
        raise TypeError("only excluded words: no index has an expression for that")
    joined = grammar.every(wanted)
    return grammar.without(joined, grammar.either(excluded)) if excluded else joined
