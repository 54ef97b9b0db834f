"""The index as SQLite keeps it: the only file that knows the full-text tables.

Everything is asked by number (``amparo.search.address``), so that access is part of every
statement and costs no row. PostgreSQL will answer the same functions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from django.db import connection

from amparo.search.address import (
    GROUP_SHIFT,
    PLACES,
    Part,
    matter_range,
)
from amparo.search.facets import Selection

__all__ = [
    "MOST_COUNTED",
    "MOST_RANKED",
    "Asked",
    "Row",
    "Where",
    "count",
    "delete_words",
    "forms_with_keys",
    "insert_rows",
    "insert_tags",
    "insert_words",
    "labelled",
    "language_codes",
    "last_number",
    "matter_numbers",
    "members",
    "merge",
    "numbers",
    "part_in",
    "ranked",
    "rows",
    "spellings",
    "tag_counts",
    "tagged",
    "tags",
    "within",
]

MOST_COUNTED = 100_000
MOST_RANKED = 30_000
UBIQUITOUS = 20_000
_HEADING_WEIGHT = 3.0
_REMEMBERED_SECONDS = 300
_MOST_REMEMBERED = 10_000
_PAGES_A_STEP = 2_000
_ubiquitous: dict[str, tuple[bool, float]] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """A passage as a hit shows it."""

    number: int
    source: str
    source_id: str
    page: int | None
    title: str
    name: str
    language: str
    media_type: str
    date: str
    text: str


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
        where.add(part_in("matter", matters))
    if selection:
        _choose(where, "kind", selection.kind)
        _choose(where, "language", selection.language)
        _choose(where, "year", selection.year)
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


def part_in(part: Part, values: Iterable[int]) -> str:
    """A condition: this part of the number is one of the values."""
    shift, mask = PLACES[part]
    return f"({{n}} >> {shift + GROUP_SHIFT} & {mask}) IN ({_list(values)})"


def _choose(where: Where, part: Part, chosen: frozenset[int]) -> None:
    if chosen:
        where.add(part_in(part, chosen))


def _list(values: Iterable[int]) -> str:
    return ", ".join(str(int(value)) for value in sorted(values))


def count(asked: Asked, most: int = MOST_COUNTED) -> Counter[int]:
    """Count the matching passages of each group (packed), up to ``most`` of them."""
    inner, parameters = asked.statement(f"{{n}} >> {GROUP_SHIFT} AS g")
    sql = f"SELECT g, count(*) FROM ({inner} LIMIT {most}) GROUP BY g"  # noqa: S608
    return Counter(dict(_all(sql, parameters)))


_RANK = f"bm25(search_words, 1.0, {_HEADING_WEIGHT}) AS rank"


def ranked(asked: Asked, most: int) -> list[tuple[int, float]]:
    """Number and BM25 (lower is better) of the first matching passages, in no order of merit."""
    sql, parameters = asked.statement("{n}", _RANK)
    return _all(f"{sql} LIMIT {most}", parameters)


def is_ubiquitous(words: str) -> bool:
    """Whether more than ``UBIQUITOUS`` passages of the workspace match; remembered for a while.

    Only to plan by: it is true of the whole workspace, so it must never be told.
    """
    now = monotonic()
    known, until = _ubiquitous.get(words, (False, 0.0))
    if now < until:
        return known
    sql = f"SELECT 1 FROM search_words WHERE search_words MATCH %s LIMIT 1 OFFSET {UBIQUITOUS}"  # noqa: S608
    known = bool(_all(sql, [words]))
    if len(_ubiquitous) > _MOST_REMEMBERED:
        _ubiquitous.clear()
    _ubiquitous[words] = (known, now + _REMEMBERED_SECONDS)
    return known


def ranked_by(rare: str, asked: Asked, most: int) -> list[tuple[int, float]]:
    """Like ``ranked``, with BM25 of only the words of ``rare``, which ``asked`` must imply.

    BM25 counts all passages of each of its words, which for a ubiquitous one takes longer than
    all the rest, and its weight is next to nothing.
    """
    inner, parameters = asked.statement("{n}")
    sql = (
        f"SELECT search_words.rowid, {_RANK} FROM search_words"  # noqa: S608
        f" WHERE search_words MATCH %s AND +search_words.rowid IN ({inner} LIMIT {most})"
    )
    return _all(sql, [rare, *parameters])


def members(asked: Asked, most: int) -> set[int]:
    """The numbers of the first matching passages."""
    sql, parameters = asked.statement("{n}")
    return {number for (number,) in _all(f"{sql} LIMIT {most}", parameters)}


def numbers(asked: Asked, *, offset: int, limit: int) -> list[tuple[int, float]]:
    """The numbers of the best passages and their BM25; without words, the newest and 0.

    Of a huge set only the newest ``MOST_RANKED`` are ranked: words as common as that say little.
    """
    if asked.words is None:
        sql, parameters = asked.statement("p.number", "0.0")
        return _all(f"{sql} ORDER BY p.number DESC LIMIT {limit} OFFSET {offset}", parameters)
    inner, parameters = asked.statement("{n} AS number", _RANK)
    sql = (
        f"SELECT number, rank FROM ({inner} ORDER BY search_words.rowid DESC"  # noqa: S608
        f" LIMIT {MOST_RANKED}) ORDER BY rank, number DESC LIMIT {limit} OFFSET {offset}"
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


def rows(wanted: Iterable[int]) -> dict[int, Row]:
    """The rows of these passages, with their texts."""
    sql = (
        "SELECT p.number, p.source, p.source_id, p.page, p.title, p.name, p.language,"
        " p.media_type, p.date, t.text FROM search_passage AS p"
        " JOIN search_passagetext AS t ON t.passage_id = p.number WHERE p.number IN "
    )
    return {row[0]: Row(*row) for row in _all(f"{sql}({_list(wanted)})")}


def tags(wanted: Iterable[int]) -> list[tuple[int, str]]:
    """Number and tag, for each tag of these passages."""
    sql = "SELECT passage_id, tag FROM search_passagetag WHERE passage_id IN "
    return _all(f"{sql}({_list(wanted)}) ORDER BY tag")


def matter_numbers() -> list[tuple[str, int]]:
    """Every matter of the index: its id in hexadecimal and its number."""
    return _all("SELECT matter_id, number FROM search_indexedmatter")


def language_codes() -> dict[int, str]:
    """The code of every language number."""
    return dict(_all("SELECT number, code FROM search_indexedlanguage"))


def spellings(texts: list[str], *, keyed: bool = False) -> list[tuple[str, str, int, int]]:
    """Text, sound, capitals and smalls of these forms; with ``keyed``, of those that have keys."""
    only = " AND keyed" if keyed else ""
    marks = ", ".join(["%s"] * len(texts))
    sql = f"SELECT text, sound, capitals, smalls FROM search_spelling WHERE text IN ({marks})"  # noqa: S608
    return _all(sql + only, texts)


def forms_with_keys(keys: Iterable[str], most: int) -> list[str]:
    """The forms that have one of these keys."""
    wanted = sorted(keys)
    marks = ", ".join(["%s"] * len(wanted))
    sql = f"SELECT DISTINCT text FROM search_spellingkey WHERE key IN ({marks}) LIMIT {most}"  # noqa: S608
    return [text for (text,) in _all(sql, wanted)]


def last_number(first: int, highest: int) -> int | None:
    """The highest number taken in a stretch of numbers."""
    sql = "SELECT max(number) FROM search_passage WHERE number BETWEEN %s AND %s"
    last: int | None = _all(sql, [first, highest])[0][0]
    return last


def insert_rows(inserted: Sequence[tuple[Any, ...]]) -> None:
    """Insert passages: the columns of ``search_passage`` in order, and last the text."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_passage (number, source, source_id, page, part, title, name,"
            " language, media_type, date, earliest, latest)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [row[:-1] for row in inserted],
        )
        cursor.executemany(
            "INSERT INTO search_passagetext (passage_id, text) VALUES (%s, %s)",
            [(row[0], row[-1]) for row in inserted],
        )


def insert_tags(tagged: Sequence[tuple[int, str, str]]) -> None:
    """Insert number, folded tag and tag."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_passagetag (passage_id, folded, tag) VALUES (%s, %s, %s)", tagged
        )


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


def merge(*, start: bool) -> bool:
    """Do a step of merging the words' segments; return whether there is more to do.

    FTS5's "merge" command (https://sqlite.org/fts5.html, section 6.8): a negative number of pages
    begins to merge everything into one segment, a positive one goes on.
    """
    before = connection.connection.total_changes if connection.connection else 0
    pages = -_PAGES_A_STEP if start else _PAGES_A_STEP
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_words (search_words, rank) VALUES ('merge', %s)", [pages]
        )
    done: bool = connection.connection.total_changes - before < 2
    return not done


def _all(sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
