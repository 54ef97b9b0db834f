"""How a bundle will look: its cover and index as pictures, before anything is produced.

Only pages that we set ourselves are drawn here; numbers come from the pages that reading counted.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import pypdfium2
from django.utils import timezone

from amparo.evidence.store.safe import Safe
from amparo.filing.bundle.exhibits import Prepared
from amparo.filing.bundle.layout import Layout, lay_out
from amparo.filing.bundle.volumes import Part
from amparo.filing.web.exhibits import request_of, values_of
from amparo.filing.web.models import Bundle

__all__ = ["Line", "draw", "lines_of", "preview_of"]

_WIDTH = 900


@dataclass(frozen=True, slots=True)
class Line:
    """What the builder shows beside an exhibit: its tab, and its pages if nothing changes."""

    tab: str
    pages: str


def preview_of(bundle: Bundle, safe: Safe) -> Layout:
    """Lay a bundle out by the pages that are known, each exhibit at least one, in one volume."""
    known = [
        Prepared(value, lambda: io.BytesIO(), row.item.page_count or 1, 0)
        for row, value in values_of(bundle, safe)
    ]
    parts = [Part(item, 0, each.pages) for item, each in enumerate(known)]
    return lay_out(request_of(bundle, timezone.now(), "bundle"), known, [parts], draft=True)


def lines_of(layout: Layout) -> list[Line]:
    """The tab and the pages of each exhibit, in order."""
    return [
        Line(entry.exhibit.tab, entry.pages.replace("\u200b", ""))
        for entry in layout.entries
        if entry.exhibit is not None
    ]


def draw(layout: Layout, page: int) -> bytes | None:
    """Draw the cover (page 1) or a page of the index as WebP; None when there is no such page."""
    data, number = (layout.covers[0], 0) if page == 1 else (layout.index_pdf, page - 2)
    document = pypdfium2.PdfDocument(data)
    try:
        if not 0 <= number < len(document):
            return None
        sheet = document[number]
        picture = sheet.render(scale=_WIDTH / sheet.get_width()).to_pil()
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=80)
        return out.getvalue()
    finally:
        document.close()
