"""What a PDF carries besides its pages: facts, contents, form values, comments, files."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from amparo.extract.pdf.documents import Document
from amparo.extract.pdf.library import call, utf16
from amparo.extract.reading import Child, Heading

__all__ = ["Note", "attachments", "facts", "notes", "outline", "page_label"]

_FACTS = {
    "Title": "title",
    "Author": "creator",
    "Subject": "subject",
    "Keywords": "keywords",
    "Creator": "pdf:Creator",
    "Producer": "producer",
    "CreationDate": "created",
    "ModDate": "modified",
    "Trapped": "pdf:Trapped",
}
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)?(\d\d)?)?([Zz]|[+-]\d\d'?\d\d)?")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_PERMISSIONS = {
    3: "printing",
    4: "changing",
    5: "copying",
    6: "commenting",
}  # bits, ISO 32000-2 table 22
_HEADINGS = 5000
_ATTACHMENTS = 2000
_NOTES = 2000
_DEEPEST = 30
_LINK, _POPUP, _FILE, _WIDGET = 2, 16, 17, 20
_PUSH_BUTTON, _CHECK_BOX, _RADIO_BUTTON = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Note:
    """Text that stands on a page without being part of it: a form's value or a comment.

    ``box`` is left, bottom, right, top in user space. ``field`` is the form field's full name.
    """

    text: str
    box: tuple[float, float, float, float]
    field: str = ""


def facts(document: Document) -> dict[str, str]:
    """The document's own statements about itself, dates as EDTF."""
    handle = document.handle
    found = {}
    for name, key in _FACTS.items():
        text = _CONTROL.sub("", utf16("FPDF_GetMetaText", handle, name.encode())).strip()
        if text:
            found[key] = _date(text) if key in ("created", "modified") else text
    version = ctypes.c_int()
    if call["FPDF_GetFileVersion"](handle, ctypes.addressof(version)):
        found["pdf:Version"] = f"{version.value // 10}.{version.value % 10}"
    if call["FPDF_GetSecurityHandlerRevision"](handle) > 0:
        found["pdf:Encryption"] = "opens without a password"
        allowed = call["FPDF_GetDocPermissions"](handle)
        refused = [word for bit, word in _PERMISSIONS.items() if not allowed >> (bit - 1) & 1]
        if refused:
            found["pdf:Not allowed by its author"] = ", ".join(refused)
    for name, key in (
        ("FPDF_GetSignatureCount", "pdf:Signatures"),
        ("FPDFDoc_GetJavaScriptActionCount", "pdf:Scripts"),
    ):
        count = call[name](handle)
        if count > 0:
            found[key] = str(count)
    return found


def _date(text: str) -> str:
    """A PDF date (ISO 32000-2, 7.9.4) as EDTF; as it is when it is none."""
    match = _DATE.match(text)
    if not match:
        return text
    year, month, day, hour, minute, second, zone = match.groups()
    parts = [part for part in (year, month, day) if part and part != "00"]
    if len(parts) < 3 or not hour:
        return "-".join(parts)
    clock = f"{hour}:{minute or '00'}:{second or '00'}"
    if zone:
        digits = zone.replace("'", "")
        clock += "Z" if digits in "Zz" else f"{digits[:3]}:{digits[3:]}"
    return f"{'-'.join(parts)}T{clock}"


def page_label(document: Document, index: int) -> str:
    """The label of a page (``iv``, ``A-3``) when it is not simply its number."""
    label = utf16("FPDF_GetPageLabel", document.handle, index).strip()
    return "" if label == str(index + 1) else label


def outline(document: Document) -> list[Heading]:
    """The bookmarks in order, cut off when there are too many or they run in circles."""
    found: list[Heading] = []
    seen: set[int] = set()
    waiting = [(1, call["FPDFBookmark_GetFirstChild"](document.handle, None))]
    while waiting and len(found) < _HEADINGS:
        level, mark = waiting.pop()
        if not mark or mark in seen or level > _DEEPEST:
            continue
        seen.add(mark)
        title = " ".join(utf16("FPDFBookmark_GetTitle", mark).split())
        found.append(Heading(level, title, _target(document, mark)))
        waiting.append((level, call["FPDFBookmark_GetNextSibling"](document.handle, mark)))
        waiting.append((level + 1, call["FPDFBookmark_GetFirstChild"](document.handle, mark)))
    return found


