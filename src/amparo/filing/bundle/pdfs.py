"""PDF exhibits: opened whatever state they are in, what must be said of them, and made plain.

Plain means: what a form shows is part of its page, links go to pages and not to names, and
nothing runs. Nothing that can be seen disappears; what cannot be seen (attached files, sound) is
named in a notice.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import pikepdf
from pikepdf import AccessMode, Array, Dictionary, Name

from amparo.base.errors import UnreadableFile
from amparo.filing.bundle.exhibits import Notice

__all__ = ["Facts", "Locked", "facts_of", "open_pdf", "open_plain", "plain"]

_KEPT_OF_PAGE = frozenset(
    {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Contents"}
    | {"/Annots", "/UserUnit", "/Group"}
)
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_MEDIA = ("/Screen", "/Movie", "/Sound", "/RichMedia", "/3D")
_NAMES_SHOWN = 5
_SMALL = 64 * 2**20
_DEEPEST_TREE = 64


class Locked(UnreadableFile):
    """The PDF needs a password to be opened."""


@dataclass(frozen=True, slots=True)
class Facts:
    """How many pages a PDF has, and what must be said of it."""

    pages: int
    notices: tuple[Notice, ...]


def open_pdf(stream: BinaryIO) -> pikepdf.Pdf:
    """Open a PDF without a password, repairing what can be repaired.

    Raises Locked, and UnreadableFile with the reason when it cannot be opened.
    """
    try:
        pdf = _opened(stream)
        pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise Locked("The file needs a password.") from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise UnreadableFile(str(error)) from error
    if not pages:
        pdf.close()
        raise UnreadableFile("no pages")
    return pdf


def _opened(stream: BinaryIO) -> pikepdf.Pdf:
    """Open in the quickest way: a file of the system mapped, anything else small from memory."""
    try:
        stream.fileno()
    except (OSError, AttributeError):
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        if size <= _SMALL:
            return pikepdf.open(io.BytesIO(stream.read()))
        return pikepdf.open(stream, access_mode=AccessMode.stream)
    return pikepdf.open(stream, access_mode=AccessMode.mmap)


def open_plain(stream: BinaryIO) -> pikepdf.Pdf:
    """Open a PDF and make it plain."""
    pdf = open_pdf(stream)
    plain(pdf)
    return pdf


def facts_of(pdf: pikepdf.Pdf) -> Facts:
    """Say what a reader of these pages must know that the pages do not show."""
    return Facts(len(pdf.pages), tuple(_notices(pdf)))


def plain(pdf: pikepdf.Pdf) -> None:
    """Draw form fields into their pages, take away what runs, and keep what a page needs."""
    if "/AcroForm" in pdf.Root:
        _draw_fields(pdf)
    for page in pdf.pages:
        for key in page.obj.keys() - _KEPT_OF_PAGE:
            del page.obj[key]
        _own_what_is_inherited(page.obj)
        if "/Annots" in page.obj:
            _quiet_annotations(page.obj)


def _own_what_is_inherited(page: pikepdf.Object) -> None:
    """Give a page the keys that it has from the tree above it (ISO 32000-2, 7.7.3.4)."""
    missing = [key for key in _INHERITED if key not in page]
    above = page.get("/Parent")
    for _ in range(_DEEPEST_TREE):
        if not missing or not isinstance(above, Dictionary):
            return
        for key in [key for key in missing if key in above]:
            page[key] = above[key]
            missing.remove(key)
        above = above.get("/Parent")


def _notices(pdf: pikepdf.Pdf) -> Iterator[Notice]:
    form = pdf.Root.get("/AcroForm")
    if pdf.is_encrypted:
        yield Notice("opened")
    if pdf.get_warnings():
        yield Notice("repaired")
    if form is not None and _is_signed(form):
        yield Notice("signed")
    if form is not None and "/XFA" in form and pdf.Root.get("/NeedsRendering", False):
        yield Notice("dynamic")
    kinds = set(_annotation_kinds(pdf))
    if names := _attached(pdf, kinds):
        yield Notice("attachments", {"names": names})
    if kinds & set(_MEDIA):
        yield Notice("media")


def _is_signed(form: pikepdf.Object) -> bool:
    """Whether a signature field has a value, at any depth."""
    waiting, seen = list(_items(form.get("/Fields"))), 0
    while waiting and seen < 100_000:
        field = waiting.pop()
        seen += 1
        if not isinstance(field, Dictionary):
            continue
        if field.get("/FT") == Name.Sig and "/V" in field:
            return True
        waiting.extend(_items(field.get("/Kids")))
    return False


def _attached(pdf: pikepdf.Pdf, kinds: set[str]) -> str:
    """Name the files that a PDF carries, the first few of them."""
    names = []
    with contextlib.suppress(pikepdf.PdfError, ValueError, KeyError, AttributeError):
        names = sorted(str(spec.filename or key) for key, spec in pdf.attachments.items())
    if "/FileAttachment" in kinds and not names:
        names = ["…"]
    shown = ", ".join(names[:_NAMES_SHOWN])
    return f"{shown}, …" if len(names) > _NAMES_SHOWN else shown


def _annotation_kinds(pdf: pikepdf.Pdf) -> Iterator[str]:
    for page in pdf.pages:
        if "/Annots" in page.obj:
            for annotation in _items(page.obj.Annots):
                if isinstance(annotation, Dictionary):
                    yield str(annotation.get("/Subtype", ""))


def _draw_fields(pdf: pikepdf.Pdf) -> None:
    """Make the appearance of every form field part of its page; other annotations stay as is."""
    others = {}
    for page in pdf.pages:
        fields: list[pikepdf.Object] = []
        rest: list[pikepdf.Object] = []
        for item in _items(page.obj.get("/Annots")):
            if isinstance(item, Dictionary):
                (fields if item.get("/Subtype") == Name.Widget else rest).append(item)
        others[page.obj.objgen] = rest
        page.obj.Annots = pdf.make_indirect(Array(fields))
    _make_missing_appearances(pdf)
    if "/NeedAppearances" in pdf.Root.AcroForm:  # or qpdf leaves the fields alone
        del pdf.Root.AcroForm["/NeedAppearances"]
    with contextlib.suppress(pikepdf.PdfError, RuntimeError):
        pdf.flatten_annotations("screen")
    for page in pdf.pages:
        page.obj.Annots = Array(others[page.obj.objgen])
    if "/AcroForm" in pdf.Root:  # flattening may have taken it away
        del pdf.Root["/AcroForm"]


def _make_missing_appearances(pdf: pikepdf.Pdf) -> None:
    """Draw fields that have a value and no appearance; those that have one keep theirs.

    Drawing all of them again (as ``/NeedAppearances`` asks) would destroy pictures in fields,
    such as the barcodes of official forms.
    """
    for page in pdf.pages:
        for annotation in pdf.acroform.get_widget_annotations_for_page(page):
            if "/AP" in annotation.obj:
                continue
            field = pdf.acroform.get_field_for_annotation(annotation)
            if field.is_text or field.is_choice:
                with contextlib.suppress(pikepdf.PdfError, RuntimeError, ValueError):
                    field.generate_appearance(annotation)


def _quiet_annotations(page: pikepdf.Object) -> None:
    """Take away what an annotation would run or carry; what it shows stays."""
    kept = []
    for item in _items(page.Annots):
        if not isinstance(item, Dictionary) or item.get("/Subtype") == Name.Widget:
            continue
        for key in (
            "/AA",
            "/StructParent",
            "/PA",
            "/MK",
            "/RichMediaContent",
            "/RichMediaSettings",
        ):
            if key in item:
                del item[key]
        action = item.get("/A")
        if action is not None and not _is_quiet(action):
            del item["/A"]
        if str(item.get("/Subtype", "")) in (*_MEDIA, "/FileAttachment"):
            item.Subtype = Name.Stamp
            for key in ("/FS", "/Movie", "/Sound", "/3DD", "/3DV"):
                if key in item:
                    del item[key]
        kept.append(item)
    if kept:
        page.Annots = Array(kept)
    else:
        del page["/Annots"]


def _is_quiet(action: object) -> bool:
    """Whether an action only goes to a place: in this file, or to an address that is shown."""
    if not isinstance(action, Dictionary) or "/Next" in action:
        return False
    return action.get("/S") in (Name.GoTo, Name.URI)


def _items(value: object) -> list[pikepdf.Object]:
    return list(value.as_list()) if isinstance(value, Array) else []
