"""The words of an HTML or XML text, as a reader sees them; nothing outside it is ever touched.

lxml parses without network, without external entities and without a document type; scripts,
styles and templates are dropped. Paragraphs and rows become lines, cells are parted by tabs, and
a picture gives the text that describes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from lxml import etree, html

__all__ = ["Page", "declared_charset", "read_html", "read_xml"]

_DROPPED = frozenset({"script", "style", "template", "noscript", "head", "object", "svg", "math"})
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_SPACES = re.compile(r"[ \t\r\n\f\u200b\ufeff]+")
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w:.-]{2,40})""",
    re.IGNORECASE,
)
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_UNSEEN = re.compile(r"<(script|style|head)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page of markup, its facts (``title``, ``meta`` names), and what it asked for.

    ``outside`` are the addresses of resources that the page would fetch (pictures, frames,
    style sheets); nobody fetched them.
    """

    text: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    outside: tuple[str, ...] = ()


def declared_charset(data: bytes) -> str | None:
    """Give the encoding that the first 4 KiB of HTML or XML declare, or None."""
    found = _CHARSET.search(data[:4096])
    return (found[1] or found[2]).decode("ascii") if found else None


def read_html(text: str) -> Page:
    """Give the words of an HTML text; never fails: what is not markup is text.

    Markup nested too deeply to parse is read without its structure.
    """
    root = _html_root(text)
    if root is None:
        return Page(_without_tags(text))
    lines = _Lines()
    for step, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        lines.take(step, element)
    return Page(
        lines.text() or _without_tags(text), _facts(root), tuple(dict.fromkeys(_outside(root)))
    )


def read_xml(data: bytes) -> str | None:
    """Give each element of an XML text as a line (name, attributes, text); None if it is not XML.

    Entities are left out, so that none can name a file or multiply.
    """
    try:
        root = etree.fromstring(data, _xml_parser())
    except (etree.XMLSyntaxError, ValueError):
        return None
    return "\n".join(line for line in _element_lines(root) if line)


def _without_tags(text: str) -> str:
    bare = _TAGS.sub(" ", _UNSEEN.sub(" ", text))
    return _SPACES.sub(" ", unescape(bare)).strip()


def _html_root(text: str) -> etree._Element | None:
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        return html.document_fromstring(
            text.encode("utf-8", "replace"), parser=parser, ensure_head_body=True
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def _xml_parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        remove_comments=True, remove_pis=True, huge_tree=False,
    )  # fmt: skip


@dataclass(slots=True)
class _Row:
    """A table's row while the walk is inside it."""

    cells: int = 0
    said: bool = False
    broken: bool = False


class _Lines:
    """Collects words into lines as the walk enters and leaves elements.

    What stands between words is held back until the next word, so that the strongest of several
    separators wins and none is left at the end.
    """

    _STRENGTH = ("", " ", "\t", "\n", "\n\n")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._between = ""
        self._hidden = 0
        self._literal = 0
        self._rows: list[_Row] = []

    def text(self) -> str:
        lines = (line.rstrip() for line in "".join(self._parts).split("\n"))
        return "\n".join(lines).strip("\n")

    def take(self, step: str, element: etree._Element) -> None:
        name = element.tag if isinstance(element.tag, str) else ""
        if step == "start":
            self._enter(name, element)
        elif step == "end":
            self._leave(name, element)

    def _enter(self, name: str, element: etree._Element) -> None:
        self._hidden += name in _DROPPED
        if self._hidden:
            return
        self._literal += name in ("pre", "textarea")
        if name in _BLOCKS:
            self._want("\n")
        if name == "br":
            self._break_line()
        elif name == "tr":
            self._rows.append(_Row())
        elif name in ("td", "th"):
            self._start_cell()
        elif name == "li":
            self._say("• ")
        elif name in ("img", "area"):
            self._say(f" {element.get('alt') or ''} ")
        elif name == "input" and element.get("type", "text") in ("text", "checkbox", "radio"):
            self._say(f" {element.get('value') or ''} ")
        self._say(element.text)

    def _leave(self, name: str, element: etree._Element) -> None:
        if name in _DROPPED:
            self._hidden -= 1
        elif not self._hidden:
            self._literal -= name in ("pre", "textarea")
            if name in _BLOCKS:
                self._want("\n\n" if name in ("p", "table", "blockquote") else "\n")
            if name == "tr" and self._rows:
                self._rows.pop()
        if not self._hidden and element.getparent() is not None:
            self._say(element.tail)

    def _say(self, words: str | None) -> None:
        if not words:
            return
        if self._literal:
            self._put(words)
            return
        words = _SPACES.sub(" ", words)
        if words[0] == " ":
            self._want(" ")
        if words.strip(" "):
            self._put(words.strip(" "))
            self._between = " " if words[-1] == " " else ""

    def _put(self, words: str) -> None:
        if self._parts:
            self._parts.append(self._between)
        if self._rows:
            row = self._rows[-1]
            row.broken |= row.said and "\n" in self._between
            row.said = True
        self._parts.append(words)
        self._between = ""

    def _want(self, between: str) -> None:
        self._between = max(self._between, between, key=self._STRENGTH.index)

    def _break_line(self) -> None:
        self._between = "\n\n" if "\n" in self._between else "\n"

    def _start_cell(self) -> None:
        """Part cells by tabs, unless the cell before ran over several lines."""
        if not self._rows:
            self._rows.append(_Row())
        row = self._rows[-1]
        if row.cells:
            self._between = "\n" if row.broken else "\t"
        row.cells += 1
        row.said = row.broken = False


def _facts(root: etree._Element) -> dict[str, str]:
    facts: dict[str, str] = {}
    title = root.findtext(".//title")
    if title and title.strip():
        facts["title"] = _SPACES.sub(" ", title).strip()
    for meta in root.iterfind(".//meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        content = (meta.get("content") or "").strip()
        if name and content and len(facts) < 60:
            plain = name in ("author", "description", "keywords")
            key = {"author": "creator"}.get(name, name) if plain else f"html:{name}"
            facts.setdefault(key, content[:2000])
    return facts


def _outside(root: etree._Element) -> Iterator[str]:
    for tag, attribute in (("img", "src"), ("iframe", "src"), ("script", "src"), ("link", "href"),
                           ("frame", "src"), ("embed", "src"), ("object", "data"),
                           ("video", "src"), ("audio", "src"), ("source", "src")):  # fmt: skip
        for element in root.iter(tag):
            address = (element.get(attribute) or "").strip()
            if address and not address.lower().startswith(("data:", "cid:", "#")):
                yield address[:500]


def _element_lines(root: etree._Element) -> Iterator[str]:
    for step, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if step == "end":
            yield _SPACES.sub(" ", element.tail or "").strip() if element is not root else ""
            continue
        facts = "  ".join(f"{_local(name)}={value}" for name, value in element.attrib.items())
        words = _SPACES.sub(" ", element.text or "").strip()
        if facts or words:
            yield f"{_local(element.tag)}: {facts}{'  ' if facts and words else ''}{words}"


def _local(name: str | bytes) -> str:
    plain = name.decode() if isinstance(name, bytes) else name
    return plain.rpartition("}")[2]
