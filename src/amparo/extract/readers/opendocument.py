"""OpenDocument texts, sheets and slides (ODF 1.3, OASIS and ISO/IEC 26300).

Text as it now stands in the body; comments, tracked changes and notes as sections of their own;
a section a sheet (with its name) and a slide. A part that is locked by a password is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from amparo.base.errors import UnreadableFile
from amparo.extract import tables
from amparo.extract.parts import Parts, local
from amparo.extract.reading import Rows
from amparo.extract.sections import Section

__all__ = ["is_locked", "read"]

_MOST_REPEATS = 50
_PARAGRAPHS = ("p", "h")
_SPACES = re.compile(r"[ \t\r\n]+")
_APART = frozenset({"annotation", "tracked-changes", "note", "forms", "sequence-decls"})


@dataclass(slots=True)
class _Beside:
    """What stands beside the text."""

    comments: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)


def is_locked(parts: Parts) -> bool:
    """Say whether the document is protected by a password (its parts are encrypted)."""
    manifest = parts.read("META-INF/manifest.xml") if parts.find("META-INF/manifest.xml") else b""
    return b"encryption-data" in manifest or parts.find("encrypted-package") is not None


def read(parts: Parts) -> list[Section]:
    """Give ``(label, text)`` sections."""
    root = parts.tree("content.xml")
    if root is None:
        raise UnreadableFile("The document's text is damaged or missing.")
    beside = _Beside()
    sections: list[Section] = []
    for body in (element for element in root if local(element) == "body"):
        for content in body:
            sections += _content(content, beside)
    sections += _around(parts)
    for label, lines in (
        ("Footnotes and endnotes", beside.notes),
        ("Comments", beside.comments),
        ("Tracked changes", beside.changes),
    ):
        if lines:
            sections.append((label, "\n".join(lines)))
    return sections


def _content(content: etree._Element, beside: _Beside) -> Iterator[Section]:
    name = local(content)
    if name == "spreadsheet":
        for table in (element for element in content if local(element) == "table"):
            name, rows = _attribute(table, "name"), list(_rows(table, beside))
            numbers = Rows(name, tuple(number for number, _ in rows))
            yield name, "\n".join(line for _, line in rows), numbers
    elif name in ("presentation", "drawing"):
        for number, page in enumerate((e for e in content if local(e) == "page"), 1):
            yield f"slide {number}", _text(page, beside)
    else:
        yield "", _text(content, beside)


def _around(parts: Parts) -> Iterator[tuple[str, str]]:
    """Give the words of headers and footers, which stand with the styles."""
    root = parts.tree("styles.xml")
    names = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")
    found: dict[str, None] = {}
    for element in root.iter() if root is not None else ():
        if local(element) in names and (text := _text(element, _Beside())):
            found.setdefault(text)
    placeholders = {"???", "Page", "??? (???)", "Page  /", "Page  / ", "00/00/0000, 00:00:00"}
    lines = [line for text in found for line in text.split("\n") if line not in placeholders]
    if lines:
        yield "Headers and footers", "\n".join(lines)


def _text(root: etree._Element, beside: _Beside) -> str:
    """Walk without recursion; what stands beside the text goes where it belongs.

    Words count inside paragraphs and headings only; white space there is one space.
    """
    text: list[str] = []
    apart: etree._Element | None = None
    depth = 0
    for step, element in etree.iterwalk(root, events=("start", "end")):
        name = local(element)
        if apart is None and step == "start":
            if name in _APART and element is not root:
                apart = element
                _set_aside(element, name, beside)
                continue
            depth += name in _PARAGRAPHS
            _enter(element, name, text)
            text.append(_collapsed(element.text) if depth else "")
        elif step == "end" and (apart is None or apart is element):
            if apart is None:
                depth -= name in _PARAGRAPHS
                _leave(name, text)
            apart = None
            text.append(_collapsed(element.tail) if depth and element is not root else "")
    lines = (line.rstrip() for line in "".join(text).split("\n"))
    return "\n".join(lines).strip("\n")


def _enter(element: etree._Element, name: str, text: list[str]) -> None:
    if name == "tab":
        text.append("\t")
    elif name == "s":
        times = _attribute(element, "c")
        text.append(" " * min(int(times) if times.isdecimal() else 1, 100))
    elif name == "line-break":
        text.append("\n")
    elif name in ("title", "desc") and element.text and "svg" in str(element.tag):
        text.append(f"[picture: {element.text}]")


def _leave(name: str, text: list[str]) -> None:
    if name in (*_PARAGRAPHS, "table-row"):
        text.append("\n")
    elif name == "table-cell":
        while text and text[-1] in ("\n", ""):
            text.pop()
        text.append("\t")


def _collapsed(words: str | None) -> str:
    return _SPACES.sub(" ", words) if words else ""


def _set_aside(element: etree._Element, name: str, beside: _Beside) -> None:
    if name == "annotation":
        who, when = _child(element, "creator"), _child(element, "date")
        for child in element:
            if local(child) in ("creator", "date", "creator-initials"):
                child.text = None
        beside.comments.append(f"{_by('Comment', who, when)}: {_flat(element)}")
    elif name == "note":
        beside.notes.append(f"{_child(element, 'note-citation')} {_flat(element)}".strip())
    elif name == "tracked-changes":
        beside.changes += _changes(element)


def _changes(tracked: etree._Element) -> Iterator[str]:
    for region in tracked:
        for change in region:
            what = {"insertion": "Inserted", "deletion": "Deleted", "format-change": "Restyled"}
            if local(change) not in what:
                continue
            who, when = _child(change, "creator"), _child(change, "date")
            for info in change.iter():
                if local(info) in ("creator", "date"):
                    info.text = None
            words = _flat(change)
            yield _by(what[local(change)], who, when) + (f": {words}" if words else "")


def _flat(element: etree._Element) -> str:
    bare = [c for c in element.iter() if local(c) == "note-citation"]
    for citation in bare:
        citation.text = None
    return " ".join(_text(element, _Beside()).split())


def _rows(table: etree._Element, beside: _Beside) -> Iterator[tuple[int, str]]:
    """Give each row that is not blank with its number, blank ones and repeated ones counted."""
    number = 0
    for row in (element for element in table.iter() if local(element) == "table-row"):
        cells: list[str] = []
        for cell in row:
            if local(cell) not in ("table-cell", "covered-table-cell"):
                continue
            words = _text(cell, beside)
            times = _attribute(cell, "number-columns-repeated") or "1"
            cells += [words] * min(int(times) if times.isdecimal() else 1, _MOST_REPEATS)
        text = tables.line(cells)
        times = _attribute(row, "number-rows-repeated") or "1"
        repeats = int(times) if times.isdecimal() else 1
        for again in range(min(repeats, _MOST_REPEATS) if text else 0):
            yield number + again + 1, text
        number += repeats


def _by(what: str, who: str, when: str) -> str:
    return what + (f" by {who}" if who else "") + (f", {when}" if when else "")


def _child(element: etree._Element, name: str) -> str:
    return next((each.text or "" for each in element.iter() if local(each) == name), "")


def _attribute(element: etree._Element, name: str) -> str:
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""
