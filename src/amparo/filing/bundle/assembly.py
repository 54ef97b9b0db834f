"""Assembly: one volume of a bundle as a PDF, its pages numbered, linked and bookmarked.

Pages are made ready inside the document that they come from and copied out of it, so that only
one exhibit is open at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from amparo.base.errors import UnreadableFile
from amparo.filing.bundle.catalogue import Bookmark, write_catalogue
from amparo.filing.bundle.contents import EVEN, Stamper
from amparo.filing.bundle.exhibits import Balance, ExhibitFailed, Prepared
from amparo.filing.bundle.geometry import SHEETS, View
from amparo.filing.bundle.layout import Layout, Spot, VolumeLayout
from amparo.filing.bundle.numbering import letters, number_box
from amparo.filing.bundle.pdfs import open_plain
from amparo.filing.bundle.places import Entry, Places, resolve_links
from amparo.filing.bundle.request import Request
from amparo.filing.bundle.words import say
from amparo.filing.bundle.writer import Copier, Sink, Writer

__all__ = ["Step", "assemble", "rehearse"]

Step = Callable[[int], None]
_SCHEME = "amparo:"
_PAGES_A_NODE = 50


@dataclass(slots=True)
class _Volume:
    """A volume in the making.

    ``pages`` and ``nodes`` are the object numbers of its pages and of the tree above them; ``rows``
    says on which page, from 0, the index has the line of each key, and ``targets`` which volume and
    page number the line goes to.
    """

    request: Request
    layout: Layout
    own: VolumeLayout
    writer: Writer
    stamper: Stamper
    pages: list[int]
    nodes: list[int]
    rows: dict[str, int]
    targets: Mapping[str, tuple[int, int]]
    done: int = 0
    bookmarks: list[Bookmark] = field(default_factory=list)
    layers: list[tuple[int, bool]] = field(default_factory=list)

    def position(self, number: int) -> int:
        """Give the position from 0 of the page that ``number`` is printed on."""
        return number - self.own.first

    def link_to(self, position: int) -> Array:
        """Give a destination: the whole of the page at ``position``."""
        return Array([Writer.reference(self.pages[position]), Name.Fit])


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
    rows = dict(_rows(layout, own))
    return _Volume(request, layout, own, writer, stamper, pages, nodes, rows, _targets(layout))


def _rows(layout: Layout, own: VolumeLayout) -> Iterator[tuple[str, int]]:
    """Find on which page the index has each line; the first where it breaks over two."""
    found = set()
    with pikepdf.open(BytesIO(layout.index_pdf)) as document:
        for position, page in enumerate(document.pages, start=own.index - own.first):
            for _, _, key in _addressed(page.obj):
                if key not in found:
                    found.add(key)
                    yield key, position


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
        for layer, is_hidden in _layers(source):
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
            for link, kind, key in _addressed(page.obj):
                _direct(volume, link, kind, key)
        else:
            position = of.part.start + number - of.first
            balance = (uneven or {}).get(position, EVEN)
            view = volume.stamper.stamp(page.obj, text, balance)
            if of.sheet is None and number == of.first:
                _add_back_link(volume, source, page.obj, view, of)
        kept = Dictionary({key: value for key, value in page.obj.items() if key != "/Parent"})
        kept.Parent = Writer.reference(volume.nodes[1 + volume.done // _PAGES_A_NODE])
        copier.copy(kept, volume.pages[volume.done])
        volume.done += 1


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
            kept = Dictionary({key: item for key, item in page.obj.items() if key != "/Parent"})
            kept.Parent = Writer.reference(node)
            copier.copy(kept, known[page.obj.objgen])
        for layer, _ in _layers(source):
            copier.copy(layer)


class _Nowhere:
    """Takes bytes and keeps none."""

    def write(self, data: bytes, /) -> int:
        return len(data)


def _layers(source: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, bool]]:
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


def _addressed(page: pikepdf.Object) -> Iterator[tuple[pikepdf.Object, str, str]]:
    """Find the links of ours on a page that we set, with their kind and key."""
    for link in page.Annots.as_list() if "/Annots" in page else ():
        action = link.get("/A")
        address = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
        if address.startswith(_SCHEME):
            kind, _, key = address.removeprefix(_SCHEME).partition("/")
            yield link, kind, key


def _direct(volume: _Volume, link: pikepdf.Object, kind: str, key: str) -> None:
    """Turn an address on one of our sheets into a link to a page."""
    link.NM = String(f"{_SCHEME}{kind}/{key}")
    del link["/A"]
    if kind == "index":
        link.Dest = volume.link_to(volume.rows[key])
        return
    target, number = volume.targets[key]
    link.Contents = String(volume.request.profile.numbering.text(number))
    if target == volume.own.number:
        link.Dest = volume.link_to(volume.position(number))
        return
    other = volume.layout.volumes[target - 1]
    file = volume.request.file_name(target, len(volume.layout.volumes))
    link.A = Dictionary(
        S=Name.GoToR,
        F=Dictionary(Type=Name.Filespec, F=String(file), UF=String(file)),
        D=Array([number - other.first, Name.Fit]),
        NewWindow=True,
    )


def _targets(layout: Layout) -> Mapping[str, tuple[int, int]]:
    """Give the volume and the number of the page that each line of the index goes to."""
    targets = {}
    for volume in layout.volumes:
        for spot in volume.spots:
            targets[spot.part.key] = (volume.number, spot.start)
        for order, (_, number) in enumerate(volume.certificates):
            targets[f"certificate-{order}"] = (volume.number, number)
    return targets


def _add_back_link(
    volume: _Volume, source: pikepdf.Pdf, page: pikepdf.Object, view: View, spot: Spot
) -> None:
    """Let the number on an exhibit's first page lead back to its line in the index."""
    numbering = volume.request.profile.numbering
    box = number_box(numbering.text(spot.start), view, numbering.place)
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([round(number, 3) for number in box]),
        Border=Array([0, 0, 0]),
        NM=String(f"{_SCHEME}index/{spot.part.key}"),
        Contents=String(say(volume.request.profile.language, "back")),
        Dest=volume.link_to(volume.rows[spot.part.key]),
    )
    annotations = page.get("/Annots")
    there = list(annotations.as_list()) if isinstance(annotations, Array) else []
    page.Annots = Array([*there, source.make_indirect(link)])


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
