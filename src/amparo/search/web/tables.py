"""The index's rows in and out: passages, their words, tags, the numbers and the forms.

Plain statements instead of the ORM where thousands of rows go in at once or a search must be
answered within milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max

from amparo.search.address import MATTER_SHIFT, Group
from amparo.search.web.engine import WordsRow, engine
from amparo.search.web.models import IndexedLanguage, IndexedMatter

__all__ = [
    "Kept",
    "Row",
    "delete_words",
    "editions_of",
    "fetch",
    "forms_with_keys",
    "insert_rows",
    "insert_tags",
    "insert_words",
    "language_codes",
    "last_number",
    "listed",
    "matter_numbers",
    "number_of",
    "own_numbers",
    "places",
    "rows",
    "spellings",
    "tags",
]


_STRETCH = 1 << 16
_ROOM = 1 << 12
"""More passages than one file has parts are put in by one transaction: a stretch ends earlier."""


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


@dataclass(frozen=True, slots=True)
class Kept:
    """What of a passage its words are made of."""

    number: int
    part: int
    page: int | None
    title: str
    name: str
    sender: str
    text: str


def every_passage(at_once: int) -> Iterator[list[Kept]]:
    """All passages by number, so many at once."""
    sql = (
        "SELECT p.number, p.part, p.page, p.title, p.name, p.sender, t.text"
        " FROM search_passage AS p JOIN search_passagetext AS t ON t.passage_id = p.number"
        " WHERE p.number > %s ORDER BY p.number LIMIT %s"
    )
    last = -1
    while batch := [Kept(*row) for row in fetch(sql, [last, at_once])]:
        yield batch
        last = batch[-1].number


def fetch(sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
    """Return every row of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def rows(wanted: Iterable[int]) -> dict[int, Row]:
    """The rows of these passages, with their texts."""
    sql = (
        "SELECT p.number, p.source, p.source_id, p.page, p.title, p.name, p.language,"
        " p.media_type, p.date, t.text FROM search_passage AS p"
        " JOIN search_passagetext AS t ON t.passage_id = p.number WHERE p.number IN "
    )
    return {row[0]: Row(*row) for row in fetch(f"{sql}({listed(wanted)})")}


def places(wanted: Iterable[int]) -> list[tuple[str, str, int | None]]:
    """Source, its id and page of these passages, without their texts."""
    sql = "SELECT source, source_id, page FROM search_passage WHERE number IN "
    return fetch(f"{sql}({listed(wanted)})")


def tags(wanted: Iterable[int]) -> list[tuple[int, str]]:
    """Number and tag, for each tag of these passages."""
    sql = "SELECT passage_id, tag FROM search_passagetag WHERE passage_id IN "
    return fetch(f"{sql}({listed(wanted)}) ORDER BY tag")


def matter_numbers() -> list[tuple[str, str, int]]:
    """Every edition of every matter: the matter's id in hexadecimal, the edition, its number."""
    found = fetch("SELECT matter_id, edition, number FROM search_indexedmatter")
    return [(str(matter).replace("-", ""), edition, number) for matter, edition, number in found]


def editions_of(passages: Iterable[int]) -> dict[int, tuple[UUID, str]]:
    """The matter and the edition of each of these passages."""
    known = {number: (UUID(matter), edition) for matter, edition, number in matter_numbers()}
    return {passage: known[passage >> MATTER_SHIFT] for passage in passages}


def language_codes() -> dict[int, str]:
    """The code of every language number."""
    return dict(fetch("SELECT number, code FROM search_indexedlanguage"))


def spellings(texts: list[str], *, keyed: bool = False) -> list[tuple[str, str, int, int]]:
    """Text, sound, capitals and smalls of these forms; with ``keyed``, of those that have keys."""
    only = " AND keyed" if keyed else ""
    marks = ", ".join(["%s"] * len(texts))
    sql = f"SELECT text, sound, capitals, smalls FROM search_spelling WHERE text IN ({marks})"  # noqa: S608
    return fetch(sql + only, texts)


def forms_with_keys(keys: Iterable[str], most: int) -> list[str]:
    """The forms that have one of these keys."""
    wanted = sorted(keys)
    marks = ", ".join(["%s"] * len(wanted))
    sql = f"SELECT DISTINCT text FROM search_spellingkey WHERE key IN ({marks}) LIMIT {most}"  # noqa: S608
    return [text for (text,) in fetch(sql, wanted)]


def number_of(model: type[IndexedMatter] | type[IndexedLanguage], **named: Any) -> int:
    """The number of a matter or language in the index; a new one gets the lowest that is free.

    A sequence would leave gaps for whatever was rolled back, and languages have 255 numbers.
    """
    known = model.objects.filter(**named).values_list("number", flat=True)
    found = known.first()
    if found is None and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {model._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
        found = known.first()
    if found is None:
        last = model.objects.aggregate(last=Max("number"))["last"] or 0
        found = model.objects.create(number=last + 1, **named).number
    return found


def own_numbers(group: Group) -> tuple[int, int, int | None]:
    """A stretch of the group's numbers that nobody else fills while this transaction lasts: its
    first number, its last, and the highest that is taken.

    SQLite lets one writer in at a time, so it is all of them. On PostgreSQL several put passages
    of one group in at once: each takes the first stretch that nobody holds and that has room.
    """
    first, highest = group.numbers
    if connection.vendor == "postgresql":
        for start in range(first, highest, _STRETCH):
            end = min(start + _STRETCH - 1, highest)
            held = fetch("SELECT pg_try_advisory_xact_lock(%s)", [-start])[0][0]
            last = last_number(start, end) if held else None
            if held and (last or start) < end - _ROOM:
                return start, end, last
    return first, highest, last_number(first, highest)


def last_number(first: int, highest: int) -> int | None:
    """The highest number taken in a stretch of numbers."""
    sql = "SELECT max(number) FROM search_passage WHERE number BETWEEN %s AND %s"
    last: int | None = fetch(sql, [first, highest])[0][0]
    return last


def insert_rows(inserted: Sequence[tuple[Any, ...]]) -> None:
    """Insert passages: the columns of ``search_passage`` in order, and last the text."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_passage (number, source, source_id, page, part, title, name,"
            " sender, language, media_type, date, earliest, latest)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [row[:-1] for row in inserted],
        )
        cursor.executemany(
            "INSERT INTO search_passagetext (passage_id, text) VALUES (%s, %s)",
            [(row[0], row[-1]) for row in inserted],
        )


def insert_tags(tagged: Sequence[tuple[int, str, str]]) -> None:
    """Insert number, folded tag and tag."""
    if not tagged:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_passagetag (passage_id, folded, tag) VALUES (%s, %s, %s)", tagged
        )


def insert_words(rows: Sequence[WordsRow]) -> None:
    """Insert number, text, heading, name and sender, as index words, in ascending order."""
    words, labels = engine().rows(rows)
    with connection.cursor() as cursor:
        cursor.executemany(engine().insert_words, words)
        cursor.executemany(engine().insert_labels, labels)


def delete_words(deleted: Iterable[int]) -> None:
    """Delete the words of these passages."""
    rows = [(number,) for number in sorted(deleted)]
    with connection.cursor() as cursor:
        for statement in engine().delete:
            cursor.executemany(statement, rows)


def listed(values: Iterable[int]) -> str:
    """Whole numbers as they stand in a statement, in order; for none, one that nothing has."""
    return ", ".join(str(int(value)) for value in sorted(values)) or "-1"
