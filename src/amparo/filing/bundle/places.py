"""Places inside a PDF: named destinations made explicit, and its own table of contents.

When documents are put together their names would collide; a destination that says the page itself
cannot. (ISO 32000-2, 12.3.2 destinations, 12.3.3 outlines.)
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, String

__all__ = ["Entry", "Places", "resolve_links"]

_MOST_ENTRIES = 500
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a document's own table of contents; ``page`` counts from 0 in that document."""

    title: str
    page: int
    entries: tuple[Entry, ...] = ()


class Places:
    """Resolves the destinations of one opened PDF."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self._names: Mapping[str, pikepdf.Object] | None = None
        self._left = _MOST_ENTRIES

    def explicit(self, destination: object) -> Array | None:
        """Give a destination as an array that begins with a page of this document, or None."""
        if isinstance(destination, (String, Name)):
            destination = self._named().get(str(destination))
        if isinstance(destination, Dictionary):
            destination = destination.get("/D")
        if not isinstance(destination, Array) or not len(destination):
            return None
        page = destination[0]
        if isinstance(page, Dictionary) and page.objgen in self._pages:
            return destination
        return None

    def page_of(self, destination: Array) -> int:
        """Give the number, from 0, of the page of an explicit destination."""
        return self._pages[destination[0].objgen]

    def entries(self) -> tuple[Entry, ...]:
        """Read the document's own table of contents, three levels deep and not endless."""
        outlines = self._pdf.Root.get("/Outlines")
        if not isinstance(outlines, Dictionary):
            return ()
        return self._read(outlines.get("/First"), 1)

    def _read(self, item: object, level: int) -> tuple[Entry, ...]:
        found = []
        while isinstance(item, Dictionary) and self._left > 0:
            self._left -= 1
            below = self._read(item.get("/First"), level + 1) if level < _DEEPEST else ()
            page = self._target(item)
            title = str(item.get("/Title", "")).strip()
            if page is not None and title:
                found.append(Entry(title, page, below))
            else:
                found.extend(below)
            item = item.get("/Next")
        return tuple(found)

    def _target(self, item: Dictionary) -> int | None:
        destination = item.get("/Dest")
        action = item.get("/A")
        if destination is None and isinstance(action, Dictionary) and action.get("/S") == Name.GoTo:
            destination = action.get("/D")
        explicit = self.explicit(destination)
        return None if explicit is None else self.page_of(explicit)

    def _named(self) -> Mapping[str, pikepdf.Object]:
        """Read both kinds of named destinations once (12.3.2.4)."""
        if self._names is None:
            names: dict[str, pikepdf.Object] = {}
            with contextlib.suppress(pikepdf.PdfError, ValueError, RuntimeError, AttributeError):
                names.update({str(key): value for key, value in self._pdf.Root.Dests.items()})
            with contextlib.suppress(pikepdf.PdfError, ValueError, RuntimeError, AttributeError):
                names.update(
                    {str(key): value for key, value in NameTree(self._pdf.Root.Names.Dests).items()}
                )
            self._names = names
        return self._names


def resolve_links(page: pikepdf.Object, places: Places) -> None:
    """Make every link of a page that goes somewhere inside its document explicit."""
    for annotation in page.Annots.as_list() if "/Annots" in page else ():
        if annotation.get("/Subtype") == Name.Link:
            _resolve(annotation, places)


def _resolve(link: pikepdf.Object, places: Places) -> None:
    action = link.get("/A")
    goes = isinstance(action, Dictionary) and action.get("/S") == Name.GoTo
    if not goes and "/Dest" not in link:
        return
    destination = action.get("/D") if goes and action is not None else link.get("/Dest")
    explicit = places.explicit(destination)
    for key in ("/Dest", "/A") if goes else ("/Dest",):
        if key in link:
            del link[key]
    if explicit is not None:
        link.Dest = explicit
