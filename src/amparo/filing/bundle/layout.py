"""The layout: on which page everything stands, settled together with the index that says so.

Numbers run through all volumes, and every page has one: the number printed on a page is its
position in the bundle. The length of the index moves the numbers that the index prints, so it is
set again until nothing moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf

from amparo.base.errors import AmparoError
from amparo.filing.bundle import sheets
from amparo.filing.bundle.exhibits import Prepared
from amparo.filing.bundle.request import Request
from amparo.filing.bundle.sheets import IndexEntry, Sheet
from amparo.filing.bundle.volumes import Part
from amparo.filing.bundle.words import say

__all__ = ["Layout", "Spot", "VolumeLayout", "lay_out", "page_count"]

_FREE_ROUNDS = 3
_MOST_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a part of an exhibit stands: numbers of its sheet (None: it has none) and its pages.

    ``first`` and ``last`` are the pages of the exhibit itself; ``start`` is the first of both.
    """

    part: Part
    sheet: int | None
    first: int
    last: int

    @property
    def start(self) -> int:
        """The number of the sheet, or of the first page when there is none."""
        return self.first if self.sheet is None else self.sheet


@dataclass(frozen=True, slots=True)
class VolumeLayout:
    """One volume: ``first`` is the number of its cover; certificates are (title, number)."""

    number: int
    first: int
    index: int
    spots: tuple[Spot, ...]
    certificates: tuple[tuple[str, int], ...]
    last: int

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything in its place, and the sheets that were set for it."""

    volumes: tuple[VolumeLayout, ...]
    index_pages: int
    entries: tuple[IndexEntry, ...]
    sheet_order: tuple[Sheet, ...]
    covers: tuple[bytes, ...] = field(repr=False)
    index_pdf: bytes = field(repr=False)
    sheets_pdf: bytes | None = field(repr=False)
    certificate_pdfs: tuple[bytes, ...] = field(repr=False)


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF that we set ourselves."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def lay_out(
    request: Request,
    exhibits: Sequence[Prepared],
    plan: Sequence[Sequence[Part]],
    *,
    draft: bool = False,
) -> Layout:
    """Set covers, index, sheets and certificates, and give every page its number.

    A ``draft`` has no sheets before exhibits, only their numbers.
    """
    tabs = [each.exhibit.tab for each in exhibits]
    covers = tuple(
        sheets.cover(request, tabs, number, len(plan)) for number in range(1, len(plan) + 1)
    )
    order = _sheets(request, exhibits, plan)
    chosen = [certificate for _, certificate in request.chosen_certificates()]
    signed = tuple(sheets.certificate(request, each) for each in chosen)
    fixed = _Fixed(
        exhibits,
        plan,
        frozenset((int(sheet.key.partition(".")[0]), sheet.number) for sheet in order),
        tuple(page_count(cover) for cover in covers),
        tuple((each.title, page_count(pdf)) for each, pdf in zip(chosen, signed, strict=True)),
    )
    numbered, entries, index_pdf, index_pages = _settle(request, fixed)
    sheets_pdf = sheets.tab_sheets(request, order) if order and not draft else None
    return Layout(numbered, index_pages, entries, order, covers, index_pdf, sheets_pdf, signed)


@dataclass(frozen=True, slots=True)
class _Fixed:
    """What does not move when the index grows; ``certificates`` are (title, pages)."""

    exhibits: Sequence[Prepared]
    plan: Sequence[Sequence[Part]]
    with_sheet: frozenset[tuple[int, int]]
    cover_pages: tuple[int, ...]
    certificates: tuple[tuple[str, int], ...]


def _settle(
    request: Request, fixed: _Fixed
) -> tuple[tuple[VolumeLayout, ...], tuple[IndexEntry, ...], bytes, int]:
    """Set the index until its length is the one that its numbers were reckoned with.

    When it goes back and forth between two lengths the longer is kept, and a page left blank.
    """
    pages = 1
    for attempt in range(_MOST_ROUNDS):
        numbered = _number(fixed, pages)
        entries = _entries(request, fixed.exhibits, numbered)
        pdf = sheets.index(request, entries)
        needed = page_count(pdf)
        if needed == pages:
            return numbered, entries, pdf, pages
        if attempt >= _FREE_ROUNDS and needed < pages:
            blank = pages - needed
            return numbered, entries, sheets.index(request, entries, blank_pages=blank), pages
        pages = needed
    raise AmparoError(f"The index does not settle within {_MOST_ROUNDS} rounds.")


def _sheets(
    request: Request, exhibits: Sequence[Prepared], plan: Sequence[Sequence[Part]]
) -> tuple[Sheet, ...]:
    """List the sheets that stand before exhibits, in the order of the bundle."""
    return tuple(
        Sheet(part.key, part.item, exhibits[part.item], part.number, part.of)
        for volume in plan
        for part in volume
        if request.profile.tabs.sheets or exhibits[part.item].notices
    )


def _number(fixed: _Fixed, index_pages: int) -> tuple[VolumeLayout, ...]:
    """Number every page, given how long the index is."""
    volumes = []
    number = 1
    for volume, parts in enumerate(fixed.plan, start=1):
        first, index = number, number + fixed.cover_pages[volume - 1]
        number = index + index_pages
        spots = []
        for part in parts:
            sheet = number if (part.item, part.number) in fixed.with_sheet else None
            start = number + (sheet is not None)
            spots.append(Spot(part, sheet, start, start + part.count - 1))
            number = start + part.count
        certificates = []
        for title, pages in fixed.certificates if volume == len(fixed.plan) else ():
            certificates.append((title, number))
            number += pages
        volumes.append(
            VolumeLayout(volume, first, index, tuple(spots), tuple(certificates), number - 1)
        )
    return tuple(volumes)


def _entries(
    request: Request, exhibits: Sequence[Prepared], volumes: Sequence[VolumeLayout]
) -> tuple[IndexEntry, ...]:
    """Write the lines of the index: exhibits, under the head of their volume if there are many."""
    profile = request.profile
    text = profile.numbering.text
    entries = []
    for volume in volumes:
        if len(volumes) > 1:
            name = say(
                profile.language,
                "volume_of",
                word=profile.volumes.word,
                number=volume.number,
                all=len(volumes),
            )
            span = f"{name}  ·  {text(volume.first)}–{text(volume.last)}"
            entries.append(IndexEntry(key=f"volume-{volume.number}", part=span))
        for spot in volume.spots:
            each = exhibits[spot.part.item]
            pages = _span(text(spot.first), text(spot.last))
            entries.append(IndexEntry(spot.part.key, pages, each.exhibit, slip=each.slip))
        for order, (title, number) in enumerate(volume.certificates):
            entries.append(IndexEntry(f"certificate-{order}", text(number), title=title))
    return tuple(entries)


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}–\u200b{last}"
