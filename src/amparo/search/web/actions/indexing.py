"""The only writers of the index: put passages in, take them out, tag them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from amparo.base.errors import StorageError
from amparo.base.folding import fold
from amparo.search.address import Group
from amparo.search.editions import CLEAR, COMMON, VEILED, Veil, editions
from amparo.search.kinds import kind_number, kind_of
from amparo.search.passages import Bounds, Passage, bounds, parts
from amparo.search.web import index, models, tables
from amparo.search.web.engine import WordsRow
from amparo.search.web.surroundings import around
from amparo.search.web.vocabulary import learn
from amparo.search.words import index_words

__all__ = ["put", "rebuild", "remove", "set_aside", "set_tags", "settle"]

_BATCH = 500


@transaction.atomic(savepoint=False)
def put(passages: Iterable[Passage], *, known: bool = True) -> int:
    """Put passages into the index and return how many; a page that is there is replaced.

    One transaction however many there are: give all pages of a file at once, or many files'.
    ``known`` is False for a source of which the index has nothing yet: then it is not asked.
    """
    number = 0
    waiting = iter(passages)
    while batch := list(islice(waiting, _BATCH)):
        _replace(batch, known=known)
        number += len(batch)
    return number


@transaction.atomic(savepoint=False)
def remove(source: str, source_id: str) -> int:
    """Take every passage of a source out of the index; return how many there were."""
    rows = models.Passage.objects.filter(source=source, source_id=str(source_id))
    return _delete(list(rows.values_list("number", flat=True)))


@transaction.atomic
def set_aside(matter_id: UUID) -> None:
    """Let only those who know its identities find what the index holds of a matter.

    For when one more is sealed or told, until all of it was put in anew: what was found by everyone
    counts as clear from now on, and what was veiled by fewer names is found by nobody.
    """
    rows = models.IndexedMatter.objects.filter(matter_id=matter_id)
    for row in rows.filter(edition__in=[COMMON, VEILED]):
        row.edition = f"{'past' if row.edition == VEILED else CLEAR} {row.number}"
        row.save(update_fields=["edition"])


@transaction.atomic
def set_tags(source: str, source_id: str, tags: Iterable[str]) -> None:
    """Give every passage of a source these tags and no others."""
    rows = models.Passage.objects.filter(source=source, source_id=str(source_id))
    numbers = list(rows.values_list("number", flat=True))
    models.PassageTag.objects.filter(passage__in=numbers).delete()
    wanted = tuple(tags)
    editions_of = tables.editions_of(numbers)
    veils = {matter: around().veil(matter) for matter, _edition in editions_of.values()}
    _tag(
        (number, wanted if veil is None or edition.startswith(CLEAR) else _unnamed(wanted, veil))
        for number in numbers
        for matter, edition in [editions_of[number]]
        for veil in [veils[matter]]
    )


def settle() -> None:
    """Merge the index's parts into one, in small steps that let others write between them.

    Worth it after much was put in: half a million passages take some seconds, and are then found
    a quarter faster. An index that is one part already costs nothing.
    """
    more = index.merge(start=True)
    while more:
        more = index.merge(start=False)


@transaction.atomic
def rebuild(*, on_progress: Callable[[int], None] = lambda _done: None) -> int:
    """Make the full-text tables anew from the passages, after a move; gives how many."""
    done = 0
    for batch in tables.every_passage(_BATCH):
        numbers = [row.number for row in batch]
        tables.delete_words(numbers)
        tables.insert_words([_words_of(row) for row in batch])
        done += len(batch)
        on_progress(done)
    return done


def _words_of(row: tables.Kept) -> WordsRow:
    """The words of a passage that is kept already."""
    is_first = row.part == 0 and (row.page is None or row.page <= 1)
    return _index_row(row.number, row.text, row.title, row.name, row.sender, is_first=is_first)


def _replace(batch: list[Passage], *, known: bool) -> None:
    if known:
        _delete(_already_there(batch))
    batch = _in_editions(batch)
    placed = sorted(_placed(batch), key=lambda each: each[0])
    tables.insert_rows(
        [_row(number, part, passage, when) for number, part, passage, when in placed]
    )
    _tag((number, passage.tags) for number, _, passage, _ in placed)
    tables.insert_words([_words(number, part, passage) for number, part, passage, _ in placed])
    learn([text for each in batch for text in (each.text, each.title, each.sender)])


def _in_editions(batch: list[Passage]) -> list[Passage]:
    """Each passage as those who know its matter's identities find it, and as the others do."""
    veils = {matter: around().veil(matter) for matter in {each.matter_id for each in batch}}
    return [each for one in batch for each in editions(one, veils[one.matter_id])]


