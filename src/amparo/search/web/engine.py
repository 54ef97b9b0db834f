"""What differs between the two databases that can hold the index; everything else is one code.

SQLite keeps words in FTS5 tables, PostgreSQL in tsvector columns with a GIN index. Both have a
table ``search_words`` of text and heading and a table ``search_labels`` of name and sender, a
passage's number in each row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from amparo.search.fts5 import Fts5
from amparo.search.grammar import Grammar
from amparo.search.tsquery import TsQuery, vector

__all__ = ["HEADING_WEIGHT", "Engine", "WordsRow", "engine"]

HEADING_WEIGHT = 3.0
"""How much more a word in a heading tells than one in the text."""

WordsRow = tuple[int, str, str, str, str]
"""A passage's number, text, heading, name and sender, as index words."""

Words = tuple[int | str, ...]
"""A row of one of the two tables."""


@dataclass(frozen=True, slots=True)
class Engine:
    """The statements of one database.

    ``words``: the table in a FROM, and before it whatever it needs, with one parameter, the
    expression. ``rank``: lower is better. ``labelled``: a condition with one parameter.
    """

    grammar: Grammar
    words: str
    number: str
    matches: str
    beside: str
    rank: str
    matching: str
    labelled: str
    greatest: str
    insert_words: str
    insert_labels: str
    delete: tuple[str, str]
    knows_common_words: bool

    def rows(self, given: Sequence[WordsRow]) -> tuple[list[Words], list[Words]]:
        """The rows of ``search_words`` and of ``search_labels``."""
        if self is POSTGRESQL:
            return (
                [
                    (number, vector([("D", text), ("A", head)]))
                    for number, text, head, _, _ in given
                ],
                [(number, vector([("A", name), ("B", by)])) for number, _, _, name, by in given],
            )
        return (
            [(number, text, heading) for number, text, heading, _, _ in given],
            [(number, name, sender) for number, _, _, name, sender in given],
        )


SQLITE = Engine(
    grammar=Fts5(),
    words="search_words",
    number="search_words.rowid",
    matches="search_words MATCH %s",
    beside="CROSS JOIN",
    rank=f"bm25(search_words, 1.0, {HEADING_WEIGHT})",
    matching="{n} IN (SELECT rowid FROM search_words WHERE search_words MATCH %s)",
    labelled="{n} IN (SELECT rowid FROM search_labels WHERE search_labels MATCH %s)",
    greatest="max",
    insert_words="INSERT INTO search_words(rowid, text, heading) VALUES (%s, %s, %s)",
    insert_labels="INSERT INTO search_labels(rowid, name, sender) VALUES (%s, %s, %s)",
    delete=(
        "DELETE FROM search_words WHERE rowid = %s",
        "DELETE FROM search_labels WHERE rowid = %s",
    ),
    knows_common_words=True,
)

_WEIGHTS = "{0.1, 0.1, 0.1, 0.3}"
"""Of D, C, B and A: a heading tells ``HEADING_WEIGHT`` times as much as the text."""

POSTGRESQL = Engine(
    grammar=TsQuery(),
    words="(SELECT CAST(%s AS tsquery) AS words) AS asked CROSS JOIN search_words",
    number="search_words.number",
    matches="search_words.words @@ asked.words",
    beside="JOIN",
    rank=f"-ts_rank('{_WEIGHTS}', search_words.words, asked.words, 1)",
    matching="{n} IN (SELECT number FROM search_words WHERE words @@ CAST(%s AS tsquery))",
    labelled="{n} IN (SELECT number FROM search_labels WHERE words @@ CAST(%s AS tsquery))",
    greatest="greatest",
    insert_words="INSERT INTO search_words(number, words) VALUES (%s, CAST(%s AS tsvector))",
    insert_labels="INSERT INTO search_labels(number, words) VALUES (%s, CAST(%s AS tsvector))",
    delete=(
        "DELETE FROM search_words WHERE number = %s",
        "DELETE FROM search_labels WHERE number = %s",
    ),
    knows_common_words=False,
)


def engine() -> Engine:
    """The engine of the database in use."""
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE
