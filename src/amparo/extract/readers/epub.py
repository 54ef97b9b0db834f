"""E-books (EPUB 2 and 3): a section for each chapter, in the order of the book's spine."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from amparo.base.errors import UnreadableFile
from amparo.extract import markup
from amparo.extract.charsets import decode
from amparo.extract.parts import Parts, local

__all__ = ["is_locked", "read"]

_CONTAINER = "META-INF/container.xml"
_FONTS = (b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC")


def is_locked(parts: Parts) -> bool:
    """Say whether chapters are encrypted (and not only the fonts, which is usual)."""
    if not parts.find("META-INF/encryption.xml"):
        return False
    data = parts.read("META-INF/encryption.xml")
    methods = data.count(b"<enc:EncryptionMethod") + data.count(b"<EncryptionMethod")
    return methods > sum(data.count(font) for font in _FONTS)


def read(parts: Parts) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """Give ``(chapter's title, text)`` sections and the book's Dublin Core facts."""
    container = parts.tree(_CONTAINER)
    roots = [e.get("full-path", "") for e in container.iter()] if container is not None else []
    package = next((name for name in roots if name and parts.find(name)), "")
    book = parts.tree(package) if package else None
    if book is None:
        raise UnreadableFile("The book's table of parts is damaged or missing.")
    targets = {
        e.get("id", ""): posixpath.normpath(
            posixpath.join(posixpath.dirname(package), unquote(e.get("href", "")))
        )
        for e in book.iter()
        if local(e) == "item"
    }
    order = [targets.get(e.get("idref", ""), "") for e in book.iter() if local(e) == "itemref"]
    facts: dict[str, str] = {}
    for element in book.iter():
        if isinstance(element.tag, str) and "purl.org/dc/elements" in element.tag and element.text:
            key = {"date": "created"}.get(local(element), local(element))
            facts[key] = f"{facts[key]}; {element.text}" if key in facts else element.text.strip()
    return list(_chapters(parts, order)), facts


def _chapters(parts: Parts, order: list[str]) -> Iterator[tuple[str, str]]:
    for name in order:
        if not name or not parts.find(name):
            parts.remarks.append(f"The chapter {name or '?'} is missing.")
            continue
        data = parts.read(name)
        page = markup.read_html(decode(data, markup.declared_charset(data)).text)
        yield page.metadata.get("title", posixpath.basename(name)), page.text