def _target(document: Document, mark: int) -> int | None:
    target = call["FPDFBookmark_GetDest"](document.handle, mark)
    if not target:
        action = call["FPDFBookmark_GetAction"](mark)
        target = call["FPDFAction_GetDest"](document.handle, action) if action else None
    index = call["FPDFDest_GetDestPageIndex"](document.handle, target) if target else -1
    return index + 1 if index >= 0 else None


def attachments(document: Document) -> Iterator[Child]:
    """The files attached to the document as a whole."""
    count = call["FPDFDoc_GetAttachmentCount"](document.handle)
    for index in range(min(count, _ATTACHMENTS)):
        attachment = call["FPDFDoc_GetAttachment"](document.handle, index)
        if attachment:
            yield _child(attachment, f"attachment {index + 1}")


def _child(attachment: int, otherwise: str) -> Child:
    name = utf16("FPDFAttachment_GetName", attachment).replace("\\", "/")
    media_type = utf16("FPDFAttachment_GetSubtype", attachment)
    created = utf16("FPDFAttachment_GetStringValue", attachment, b"CreationDate")
    modified = utf16("FPDFAttachment_GetStringValue", attachment, b"ModDate")
    return Child(
        path=name if PurePosixPath(name).name else otherwise,
        data=_attached_bytes(attachment),
        media_type=media_type or None,
        modified=_date(modified or created) if modified or created else "",
    )


def _attached_bytes(attachment: int) -> bytes:
    size = ctypes.c_ulong()
    address = ctypes.addressof(size)
    get = call["FPDFAttachment_GetFile"]
    if not get(attachment, None, 0, address) or not size.value:
        return b""
    buffer = ctypes.create_string_buffer(size.value)
    get(attachment, ctypes.addressof(buffer), size.value, address)
    return buffer.raw


def notes(document: Document, page: int, children: list[Child]) -> list[Note]:
    """Form values and comments of a loaded page; files pinned to it are added to ``children``."""
    found = []
    for index in range(min(call["FPDFPage_GetAnnotCount"](page), _NOTES)):
        annotation = call["FPDFPage_GetAnnot"](page, index)
        if not annotation:
            continue
        try:
            note = _note(document, annotation, children)
        finally:
            call["FPDFPage_CloseAnnot"](annotation)
        if note:
            found.append(note)
    return found


def _note(document: Document, annotation: int, children: list[Child]) -> Note | None:
    kind = call["FPDFAnnot_GetSubtype"](annotation)
    if kind in (_LINK, _POPUP):
        return None
    field = ""
    if kind == _WIDGET:
        field, text = _field(document, annotation)
    else:
        text = utf16("FPDFAnnot_GetStringValue", annotation, b"Contents").strip()
    if kind == _FILE and len(children) < _ATTACHMENTS:
        attachment = call["FPDFAnnot_GetFileAttachment"](annotation)
        if attachment:
            children.append(_child(attachment, f"pinned file {len(children) + 1}"))
    return Note(text, _box(annotation), field) if text else None


def _field(document: Document, annotation: int) -> tuple[str, str]:
    """Name and value of a form field; what a box or radio button stands for is not text."""
    if not document.form:
        return "", ""
    name = utf16("FPDFAnnot_GetFormFieldName", document.form, annotation)
    kind = call["FPDFAnnot_GetFormFieldType"](document.form, annotation)
    if kind == _PUSH_BUTTON:
        return name, ""
    if kind in (_CHECK_BOX, _RADIO_BUTTON):
        checked = call["FPDFAnnot_IsChecked"](document.form, annotation)
        return name, "\u2612" if checked else ""
    return name, utf16("FPDFAnnot_GetFormFieldValue", document.form, annotation).strip()


def _box(annotation: int) -> tuple[float, float, float, float]:
    """The annotation's rectangle; pdfium orders it left, top, right, bottom."""
    rectangle = (ctypes.c_float * 4)()
    call["FPDFAnnot_GetRect"](annotation, ctypes.addressof(rectangle))
    left, top, right, bottom = rectangle
    return left, min(top, bottom), right, max(top, bottom)