def _already_there(batch: list[Passage]) -> list[int]:
    pages: dict[tuple[str, str], set[int | None]] = {}
    for passage in batch:
        pages.setdefault((passage.source, str(passage.source_id)), set()).add(passage.page)
    found: list[int] = []
    for (source, source_id), wanted in pages.items():
        named = Q(page__in=[page for page in wanted if page is not None])
        wholly = Q(page=None) if None in wanted else Q(pk__in=())
        rows = models.Passage.objects.filter(named | wholly, source=source, source_id=source_id)
        found += rows.values_list("number", flat=True)
    return found


def _placed(batch: list[Passage]) -> Iterator[tuple[int, int, Passage, Bounds]]:
    """Give every part of every passage the next number of its group."""
    matters = _matter_numbers({(passage.matter_id, passage.edition) for passage in batch})
    languages = _language_numbers({passage.language for passage in batch})
    free: dict[Group, tuple[int, int]] = {}
    for passage in batch:
        when = bounds(passage.date)
        kind = kind_number(kind_of(passage.media_type))
        group = Group(
            matters[passage.matter_id, passage.edition],
            kind,
            languages.get(passage.language, 0),
            when.year,
        )
        for part, piece in enumerate(parts(passage)):
            number, highest = free.get(group) or _free_numbers(group)
            if number > highest:
                raise StorageError(
                    "The search index of this matter is full for one kind, language and year.",
                    next_step="Split the matter.",
                )
            free[group] = number + 1, highest
            yield number, part, piece, when


def _free_numbers(group: Group) -> tuple[int, int]:
    """The next number of the group and the highest that may follow it."""
    first, highest, last = tables.own_numbers(group)
    return (last or first - 1) + 1, highest


def _matter_numbers(wanted: Iterable[tuple[UUID, str]]) -> dict[tuple[UUID, str], int]:
    return {
        (matter, edition): tables.number_of(models.IndexedMatter, matter_id=matter, edition=edition)
        for matter, edition in sorted(wanted, key=str)
    }


def _language_numbers(codes: Iterable[str]) -> dict[str, int]:
    return {code: tables.number_of(models.IndexedLanguage, code=code) for code in codes if code}


def _row(number: int, part: int, passage: Passage, when: Bounds) -> tuple[Any, ...]:
    return (
        number,
        passage.source,
        str(passage.source_id),
        passage.page,
        part,
        passage.title,
        passage.name,
        passage.sender,
        passage.language,
        passage.media_type,
        passage.date,
        when.earliest,
        when.latest,
        passage.text,
    )


def _words(number: int, part: int, passage: Passage) -> WordsRow:
    is_first = passage.is_first and part == 0
    named = passage.title, passage.name, passage.sender
    return _index_row(number, passage.text, *named, is_first=is_first)


def _index_row(
    number: int, text: str, title: str, name: str, sender: str, *, is_first: bool
) -> WordsRow:
    """Everything as index words; only a source's first passage is found by what it is called."""
    called = {title: None, name: None}
    name, sender = index_words(" ".join(called)), index_words(sender)
    heading = f"{name} {sender}".strip() if is_first else ""
    return number, index_words(text), heading, name, sender


def _unnamed(tags: Iterable[str], veil: Veil) -> tuple[str, ...]:
    """The tags that name nobody who is sealed."""
    return tuple(tag for tag in tags if not veil.names_anyone(tag))


def _tag(tagged: Iterable[tuple[int, Iterable[str]]]) -> None:
    tables.insert_tags([(number, fold(tag), tag) for number, tags in tagged for tag in tags])


def _delete(numbers: list[int]) -> int:
    if numbers:
        tables.delete_words(numbers)
        for start in range(0, len(numbers), _BATCH):
            some = numbers[start : start + _BATCH]
            models.PassageTag.objects.filter(passage__in=some)._raw_delete("default")
            models.PassageText.objects.filter(passage__in=some)._raw_delete("default")
            models.Passage.objects.filter(number__in=some)._raw_delete("default")
    return len(numbers)
