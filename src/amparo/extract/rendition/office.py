"""Office documents and web pages, set by LibreOffice; looked at afterwards for what is left out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import BinaryIO

import pypdfium2

from amparo.base.errors import ProgramMissing, UnreadableFile
from amparo.extract.charsets import decode
from amparo.extract.markup import declared_charset, read_html
from amparo.extract.readers import office
from amparo.extract.reading import Limits
from amparo.extract.rendition import libreoffice
from amparo.extract.rendition.fitting import fit_sheets
from amparo.extract.rendition.harmless import harmless
from amparo.extract.rendition.plain import Pages, set_text

__all__ = ["set_office", "set_web_page"]

_MOST_LETTERS, _FEW_LETTERS = 0.85, 60
_DESCRIBED = re.compile(r"\[picture: [^\]]*\]")
_BESIDE = ("Comments", "Tracked changes", "Comments and shapes")
_NOT_SHOWN = (
    "Some of the file's words do not stand on these pages, such as speaker's notes or hidden "
    "parts; they are in its text."
)


def set_office(file: BinaryIO, name: str, limits: Limits, media_type: str, paper: str) -> Pages:
    """Set an office document on its own paper; a sheet as wide as its page."""
    del name, paper
    data = file.read()
    if not data:
        raise UnreadableFile("The file is empty.")
    kind = media_type.partition(";")[0].strip().lower()
    if libreoffice.KINDS[kind][0] in ("xlsx", "xlsm"):
        data = fit_sheets(data, limits)
    pdf = libreoffice.to_pdf(data, kind, timeout=limits.seconds * 0.8)
    try:
        file.seek(0)
        words = office.read(file, "", limits).pages
    except UnreadableFile:
        words = ()
    missing = _left_out("".join(page.text for page in words if page.label not in _BESIDE), pdf)
    return pdf, "LibreOffice", libreoffice.tool_version(), _NOT_SHOWN if missing else ""


def set_web_page(file: BinaryIO, name: str, limits: Limits, media_type: str, paper: str) -> Pages:
    """Set a web page by LibreOffice, without what it would fetch or run; else as its words."""
    data = file.read()
    decoded = decode(data, declared_charset(data)).text
    try:
        pdf = libreoffice.to_pdf(harmless(decoded), "text/html", timeout=limits.seconds * 0.8)
    except (ProgramMissing, UnreadableFile):
        pdf = b""
    if not pdf or _left_out(read_html(decoded).text, pdf):
        file.seek(0)
        return set_text(file, name, limits, media_type, paper)
    return pdf, "LibreOffice", libreoffice.tool_version(), ""


def _left_out(words: str, pdf: bytes) -> bool:
    """Say whether a good part of a file's letters do not stand on the pages made of it.

    Letters are compared, not words: scripts that join letters come out of a PDF in other shapes.
    """
    wanted = _letters(_DESCRIBED.sub("", words))
    document = pypdfium2.PdfDocument(pdf)
    found = Counter[str]()
    for page in document:
        found += _letters(page.get_textpage().get_text_range())
    missing = (wanted - found).total()
    return missing > _FEW_LETTERS and missing > wanted.total() * (1 - _MOST_LETTERS)


def _letters(words: str) -> Counter[str]:
    plain = unicodedata.normalize("NFKC", words).lower()
    return Counter(letter for letter in plain if letter.isalnum())
