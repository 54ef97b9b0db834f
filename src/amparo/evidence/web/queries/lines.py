"""A line of the list: an item and the words and sign that go with its type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from amparo.evidence.care import NOT_GRAPHIC, Care
from amparo.evidence.web.models import Item
from amparo.evidence.web.queries.caring import care_for
from amparo.search.kinds import kind_of
from amparo.search.web.labels import date_label, kind_label, language_label

__all__ = ["Line", "lines"]

SIGNS = {
    "sheet": "table",
    "mail": "mail",
    "picture": "picture",
    "sound": "sound",
    "video": "film",
    "web": "globe",
    "archive": "archive",
    "text": "text",
    "calendar": "calendar",
}
DRAWN = ("pdf", "picture")
BADGES = {
    "disposed": "badge--danger",
    "read": "badge--good",
    "partial": "badge--warn",
    "failed": "badge--danger",
}


@dataclass(frozen=True, slots=True)
class Line:
    """An item as the list shows it. Its first page is drawn small if it ``has_picture``."""

    item: Item
    kind: str
    sign: str
    badge: str
    language: str
    date: str
    has_picture: bool
    is_photograph: bool
    care: Care = NOT_GRAPHIC


def lines(items: Iterable[Item]) -> Iterator[Line]:
    """Each item with what goes with it."""
    items = list(items)
    care = care_for(items)
    for item in items:
        kind = kind_of(item.media_type)
        yield Line(
            item=item,
            kind=kind_label(kind),
            sign=SIGNS.get(kind, "file"),
            badge=BADGES.get(item.status, "badge--accent badge--busy"),
            language=language_label(item.language) if item.language else "",
            date=date_label(item.dated),
            has_picture=kind in DRAWN and bool(item.page_count) and item.status != "failed",
            is_photograph=kind == "picture",
            care=care.get(item.pk, NOT_GRAPHIC),
        )
