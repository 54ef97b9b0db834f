"""Pinpoints: a passage or an area of a page, marked for good."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base.errors import BadPinpoint, UsageError
from amparo.base.pinpoints import (
    PageSelector,
    QuoteSelector,
    RowSelector,
    SecondsSelector,
    WarcSelector,
    to_annotation,
)
from amparo.base.pinpoints import Pinpoint as Place
from amparo.evidence.web.models import Item
from amparo.extract.captures import record_in
from amparo.extract.reading import Box
from amparo.extract.recordings.transcripts import said_between
from amparo.extract.selection import select, where
from amparo.extract.web.models import PageText, Pinpoint, PinpointNote, Reading
from amparo.matters.access import Verb
from amparo.matters.web.access import require

__all__ = ["note", "pin", "pin_area", "pin_record", "pin_row", "pin_span", "withdraw"]

_LONGEST_QUOTE = 2_000
_LONGEST_NOTE = 4_000


@transaction.atomic
def pin(page: PageText, *, start: int, end: int, note: str = "", acting_user: User) -> Pinpoint:
    """Make a pinpoint of ``text[start:end]`` of a page; the same passage twice is one pinpoint.

    ``BadPinpoint`` when nothing is selected or too much.
    """
    selector = select(page.value, start, end)
    if page.reading.kind == Reading.Kind.PAGES and selector.quote:
        selector = _in_the_text(page.item, selector.quote)
    return _keep_place(page.item, selector, note, acting_user)


@transaction.atomic
def pin_area(page: PageText, *, box: Box, note: str = "", acting_user: User) -> Pinpoint:
    """Make a pinpoint of a rectangle of a page, in points: of a stamp, a face, a signature."""
    x0, y0, x1, y1 = box
    inside = 0 <= x0 < x1 <= page.width + 1 and 0 <= y0 < y1 <= page.height + 1
    if not inside:
        raise UsageError("The area lies outside the page.", next_step="Draw it on the page.")
    return _keep_place(page.item, PageSelector(page.number, (box,)), note, acting_user)


@transaction.atomic
def pin_span(
    item: Item, *, start: float, end: float, note: str = "", acting_user: User
) -> Pinpoint:
    """Make a pinpoint of a stretch of a recording, in seconds; its words come from the transcript.

    ``BadPinpoint`` when it does not end after its start.
    """
    selector = SecondsSelector(start, end)
    written = item.transcripts.first()
    said = said_between(written.value, start, end) if written else ""
    return _keep_place(item, selector, note, acting_user, said[:_LONGEST_QUOTE])


@transaction.atomic
def pin_row(
    page: PageText, *, sheet: str, row: int, line: str, note: str = "", acting_user: User
) -> Pinpoint:
    """Make a pinpoint of a row of a table; ``line`` is what stands in it, ``page`` holds it."""
    said = line.replace("\t", " | ")[:_LONGEST_QUOTE]
    place = RowSelector(sheet, row)
    return _keep_place(page.item, place, note, acting_user, said, page.number)


@transaction.atomic
def pin_record(page: PageText, *, note: str = "", acting_user: User) -> Pinpoint:
    """Make a pinpoint of the record of a web archive that ``page`` was captured in.

    ``BadPinpoint`` when the page names no record.
    """
    record = record_in(page.text)
    if not record:
        raise BadPinpoint(
            "This page names no record of the archive.", next_step="Pin words on it instead."
        )
    return _keep_place(
        page.item, WarcSelector(record), note, acting_user, page.label[:_LONGEST_QUOTE], page.number
    )


@transaction.atomic
def note(pinpoint: Pinpoint, text: str, *, acting_user: User) -> PinpointNote:
    """Add a note at a pinpoint; UsageError for an empty one and for one that is too long."""
    require(acting_user, Verb.ANNOTATE, pinpoint)
    text = text.replace("\r\n", "\n").strip()
    if not text or len(text) > _LONGEST_NOTE:
        raise UsageError(
            _("The note is empty or too long."), next_step=_("Write up to 4,000 characters.")
        )
    row = PinpointNote.objects.create(
        pinpoint=pinpoint, text=text, made_by=acting_user, made_at=timezone.now()
    )
    _tell("write note at pinpoint", pinpoint, acting_user)
    return row


@transaction.atomic
def withdraw(pinpoint: Pinpoint, *, acting_user: User) -> None:
    """Withdraw a pinpoint: it is no longer offered, and what rests on it still finds it."""
    if pinpoint.withdrawn_at is None:
        pinpoint.withdrawn_at = timezone.now()
        pinpoint.save(update_fields=["withdrawn_at"])
        _tell("withdraw pinpoint", pinpoint, acting_user)


def _in_the_text(item: Item, words: QuoteSelector) -> PageSelector:
    """Where words that were selected on pages set by us stand in the file's own text."""
    for page in item.pages.filter(is_current=True):
        value = page.value
        span = where(value, words)
        if span:
            return select(value, *span)
    raise BadPinpoint(
        "These words are not in the file's own text.",
        next_step="Select them in the text of the file.",
    )


def _keep_place(
    item: Item,
    selector: PageSelector | SecondsSelector | RowSelector | WarcSelector,
    note: str,
    acting_user: User,
    said: str = "",
    page: int | None = None,
) -> Pinpoint:
    place = Place(item.object_id, selector)
    on_page = selector if isinstance(selector, PageSelector) else None
    row, created = Pinpoint.objects.get_or_create(
        item=item,
        place_id=place.id,
        withdrawn_at=None,
        defaults={
            "sha256": item.object_id,
            "page": on_page.page if on_page else page,
            "quote": on_page.quote.exact if on_page and on_page.quote else said,
            "annotation": to_annotation(place),
            "note": note.strip(),
            "made_by": acting_user,
            "made_at": timezone.now(),
        },
    )
    if created:
        _tell("make pinpoint", row, acting_user)
    return row


def _tell(deed: str, row: Pinpoint, who: User) -> None:
    audit(deed, acting_user=who, subject=row, matter_id=row.item.matter_id, page=row.page)
