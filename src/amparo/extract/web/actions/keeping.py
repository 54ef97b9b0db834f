"""Readings become rows: kept with their provenance, and shown as current.

Part of the actions: called by ``actions`` inside one transaction, never by views.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Sum
from django.db.models.functions import Length

from amparo.accounts.web.models import User
from amparo.base.canonical import Json
from amparo.base.dates import parse
from amparo.base.errors import AmparoError
from amparo.evidence.web.actions import record
from amparo.evidence.web.models import Item, StoredObject
from amparo.extract import reading as values
from amparo.extract.derivative import digest
from amparo.extract.language import identify
from amparo.extract.web.actions.entries import keep_entries
from amparo.extract.web.actions.indexing import index, index_first, needs_more
from amparo.extract.web.models import PageText, Reading

__all__ = ["READ", "keep"]

READ = "read"
"""The kind of the ledger entry that states a derivative."""

_BATCH = 500


def keep(
    item: Item,
    found: values.Reading,
    *,
    kind: str,
    now: datetime,
    acting_user: User | None,
    made: StoredObject | None = None,
) -> Reading:
    """Write down what was read: the reading, its pages, the item's state, a ledger entry.

    ``made`` is the sealed PDF of a file that was set to pages; those pages are shown on demand and
    take no other's place. Other pages are found by the search from then on.

    The entry comes last: one worker at a time writes the ledger until its transaction ends, and
    all that takes long is done before.
    """
    given = tuple(found.pages)
    pages = [_page(item, each) for each in given]
    is_first = not item.readings.exists()
    row = _row(item, found, pages, kind=kind, now=now, acting_user=acting_user, made=made)
    if made:
        _keep_beside(row, pages)
    else:
        _show(item, row, pages, given, is_first=is_first)
    record(
        READ,
        acting_user=acting_user,
        matter=item.matter,
        subject=f"item:{item.pk}",
        details={"derivative": _stated(row)},
        now=now,
    )
    return row


def _show(
    item: Item,
    row: Reading,
    pages: Sequence[PageText],
    given: Sequence[values.PageText],
    *,
    is_first: bool,
) -> None:
    """Let the pages be what the item says from now on, for its page and for the search."""
    if is_first:
        _show_all(row, pages)
    else:
        _keep_pages(item, row, pages)
    keep_entries(pages, given)
    _update_item(item, row, row.language if is_first else _language_of(item))
    if is_first and not needs_more(item, given):
        index_first(item, row, pages)
    else:
        index(item)


def _row(
    item: Item,
    found: values.Reading,
    pages: Sequence[PageText],
    *,
    kind: str,
    now: datetime,
    acting_user: User | None,
    made: StoredObject | None,
) -> Reading:
    """The row of a reading, with its provenance."""
    return Reading.objects.create(
        item=item,
        kind=kind,
        parent_sha256=item.object_id,
        sha256=made.sha256 if made else _digest(pages),
        object=made,
        tool=found.tool,
        tool_version=found.tool_version,
        tool_settings=dict(found.settings),
        status=found.status,
        reason=found.reason,
        page_count=max(found.page_count, len(pages)),
        language=_most_used(pages),
        metadata=dict(found.metadata),
        outline=[[entry.level, entry.title, entry.page] for entry in found.outline],
        made_at=now,
        made_by=acting_user,
    )


def _digest(pages: Sequence[PageText]) -> str:
    rows = ((page.number, page.source, page.text, bytes(page.packed)) for page in pages)
    return digest(rows) if pages else ""


def _page(item: Item, page: values.PageText) -> PageText:
    language = page.language or identify(page.text).language or ""
    return PageText(
        item=item,
        number=page.number,
        label=page.label,
        width=page.width,
        height=page.height,
        text=page.text,
        packed=values.Words.of(page.words).packed,
        language=language,
        source=page.source,
        needs_ocr=page.needs_ocr,
    )


def _keep_pages(item: Item, row: Reading, pages: Sequence[PageText]) -> None:
    """Save the pages; decide which ones are shown from now on."""
    hidden = _stay_behind(item, row, pages)
    shown = {page.number for page in pages} - hidden
    before = PageText.objects.filter(item=item, is_current=True)
    if row.kind == Reading.Kind.TEXT and pages:
        before = before.exclude(number__in=hidden)
    else:
        before = before.filter(number__in=shown)
    before.update(is_current=False)
    for page in pages:
        page.reading = row
        page.is_current = page.number in shown
    PageText.objects.bulk_create(pages, batch_size=_BATCH)


def _show_all(row: Reading, pages: Sequence[PageText]) -> None:
    """Save the pages of a first reading: each is shown from now on."""
    wanting = row.kind == Reading.Kind.OCR
    for page in pages:
        page.reading, page.is_current = row, not (wanting and page.needs_ocr)
    PageText.objects.bulk_create(pages, batch_size=_BATCH)


def _keep_beside(row: Reading, pages: Sequence[PageText]) -> None:
    for page in pages:
        page.reading, page.is_current = row, False
    PageText.objects.bulk_create(pages, batch_size=_BATCH)


def _stay_behind(item: Item, row: Reading, pages: Sequence[PageText]) -> set[int]:
    """Pages that do not take the place of what is shown.

    A page that could not be recognised never does; nor does a page of the file's own text that
    still shows more than it holds, where that was recognised before.
    """
    wanting = {page.number for page in pages if page.needs_ocr}
    if row.kind == Reading.Kind.OCR:
        return wanting
    recognised = PageText.objects.filter(
        item=item, is_current=True, source="ocr", number__in=wanting
    )
    return set(recognised.values_list("number", flat=True))


def _update_item(item: Item, row: Reading, language: str) -> None:
    item.language = language[:12]
    if row.kind == Reading.Kind.TEXT:
        item.status, item.reason = row.status, row.reason
        item.page_count = row.page_count
        item.dated = item.dated or _date_of(item, row.metadata)
        item.title = item.title or _title_of(item, row.metadata)
    else:
        _weigh_recognition(item, row)
    item.save(update_fields=["language", "status", "reason", "page_count", "dated", "title"])


def _weigh_recognition(item: Item, row: Reading) -> None:
    """Words that could not be recognised make an item partly read, until they are."""
    if row.reason and item.status == Item.Status.READ:
        item.status, item.reason = Item.Status.PARTIAL, row.reason
    elif not row.reason and item.status == Item.Status.PARTIAL:
        earlier = item.readings.filter(kind=Reading.Kind.OCR, reason=item.reason)
        if earlier.exists():
            item.status, item.reason = Item.Status.READ, ""


def _language_of(item: Item) -> str:
    """The language of most letters among the current pages; "" when none is known."""
    pages = PageText.objects.filter(item=item, is_current=True).exclude(language="")
    counted = pages.values("language").annotate(letters=Sum(Length("text"))).order_by("-letters")
    most = counted.values_list("language", flat=True).first()
    return (most or "")[:12]


def _most_used(pages: Iterable[PageText]) -> str:
    letters: Counter[str] = Counter()
    for page in pages:
        if page.language:
            letters[page.language] += len(page.text)
    return letters.most_common(1)[0][0] if letters else ""


def _date_of(item: Item, metadata: dict[str, str]) -> str:
    """The document's date where the file itself is the witness: a message's or a photograph's.

    Dates of other files tell when a copy was made, not when the document was.
    """
    named = "date" if _is_message(item) else "created" if _is_picture(item) else ""
    date = metadata.get(named, "")
    try:
        return parse(date).text if date else ""
    except AmparoError:
        return ""


def _title_of(item: Item, metadata: dict[str, str]) -> str:
    """A message's subject; other files' own titles are too often another document's."""
    return metadata.get("title", "")[:300] if _is_message(item) else ""


def _is_message(item: Item) -> bool:
    return item.media_type in ("message/rfc822", "application/vnd.ms-outlook")


def _is_picture(item: Item) -> bool:
    return item.media_type.startswith("image/")


def _stated(row: Reading) -> dict[str, Json]:
    """What the ledger says of a derivative."""
    return {
        "id": str(row.pk),
        "kind": row.kind,
        "parent_sha256": row.parent_sha256,
        "sha256": row.sha256,
        "tool": row.tool,
        "tool_version": row.tool_version,
        "settings": dict(row.tool_settings),
        "status": row.status,
        "pages": row.page_count,
    }
