"""A file set to pages: the PDF of a Word file, a message, a text, for reading and for bundles.

``render_pdf`` runs in a worker that may start programs (``Sandbox.run`` with ``programs=True``)
and gives a Reading with one child, ``pages.pdf``, that names its tool and settings. Office kinds
and HTML are set by LibreOffice; messages, texts, tables and SVG by typst. What is not shown
(attachments, what was cut) is told on the pages or in the reason. Whoever sets the same file again
with the same tools gets the same pages.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from importlib.metadata import version
from typing import BinaryIO

import pypdfium2
from lxml import etree, html

from amparo.base.errors import ProgramMissing, UnreadableFile
from amparo.base.typeset import typeset
from amparo.extract import libreoffice
from amparo.extract.charsets import decode
from amparo.extract.fitting import fit_sheets
from amparo.extract.markup import declared_charset, read_html
from amparo.extract.readers import mail, office, text
from amparo.extract.reading import Child, Limits, Reading

__all__ = ["PAPERS", "render_pdf", "sets"]

PAPERS = ("a4", "us-letter")

_NAME = "pages.pdf"
_LONGEST = 2_000_000
_LONGEST_PARAGRAPH = 20_000
_WIDEST_TABLE, _LONGEST_TABLE = 8, 3000
_MAIL = ("message/rfc822", "application/vnd.ms-outlook")
_TEXT = ("text/*", "application/json", "application/xml")
_REMOTE = {"img": "src", "input": "src", "source": "src", "video": "poster", "body": "background",
           "table": "background", "td": "background", "image": "href"}  # fmt: skip
_DROPPED = ("script", "iframe", "frame", "frameset", "object", "embed", "applet", "link", "base",
            "meta", "audio", "video", "noscript", "template")  # fmt: skip
_FETCHING_STYLE = re.compile(r"url\s*\(|@import", re.IGNORECASE)

_DRAWING = """#import "/house.typ": *
#set page(paper: inputs.paper, margin: 1.5cm)
#align(center + horizon, image(file("drawing"), format: "svg", width: 100%, fit: "contain"))
"""

_MOST_LETTERS, _FEW_LETTERS = 0.85, 60
_DESCRIBED = re.compile(r"\[picture: [^\]]*\]")
_BESIDE = ("Comments", "Tracked changes", "Comments and shapes")
_NOT_SHOWN = (
    "Some of the file's words do not stand on these pages, such as speaker's notes or hidden "
    "parts; they are in its text."
)

Pages = tuple[bytes, str, str, str]  # PDF, tool, its version, what is missing


def sets(media_type: str) -> bool:
    """Say whether files of a type can be set to pages."""
    return _way(media_type) is not None


def render_pdf(
    file: BinaryIO, name: str, limits: Limits, *, media_type: str, paper: str = "us-letter"
) -> Reading:
    """Set a file to pages of ``paper`` (of PAPERS; office documents keep their own).

    UnreadableFile when it cannot be; ProgramMissing, with the command, when LibreOffice is not
    installed and there is no other way.
    """
    way = _way(media_type)
    if way is None:
        raise UnreadableFile(f"Files of type {media_type} cannot be set to pages.")
    if paper not in PAPERS:
        raise ValueError(f"paper {paper!r} is none of {PAPERS}")
    pdf, tool, tool_version, missing = way(file, name, limits, media_type, paper)
    return Reading(
        status="partial" if missing else "read",
        reason=missing,
        children=[Child(_NAME, pdf, "application/pdf")],
        tool=tool,
        tool_version=tool_version,
        settings={"paper": paper, "from": media_type},
    )


def _way(media_type: str) -> Callable[[BinaryIO, str, Limits, str, str], Pages] | None:
    plain = media_type.partition(";")[0].strip().lower()
    if plain in ("text/html", "application/xhtml+xml"):
        return _html
    if plain in libreoffice.KINDS:
        return _office
    if plain in _MAIL:
        return _message
    if plain == "image/svg+xml":
        return _drawing
    return _text if any(fnmatchcase(plain, pattern) for pattern in _TEXT) else None


def _office(file: BinaryIO, name: str, limits: Limits, media_type: str, paper: str) -> Pages:
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


def _html(file: BinaryIO, name: str, limits: Limits, media_type: str, paper: str) -> Pages:
    """Set a web page by LibreOffice, without what it would fetch or run; else as its words."""
    data = file.read()
    decoded = decode(data, declared_charset(data)).text
    try:
        pdf = libreoffice.to_pdf(_harmless(decoded), "text/html", timeout=limits.seconds * 0.8)
    except (ProgramMissing, UnreadableFile):
        pdf = b""
    if not pdf or _left_out(read_html(decoded).text, pdf):
        file.seek(0)
        return _text(file, name, limits, media_type, paper)
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


def _harmless(page: str) -> bytes:
    """Take from a page all that would fetch or run something; pictures inside it stay."""
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    root = html.document_fromstring(
        page.encode("utf-8", "replace"), parser=parser, ensure_head_body=True
    )
    for element in root.iter(etree.Element):
        for attribute in [key for key in element.attrib if _is_harmful(element, str(key))]:
            del element.attrib[attribute]
        if element.tag == "style" and _FETCHING_STYLE.search(element.text or ""):
            element.text = ""
    etree.strip_elements(root, *_DROPPED, with_tail=False)
    made = html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")
    head = '<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    return str(made).replace("<head>", head, 1).encode("utf-8", "replace")


def _is_harmful(element: etree._Element, attribute: str) -> bool:
    value = element.get(attribute) or ""
    if attribute == "style":
        return bool(_FETCHING_STYLE.search(value))
    fetches = _REMOTE.get(str(element.tag)) == attribute or attribute in ("srcset", "background")
    return attribute.startswith("on") or (fetches and not value.startswith("data:image/"))


def _message(file: BinaryIO, name: str, limits: Limits, media_type: str, paper: str) -> Pages:
    """Set a message: its headers, its words, and the names of what is attached."""
    del media_type
    reading = mail.read(file, name, limits)
    words = "\n\n".join(_with_label(page.label, page.text) for page in reading.pages)
    head, _, body = words.partition("\n\n")
    facts = [line.partition(": ")[::2] for line in head.split("\n") if ": " in line]
    attached = [f"{child.path} ({_size(child)})" for child in reading.children]
    title = reading.metadata.get("title", "")
    return _typeset(name, paper, title=title, facts=facts, body=body, attached=attached)


def _with_label(label: str, words: str) -> str:
    return f"— {label} —\n\n{words}" if label else words


def _size(child: Child) -> str:
    data = child.data if isinstance(child.data, bytes) else b"".join(child.data)
    return f"{len(data):,} bytes"


def _text(file: BinaryIO, name: str, limits: Limits, media_type: str, paper: str) -> Pages:
    """Set a text as it stands, a small table as a table."""
    reading = text.read(file, name, limits)
    words = "\n\n".join(_with_label(page.label, page.text) for page in reading.pages)
    rows = [line.split("\t") for line in words.split("\n")]
    widest = max(map(len, rows), default=0)
    if media_type in _TABLES and 1 < widest <= _WIDEST_TABLE and len(rows) <= _LONGEST_TABLE:
        even = [[*row, *[""] * (widest - len(row))] for row in rows]
        return _typeset(name, paper, table=even, widths=_widths(even))
    title = reading.metadata.get("title", "")
    return _typeset(name, paper, title=title, body=words)


def _widths(rows: list[list[str]]) -> list[float]:
    """Share a table's width among its columns by how much they hold, none very narrow."""
    columns = zip(*rows, strict=True)
    means = [sum(min(len(cell), 400) for cell in column) / len(rows) for column in columns]
    return [max(mean, 6.0) ** 0.5 for mean in means]


