"""Translations in the search: found by their own words, shown beside the original.

Part of the actions: called by ``keeping``, which puts all that is known of an item into the search.
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.evidence.web.models import Item
from amparo.extract.translations.pairs import Pair, by_page
from amparo.extract.web.models import Translation
from amparo.search.passages import Passage
from amparo.search.web import actions as search

__all__ = ["SOURCE", "drop_translations", "index_translations", "last_versions"]

SOURCE = "extract.translation"
"""What the search calls a version of a translation."""


def last_versions(item: Item) -> list[Translation]:
    """The newest version in each language."""
    found: dict[str, Translation] = {}
    for row in item.translations.order_by("target", "-number"):
        found.setdefault(row.target, row)
    return list(found.values())


def index_translations(item: Item, title: str) -> int:
    """Put the newest translation into each language into the search; gives how many passages."""
    drop_translations(item)
    return search.put(passage for row in last_versions(item) for passage in _passages(row, title))


def drop_translations(item: Item) -> None:
    """Take the item's translations out of the search."""
    for pk in item.translations.values_list("pk", flat=True):
        search.remove(SOURCE, str(pk))


def _passages(row: Translation, title: str) -> Iterator[Passage]:
    """What persons wrote, and apart from it what only a program did, which its heading says."""
    told = row.value
    name = title or row.item.name
    yield from _by_hand(row, [each for each in told if not each.is_unchecked], name)
    marks = dict.fromkeys(each.draft.name for each in told if each.is_unchecked and each.draft)
    for mark in marks:
        lines = [
            each for each in told if each.is_unchecked and each.draft and each.draft.name == mark
        ]
        yield from _by_hand(row, lines, name, mark)


def _by_hand(row: Translation, pairs: list[Pair], name: str, mark: str = "") -> Iterator[Passage]:
    item = row.item
    for number, text in by_page(pairs):
        yield Passage(
            source=SOURCE,
            source_id=str(row.pk),
            matter_id=item.matter_id,
            page=number,
            title=f"{name} ({row.target}{f', {mark}' if mark else ''})",
            text=text,
            language=row.target,
            date=item.dated,
            media_type=item.media_type,
            name=item.name,
        )
