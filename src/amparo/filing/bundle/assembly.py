"""Assembly: one volume of a bundle as a PDF, its pages numbered, linked and bookmarked.

Pages are made ready inside the document that they come from and copied out of it, so that only
one exhibit is open at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from amparo.base.errors import UnreadableFile
from amparo.filing.bundle.catalogue import Bookmark, write_catalogue
from amparo.filing.bundle.contents import EVEN, Stamper
from amparo.filing.bundle.copying import copy_page, layers_of
from amparo.filing.bundle.exhibits import Balance, ExhibitFailed, Prepared
from amparo.filing.bundle.geometry import SHEETS
from amparo.filing.bundle.layout import Layout, Spot, VolumeLayout
from amparo.filing.bundle.links import Links
from amparo.filing.bundle.numbering import letters
from amparo.filing.bundle.pdfs import open_plain
from amparo.filing.bundle.places import Entry, Places, resolve_links
from amparo.filing.bundle.request import Request
from amparo.filing.bundle.words import say
from amparo.filing.bundle.writer import Copier, Sink, Writer

__all__ = ["Step", "assemble"]

Step = Callable[[int], None]
_PAGES_A_NODE = 50


@dataclass(slots=True)
class _Volume:
    """A volume in the making.

    ``pages`` and ``nodes`` are the object numbers of its pages and of the tree above them.
    """

    request: Request
    layout: Layout
    own: VolumeLayout
    writer: Writer
    stamper: Stamper
    pages: list[int]
    nodes: list[int]
    links: Links
    done: int = 0
    bookmarks: list[Bookmark] = field(default_factory=list)
    layers: list[tuple[int, bool]] = field(default_factory=list)

    def position(self, number: int) -> int:
        """Give the position from 0 of the page that ``number`` is printed on."""
        return number - self.own.first


def assemble(
    request: Request,
    exhibits: Sequence[Prepared],
    layout: Layout,
    number: int,
    manifest: str,
    out: Sink,
    step: Step | None = None,
) -> None:
    """Write volume ``number`` (from 1) of a bundle to ``out``.

    ``step`` is told how many pages were added, exhibit by exhibit. Raises ExhibitFailed when one
    breaks on the way.
    """
    volume = _begin(request, layout, layout.volumes[number - 1], Writer(out))
    _add_front(volume)
    _add_exhibits(volume, exhibits, step)
    _add_certificates(volume)
    _write_tree(volume)
    write_catalogue(
        volume.writer,
        request,
        volume.own,
        pages=volume.pages,
        tree=volume.nodes[0],
        bookmarks=volume.bookmarks,
        layers=volume.layers,
        manifest=manifest,
    )


def _begin(request: Request, layout: Layout, own: VolumeLayout, writer: Writer) -> _Volume:
    """Reserve what others refer to, and write the font that numbers are set in."""
    profile = request.profile
    pages = [writer.reserve() for _ in range(own.pages)]
    nodes = [writer.reserve() for _ in range(1 + -(-own.pages // _PAGES_A_NODE))]
    known = letters()
    with pikepdf.open(BytesIO(known.pdf)) as document:
        font = Copier(writer, document).copy(known.font(document))
    stamper = Stamper(
        lambda content: Writer.reference(writer.add_stream(content)),
        Writer.reference(font),
        profile.numbering.place,
        SHEETS[profile.page.size] if profile.page.fit == "shrink" else None,
    )
    links = Links(request, layout, own, pages)
    return _Volume(request, layout, own, writer, stamper, pages, nodes, links)


def _add_front(volume: _Volume) -> None:
    language = volume.request.profile.language
    volume.bookmarks.append(Bookmark(say(language, "cover"), 0))
    _add_own(volume, volume.layout.covers[volume.own.number - 1])
    volume.bookmarks.append(Bookmark(volume.request.profile.index.title, volume.done))
    _add_own(volume, volume.layout.index_pdf)


def _add_own(volume: _Volume, data: bytes) -> None:
    """Add all pages of a PDF that we set ourselves."""
    with pikepdf.open(BytesIO(data)) as document:
        _add_pages(volume, document, Copier(volume.writer, document), list(document.pages))


def _add_exhibits(volume: _Volume, exhibits: Sequence[Prepared], step: Step | None) -> None:
    with pikepdf.open(BytesIO(volume.layout.sheets_pdf or volume.layout.index_pdf)) as sheets:
        copier = Copier(volume.writer, sheets)
        position = {each.key: number for number, each in enumerate(volume.layout.sheet_order)}
        for spot in volume.own.spots:
            prepared = exhibits[spot.part.item]
            if spot.sheet is not None:
                _add_pages(volume, sheets, copier, [sheets.pages[position[spot.part.key]]])
            try:
                entries = _add_exhibit(volume, prepared, spot)
            except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, KeyError) as error:
                raise ExhibitFailed(spot.part.item, str(error)) from error
            except UnreadableFile as error:
                raise ExhibitFailed(spot.part.item, error.message) from error
            volume.bookmarks.append(_exhibit_bookmark(volume, prepared, spot, entries))
            if step:
                step(spot.part.count)


def _add_exhibit(volume: _Volume, prepared: Prepared, spot: Spot) -> tuple[Entry, ...]:
    """Copy the pages of an exhibit; give its own table of contents."""
    with prepared.open() as stream, open_plain(stream) as source:
        places = Places(source)
        entries = places.entries()
        pages = list(source.pages)[spot.part.start : spot.part.start + spot.part.count]
        numbers = volume.pages[volume.done : volume.done + spot.part.count]
        known = {page.obj.objgen: number for page, number in zip(pages, numbers, strict=True)}
        copier = Copier(volume.writer, source, known)
        for page in pages:
            resolve_links(page.obj, places)
        _add_pages(volume, source, copier, pages, spot, prepared.uneven)
        for layer, is_hidden in layers_of(source):
            volume.layers.append((copier.copy(layer), is_hidden))
    return entries


def _add_pages(
    volume: _Volume,
    source: pikepdf.Pdf,
    copier: Copier,
    pages: Sequence[pikepdf.Page],
    of: Spot | None = None,
    uneven: Mapping[int, Balance] | None = None,
) -> None:
    """Number pages and copy them to the end of the volume.

    They are those of an exhibit, ``of`` its spot, or sheets that we set, whose links get targets.
    ``uneven`` are pages of the exhibit, from 0, that leave their state open.
    """
    volume.stamper.begin()
    for page in pages:
        number = volume.own.first + volume.done
        text = volume.request.profile.numbering.text(number)
        if of is None:
            volume.stamper.stamp_own(page.obj, text)
            volume.links.direct(page.obj)
        else:
            position = of.part.start + number - of.first
            balance = (uneven or {}).get(position, EVEN)
            view = volume.stamper.stamp(page.obj, text, balance)
            if of.sheet is None and number == of.first:
                volume.links.add_back(source, page.obj, view, of)
        node = volume.nodes[1 + volume.done // _PAGES_A_NODE]
        copy_page(copier, page.obj, volume.pages[volume.done], node)
        volume.done += 1


def _exhibit_bookmark(
    volume: _Volume, prepared: Prepared, spot: Spot, entries: tuple[Entry, ...]
) -> Bookmark:
    profile = volume.request.profile
    tab, description = prepared.exhibit.tab, prepared.exhibit.description
    if spot.part.number > 1:
        tab = say(profile.language, "continued", word=profile.tabs.word, tab=tab)
    shift = volume.position(spot.first) - spot.part.start
    below = tuple(_entry_bookmarks(entries, spot, shift))
    return Bookmark(f"{tab}  {description}", volume.position(spot.start), below)


def _entry_bookmarks(entries: tuple[Entry, ...], spot: Spot, shift: int) -> Iterator[Bookmark]:
    """Give an exhibit's own table of contents as bookmarks, without pages of other volumes."""
    shown = range(spot.part.start, spot.part.start + spot.part.count)
    for entry in entries:
        below = tuple(_entry_bookmarks(entry.entries, spot, shift))
        if entry.page in shown:
            yield Bookmark(entry.title, entry.page + shift, below)
        else:
            yield from below


def _add_certificates(volume: _Volume) -> None:
    for (title, number), data in zip(
        volume.own.certificates,
        volume.layout.certificate_pdfs if volume.own.certificates else (),
        strict=True,
    ):
        volume.bookmarks.append(Bookmark(title, volume.position(number)))
        _add_own(volume, data)


def _write_tree(volume: _Volume) -> None:
    """Write the page tree: a root over nodes of some pages each."""
    root, *nodes = volume.nodes
    for order, node in enumerate(nodes):
        kids = volume.pages[order * _PAGES_A_NODE : (order + 1) * _PAGES_A_NODE]
        volume.writer.add(
            Dictionary(
                Type=Name.Pages,
                Parent=Writer.reference(root),
                Count=len(kids),
                Kids=Array([Writer.reference(kid) for kid in kids]),
            ),
            node,
        )
    below = Array([Writer.reference(node) for node in nodes])
    volume.writer.add(Dictionary(Type=Name.Pages, Count=len(volume.pages), Kids=below), root)
