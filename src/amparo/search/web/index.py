"""The index, asked: the statements are the same for both databases (``engine`` says the rest).

Everything is asked by number (``amparo.search.address``), so that access is part of every
statement and costs no row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
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
from amparo.search.web.engine import engine
from amparo.search.web.tables import fetch, listed

__all__ = [
    "MOST_COUNTED",
    "MOST_RANKED",
    "Asked",
    "Where",
    "any_passage",
    "count",
    "labelled",
    "matching",
    "members",
    "merge",
    "numbers",
    "part_in",
    "ranked",
    "tag_counts",
    "tagged",
    "within",
]

MOST_COUNTED = 100_000
MOST_RANKED = 30_000
UBIQUITOUS = 20_000
_REMEMBERED_SECONDS = 300
_MOST_REMEMBERED = 10_000
_PAGES_A_STEP = 2_000
_ubiquitous: dict[str, tuple[bool, float]] = {}


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
    """What is asked of the index: an expression, None for every passage, and conditions."""

    words: str | None
    where: Where

    def statement(self, *columns: str) -> tuple[str, list[Any]]:
        """The SELECT and its parameters; conditions and columns name the number ``n``."""
        if self.words is None:
            table, number, words = "search_passage AS p", "p.number", []
        else:
            table, number, words = engine().words, engine().number, [self.words]
            if self.where.rows:
                table += f" {engine().beside} search_passage AS p ON p.number = {number}"
        conditions = [*([engine().matches] if words else []), *self.where.conditions]
        sql = f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608 our own words only
        sql += f" WHERE {' AND '.join(conditions) or 'TRUE'}"
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
    """Add the condition that the source's name or sender matches an expression."""
    where.add(engine().labelled, expression)


def matching(expression: str) -> Where:
    """The condition that the passage's words match an expression, beside what is asked."""
    return Where([engine().matching], [expression])


def part_in(part: Part, values: Iterable[int]) -> str:
    """A condition: this part of the number is one of the values."""
    shift, mask = PLACES[part]
    return f"({{n}} >> {shift + GROUP_SHIFT} & {mask}) IN ({listed(values)})"


def _choose(where: Where, part: Part, chosen: frozenset[int]) -> None:
    if chosen:
        where.add(part_in(part, chosen))


def count(asked: Asked, most: int = MOST_COUNTED) -> Counter[int]:
    """Count the matching passages of each group (packed), up to ``most`` of them."""
    inner, parameters = asked.statement(f"{{n}} >> {GROUP_SHIFT} AS g")
    sql = f"SELECT g, count(*) FROM ({inner} LIMIT {most}) AS found GROUP BY g"  # noqa: S608
    return Counter(dict(fetch(sql, parameters)))


def ranked(asked: Asked, most: int) -> list[tuple[int, float]]:
    """Number and rank (lower is better) of the first matching passages, in no order of merit."""
    sql, parameters = asked.statement("{n}", engine().rank)
    return fetch(f"{sql} LIMIT {most}", parameters)


def any_passage(asked: Asked) -> bool:
    """Whether any passage matches."""
    sql, parameters = asked.statement("1")
    return bool(fetch(f"{sql} LIMIT 1", parameters))


def is_ubiquitous(words: str) -> bool:
    """Whether more than ``UBIQUITOUS`` passages of the workspace match; remembered for a while.

    Only to plan by: it is true of the whole workspace, so it must never be told. PostgreSQL ranks a
    passage by itself, so there it does not matter.
    """
    if not engine().knows_common_words:
        return False
    now = monotonic()
    known, until = _ubiquitous.get(words, (False, 0.0))
    if now < until:
        return known
    sql = f"SELECT 1 FROM search_words WHERE search_words MATCH %s LIMIT 1 OFFSET {UBIQUITOUS}"  # noqa: S608
    known = bool(fetch(sql, [words]))
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
        f"SELECT {engine().number}, {engine().rank} FROM {engine().words}"  # noqa: S608
        f" WHERE {engine().matches} AND +{engine().number} IN ({inner} LIMIT {most})"
    )
    return fetch(sql, [rare, *parameters])


def members(asked: Asked, most: int) -> set[int]:
    """The numbers of the first matching passages."""
    sql, parameters = asked.statement("{n}")
    return {number for (number,) in fetch(f"{sql} LIMIT {most}", parameters)}


def numbers(asked: Asked, *, offset: int, limit: int) -> list[tuple[int, float]]:
    """The numbers of the best passages and their ranks; without words, the newest and 0.

    Of a huge set only the newest ``MOST_RANKED`` are ranked: words as common as that say little.
    """
    if asked.words is None:
        sql, parameters = asked.statement("p.number", "CAST(0 AS double precision)")
        return fetch(f"{sql} ORDER BY p.number DESC LIMIT {limit} OFFSET {offset}", parameters)
    inner, parameters = asked.statement("{n} AS number", f"{engine().rank} AS merit")
    sql = (
        f"SELECT number, merit FROM ({inner} ORDER BY {engine().number} DESC"  # noqa: S608
        f" LIMIT {MOST_RANKED}) AS newest ORDER BY merit, number DESC LIMIT {limit} OFFSET {offset}"
    )
    return fetch(sql, parameters)


def tag_counts(asked: Asked, most: int) -> list[tuple[str, int]]:
    """How many of the first ``most`` matching passages have each tag."""
    inner, parameters = asked.statement("{n} AS number")
    sql = (
        f"SELECT t.tag, count(*) FROM ({inner} LIMIT {most}) AS m"  # noqa: S608
        f" {engine().beside} search_passagetag AS t ON t.passage_id = m.number GROUP BY t.tag"
    )
    return fetch(sql, parameters)


def merge(*, start: bool) -> bool:
    """Do a step of bringing the words in order; return whether there is more to do.

    FTS5's "merge" command (https://sqlite.org/fts5.html, section 6.8): a negative number of pages
    begins to merge everything into one segment, a positive one goes on. PostgreSQL moves what waits
    beside its GIN indexes into them, all in one step.
    """
    if connection.vendor == "postgresql":
        fetch("SELECT gin_clean_pending_list('search_words_by_word')")
        return False
    before = connection.connection.total_changes if connection.connection else 0
    pages = -_PAGES_A_STEP if start else _PAGES_A_STEP
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_words (search_words, rank) VALUES ('merge', %s)", [pages]
        )
    done: bool = connection.connection.total_changes - before < 2
    return not done
