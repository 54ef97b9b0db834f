"""What of a document goes along when its pages are copied, and a rehearsal of the copying."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from amparo.filing.bundle.contents import Stamper
from amparo.filing.bundle.geometry import SHEETS
from amparo.filing.bundle.pdfs import open_plain
from amparo.filing.bundle.places import Places, resolve_links
from amparo.filing.bundle.writer import Copier, Writer

__all__ = ["copy_page", "layers_of", "rehearse"]


def copy_page(copier: Copier, page: pikepdf.Object, number: int, parent: int) -> None:
    """Copy a page as object ``number`` under the tree node ``parent``."""
    kept = Dictionary({key: value for key, value in page.items() if key != "/Parent"})
    kept.Parent = Writer.reference(parent)
    copier.copy(kept, number)


def layers_of(source: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, bool]]:
    """Give the source's layers, and whether each is hidden (8.11.4)."""
    properties = source.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        return
    default = properties.get("/D")
    all_hidden, changed = False, None
    if isinstance(default, Dictionary):
        all_hidden = default.get("/BaseState") == Name.OFF
        changed = default.get("/ON" if all_hidden else "/OFF")
    other = {item.objgen for item in changed.as_list()} if isinstance(changed, Array) else set()
    groups = properties.get("/OCGs")
    for group in groups.as_list() if isinstance(groups, Array) else ():
        if isinstance(group, Dictionary) and group.is_indirect:
            yield group, (group.objgen in other) != all_hidden


def rehearse(stream: BinaryIO) -> None:
    """Go through a PDF as assembly will, and keep nothing: what would break there breaks here."""
    writer = Writer(_Nowhere())
    node = writer.reserve()
    stamper = Stamper(
        lambda content: Writer.reference(writer.add_stream(content)),
        Writer.reference(writer.reserve()),
        "bottom-right",
        SHEETS["a4"],
    )
    with open_plain(stream) as source:
        places = Places(source)
        places.entries()
        pages = list(source.pages)
        known = {page.obj.objgen: writer.reserve() for page in pages}
        copier = Copier(writer, source, known)
        for page in pages:
            resolve_links(page.obj, places)
            stamper.stamp(page.obj, "1")
            copy_page(copier, page.obj, known[page.obj.objgen], node)
        for layer, _ in layers_of(source):
            copier.copy(layer)


class _Nowhere:
    """Takes bytes and keeps none."""

    def write(self, data: bytes, /) -> int:
        return len(data)
