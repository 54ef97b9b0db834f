"""Opening a PDF that lies in memory, repairing it when it is damaged, and saying why not."""

from __future__ import annotations

import ctypes
import io
import mmap
import re
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import pikepdf

from amparo.base.errors import UnreadableFile
from amparo.extract.pdf.library import call

__all__ = ["Document", "open_document"]

_PASSWORD_ERROR, _SECURITY_ERROR = 4, 5
_HEADER_WITHIN = 1024
_LINEARIZED = re.compile(rb"/Linearized\b.{0,200}?/L\s+(\d+)", re.DOTALL)
_LINEARIZED_BACKWARDS = re.compile(rb"/L\s+(\d+)\b.{0,200}?/Linearized\b", re.DOTALL)
_FORM_VERSION = 2


@dataclass(slots=True)
class Document:
    """An open document; ``close`` it. ``loss`` says what is wrong with the file, "" when nothing.

    ``handle`` and ``form`` are pdfium's; ``form`` is None when the document has no form. ``data``
    is what pdfium reads, the repaired copy if there is one; ``keep`` holds that memory for as long
    as the document is open.
    """

    handle: int
    pages: int
    data: Any
    loss: str = ""
    form: int | None = None
    keep: list[Any] = field(default_factory=list)

    def close(self) -> None:
        """Give the document's memory back."""
        if self.form:
            call["FPDFDOC_ExitFormFillEnvironment"](self.form)
        if self.handle:
            call["FPDF_CloseDocument"](self.handle)
        self.handle, self.form = 0, None


def open_document(file: BinaryIO, *, password: str = "") -> Document:
    """Open a PDF for reading. ``UnreadableFile`` says why it cannot be."""
    keep: list[Any] = []
    document = _open(_in_memory(file), password, keep)
    document.keep = keep
    if call["FPDF_GetFormType"](document.handle) > 0:
        callbacks = _FormFillInfo(version=_FORM_VERSION)
        keep.append(callbacks)
        document.form = call["FPDFDOC_InitFormFillEnvironment"](
            document.handle, ctypes.addressof(callbacks)
        )
    return document


class _FormFillInfo(ctypes.Structure):
    """FPDF_FORMFILLINFO without callbacks: scripts do not run."""

    _fields_ = [("version", ctypes.c_int), ("callbacks", ctypes.c_void_p * 64)]


def _in_memory(file: BinaryIO) -> Any:
    """The bytes of the file, without a copy when they are mapped already."""
    buffer = file.getbuffer() if hasattr(file, "getbuffer") else None
    if isinstance(buffer, mmap.mmap):
        return buffer
    file.seek(0)
    return file.read()


def _open(data: Any, password: str, keep: list[Any]) -> Document:
    if not len(data):
        raise UnreadableFile("The file is empty.", next_step="Ask for it again.")
    handle = _load(data, password, keep)
    if handle:
        pages = call["FPDF_GetPageCount"](handle)
        if pages > 0:
            return Document(handle, pages, data, loss=_what_is_missing(data))
        call["FPDF_CloseDocument"](handle)
    else:
        _refuse_if_locked()
    if b"%PDF-" not in data[: _HEADER_WITHIN * 8]:
        raise UnreadableFile("It is named a PDF but is not one: the header of a PDF is missing.")
    repaired = _repair(data, password)
    handle = _load(repaired, "", keep)
    pages = call["FPDF_GetPageCount"](handle) if handle else 0
    if not handle or pages <= 0:
        raise UnreadableFile(
            "The PDF is damaged and could not be repaired: no page of it was found.",
            next_step="Ask for the file again.",
        )
    loss = "The file is damaged; it was read from a repaired copy and may lack parts."
    return Document(handle, pages, repaired, loss=loss)


def _load(data: Any, password: str, keep: list[Any]) -> int | None:
    """Load from memory; ``keep`` holds what must outlive the document."""
    if isinstance(data, bytes):
        pointer: Any = ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p)
    else:
        array = (ctypes.c_char * len(data)).from_buffer(data)
        pointer = ctypes.addressof(array)
        keep.append(array)
    keep.append(data)
    handle: int | None = call["FPDF_LoadMemDocument64"](
        pointer, len(data), password.encode() or None
    )
    return handle


def _refuse_if_locked() -> None:
    error = call["FPDF_GetLastError"]()
    if error == _PASSWORD_ERROR:
        raise UnreadableFile(
            "The PDF is locked with a password.",
            next_step="Ask who sent it for a copy without one.",
        )
    if error == _SECURITY_ERROR:
        raise UnreadableFile("The PDF is locked in a way that cannot be opened here.")


def _repair(data: Any, password: str) -> bytes:
    """Rebuild the file with qpdf's recovery."""
    rebuilt = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(bytes(data)), password=password) as pdf:
            if not len(pdf.pages):
                raise UnreadableFile("The PDF is damaged: no page of it was found.")
            pdf.save(rebuilt)
    except pikepdf.PasswordError as error:
        raise UnreadableFile("The PDF is locked with a password.") from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise UnreadableFile(
            "The PDF is damaged and could not be repaired.", next_step="Ask for the file again."
        ) from error
    return rebuilt.getvalue()


def _what_is_missing(data: Any) -> str:
    """Signs that the file was cut off, although it opens (ISO 32000-2, 7.5.5 and annex F)."""
    length = len(data)
    start = bytes(data[:_HEADER_WITHIN])
    stated = _LINEARIZED.search(start) or _LINEARIZED_BACKWARDS.search(start)
    if stated and int(stated[1]) > length:
        return (
            f"The file is cut off: it says that it has {int(stated[1]):,} bytes"
            f" and has {length:,}. What is there was read."
        )
    if data.rfind(b"%%EOF") < 0 and data.rfind(b"startxref") < 0:
        return "The file is cut off: its end is missing. What is there was read."
    return ""
