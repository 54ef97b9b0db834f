"""What an item says, put into the search: its pages, its speech by the minute, its translations.

Part of the actions: called by others inside one transaction, never by views.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amparo.evidence.web.models import Item
from amparo.extract import reading as values
from amparo.extract.recordings.transcripts import by_minute
from amparo.extract.web.actions.entries import put
from amparo.extract.web.actions.translated import index_translations
from amparo.extract.web.models import PageText, Reading
from amparo.search.passages import Passage
from amparo.search.web import actions as search

__all__ = ["SOURCE", "index", "index_first", "needs_more"]

SOURCE = "evidence.item"
"""What the search calls an item."""

_TOLD = ("title", "subject", "description", "keywords")


def index(item: Item) -> int:
    """Put the item's current pages into the search; gives how many passages."""
    search.remove(SOURCE, str(item.pk))
    told = _facts(item)
    pages = item.pages.filter(is_current=True).order_by("number")
    passages = _passages(item, _with_speech(item, _texts(pages, told)), told)
    return put(item, passages) + index_translations(item, passages[0].title if passages else "")


def index_first(item: Item, row: Reading, pages: Sequence[PageText]) -> None:
    """``index`` of what was never read before, from what is at hand: half of it needs no asking."""
    told = dict(row.metadata)
    in_order = sorted(pages, key=lambda page: page.number)
    search.put(_passages(item, _texts(in_order, told), told), known=False)


def needs_more(item: Item, given: Sequence[values.PageText]) -> bool:
    """Whether more than its pages goes into the search: messages, or speech written down before."""
    if item.media_type.startswith(("audio/", "video/")):
        return True
    return any(page.messages for page in given)


def _passages(
    item: Item, texts: Iterable[tuple[int | None, str, str]], told: dict[str, str]
) -> list[Passage]:
    tags = tuple(item.tags.values_list("name", flat=True))
    return [
        Passage(
            source=SOURCE,
            source_id=str(item.pk),
            matter_id=item.matter_id,
            page=number,
            title=item.title or told.get("title", "") or item.name,
            text=text,
            language=language or item.language,
            date=item.dated,
            media_type=item.media_type,
            tags=tags,
            name=item.name,
            sender=told.get("from", ""),
        )
        for number, text, language in texts
    ]


def _texts(pages: Iterable[PageText], told: dict[str, str]) -> list[tuple[int | None, str, str]]:
    """Number, text and language of each page; the file's own facts when there is no page."""
    texts: list[tuple[int | None, str, str]] = [
        (page.number, f"{page.label}\n{page.text}".strip(), page.language) for page in pages
    ]
    if not texts:
        facts = " ".join(told[name] for name in _TOLD if told.get(name))
        return [(None, facts, "")]
    return texts


def _with_speech(
    item: Item, texts: list[tuple[int | None, str, str]]
) -> list[tuple[int | None, str, str]]:
    """What is said in a recording goes in by the minute, in the place of pages."""
    written = item.transcripts.first()
    if written is None:
        return texts
    by_number = {number or 1: (text, language) for number, text, language in texts}
    for minute, said in by_minute(written.value):
        before, _language = by_number.get(minute, ("", ""))
        by_number[minute] = (f"{said}\n\n{before}".strip(), written.language)
    return [(number, *each) for number, each in sorted(by_number.items())]


def _facts(item: Item) -> dict[str, str]:
    last = item.readings.filter(kind=Reading.Kind.TEXT).first()
    return dict(last.metadata) if last else {}
