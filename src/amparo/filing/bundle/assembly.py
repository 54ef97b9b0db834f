"""Assembly: one volume of a bundle as a PDF, its pages numbered, linked and bookmarked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.metadata import version
from io import BytesIO
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from amparo.filing.bundle.contents import Stamper
from amparo.filing.bundle.exhibits import Prepared
from amparo.filing.bundle.geometry import SHEETS, View
from amparo.filing.bundle.layout import Layout, Spot, VolumeLayout
from amparo.filing.bundle.manifest import NAMESPACE
from amparo.filing.bundle.numbering import letters, number_box
from amparo.filing.bundle.pdfs import open_plain
from amparo.filing.bundle.places import Entry, Places, resolve_links
from amparo.filing.bundle.request import Request
from amparo.filing.bundle.words import say

__all__ = ["assemble"]

_SCHEME = "amparo:"
_TOOL = f"Amparo {version('amparo')}"
Step = Callable[[int], None]


@dataclass(slots=True)
class _Volume:
    """A volume in the making: its PDF, what must stay open until it is saved, its bookmarks."""

    pdf: pikepdf.Pdf
    stack: ExitStack
    layout: VolumeLayout
    bookmarks: list[OutlineItem] = field(default_factory=list)
    layers: list[tuple[pikepdf.Object, bool]] = field(default_factory=list)
    views: list[View] = field(default_factory=list)

    def add(self, source: pikepdf.Pdf, pages: range) -> None:
        """Copy pages of an open PDF to the end."""
        if pages == range(len(source.pages)):
            self.pdf.pages.extend(source.pages)
        else:
            self.pdf.pages.extend([source.pages[number] for number in pages])

    def opened(self, data: bytes) -> pikepdf.Pdf:
        """Open a PDF that we set ourselves, until the volume is saved."""
        return self.stack.enter_context(pikepdf.open(BytesIO(data)))


def assemble(
    request: Request,
    exhibits: Sequence[Prepared],
    layout: Layout,
    number: int,
    manifest: str,
    out: BinaryIO,
    step: Step | None = None,
) -> None:
    """Write volume ``number`` (from 1) of a bundle to ``out``.

    ``step`` is told how many pages were added, exhibit by exhibit.
    """
    with ExitStack() as stack:
        pdf = stack.enter_context(pikepdf.new())
        volume = _Volume(pdf, stack, layout.volumes[number - 1])
        _add_front(volume, request, layout)
        _add_exhibits(volume, request, exhibits, layout, step or _no_step)
        _add_certificates(volume, layout)
        _stamp(volume, request)
        _link(volume, request, layout)
        _bookmark(volume)
        _label(volume, request)
        _describe(volume, request, manifest)
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _no_step(pages: int) -> None:
    """Tell nobody about ``pages`` more pages."""


def _add_front(volume: _Volume, request: Request, layout: Layout) -> None:
    cover = volume.opened(layout.covers[volume.layout.number - 1])
    index = volume.opened(layout.index_pdf)
    language = request.profile.language
    volume.bookmarks.append(OutlineItem(say(language, "cover"), 0))
    volume.add(cover, range(len(cover.pages)))
    volume.bookmarks.append(OutlineItem(request.profile.index.title, len(volume.pdf.pages)))
    volume.add(index, range(len(index.pages)))


def _add_exhibits(
    volume: _Volume,
    request: Request,
    exhibits: Sequence[Prepared],
    layout: Layout,
    step: Step,
) -> None:
    sheets = volume.opened(layout.sheets_pdf) if layout.sheets_pdf else None
    position = {sheet.key: number for number, sheet in enumerate(layout.sheet_order)}
    for spot in volume.layout.spots:
        prepared = exhibits[spot.part.item]
        if sheets is not None and spot.sheet is not None:
            number = position[spot.part.key]
            volume.add(sheets, range(number, number + 1))
        entries = _add_exhibit(volume, prepared, spot)
        volume.bookmarks.append(_exhibit_bookmark(volume, request, prepared, spot, entries))
        step(spot.part.count)


def _add_exhibit(volume: _Volume, prepared: Prepared, spot: Spot) -> tuple[Entry, ...]:
    """Copy the pages of an exhibit; give its own table of contents."""
    stream = volume.stack.enter_context(prepared.open())
    source = volume.stack.enter_context(open_plain(stream))
    places = Places(source)
    entries = places.entries()
    shown = range(spot.part.start, spot.part.start + spot.part.count)
    resolve_links(source, places, shown)
    volume.add(source, shown)
    volume.layers.extend(_layers(volume.pdf, source))
    return entries


def _layers(pdf: pikepdf.Pdf, source: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, bool]]:
    """Give the source's layers as objects of ``pdf``, and whether each is hidden (8.11)."""
    properties = source.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        return
    default = properties.get("/D")
    hidden = set()
    base_off = False
    if isinstance(default, Dictionary):
        base_off = default.get("/BaseState") == Name.OFF
        changed = default.get("/ON" if base_off else "/OFF")
        hidden = (
            {item.objgen for item in changed.as_list()} if isinstance(changed, Array) else set()
        )
    groups = properties.get("/OCGs")
    for group in groups.as_list() if isinstance(groups, Array) else ():
        if isinstance(group, Dictionary) and group.is_indirect:
            yield pdf.copy_foreign(group), (group.objgen in hidden) != base_off


