"""The manifest: which pages came from which original, for machines, inside every volume.

It is kept in the XMP metadata and not as an attached file, because courts' portals refuse PDFs
with attachments. It is canonical JSON (RFC 8785).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from amparo.base import canonical
from amparo.filing.bundle.exhibits import Prepared
from amparo.filing.bundle.layout import Layout, VolumeLayout
from amparo.filing.bundle.request import Request

__all__ = ["FORMAT", "NAMESPACE", "manifest_of", "manifest_text"]

FORMAT = "amparo-bundle/1"
NAMESPACE = "urn:amparo:bundle:1#"


def manifest_of(request: Request, exhibits: Sequence[Prepared], layout: Layout) -> dict[str, Any]:
    """Describe a bundle: volumes with the numbers of their pages, exhibits with their originals."""
    return {
        "format": FORMAT,
        "title": request.title,
        "number": request.number,
        "profile": request.profile.id,
        "language": request.profile.language,
        "numbering": asdict(request.profile.numbering),
        "tab_sheets": request.profile.tabs.sheets,
        "made_at": request.made_at.isoformat(),
        "volumes": [_volume(request, layout, volume) for volume in layout.volumes],
        "exhibits": [
            _exhibit(each) | {"pages": _pages(layout, item)} for item, each in enumerate(exhibits)
        ],
    }


def manifest_text(manifest: Mapping[str, Any]) -> str:
    """Give the manifest as canonical JSON."""
    return canonical.dumps(dict(manifest)).decode("utf-8")


def _volume(request: Request, layout: Layout, volume: VolumeLayout) -> dict[str, Any]:
    return {
        "number": volume.number,
        "file": request.file_name(volume.number, len(layout.volumes)),
        "first": volume.first,
        "last": volume.last,
        "index": [volume.index, volume.index + layout.index_pages - 1],
        "certificates": [
            {"title": title, "number": number} for title, number in volume.certificates
        ],
    }


def _pages(layout: Layout, item: int) -> list[dict[str, Any]]:
    """Where the pages of exhibit ``item`` stand, volume by volume."""
    return [
        {
            "volume": volume.number,
            "sheet": spot.sheet,
            "first": spot.first,
            "last": spot.last,
            "of_original": [spot.part.start + 1, spot.part.start + spot.part.count],
        }
        for volume in layout.volumes
        for spot in volume.spots
        if spot.part.item == item
    ]


def _exhibit(prepared: Prepared) -> dict[str, Any]:
    exhibit = prepared.exhibit
    return {
        "tab": exhibit.tab,
        "description": exhibit.description,
        "date": exhibit.date.text if exhibit.date else None,
        "sha256": exhibit.source.sha256,
        "path": exhibit.source.path,
        "media_type": exhibit.source.media_type,
        "size": exhibit.source.size,
        "notices": [notice.code for notice in prepared.notices],
        "slip": prepared.slip.code if prepared.slip else None,
    }