_TABLES = ("text/csv", "text/tab-separated-values")


def _drawing(file: BinaryIO, name: str, limits: Limits, media_type: str, paper: str) -> Pages:
    del limits, media_type
    del name
    pdf = typeset(_DRAWING, inputs={"paper": paper, "drawing": file.read()})
    return pdf, "typst", version("typst"), ""


def _typeset(name: str, paper: str, **given: object) -> Pages:
    body = str(given.get("body", ""))
    cut = len(body) > _LONGEST
    inputs: Mapping[str, object] = {
        "title": "", "facts": [], "attached": [], "table": [], "widths": [], **given,
        "body": "", "paragraphs": _paragraphs(body[:_LONGEST]), "name": name, "paper": paper,
    }  # fmt: skip
    missing = f"Only the first {_LONGEST:,} characters are set to pages." if cut else ""
    return typeset(_template(), inputs=inputs), "typst", version("typst"), missing


def _paragraphs(body: str) -> list[str]:
    """Part a text at blank lines, very long parts at line ends; runs of spaces keep their width."""
    kept = re.sub(
        r" {2,}|\t", lambda found: "\u00a0" * (len(found[0]) if found[0][0] == " " else 4), body
    )
    parts: list[str] = []
    for part in re.split(r"\n{2,}", kept):
        while len(part) > _LONGEST_PARAGRAPH:
            end = part.rfind("\n", 1, _LONGEST_PARAGRAPH) + 1 or _LONGEST_PARAGRAPH
            parts.append(part[:end].rstrip("\n"))
            part = part[end:]
        if part.strip("\n"):
            parts.append(part.strip("\n"))
    return parts


@cache
def _template() -> str:
    return resources.files("amparo.extract").joinpath("plain.typ").read_text("utf-8")
