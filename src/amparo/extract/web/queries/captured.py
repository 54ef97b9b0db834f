"""Screenshots of captured web pages: files inside the archive, found by their record."""

from __future__ import annotations

from amparo.evidence.web.models import Item, StoredObject
from amparo.extract.captures import KINDS, screenshot_in, screenshot_path
from amparo.extract.web.models import PageText

__all__ = ["screenshot_of"]


def screenshot_of(item: Item, number: int) -> StoredObject | None:
    """The picture that was taken of a page when it was captured; None when there is none."""
    if item.media_type not in KINDS:
        return None
    page = PageText.objects.filter(item=item, number=number, is_current=True).first()
    record = screenshot_in(page.text) if page else ""
    if not record:
        return None
    inside = item.children.filter(path__startswith=screenshot_path(record))
    child = inside.select_related("object").first()
    return child.object if child and child.media_type.startswith("image/") else None
