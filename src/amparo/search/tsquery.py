"""The grammar of PostgreSQL's full text: tsvector and tsquery, written by us as literals.

(https://www.postgresql.org/docs/current/datatype-textsearch.html.) The words come folded and
parted already, so PostgreSQL's own parser and dictionaries, which know no Arabic article and cut
Chinese by the server's locale, never see them. Columns are weights: D is the text, A a heading or
a name, B a sender.

Every word goes in quotation marks, so that nothing that a person types is ever read as syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

__all__ = ["LONGEST_WORD", "TsQuery", "vector"]

LONGEST_WORD = 500
"""Characters; PostgreSQL takes 2,046 bytes. What is longer is found by its beginning."""
MOST_PLACES = 16_383
"""The highest place in a text that a tsvector can tell."""

_WEIGHT = {"heading": "A", "name": "A", "sender": "B"}
_LEAF = re.compile(r"('(?:''|\\.|[^'\\])*')(:\*)?")


class TsQuery:
    """A ``Grammar``."""

    def row(self, words: Sequence[str], *, open_ended: bool = False) -> str:
        """Words that follow one another."""
        followed = " <-> ".join(map(_quoted, words))
        return f"({followed}:*)" if open_ended else f"({followed})"

    def either(self, expressions: Sequence[str]) -> str:
        """Joined by |, in parentheses when there are several."""
        return f"({' | '.join(expressions)})" if len(expressions) > 1 else expressions[0]

    def every(self, expressions: Sequence[str]) -> str:
        """Joined by &, in parentheses."""
        return f"({' & '.join(expressions)})"

    def without(self, wanted: str, excluded: str) -> str:
        """With ! before what is excluded, in parentheses."""
        return f"({wanted} & !{excluded})"

    def inside(self, column: str, expression: str) -> str:
        """Every word of the expression with the column's weight."""
        weight = _WEIGHT[column]
        return _LEAF.sub(lambda leaf: f"{leaf[1]}{leaf[2] or ':'}{weight}", expression)


def vector(columns: Iterable[tuple[str, str]]) -> str:
    """A tsvector literal of index words by weight: ``("D", text), ("A", heading)``.

    A column begins two places after the one before, so that no row of words reaches across.
    """
    places: dict[str, list[str]] = {}
    place = 0
    for weight, words in columns:
        for word in words.split():
            place = min(place + 1, MOST_PLACES)
            places.setdefault(_quoted(word), []).append(f"{place}{weight}")
        place = min(place + 1, MOST_PLACES)
    return " ".join(f"{word}:{','.join(found)}" for word, found in places.items())


def _quoted(word: str) -> str:
    escaped = word[:LONGEST_WORD].replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
