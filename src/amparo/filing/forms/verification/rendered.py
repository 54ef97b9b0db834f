"""How the pages look: blank and filled are drawn by pdfium and compared dot by dot.

Ink must be inside each filled field and nowhere else, ticks beside their words, and the text that
the drawn page holds must be the text that was meant. Runs in workers only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from amparo.filing.forms.blank.fields import Rect
from amparo.filing.forms.blank.printed import agrees, label_beside, read_printed
from amparo.filing.forms.filling.overflow import Remainder
from amparo.filing.forms.filling.planning import Entry
from amparo.filing.forms.verification.findings import Comparing
from amparo.filing.forms.verification.readback import (
    Letter,
    has_every_sign,
    leftward,
    letters_of,
    reads_as,
    signs,
    within,
)

__all__ = ["compare_pages"]

_SCALE = 1.25  # dots a point: the thinnest letters still make whole dots
_STRONG = 40  # of 255: how much a dot must differ to count
_FEWEST = 3  # dots of ink that a filled field shows at least
_ROUNDING = 1  # dots around a field that belong to it


def compare_pages(
    blank: bytes,
    filled: bytes,
    pages: int,
    entries: Sequence[Entry],
    sheets: Sequence[Remainder],
    comparing: Comparing,
    *,
    redrawn: bool = False,
) -> None:
    """Draw and read every page of both files and note what is not as meant.

    ``redrawn`` says that the blank leaves the drawing of boxes to viewers, so that they may look
    otherwise; that they are ticked or not is seen all the same.
    """
    before, after = _document(blank), _document(filled)
    try:
        for number in range(1, pages + 1):
            here = [entry for entry in entries if entry.field.page == number]
            _compare_drawings(
                before[number - 1], after[number - 1], number, here, comparing, redrawn
            )
            texts = _flattened(before, number - 1), _flattened(after, number - 1)
            _compare_texts(*texts, number, here, comparing)
        _sheets(after, pages, sheets, comparing)
    finally:
        before.close()
        after.close()
    _labels(filled, entries, comparing)


def _document(data: bytes) -> Any:
    document = pypdfium2.PdfDocument(data)
    with suppress(pypdfium2.PdfiumError):
        document.init_forms()
    return document


def _compare_drawings(
    before: Any,
    after: Any,
    number: int,
    entries: Sequence[Entry],
    comparing: Comparing,
    redrawn: bool,
) -> None:
    had, has = _drawn(before), _drawn(after)
    same_size = had.shape == has.shape
    comparing.expect("elsewhere", same_size, ("", number), has.shape, had.shape)
    if not same_size:
        return
    differs = np.abs(had.astype(np.int16) - has.astype(np.int16)) > _STRONG
    height = before.get_height()
    left, bottom = before.get_mediabox()[:2]
    for entry in entries:
        box = _dots(entry.field.rect, left, bottom, height, differs.shape)
        part = differs[box]
        if entry.field.kind == "barcode":
            where = (entry.field.key, number)
            comparing.expect("barcode", not part.any(), where, "drawn otherwise", "as the blank")
        elif entry.shown or entry.status == "ticked":
            ink = int(part.sum())
            where = (entry.field.key, number)
            comparing.expect("ink", ink >= _FEWEST, where, f"{ink} dots", "ink in the field")
            part[:] = False
        elif _may_differ(entry, redrawn):
            part[:] = False
    stray = int(differs.sum())
    got = f"{stray} dots, first at {_place(differs, height)}" if stray else "none"
    comparing.expect("elsewhere", not stray, ("", number), got, "no ink outside filled fields")


def _may_differ(entry: Entry, redrawn: bool) -> bool:
    """A box that lost its tick, or one that the blank leaves to viewers to draw."""
    if entry.field.kind not in ("check", "radio"):
        return False
    return redrawn or (entry.status == "unticked" and bool(entry.field.value))


def _drawn(page: Any) -> Any:
    bitmap = page.render(scale=_SCALE, grayscale=True, may_draw_forms=True)
    drawn = bitmap.to_numpy()
    return drawn.reshape(drawn.shape[0], drawn.shape[1])


def _dots(
    rect: Rect, left: float, bottom: float, height: float, shape: tuple[int, ...]
) -> tuple[slice, slice]:
    """A field's rectangle as rows and columns of the drawing."""
    x0, y0, x1, y1 = rect
    rows = (height - (y1 - bottom)) * _SCALE, (height - (y0 - bottom)) * _SCALE
    columns = (x0 - left) * _SCALE, (x1 - left) * _SCALE
    top, low = int(rows[0]) - _ROUNDING, int(np.ceil(rows[1])) + _ROUNDING
    start, end = int(columns[0]) - _ROUNDING, int(np.ceil(columns[1])) + _ROUNDING
    return slice(max(0, top), min(shape[0], low)), slice(max(0, start), min(shape[1], end))


def _place(differs: Any, height: float) -> str:
    row, column = np.argwhere(differs)[0]
    return f"x {column / _SCALE:.0f}, y {height - row / _SCALE:.0f}"


def _flattened(document: Any, index: int) -> list[Letter]:
    """The letters of a page with its fields drawn into it, as a viewer would find them."""
    page = document[index]
    pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    page.close()
    return letters_of(document[index].get_textpage())


def _compare_texts(
    before: list[Letter],
    after: list[Letter],
    number: int,
    entries: Sequence[Entry],
    comparing: Comparing,
) -> None:
    printed = set(before)
    for entry in entries:
        if not entry.shown or entry.field.kind == "barcode":
            continue
        found = within(after, entry.field, printed)
        reads = reads_as(found, entry.shown)
        got = "".join(letter.sign for letter in found)
        comparing.expect("text", reads, (entry.field.key, number), got, entry.shown)


def _labels(filled: bytes, entries: Sequence[Entry], comparing: Comparing) -> None:
    ticked = [entry for entry in entries if entry.status == "ticked" and entry.label]
    if not ticked:
        return
    printed = {page.number: page for page in read_printed(filled)}
    fields = [entry.field for entry in entries]
    for entry in ticked:
        beside = label_beside(entry.field, printed[entry.field.page], fields, entry.side)
        where = (entry.field.key, entry.field.page)
        comparing.expect("label", agrees(entry.label, beside), where, beside, entry.label)


def _sheets(document: Any, pages: int, sheets: Sequence[Remainder], comparing: Comparing) -> None:
    if not sheets:
        return
    text = "\n".join(
        document[index].get_textpage().get_text_range() for index in range(pages, len(document))
    )
    dense, counted = "".join(signs(text)), Counter(_words(text))
    every = has_every_sign(text, "".join(sheet.text for sheet in sheets))
    for sheet in sheets:
        whole = "".join(signs(sheet.text)) in dense or not Counter(_words(sheet.text)) - counted
        whole = whole or (every and leftward(sheet.text))
        comparing.expect("sheet", whole, (sheet.key, sheet.page), "not all of it", sheet.text)


def _words(text: str) -> list[str]:
    return ["".join(signs(word)) for word in text.split() if any(signs(word))]
