"""The catalogue of a volume: bookmarks, page labels, layers, title, and the manifest in XMP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, String

from amparo.filing.bundle.layout import VolumeLayout
from amparo.filing.bundle.manifest import NAMESPACE
from amparo.filing.bundle.profiles import Numbering
from amparo.filing.bundle.request import Request
from amparo.filing.bundle.writer import Writer

__all__ = ["Bookmark", "write_catalogue"]

_TOOL = f"Amparo {version('amparo')}"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:amparo="{namespace}">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{tool}</xmp:CreatorTool>
<xmp:CreateDate>{made}</xmp:CreateDate>
<pdf:Producer>{tool}</pdf:Producer>
<amparo:manifest>{manifest}</amparo:manifest>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark to page ``page``, from 0, of the volume."""

    title: str
    page: int
    below: tuple[Bookmark, ...] = ()


def write_catalogue(
    writer: Writer,
    request: Request,
    volume: VolumeLayout,
    *,
    pages: Sequence[int],
    tree: int,
    bookmarks: Sequence[Bookmark],
    layers: Sequence[tuple[int, bool]],
    manifest: str,
) -> None:
    """Write the catalogue over pages of the object numbers ``pages``, and end the file.

    ``layers`` are object numbers, each with whether it is hidden.
    """
    outlines = writer.reserve()
    first, last = _write_level(writer, pages, outlines, bookmarks)
    writer.add(
        Dictionary(
            Type=Name.Outlines,
            First=Writer.reference(first),
            Last=Writer.reference(last),
            Count=len(bookmarks),
        ),
        outlines,
    )
    keys = Dictionary(Type=Name.Metadata, Subtype=Name.XML)
    root = Dictionary(
        Type=Name.Catalog,
        Pages=Writer.reference(tree),
        Outlines=Writer.reference(outlines),
        PageMode=Name.UseOutlines,
        PageLabels=Dictionary(Nums=_labels(request.profile.numbering, volume)),
        ViewerPreferences=Dictionary(DisplayDocTitle=True),
        Lang=String(request.profile.language),
        Metadata=Writer.reference(writer.add_stream(_xmp(request, manifest), keys)),
    )
    if layers:
        root.OCProperties = _layer_states(layers)
    writer.finish(writer.add(root), writer.add(_information(request)), manifest.encode())


def _write_level(
    writer: Writer, pages: Sequence[int], parent: int, bookmarks: Sequence[Bookmark]
) -> tuple[int, int]:
    """Write bookmarks side by side, closed, with all below them; give the first and the last."""
    numbers = [writer.reserve() for _ in bookmarks]
    for order, (number, bookmark) in enumerate(zip(numbers, bookmarks, strict=True)):
        item = Dictionary(
            Title=String(bookmark.title),
            Parent=Writer.reference(parent),
            Dest=Array([Writer.reference(pages[bookmark.page]), Name.Fit]),
        )
        if order:
            item.Prev = Writer.reference(numbers[order - 1])
        if order + 1 < len(numbers):
            item.Next = Writer.reference(numbers[order + 1])
        if bookmark.below:
            first, last = _write_level(writer, pages, number, bookmark.below)
            item.First, item.Last = Writer.reference(first), Writer.reference(last)
            item.Count = -len(bookmark.below)
        writer.add(item, number)
    return numbers[0], numbers[-1]


def _labels(numbering: Numbering, volume: VolumeLayout) -> Array:
    """Let viewers call each page what is printed on it (12.4.2).

    Labels cannot pad a number with zeros, so a padded one is written out page by page.
    """
    if numbering.digits <= 1:
        label = Dictionary(S=Name.D, St=volume.first)
        if numbering.prefix:
            label.P = String(numbering.prefix)
        return Array([0, label])
    labels: list[object] = []
    for number in range(volume.first, volume.last + 1):
        labels += [number - volume.first, Dictionary(P=String(numbering.text(number)))]
    return Array(labels)


def _layer_states(layers: Sequence[tuple[int, bool]]) -> Dictionary:
    """Keep hidden what an exhibit hides."""
    return Dictionary(
        OCGs=Array([Writer.reference(number) for number, _ in layers]),
        D=Dictionary(
            OFF=Array([Writer.reference(number) for number, is_hidden in layers if is_hidden]),
            Order=Array(),
        ),
    )


def _information(request: Request) -> Dictionary:
    made = request.made_at.strftime("D:%Y%m%d%H%M%S")
    zone = request.made_at.strftime("%z")
    zone = f"{zone[:3]}'{zone[3:5]}" if zone and zone != "+0000" else "Z"
    return Dictionary(
        Title=String(request.title),
        Creator=String(_TOOL),
        Producer=String(_TOOL),
        CreationDate=String(made + zone),
    )


def _xmp(request: Request, manifest: str) -> bytes:
    """Write the metadata packet; the manifest is its text, escaped."""
    return _XMP.format(
        namespace=NAMESPACE,
        title=escape(request.title),
        language=request.profile.language,
        tool=escape(_TOOL),
        made=request.made_at.isoformat(),
        manifest=escape(manifest),
    ).encode("utf-8")
