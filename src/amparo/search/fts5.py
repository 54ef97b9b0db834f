"""A query's words as an expression of SQLite's FTS5 (https://sqlite.org/fts5.html, section 3).

Every word goes in quotation marks, and words hold only letters, digits and marks, so that nothing
that a person types is ever read as FTS5 syntax.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from amparo.search.syntax import And, Node, Not, Or, Words
from amparo.search.words import asked_words

__all__ = ["Spellings", "column", "expression", "row"]

Spellings = Mapping[str, Sequence[str]]
"""For the written form of a query's words: the other forms that they may also mean."""


def row(words: Sequence[str], *, open_ended: bool = False) -> str:
    """Return the expression for index words in a row; ``open_ended``: the last may go on."""
    quoted = " ".join(words).replace('"', "")
    return f'"{quoted}" *' if open_ended else f'"{quoted}"'


def _words(words: Words, spellings: Spellings) -> str:
    asked = asked_words(words.pieces)
    rows = [row(asked.words, open_ended=asked.open_ended or words.prefix)]
    if not words.quoted:
        rows += [row(form.split()) for form in spellings.get(words.written, ())]
    return f"({' OR '.join(rows)})" if len(rows) > 1 else rows[0]


def expression(node: Node, spellings: Spellings) -> str:
    """Return the MATCH expression of a tree for which ``plan.is_text`` holds.

    Raises ``TypeError`` for a tree that has fields in it or only what is excluded.
    """
    match node:
        case Words():
            return _words(node, spellings)
        case Or(nodes):
            return f"({' OR '.join(expression(each, spellings) for each in nodes)})"
        case And(nodes):
            wanted = [expression(each, spellings) for each in nodes if not isinstance(each, Not)]
            excluded = [expression(n.node, spellings) for n in nodes if isinstance(n, Not)]
            if not wanted:
                raise TypeError("only excluded words: FTS5 has no expression for that")
            joined = f"({' AND '.join(wanted)})"
            return f"({joined} NOT ({' OR '.join(excluded)}))" if excluded else joined
        case _:
            raise TypeError(f"{type(node).__name__} is not asked of the full-text index")


def column(name: str, pieces: Sequence[str]) -> str:
    """Return the MATCH expression for words in a row in one column; the last may go on."""
    return f"{name} : {row(asked_words(tuple(pieces)).words, open_ended=True)}"
