"""What the lines of pages are becomes rows; messages go into the search one by one.

Part of the actions: called by ``keeping`` inside its transaction, never by views.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from amparo.evidence.web.models import Item
from amparo.extract import reading as values
from amparo.extract.sandbox.entries import runs
from amparo.extract.web.models import PageText
from amparo.extract.web.models.entries import Message, TableRows
from amparo.search.passages import Passage
from amparo.search.web import actions as search

__all__ = ["keep_entries", "put"]

_BATCH = 500
_AT_ONCE = 400  # passages; search replaces pages batch by batch, so one page is never in two


def keep_entries(rows: Sequence[PageText], pages: Iterable[values.PageText]) -> None:
    """Keep what the lines of ``pages`` are, beside their saved ``rows``."""
    messages: list[Message] = []
    tables: list[TableRows] = []
    for row, page in zip(rows, pages, strict=True):
        messages += [Message.of(each, page=row, item_id=row.item_id) for each in page.messages]
        if page.rows is not None:
            made = TableRows(page=row, sheet=page.rows.sheet, runs=runs(page.rows.numbers))
            tables.append(made)
    Message.objects.bulk_create(messages, batch_size=_BATCH)
    TableRows.objects.bulk_create(tables, batch_size=_BATCH)


def put(item: Item, passages: Iterable[Passage]) -> int:
    """Put an item's pages into the search, pages of a conversation message by message.

    A message is found by its words, its day and its sender.
    """
    said = _messages(item)
    if not said:
        return search.put(passages)
    waiting: list[Passage] = []
    count = 0
    for passage in passages:
        waiting += _by_message(passage, said[passage.page or 0]) or [passage]
        if len(waiting) >= _AT_ONCE:
            count += search.put(waiting)
            waiting = []
    return count + search.put(waiting)


def _messages(item: Item) -> dict[int, list[tuple[Message, str]]]:
    """The messages of the item's current pages and their words, by the page's number."""
    rows = Message.objects.filter(item=item, page__is_current=True).select_related("page")
    found: dict[int, list[tuple[Message, str]]] = defaultdict(list)
    for row in rows:
        found[row.page.number].append((row, row.page.text[row.words : row.end]))
    return found


def _by_message(passage: Passage, messages: list[tuple[Message, str]]) -> list[Passage]:
    return [
        replace(
            passage,
            title=" · ".join(filter(None, [passage.title, row.sender, row.written])),
            text=words,
            date=row.day or passage.date,
            sender=row.sender,
        )
        for row, words in messages
        if words.strip()
    ]
