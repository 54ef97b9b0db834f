"""Text of any encoding: plain, HTML, XML, JSON, tables (CSV, TSV), calendars and address cards.

What kind of text it is shows in its first words, or in its name; the encoding is found by
``charsets``. HTML and XML are read by ``markup``, which touches nothing outside the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import BinaryIO

from lxml import etree

from amparo.base.errors import UnreadableFile
from amparo.extract import cards, conversations, markup, sections, tables
from amparo.extract.charsets import Decoded, decode
from amparo.extract.reading import Limits, Reading, Rows

__all__ = ["read", "read_as_html"]

Content = tuple[Sequence[sections.Section], Mapping[str, str], str]

_LARGEST = 256 * 2**20
_CUT = "Only the first {} MiB were read."
_HTML = re.compile(
    r"\s*(<\?xml[^>]*\?>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|title|meta|div|p|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_SOME_TAGS = re.compile(r"</?(html|body|p|div|span|br|table|td|a|b|ul|li|h[1-6])\b", re.IGNORECASE)
_ESCAPED = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_BINARY = re.compile("[\x00-\x06\x0e-\x1a\x1c-\x1f]")


def read(file: BinaryIO, name: str, limits: Limits) -> Reading:
    """Read a text of any kind; UnreadableFile when it is empty or no text at all."""
    most = min(_LARGEST, limits.characters)
    data = file.read(most + 1)
    cut = len(data) > most
    if not data.strip():
        raise UnreadableFile("The file is empty." if not data else "The file holds only blanks.")
    decoded = decode(data[:most], markup.declared_charset(data))
    if _is_binary(decoded.text):
        raise UnreadableFile(
            "The file is not text, nor a kind of file that Amparo knows.",
            next_step="Ask who sent it which program made it.",
        )
    whole = " ".join(filter(None, [_about(decoded), _CUT.format(most >> 20) * cut]))
    chat = conversations.read(decoded.text, name, more=whole, encoding=decoded.encoding)
    if chat is not None:
        return chat
    content = _kind(decoded.text, name)
    parts, metadata, remark = content(data[:most], decoded)
    reasons = [remark, whole]
    return Reading(
        status="partial" if any(reasons) else "read",
        reason=" ".join(filter(None, reasons)),
        pages=sections.pages(parts),
        metadata=metadata,
        tool="amparo text",
        tool_version=version("amparo"),
        settings={"encoding": decoded.encoding, "encoding known by": decoded.how},
    )


def read_as_html(text: str) -> Content:
    """Give the words, facts and remark of an HTML text."""
    page = markup.read_html(text)
    facts = dict(page.metadata)
    if page.outside:
        facts["outside references"] = "\n".join(page.outside[:50])
    return [("", page.text)], facts, ""


def _kind(text: str, name: str) -> Callable[[bytes, Decoded], Content]:
    """Choose how to read a text by its first words and, where these do not tell, by its name."""
    head, ending = text[:2000].lstrip(), PurePosixPath(name.lower()).suffix
    if head[:12].upper().startswith(("BEGIN:VCARD", "BEGIN:VCAL")):
        return _cards
    if _HTML.match(head) or (ending in (".html", ".htm", ".xhtml") and _SOME_TAGS.search(text)):
        return _html
    if head.startswith("<?xml") or ending in (".xml", ".svg", ".kml", ".gpx"):
        return _xml
    if ending in (".csv", ".tsv", ".tab"):
        return _table
    if ending in (".json", ".ndjson", ".jsonl", ".geojson") or head[:1] in ("{", "["):
        return _json
    return _plain


def _plain(data: bytes, decoded: Decoded) -> Content:  # noqa: ARG001
    return [("", decoded.text.replace("\f", "\n"))], {}, ""


def _html(data: bytes, decoded: Decoded) -> Content:  # noqa: ARG001
    return read_as_html(decoded.text)


def _xml(data: bytes, decoded: Decoded) -> Content:
    """Read XML element by element; what is not well formed is shown as it stands."""
    del data
    bare = re.sub(r"^\s*<\?xml[^>]*\?>", "", decoded.text, count=1)
    try:
        text = markup.read_xml(bare.encode("utf-8", "replace"))
    except etree.LxmlError:
        text = None
    if text is None:
        return [("", decoded.text)], {}, "It is not well-formed XML, so it is shown as it stands."
    remark = "It names an outside entity, which was left out." if _names_entity(bare) else ""
    return [("", text or bare)], {}, remark


def _names_entity(text: str) -> bool:
    return bool(re.search(r"<!ENTITY\s+[^>]*\b(SYSTEM|PUBLIC)\b", text[:100_000], re.IGNORECASE))


def _table(data: bytes, decoded: Decoded) -> Content:
    del data
    table = tables.read_delimited(decoded.text)
    facts = {"rows": str(table.rows), "columns": str(table.columns), "delimiter": table.delimiter}
    if not table.numbers:
        return [("", table.text)], facts, ""
    return [("", table.text, Rows("", table.numbers))], facts, ""


def _json(data: bytes, decoded: Decoded) -> Content:
    """Show JSON as it stands, with the letters that ``\\uXXXX`` escapes stand for."""
    del data
    return [("", _ESCAPED.sub(_unescape, decoded.text))], {}, ""


def _unescape(found: re.Match[str]) -> str:
    units = found[0].replace("\\u", "")
    text = bytes.fromhex(units).decode("utf-16-be", "replace")
    return found[0] if any(letter < " " or letter in '"\\\ufffd' for letter in text) else text


def _cards(data: bytes, decoded: Decoded) -> Content:
    return cards.read(data, decoded)


def _is_binary(text: str) -> bool:
    head = text[:20_000]
    return len(_BINARY.findall(head)) > max(2, len(head) // 100)


def _about(decoded: Decoded) -> str:
    if not decoded.undecodable:
        return ""
    return (
        f"{decoded.undecodable} characters do not fit the encoding {decoded.encoding}; "
        "they are shown as \ufffd."
    )
