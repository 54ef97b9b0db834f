"""What the pages about an item read: the page shown, its marks, its readings, its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from amparo.accounts.web.models import User
from amparo.base.languages import Language, is_right_to_left, language
from amparo.base.pinpoints import (
    PageSelector,
    QuoteSelector,
    RowSelector,
    SecondsSelector,
    to_fragment,
)
from amparo.base.web.models import Job
from amparo.evidence.web.models import Item
from amparo.extract import captures
from amparo.extract.layer import marks, text_layer
from amparo.extract.recordings.timecodes import clock
from amparo.extract.selection import where
from amparo.extract.web.actions import is_drawable
from amparo.extract.web.models import PageText, Pinpoint, Reading
from amparo.matters.web.access import visible_matters
from amparo.search.kinds import kind_of

__all__ = [
    "Mark",
    "Piece",
    "Shown",
    "can_be_set",
    "derivatives_of",
    "item_for",
    "jobs_for",
    "mark_of",
    "marks_of",
    "pinpoint_for",
    "quote_of",
    "shown",
    "shown_as_set",
    "troubled_items",
]

_THUMBS_AROUND = 6
_SETTABLE = ("word", "sheet", "slides", "mail", "text", "web")


@dataclass(frozen=True, slots=True)
class Mark:
    """A pinpoint as the page shows it, with the address that leads to it."""

    pinpoint: Pinpoint
    address: str

    @property
    def seconds(self) -> str:
        """From when to when, of a stretch of a recording; "" elsewhere."""
        selector = self.pinpoint.place.selector
        if not isinstance(selector, SecondsSelector):
            return ""
        return f"{clock(selector.start)}–{clock(selector.end) if selector.end else ''}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a page's text; ``marked`` when a pinpoint stands there."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Shown:
    """One page of an item on the screen: as pixels with its text over them, or as text.

    ``number`` is 1 when nothing was read yet; ``page`` is None then.
    """

    item: Item
    page: PageText | None
    number: int
    last: int
    pinpoints: tuple[Pinpoint, ...]
    set_by: Reading | None = None

    @property
    def is_drawn(self) -> bool:
        """Whether the page is shown as pixels."""
        drawn = bool(self.set_by) or is_drawable(self.item.media_type) or bool(self.screenshot)
        return self.last > 0 and drawn

    @property
    def record(self) -> str:
        """The id of the record that a captured web page is, ``urn:uuid:…``; "" elsewhere."""
        captured = self.page and self.item.media_type in captures.KINDS
        return captures.record_in(self.page.text) if captured and self.page else ""

    @property
    def screenshot(self) -> str:
        """The id of the record of a captured web page's screenshot; "" when there is none."""
        captured = self.page and self.item.media_type in captures.KINDS
        return captures.screenshot_in(self.page.text) if captured and self.page else ""

    @property
    def previous(self) -> int | None:
        """The page before, if there is one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after, if there is one."""
        return self.number + 1 if self.number < self.last else None

    @property
    def thumbs(self) -> range:
        """The pages around this one."""
        first = max(1, min(self.number - _THUMBS_AROUND, self.last - 2 * _THUMBS_AROUND))
        return range(first, min(self.last, first + 2 * _THUMBS_AROUND) + 1)

    @property
    def view_box(self) -> str:
        """The page's own size, for the drawing that lies over its picture."""
        page = self.page
        return f"0 0 {page.width:g} {page.height:g}" if page and page.width else ""

    @property
    def layer(self) -> str:
        """The invisible text over the picture, safe to put into the page as it is."""
        return text_layer(self.page.value) if self.page else ""

    @property
    def pins(self) -> str:
        """The pinpoints' rectangles over the picture, safe to put into the page as they are."""
        return "".join(marks(_rectangles(each), "pin") for each in self.pinpoints)

    @property
    def pieces(self) -> list[Piece]:
        """The page's text, cut where pinpoints begin and end."""
        return _pieces(self.page, self.pinpoints) if self.page else []

    @property
    def is_right_to_left(self) -> bool:
        """Whether the text begins at the right."""
        return bool(self.page) and is_right_to_left(self.page.text)  # type: ignore[union-attr]

    @property
    def language(self) -> Language | None:
        """The language of the page, or of the item when the page's is not known."""
        code = (self.page.language if self.page else "") or self.item.language
        return language(code) if code else None


