"""The functions of pdfium that reading uses, declared for speed.

``pypdfium2`` wraps each call in checks and objects that cost more than the call when it is made
for every word of a page, so these are the same functions with plain pointers. Those that only
look something up keep Python's lock; those that parse release it.
Reference: https://pdfium.googlesource.com/pdfium/+/refs/heads/main/public/
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import (
    c_char_p,
    c_float,
    c_int,
    c_size_t,
    c_uint,
    c_ulong,
    c_void_p,
)
from typing import Any

import pypdfium2 as pdfium  # initialises the library
import pypdfium2.raw as raw

__all__ = ["VERSION", "call", "utf16"]

VERSION = str(pdfium.PDFIUM_INFO)
_LONGEST_STRING = 2**20
_SHORT = 2048
_short = ctypes.create_string_buffer(_SHORT)

_SIGNATURES: dict[str, tuple[Any, ...]] = {
    "FPDF_LoadMemDocument64": (c_void_p, c_void_p, c_size_t, c_char_p),
    "FPDF_LoadPage": (c_void_p, c_void_p, c_int),
    "FPDFText_LoadPage": (c_void_p, c_void_p),
}
_LOOKUPS: dict[str, tuple[Any, ...]] = {
    "FPDF_CloseDocument": (None, c_void_p),
    "FPDF_ClosePage": (None, c_void_p),
    "FPDF_GetLastError": (c_ulong,),
    "FPDF_GetPageCount": (c_int, c_void_p),
    "FPDF_GetPageWidthF": (c_float, c_void_p),
    "FPDF_GetPageHeightF": (c_float, c_void_p),
    "FPDF_GetPageBoundingBox": (c_int, c_void_p, c_void_p),
    "FPDF_GetPageLabel": (c_ulong, c_void_p, c_int, c_void_p, c_ulong),
    "FPDF_GetMetaText": (c_ulong, c_void_p, c_char_p, c_void_p, c_ulong),
    "FPDF_GetFileVersion": (c_int, c_void_p, c_void_p),
    "FPDF_GetDocPermissions": (c_ulong, c_void_p),
    "FPDF_GetSecurityHandlerRevision": (c_int, c_void_p),
    "FPDF_GetSignatureCount": (c_int, c_void_p),
    "FPDF_GetFormType": (c_int, c_void_p),
    "FPDFDoc_GetJavaScriptActionCount": (c_int, c_void_p),
    "FPDF_GetXFAPacketCount": (c_int, c_void_p),
    "FPDF_GetXFAPacketName": (c_ulong, c_void_p, c_int, c_void_p, c_ulong),
    "FPDF_GetXFAPacketContent": (c_int, c_void_p, c_int, c_void_p, c_ulong, c_void_p),
    "FPDFPage_GetRotation": (c_int, c_void_p),
    "FPDFPage_CountObjects": (c_int, c_void_p),
    "FPDFPage_GetObject": (c_void_p, c_void_p, c_int),
    "FPDFPageObj_GetType": (c_int, c_void_p),
    "FPDFPageObj_GetBounds": (c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p),
    "FPDFText_ClosePage": (None, c_void_p),
    "FPDFText_CountChars": (c_int, c_void_p),
    "FPDFText_GetText": (c_int, c_void_p, c_int, c_int, c_void_p),
    "FPDFText_GetUnicode": (c_uint, c_void_p, c_int),
    "FPDFText_GetLooseCharBox": (c_int, c_void_p, c_int, c_void_p),
    "FPDFText_HasUnicodeMapError": (c_int, c_void_p, c_int),
    "FPDFBookmark_GetFirstChild": (c_void_p, c_void_p, c_void_p),
    "FPDFBookmark_GetNextSibling": (c_void_p, c_void_p, c_void_p),
    "FPDFBookmark_GetTitle": (c_ulong, c_void_p, c_void_p, c_ulong),
    "FPDFBookmark_GetDest": (c_void_p, c_void_p, c_void_p),
    "FPDFBookmark_GetAction": (c_void_p, c_void_p),
    "FPDFAction_GetDest": (c_void_p, c_void_p, c_void_p),
    "FPDFDest_GetDestPageIndex": (c_int, c_void_p, c_void_p),
    "FPDFDoc_GetAttachmentCount": (c_int, c_void_p),
    "FPDFDoc_GetAttachment": (c_void_p, c_void_p, c_int),
    "FPDFAttachment_GetName": (c_ulong, c_void_p, c_void_p, c_ulong),
    "FPDFAttachment_GetFile": (c_int, c_void_p, c_void_p, c_ulong, c_void_p),
    "FPDFAttachment_GetSubtype": (c_ulong, c_void_p, c_void_p, c_ulong),
    "FPDFAttachment_GetStringValue": (c_ulong, c_void_p, c_char_p, c_void_p, c_ulong),
    "FPDFPage_GetAnnotCount": (c_int, c_void_p),
    "FPDFPage_GetAnnot": (c_void_p, c_void_p, c_int),
    "FPDFPage_CloseAnnot": (None, c_void_p),
    "FPDFAnnot_GetSubtype": (c_int, c_void_p),
    "FPDFAnnot_GetRect": (c_int, c_void_p, c_void_p),
    "FPDFAnnot_GetStringValue": (c_ulong, c_void_p, c_char_p, c_void_p, c_ulong),
    "FPDFAnnot_GetFileAttachment": (c_void_p, c_void_p),
    "FPDFAnnot_GetFormFieldType": (c_int, c_void_p, c_void_p),
    "FPDFAnnot_GetFormFieldName": (c_ulong, c_void_p, c_void_p, c_void_p, c_ulong),
    "FPDFAnnot_GetFormFieldValue": (c_ulong, c_void_p, c_void_p, c_void_p, c_ulong),
    "FPDFAnnot_IsChecked": (c_int, c_void_p, c_void_p),
    "FPDFDOC_InitFormFillEnvironment": (c_void_p, c_void_p, c_void_p),
    "FPDFDOC_ExitFormFillEnvironment": (None, c_void_p),
}


def _declare() -> dict[str, Callable[..., Any]]:
    functions: dict[str, Callable[..., Any]] = {}
    for signatures, kind in ((_SIGNATURES, ctypes.CFUNCTYPE), (_LOOKUPS, ctypes.PYFUNCTYPE)):
        for name, signature in signatures.items():
            address = ctypes.cast(getattr(raw, name), c_void_p).value or 0
            functions[name] = kind(*signature)(address)
    return functions


call = _declare()
"""The functions by name. Pointers are integers, None when null; buffers are addresses."""


def utf16(name: str, *arguments: Any) -> str:
    """The string that a function gives as UTF-16; "" when none."""
    function = call[name]
    size = function(*arguments, _short, _SHORT)
    if size <= 2:
        return ""
    buffer = _short
    if size > _SHORT:
        size = min(size, _LONGEST_STRING)
        buffer = ctypes.create_string_buffer(size)
        function(*arguments, buffer, size)
    text = ctypes.string_at(buffer, size - 2).decode("utf-16-le", errors="replace")
    return text.rstrip("\x00")
