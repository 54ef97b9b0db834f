"""Links of a volume: from the index to its exhibits and back, in this file or another volume's.

Our sheets are set with addresses of their own (``amparo:pages/3.1``); here they get their places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from amparo.filing.bundle.geometry import View
from amparo.filing.bundle.layout import Layout, Spot, VolumeLayout
from amparo.filing.bundle.numbering import number_box
from amparo.filing.bundle.request import Request
from amparo.filing.bundle.words import say
from amparo.filing.bundle.writer import Writer

__all__ = ["Links"]

_SCHEME = "amparo:"


class Links:
    """The links of one volume, whose pages have the object numbers ``pages``."""

    def __init__(
        self, request: Request, layout: Layout, own: VolumeLayout, pages: Sequence[int]
    ) -> None:
        self._request = request
        self._layout = layout
        self._own = own
        self._pages = pages
        self._targets = _targets(layout)
        self._rows = dict(_rows(layout, own))

    def direct(self, page: pikepdf.Object) -> None:
        """Turn the addresses on one of our sheets into links to pages."""
        for link, kind, key in _addressed(page):
            link.NM = String(f"{_SCHEME}{kind}/{key}")
            del link["/A"]
            if kind == "index":
                link.Dest = self._to(self._rows[key])
            else:
                self._direct_into(link, *self._targets[key])

    def add_back(self, source: pikepdf.Pdf, page: pikepdf.Object, view: View, spot: Spot) -> None:
        """Let the number on an exhibit's first page lead back to its line in the index."""
        numbering = self._request.profile.numbering
        box = number_box(numbering.text(spot.start), view, numbering.place)
        link = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([round(number, 3) for number in box]),
            Border=Array([0, 0, 0]),
            NM=String(f"{_SCHEME}index/{spot.part.key}"),
            Contents=String(say(self._request.profile.language, "back")),
            Dest=self._to(self._rows[spot.part.key]),
        )
        annotations = page.get("/Annots")
        there = list(annotations.as_list()) if isinstance(annotations, Array) else []
        page.Annots = Array([*there, source.make_indirect(link)])

    def _direct_into(self, link: pikepdf.Object, target: int, number: int) -> None:
        """Let a link go to a numbered page, of this volume or of another one's file."""
        link.Contents = String(self._request.profile.numbering.text(number))
        position = number - self._layout.volumes[target - 1].first
        if target == self._own.number:
            link.Dest = self._to(position)
            return
        file = self._request.file_name(target, len(self._layout.volumes))
        link.A = Dictionary(
            S=Name.GoToR,
            F=Dictionary(Type=Name.Filespec, F=String(file), UF=String(file)),
            D=Array([position, Name.Fit]),
            NewWindow=True,
        )

    def _to(self, position: int) -> Array:
        """Give a destination: the whole of the page at ``position``."""
        return Array([Writer.reference(self._pages[position]), Name.Fit])


def _rows(layout: Layout, own: VolumeLayout) -> Iterator[tuple[str, int]]:
    """Find on which page the index has each line; the first where it breaks over two."""
    found = set()
    with pikepdf.open(BytesIO(layout.index_pdf)) as document:
        for position, page in enumerate(document.pages, start=own.index - own.first):
            for _, _, key in _addressed(page.obj):
                if key not in found:
                    found.add(key)
                    yield key, position


def _addressed(page: pikepdf.Object) -> Iterator[tuple[pikepdf.Object, str, str]]:
    """Find the links of ours on a page that we set, with their kind and key."""
    for link in page.Annots.as_list() if "/Annots" in page else ():
        action = link.get("/A")
        address = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
        if address.startswith(_SCHEME):
            kind, _, key = address.removeprefix(_SCHEME).partition("/")
            yield link, kind, key


def _targets(layout: Layout) -> Mapping[str, tuple[int, int]]:
    """Give the volume and the number of the page that each line of the index goes to."""
    targets = {}
    for volume in layout.volumes:
        for spot in volume.spots:
            targets[spot.part.key] = (volume.number, spot.start)
        for order, (_, number) in enumerate(volume.certificates):
            targets[f"certificate-{order}"] = (volume.number, number)
    return targets