def _exhibit_bookmark(
    volume: _Volume,
    request: Request,
    prepared: Prepared,
    spot: Spot,
    entries: tuple[Entry, ...],
) -> OutlineItem:
    tab, description = prepared.exhibit.tab, prepared.exhibit.description
    title = f"{tab}  {description}"
    if spot.part.of > 1:
        word = request.profile.tabs.word
        again = say(request.profile.language, "continued", word=word, tab=tab)
        title = f"{again}  {description}" if spot.part.number > 1 else title
    item = OutlineItem(title, spot.start - volume.layout.first)
    item.is_closed = True
    shift = spot.first - volume.layout.first - spot.part.start
    item.children.extend(_entry_bookmarks(entries, spot, shift))
    return item


def _entry_bookmarks(entries: tuple[Entry, ...], spot: Spot, shift: int) -> Iterator[OutlineItem]:
    """Give an exhibit's own table of contents as bookmarks, without pages of other volumes."""
    shown = range(spot.part.start, spot.part.start + spot.part.count)
    for entry in entries:
        below = list(_entry_bookmarks(entry.entries, spot, shift))
        if entry.page not in shown:
            yield from below
            continue
        item = OutlineItem(entry.title, entry.page + shift)
        item.is_closed = True
        item.children.extend(below)
        yield item


def _add_certificates(volume: _Volume, layout: Layout) -> None:
    if not volume.layout.certificates:
        return
    for (title, number), data in zip(
        volume.layout.certificates, layout.certificate_pdfs, strict=True
    ):
        volume.bookmarks.append(OutlineItem(title, number - volume.layout.first))
        source = volume.opened(data)
        volume.add(source, range(len(source.pages)))


def _stamp(volume: _Volume, request: Request) -> None:
    """Print its number on every page."""
    profile = request.profile
    set_ = letters()
    font = volume.pdf.copy_foreign(set_.font(volume.opened(set_.pdf)))
    sheet = SHEETS[profile.page.size] if profile.page.fit == "shrink" else None
    stamper = Stamper(volume.pdf, font, profile.numbering.place, sheet)
    for number, page in enumerate(volume.pdf.pages, start=volume.layout.first):
        volume.views.append(stamper.stamp(page.obj, profile.numbering.text(number)))


def _link(volume: _Volume, request: Request, layout: Layout) -> None:
    """Turn the addresses on our own sheets into links to pages."""
    targets = _targets(layout)
    first = volume.layout.first
    index = volume.layout.index - first
    rows: dict[str, int] = {}
    for number in range(index, index + layout.index_pages):
        for link, _, key in _addressed(volume.pdf.pages[number].obj):
            rows.setdefault(key, number)
            _go(volume, request, layout, link, targets[key])
    for spot in volume.layout.spots:
        row = rows.get(spot.part.key, index)
        if spot.sheet is None:
            _add_back_link(volume, request, spot, row)
            continue
        for link, _, _ in _addressed(volume.pdf.pages[spot.start - first].obj):
            _go_here(volume, link, row)


