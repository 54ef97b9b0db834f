"""PDF files: text with the place of each word, form values, comments, facts, attachments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import BinaryIO

import numpy as np

from amparo.base.errors import UnreadableFile
from amparo.extract.pdf import xfa
from amparo.extract.pdf.contents import (
    Note,
    attachments,
    facts,
    notes,
    outline,
    page_label,
)
from amparo.extract.pdf.documents import Document, open_document
from amparo.extract.pdf.library import VERSION, call
from amparo.extract.pdf.mixed import has_unread_picture
from amparo.extract.pdf.pages import Geometry, PageContent, read_page
from amparo.extract.reading import Child, Limits, PageText, Reading, Word, Words

__all__ = ["mixed_layers", "read"]

_MANY = 10
_TYPED = 200  # characters: a page with fewer is a scan with a stamp


def read(
    file: BinaryIO, name: str, limits: Limits, *, words: bool = True, password: str = ""
) -> Reading:
    """Read a PDF. Without ``words`` their places are left out, which is faster.

    ``UnreadableFile`` when it is locked, empty, no PDF, or beyond repair.
    """
    del name, limits
    document = open_document(file, password=password)
    pinned: list[Child] = []
    found = facts(document)
    filled = xfa.values(document) if xfa.is_dynamic(document) else {}
    found.update(_fields(filled))
    loss = " ".join(filter(None, (document.loss, xfa.LOSS if filled else "")))
    return Reading(
        status="partial" if loss else "read",
        reason=loss,
        pages=_pages(document, words, filled, pinned, found),
        children=_children(document, pinned),
        metadata=found,
        outline=outline(document),
        tool="pdfium",
        tool_version=VERSION,
        page_count=document.pages,
    )


def _pages(
    document: Document,
    words: bool,
    filled: Mapping[str, str],
    pinned: list[Child],
    found: dict[str, str],
) -> Iterator[PageText]:
    """Yield each page; put what is pinned to them and what their fields hold beside them."""
    values: dict[str, str] = {}
    lost: list[int] = []
    for index in range(document.pages):
        page = _page(document, index, words, pinned, values)
        if page is None:
            lost.append(index + 1)
        else:
            yield _with_values(page, filled) if filled and index == 0 else page
    found.update(_fields(values))
    if lost:
        raise UnreadableFile(_lost_pages(lost, document.pages))


def _children(document: Document, pinned: Sequence[Child]) -> Iterator[Child]:
    """Yield what is inside, after the pages were read; the document is closed at the end."""
    try:
        yield from attachments(document)
        yield from pinned
    finally:
        document.close()


def _fields(values: Mapping[str, str]) -> dict[str, str]:
    return {f"field:{key}": value for key, value in values.items()}


def mixed_layers(file: BinaryIO, numbers: Sequence[int] | None) -> dict[int, PageText]:
    """The text of those pages (from 1, None for all) that are typed in part and scanned in part."""
    document = open_document(file)
    wanted = numbers or range(1, document.pages + 1)
    found: dict[int, PageText] = {}
    try:
        for number in wanted:
            if not 1 <= number <= document.pages:
                continue
            page = _page(document, number - 1, True, [], {})
            mixed = page is not None and page.needs_ocr and page.source == "text layer"
            if page is not None and mixed and len(page.text.strip()) >= _TYPED:
                found[number] = page
    finally:
        document.close()
    file.seek(0)
    return found


def _page(
    document: Document, index: int, words: bool, pinned: list[Child], values: dict[str, str]
) -> PageText | None:
    handle = call["FPDF_LoadPage"](document.handle, index)
    if not handle:
        return None
    try:
        content = read_page(handle, words=words)
        mixed = words and has_unread_picture(handle, content.geometry, content.words)
        beside = notes(document, handle, pinned)
    finally:
        call["FPDF_ClosePage"](handle)
    text, places = content.text, content.words
    if beside:
        values.update({note.field: note.text for note in beside if note.field})
        text, places = _with_notes(content, beside)
    return PageText(
        number=index + 1,
        width=content.geometry.width,
        height=content.geometry.height,
        text=text,
        words=places,
        source="text layer" if text.strip() and content.believable else "none",
        needs_ocr=content.needs_ocr or (mixed and bool(text.strip())),
        label=page_label(document, index),
    )


def _with_notes(content: PageContent, beside: list[Note]) -> tuple[str, Words]:
    """The page's text, then each form value and comment on its own line, in its place."""
    text = content.text.rstrip()
    words = []
    for note in beside:
        text += "\n" if text else ""
        line = " ".join(note.text.split())
        words.append(Word(len(text), len(text) + len(line), _placed(content.geometry, note)))
        text += line
    return text, Words(content.words.packed + Words.of(words).packed)


def _with_values(page: PageText, filled: Mapping[str, str]) -> PageText:
    """The first page with what was filled in after its own text."""
    lines = [f"{key}: {value}" for key, value in filled.items()]
    return replace(page, text="\n".join([page.text.rstrip(), *lines]).lstrip("\n"))


def _placed(geometry: Geometry, note: Note) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = geometry.place(np.array([note.box], dtype=np.float64))[0].tolist()
    return x0, y0, x1, y1


def _lost_pages(lost: list[int], pages: int) -> str:
    if len(lost) == pages and pages > 1:
        return f"None of its {pages:,} pages could be read: the file is damaged."
    named = ", ".join(map(str, lost[:_MANY])) + (" and more" if len(lost) > _MANY else "")
    what = "Page" if len(lost) == 1 else "Pages"
    return f"{what} {named} of {pages} could not be read: the file is damaged there."
