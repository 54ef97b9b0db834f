"""A captured page as text: its title, address, time and record, its words, its links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from lxml import etree, html

from amparo.extract.captures.records import (
    address_of,
    body_of,
    charset_of,
    header,
    id_of,
    status_of,
)
from amparo.extract.captures.surveying import LONGEST_PAGE, LONGEST_TEXT, Survey
from amparo.extract.charsets import decode
from amparo.extract.markup import declared_charset, read_html
from amparo.extract.reading import PageText
from amparo.extract.sections import clean

__all__ = ["page"]

_MOST_LINKS = 2000
_POINTS_A_PIXEL = 0.75


def page(record: Any, number: int, found: Survey, position: int) -> PageText:
    """The page that a record captured, with its links; what cannot be read is left empty."""
    body = body_of(record, LONGEST_PAGE)
    declared = charset_of(record) or declared_charset(body)
    markup = decode(body, declared).text
    read = read_html(markup)
    address = address_of(record)
    title = found.titles.get(position) or read.metadata.get("title", "") or address
    title = " ".join(title.split())
    shot = found.shots.get(address)
    head = [
        title,
        address,
        f"Captured {header(record, 'WARC-Date')}, status {status_of(record) or 'not stated'}",
        f"Record {id_of(record)}",
    ]
    if shot:
        head.append(f"Screenshot {shot.record}")
    words = "\n".join(" ".join(line.split()) for line in head) + "\n\n" + read.text
    seen = found.texts.get(address, "")
    if seen and not _holds_most(read.text, seen):
        words += "\n\nAs the browser showed it\n" + seen
    links = list(_links(markup, address))
    if links:
        words += "\n\nLinks\n" + "\n".join(links)
    return PageText(
        number,
        shot.width * _POINTS_A_PIXEL if shot else 0.0,
        shot.height * _POINTS_A_PIXEL if shot else 0.0,
        clean(words)[:LONGEST_TEXT],
        source="converted",
        label=title[:200],
    )


def _holds_most(text: str, wanted: str) -> bool:
    """Whether most of the different words of ``wanted`` stand in ``text``."""
    words = set(wanted.lower().split())
    missing = words - set(text.lower().split())
    return len(missing) * 5 <= len(words)


def _links(markup: str, address: str) -> Iterator[str]:
    """Each link of a page once: its words and its whole address."""
    try:
        root = html.document_fromstring(markup.encode("utf-8", "replace"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return
    base = root.find(".//base")
    origin = urljoin(address, base.get("href") or "") if base is not None else address
    seen: set[str] = set()
    for element in root.iter("a"):
        target = _target(origin, element.get("href") or "")
        if not target or target in seen:
            continue
        seen.add(target)
        words = " ".join(str(element.xpath("string()")).split())[:200]
        yield f"{words} → {target}" if words else target
        if len(seen) >= _MOST_LINKS:
            return


def _target(origin: str, href: str) -> str:
    plain = href.strip()
    if not plain or plain.startswith("#") or plain.lower().startswith(("javascript:", "data:")):
        return ""
    try:
        return urljoin(origin, plain)[:2000]
    except ValueError:
        return plain[:2000]