def item_for(user: User, pk: UUID) -> Item:
    """An item of a matter that ``user`` may see; not found otherwise, as if it did not exist."""
    rows = Item.objects.filter(matter__in=visible_matters(user))
    return get_object_or_404(rows.select_related("object", "matter", "parent"), pk=pk)


def pinpoint_for(user: User, pk: UUID) -> Pinpoint:
    """A pinpoint in a matter that ``user`` may see, also a withdrawn one; not found otherwise."""
    rows = Pinpoint.objects.filter(item__matter__in=visible_matters(user))
    return get_object_or_404(rows.select_related("item__matter"), pk=pk)


def shown(item: Item, number: int) -> Shown:
    """The page ``number`` of an item, or the nearest one that there is."""
    pages = item.pages.filter(is_current=True)
    last = max(
        item.page_count or 0,
        pages.order_by("-number").values_list("number", flat=True).first() or 0,
    )
    number = max(1, min(number, last or 1))
    pinpoints = item.pinpoints.filter(page=number, withdrawn_at=None).select_related("item")
    return Shown(item, pages.filter(number=number).first(), number, last, tuple(pinpoints))


def shown_as_set(item: Item, number: int) -> Shown | None:
    """The page ``number`` of an item as it was set to pages; None when it was not."""
    made = item.readings.filter(kind=Reading.Kind.PAGES).select_related("object").first()
    if made is None:
        return None
    number = max(1, min(number, made.page_count or 1))
    page = made.pages.filter(number=number).first()
    return Shown(item, page, number, made.page_count, (), made)


def can_be_set(item: Item) -> bool:
    """Whether it may be worth trying to set an item to pages."""
    return kind_of(item.media_type) in _SETTABLE and item.media_type not in captures.KINDS


def marks_of(item: Item) -> list[Mark]:
    """The item's pinpoints, in the order of its pages."""
    rows = item.pinpoints.filter(withdrawn_at=None).select_related("made_by", "item")
    return [mark_of(each) for each in rows.prefetch_related("notes__made_by")]


def mark_of(pinpoint: Pinpoint) -> Mark:
    """A pinpoint with the address of its place."""
    selector = pinpoint.place.selector
    address = reverse("extract:item", args=[pinpoint.item_id])
    if pinpoint.page:
        row = {"row": selector.row} if isinstance(selector, RowSelector) else {}
        address += "?" + urlencode({"page": pinpoint.page, **row})
    return Mark(pinpoint, f"{address}#{to_fragment(selector)}" if selector else address)


def derivatives_of(item: Item) -> QuerySet[Reading]:
    """What was made of an item, newest first."""
    return item.readings.select_related("made_by")


def jobs_for(user: User) -> QuerySet[Job]:
    """The background work that ``user`` may know of: of their matters, and their own."""
    matters = visible_matters(user).values_list("pk", flat=True)
    own = Q(matter_id=None, user_id=user.pk)
    return Job.objects.filter(Q(matter_id__in=list(matters)) | own)


def troubled_items(user: User) -> QuerySet[Item]:
    """Items that could not be read, or only in part, in the matters that ``user`` may see."""
    rows = Item.objects.filter(matter__in=visible_matters(user))
    wanted = rows.filter(status__in=[Item.Status.FAILED, Item.Status.PARTIAL])
    return wanted.select_related("matter").order_by("-received_at", "-pk")


def _rectangles(pinpoint: Pinpoint) -> tuple[tuple[float, float, float, float], ...]:
    selector = pinpoint.place.selector
    return selector.rectangles if isinstance(selector, PageSelector) else ()


def quote_of(pinpoint: Pinpoint) -> QuoteSelector | None:
    """The words that a pinpoint quotes, if it does."""
    selector = pinpoint.place.selector
    if isinstance(selector, PageSelector):
        return selector.quote
    return selector if isinstance(selector, QuoteSelector) else None


def _pieces(page: PageText, pinpoints: tuple[Pinpoint, ...]) -> list[Piece]:
    value = page.value
    quotes = [quote for each in pinpoints if (quote := quote_of(each))]
    spans = sorted(span for quote in quotes if (span := where(value, quote)))
    pieces, at = [], 0
    for start, end in spans:
        start = max(start, at)
        if start >= end:
            continue
        pieces += [Piece(page.text[at:start], False), Piece(page.text[start:end], True)]
        at = end
    pieces.append(Piece(page.text[at:], False))
    return [piece for piece in pieces if piece.text]