def _targets(layout: Layout) -> Mapping[str, tuple[int, int]]:
    """Give the volume and the number of the page that each line of the index goes to."""
    targets = {}
    for volume in layout.volumes:
        for spot in volume.spots:
            targets[spot.part.key] = (volume.number, spot.start)
        for order, (_, number) in enumerate(volume.certificates):
            targets[f"certificate-{order}"] = (volume.number, number)
    return targets


def _addressed(page: pikepdf.Object) -> Iterator[tuple[pikepdf.Object, str, str]]:
    """Find the links of ours on a page that we set, with their kind and key."""
    for link in page.Annots.as_list() if "/Annots" in page else ():
        action = link.get("/A")
        address = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
        if address.startswith(_SCHEME):
            kind, _, key = address.removeprefix(_SCHEME).partition("/")
            link.NM = String(address)
            yield link, kind, key


def _go(
    volume: _Volume,
    request: Request,
    layout: Layout,
    link: pikepdf.Object,
    target: tuple[int, int],
) -> None:
    """Make a link go to a numbered page, of this volume or of another one's file."""
    number = target[1] - layout.volumes[target[0] - 1].first
    link.Contents = String(request.profile.numbering.text(target[1]))
    if target[0] == volume.layout.number:
        _go_here(volume, link, number)
        return
    file = request.file_name(target[0], len(layout.volumes))
    link.A = Dictionary(
        S=Name.GoToR,
        F=Dictionary(Type=Name.Filespec, F=String(file), UF=String(file)),
        D=Array([number, Name.Fit]),
        NewWindow=True,
    )


def _go_here(volume: _Volume, link: pikepdf.Object, number: int) -> None:
    del link["/A"]
    link.Dest = Array([volume.pdf.pages[number].obj, Name.Fit])


def _add_back_link(volume: _Volume, request: Request, spot: Spot, row: int) -> None:
    """Let the number on an exhibit's first page lead back to its line in the index."""
    position = spot.start - volume.layout.first
    page = volume.pdf.pages[position].obj
    numbering = request.profile.numbering
    box = number_box(numbering.text(spot.start), volume.views[position], numbering.place)
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([round(number, 3) for number in box]),
        Border=Array([0, 0, 0]),
        NM=String(f"{_SCHEME}index/{spot.part.key}"),
        Contents=String(say(request.profile.language, "back")),
        Dest=Array([volume.pdf.pages[row].obj, Name.Fit]),
    )
    annotations = page.get("/Annots")
    there = list(annotations.as_list()) if isinstance(annotations, Array) else []
    page.Annots = Array([*there, volume.pdf.make_indirect(link)])


def _bookmark(volume: _Volume) -> None:
    with volume.pdf.open_outline() as outline:
        outline.root.extend(volume.bookmarks)
    volume.pdf.Root.PageMode = Name.UseOutlines
    if volume.layers:
        groups = [group for group, _ in volume.layers]
        hidden = [group for group, is_hidden in volume.layers if is_hidden]
        volume.pdf.Root.OCProperties = Dictionary(
            OCGs=Array(groups), D=Dictionary(OFF=Array(hidden), Order=Array([]))
        )


def _label(volume: _Volume, request: Request) -> None:
    """Let viewers call each page what is printed on it (12.4.2)."""
    numbering = request.profile.numbering
    first, last = volume.layout.first, volume.layout.last
    if numbering.digits <= 1:
        label = Dictionary(S=Name.D, St=first)
        if numbering.prefix:
            label.P = String(numbering.prefix)
        numbers = Array([0, label])
    else:
        numbers = Array()
        for number in range(first, last + 1):
            numbers.append(number - first)
            numbers.append(Dictionary(P=String(numbering.text(number))))
    volume.pdf.Root.PageLabels = Dictionary(Nums=numbers)


def _describe(volume: _Volume, request: Request, manifest: str) -> None:
    """Write metadata: title, language, date, and the manifest."""
    pdf = volume.pdf
    pdf.Root.Lang = String(request.profile.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as metadata:
        metadata.register_xml_namespace(NAMESPACE, "amparo")
        metadata["dc:title"] = request.title
        metadata["dc:language"] = {request.profile.language}
        metadata["xmp:CreatorTool"] = _TOOL
        metadata["xmp:CreateDate"] = request.made_at.isoformat()
        metadata["pdf:Producer"] = _TOOL
        metadata[f"{{{NAMESPACE}}}manifest"] = manifest
