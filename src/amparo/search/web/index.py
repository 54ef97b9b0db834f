"""The index as SQLite keeps it: the only file that knows the full-text tables.

Everything is asked by number (``amparo.search.address``), so that access is part of every
statement and costs no row. PostgreSQL will answer the same functions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from amparo.search.address import (
    KIND_MASK,
    KIND_SHIFT,
    LANGUAGE_MASK,
    LANGUAGE_SHIFT,
    MATTER_SHIFT,
    YEAR_MASK,
    YEAR_SHIFT,
    matter_range,
    year_number,
)
from amparo.search.facets import Selection

__all__ = [
    "MOST_COUNTED",
    "Asked",
    "Where",
    "count",
    "delete_words",
    "insert_words",
    "labelled",
    "numbers",
    "tag_counts",
    "within",
]

MOST_COUNTED = 200_000
MOST_RANKED = 100_000
_HEADING_WEIGHT = 3.0


@dataclass(slots=True)
class Where:
    """Conditions of a statement, and their parameters; ``rows`` when they read a passage's row."""

    conditions: list[str] = field(default_factory=list)
    parameters: list[Any] = field(default_factory=list)
    rows: bool = False

    def add(self, condition: str, *parameters: Any, rows: bool = False) -> None:
        self.conditions.append(condition)
        self.parameters.extend(parameters)
        self.rows = self.rows or rows

    def __add__(self, other: Where) -> Where:
        return Where(
            self.conditions + other.conditions,
            self.parameters + other.parameters,
            self.rows or other.rows,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the index: an FTS5 expression, None for every passage, and conditions."""

    words: str | None
    where: Where

    def statement(self, *columns: str) -> tuple[str, list[Any]]:
        """The SELECT and its parameters; conditions and columns name the number ``n``."""
        if self.words is None:
            table, number, words = "search_passage AS p", "p.number", []
        else:
            table, number, words = "search_words", "search_words.rowid", [self.words]
            if self.where.rows:
                table += " CROSS JOIN search_passage AS p ON p.number = search_words.rowid"
        conditions = [*(["search_words MATCH %s"] if words else []), *self.where.conditions]
        sql = f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608 our own words only
        sql += f" WHERE {' AND '.join(conditions) or '1'}"
        return sql.replace("{n}", number), [*words, *self.where.parameters]


def within(visible: Iterable[int], selection: Selection | None = None) -> Where:
    """Conditions that let through what a person may see and has chosen.

    Matters without the right are refused here, before anything is counted or ranked.
    """
    where = Where()
    matters = set(visible)
    if selection and selection.matter:
        matters &= selection.matter
    if len(matters) == 1:
        where.add("{n} BETWEEN %s AND %s", *matter_range(matters.pop()))
    else:
        where.add(f"({{n}} >> {MATTER_SHIFT}) IN ({_list(matters)})")
    if selection:
        _choose(where, KIND_SHIFT, KIND_MASK, selection.kind)
        _choose(where, LANGUAGE_SHIFT, LANGUAGE_MASK, selection.language)
        _choose(where, YEAR_SHIFT, YEAR_MASK, {year_number(y or None) for y in selection.year})
        if selection.tags:
            where.add(tagged(len(selection.tags)), *sorted(selection.tags))
    return where


def tagged(number: int) -> str:
    """A condition: the passage has one of so many folded tags."""
    marks = ", ".join(["%s"] * number)
    condition = f"t.passage_id = {{n}} AND t.folded IN ({marks})"
    return f"EXISTS (SELECT 1 FROM search_passagetag AS t WHERE {condition})"  # noqa: S608


def labelled(expression: str, where: Where) -> None:
    """Add the condition that the source's name or sender matches an FTS5 expression."""
    where.add("{n} IN (SELECT rowid FROM search_labels WHERE search_labels MATCH %s)", expression)


def _choose(where: Where, shift: int, mask: int, chosen: Iterable[int]) -> None:
    values = _list(chosen)
    if values:
        where.add(f"(({{n}} >> {shift}) & {mask}) IN ({values})")


def _list(values: Iterable[int]) -> str:
    return ", ".join(str(int(value)) for value in sorted(values))


def count(asked: Asked, most: int = MOST_COUNTED) -> Counter[int]:
    """Count the matching passages of each group (packed), up to ``most`` of them."""
    inner, parameters = asked.statement(f"{{n}} >> {YEAR_SHIFT} AS g")
    sql = f"SELECT g, count(*) FROM ({inner} LIMIT {most}) GROUP BY g"  # noqa: S608
    return Counter(dict(_all(sql, parameters)))


def numbers(asked: Asked, *, offset: int, limit: int) -> list[tuple[int, float]]:
    """The numbers of the best passages and their BM25, lower is better; newest without words.

    Of a huge set only the first ``MOST_RANKED`` are ranked: words as common as that say little.
    """
    if asked.words is None:
        sql, parameters = asked.statement("p.number", "0.0")
        return _all(f"{sql} ORDER BY p.number DESC LIMIT {limit} OFFSET {offset}", parameters)
    rank = f"bm25(search_words, 1.0, {_HEADING_WEIGHT}) AS rank"
    inner, parameters = asked.statement("{n} AS number", rank)
    sql = (
        f"SELECT number, rank FROM ({inner} LIMIT {MOST_RANKED})"  # noqa: S608
        f" ORDER BY rank LIMIT {limit} OFFSET {offset}"
    )
    return _all(sql, parameters)


def tag_counts(asked: Asked, most: int) -> list[tuple[str, int]]:
    """How many of the first ``most`` matching passages have each tag."""
    inner, parameters = asked.statement("{n} AS number")
    sql = (
        f"SELECT t.tag, count(*) FROM ({inner} LIMIT {most}) AS m"  # noqa: S608
        " CROSS JOIN search_passagetag AS t ON t.passage_id = m.number GROUP BY t.tag"
    )
    return _all(sql, parameters)


def insert_words(rows: Sequence[tuple[int, str, str, str, str]]) -> None:
    """Insert number, text, heading, name and sender, as index words, in ascending order."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_words(rowid, text, heading) VALUES (%s, %s, %s)",
            [(number, text, heading) for number, text, heading, _, _ in rows],
        )
        cursor.executemany(
            "INSERT INTO search_labels(rowid, name, sender) VALUES (%s, %s, %s)",
            [(number, name, sender) for number, _, _, name, sender in rows],
        )


def delete_words(deleted: Iterable[int]) -> None:
    """Delete the words of these passages."""
    rows = [(number,) for number in sorted(deleted)]
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM search_words WHERE rowid = %s", rows)
        cursor.executemany("DELETE FROM search_labels WHERE rowid = %s", rows)


def _all(sql: str, parameters: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
