"""Forms that keep their contents in XML and draw their pages only in Adobe's own reader.

Their pages say "please wait"; what was filled in is in the packet "datasets" (XFA 3.3, part 1,
chapter 3). Static forms of this kind have ordinary fields besides and do not come here.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

from lxml import etree

from amparo.extract.pdf.documents import Document
from amparo.extract.pdf.library import call

__all__ = ["LOSS", "is_dynamic", "values"]

LOSS = (
    "The form draws its pages only in Adobe's own reader (XFA). What was filled in was read; the"
    " pages shown here hold a notice instead."
)
_DYNAMIC = 2  # FORMTYPE_XFA_FULL
_LARGEST = 16 * 2**20
_MOST = 5000


def is_dynamic(document: Document) -> bool:
    """Whether the document is such a form."""
    return bool(call["FPDF_GetFormType"](document.handle) == _DYNAMIC)


def values(document: Document) -> dict[str, str]:
    """What was filled in, by the path of each field; empty when it cannot be parsed."""
    data = _packet(document, b"datasets")
    if not data:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return {}
    found: dict[str, str] = {}
    for path, text in _leaves(root):
        if len(found) >= _MOST:
            break
        number, key = 1, path
        while key in found:
            number += 1
            key = f"{path} ({number})"
        found[key] = text
    return found


def _leaves(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in root.iter(etree.Element):
        text = (element.text or "").strip()
        if text and len(element) == 0:
            above = [etree.QName(each).localname for each in element.iterancestors()]
            names = [*reversed(above), etree.QName(element).localname]
            yield ".".join(name for name in names if name not in ("datasets", "data")), text


def _packet(document: Document, wanted: bytes) -> bytes:
    for index in range(max(0, call["FPDF_GetXFAPacketCount"](document.handle))):
        name = ctypes.create_string_buffer(200)
        call["FPDF_GetXFAPacketName"](document.handle, index, ctypes.addressof(name), 200)
        if name.value == wanted:
            return _content(document, index)
    return b""


def _content(document: Document, index: int) -> bytes:
    size = ctypes.c_ulong()
    get, address = call["FPDF_GetXFAPacketContent"], ctypes.addressof(size)
    if not get(document.handle, index, None, 0, address) or not 0 < size.value <= _LARGEST:
        return b""
    buffer = ctypes.create_string_buffer(size.value)
    get(document.handle, index, ctypes.addressof(buffer), size.value, address)
    return buffer.raw
