"""A line of the list: an item and the words and sign that go with its type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from amparo.evidence.web.models import Item
from amparo.search.kinds import kind_of
from amparo.search.web.labels import kind_label, language_label

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
BADGES = {"read": "badge--good", "partial": "badge--warn", "failed": "badge--danger"}


@dataclass(frozen=True, slots=True)
class Line:
    """An item as the list shows it."""

    item: Item
    kind: str
    sign: str
    badge: str
    language: str

    @property
    def has_picture(self) -> bool:
        """Whether its first page can be drawn small."""
        return self.item.status != Item.Status.FAILED and bool(self.item.page_count)


def lines(items: Iterable[Item]) -> Iterator[Line]:
    """Each item with what goes with it."""
    for item in items:
        kind = kind_of(item.media_type)
        yield Line(
            item=item,
            kind=kind_label(kind),
            sign=SIGNS.get(kind, "file"),
            badge=BADGES.get(item.status, "badge--accent badge--busy"),
            language=language_label(item.language) if item.language else "",
        )
