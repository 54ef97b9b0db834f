"""Captured pages of web archives: which records are pages, their words, links and screenshots.

An archive is gone through twice: ``survey`` finds the pages and their screenshots, ``pages`` reads
them. A page is an answer in HTML with a status of 2xx, or one that the archive itself lists.
Screenshots are resource records called ``urn:view:``, ``urn:fullPage:`` or ``urn:thumbnail:`` and
the page's address, as Browsertrix and ArchiveWeb.page write them. Nothing is fetched, no script is
run; addresses of links are kept as text. Where the archive holds the words as the browser showed
them (``urn:text:``, or in a collection's list) and the HTML lacks them, they stand below.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from PIL import Image, UnidentifiedImageError

from amparo.base.errors import UnreadableFile
from amparo.extract.charsets import decode
from amparo.extract.markup import declared_charset, read_html
from amparo.extract.members import harmless
from amparo.extract.reading import Child, Heading, PageText
from amparo.extract.sections import clean

__all__ = [
    "KINDS",
    "Listed",
    "Survey",
    "child",
    "is_answer",
    "page",
    "record_in",
    "screenshot_in",
    "screenshot_path",
    "survey",
]

KINDS = ("application/warc", "application/wacz")
"""The media types of web archives."""

_HTML = ("text/html", "application/xhtml+xml")
_ANSWERS = ("response", "resource", "conversion")
_SHOTS = ("urn:fullPage:", "urn:view:", "urn:viewFinal:", "urn:thumbnail:")
_TEXT = "urn:text:"
_LONGEST_PAGE, _LARGEST_SHOT = 16 * 2**20, 64 * 2**20
_LONGEST_TEXT = 2_000_000
_MOST_TEXT = 64_000_000
_MOST_LINKS = 2000
_CHUNK = 256 * 1024
_POINTS_A_PIXEL = 0.75
_ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}
_UUID = r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_RECORD = re.compile(rf"^Record ({_UUID})$", re.MULTILINE | re.IGNORECASE)
_SCREENSHOT = re.compile(rf"^Screenshot ({_UUID})$", re.MULTILINE | re.IGNORECASE)
_HEAD = 4000


@dataclass(frozen=True, slots=True)
class Listed:
    """A page as a collection's own list names it."""

    address: str
    at: str
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Shot:
    """A screenshot: its record, the kind of picture, its size in pixels."""

    record: str
    rank: int
    width: int
    height: int


@dataclass(slots=True)
class Survey:
    """What an archive holds. ``numbers`` gives the page number of the record at a position."""

    lines: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    shots: dict[str, _Shot] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    addresses: dict[int, str] = field(default_factory=dict)
    torn: bool = False
    _kept: int = 0

    def outline(self) -> list[Heading]:
        """The pages by title, or by address where the archive itself names none."""
        ordered = sorted(self.numbers.items(), key=lambda pair: pair[1])
        return [
            Heading(1, " ".join((self.titles.get(at) or self.addresses[at]).split()), number)
            for at, number in ordered
        ]

    def keep_text(self, address: str, text: str) -> None:
        """Keep the words that a browser showed of a page, as far as memory is meant for that."""
        if address not in self.texts and self._kept + len(text) <= _MOST_TEXT:
            self.texts[address] = text
            self._kept += len(text)


@dataclass(frozen=True, slots=True)
class _Candidate:
    position: int
    address: str
    at: str
    good: bool


def survey(records: Iterable[Any], listed: Sequence[Listed] = (), *, broken: Any = ()) -> Survey:
    """Go through an archive once; what is ``broken`` (exceptions) ends it, and is told."""
    found = Survey()
    candidates: list[_Candidate] = []
    try:
        for position, record in enumerate(records):
            found.lines.append(_line(record))
            if record.rec_type == "warcinfo":
                found.facts |= _about(record)
            elif shot := _shot(record):
                address, made = shot
                before = found.shots.get(address)
                if before is None or made.rank < before.rank:
                    found.shots[address] = made
            elif shown := _shown_text(record):
                found.keep_text(*shown)
            elif is_answer(record) and media_type(record) in _HTML:
                at, good = _header(record, "WARC-Date"), _status(record)[:1] in ("2", "")
                candidates.append(_Candidate(position, address_of(record), at, good))
    except broken:
        found.torn = True
    _number(found, candidates, listed)
    return found


def _number(found: Survey, candidates: Sequence[_Candidate], listed: Sequence[Listed]) -> None:
    """Pages that the archive lists come first, in its order, then the rest as they lie there."""
    order: list[_Candidate] = []
    for each in listed:
        same = [c for c in candidates if c.address == each.address and c not in order]
        near = [c for c in same if c.at[:19] == each.at[:19]] or same
        if near:
            order.append(near[0])
            found.titles[near[0].position] = each.title
            if each.text:
                found.keep_text(each.address, each.text)
    order += [each for each in candidates if each.good and each not in order]
    found.addresses = {each.position: each.address for each in order}
    found.numbers = {each.position: number for number, each in enumerate(order, 1)}


def page(record: Any, number: int, found: Survey, position: int) -> PageText:
    """The page that a record captured, with its links; what cannot be read is left empty."""
    body = _body(record, _LONGEST_PAGE)
    declared = _charset(record) or declared_charset(body)
    markup = decode(body, declared).text
    read = read_html(markup)
    address = address_of(record)
    title = found.titles.get(position) or read.metadata.get("title", "") or address
    title = " ".join(title.split())
    shot = found.shots.get(address)
    head = [
        title,
        address,
        f"Captured {_header(record, 'WARC-Date')}, status {_status(record) or 'not stated'}",
        f"Record {_id(record)}",
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
        clean(words)[:_LONGEST_TEXT],
        source="converted",
        label=title[:200],
    )


def is_answer(record: Any) -> bool:
    """Whether a record holds something that came back."""
    return record.rec_type in _ANSWERS and _header(record, "Content-Length") != "0"


def child(record: Any) -> Child:
    """What a record holds, as a file inside; a screenshot under the name of its record."""
    address = address_of(record)
    if shown := _shown_address(record):
        kind = media_type(record)
        path = screenshot_path(_id(record)) + _ENDINGS.get(kind, "")
        facts = {"web address": shown}
        return Child(path, _stream(record), kind, _header(record, "WARC-Date"), facts)
    parts = urlsplit(address)
    path = harmless(f"{parts.netloc}{parts.path}{'?' + parts.query if parts.query else ''}")
    return Child(
        path if not address.endswith("/") else f"{path}/index.html",
        _stream(record),
        media_type(record) or None,
        _header(record, "WARC-Date"),
        {"web address": address},
    )


def address_of(record: Any) -> str:
    """The address that was asked for."""
    return _header(record, "WARC-Target-URI").strip("<>")


def media_type(record: Any) -> str:
    """The type that the answer stated."""
    stated = record.http_headers.get_header("Content-Type") if record.http_headers else None
    if stated is None and record.rec_type in ("resource", "conversion"):
        stated = _header(record, "Content-Type")
    return str(stated or "").partition(";")[0].strip().lower()


def record_in(text: str) -> str:
    """The id of the record that a page's text names, ``urn:uuid:…``; "" when it names none."""
    found = _RECORD.search(text[:_HEAD])
    return found[1].lower() if found else ""


def screenshot_in(text: str) -> str:
    """The id of the record of a page's screenshot; "" when there is none."""
    found = _SCREENSHOT.search(text[:_HEAD])
    return found[1].lower() if found else ""


def screenshot_path(record: str) -> str:
    """Where a screenshot lies among the files inside, without the ending for its kind."""
    return f"screenshots/{record.rpartition(':')[2].lower()}"


def _header(record: Any, name: str) -> str:
    return str(record.rec_headers.get_header(name) or "")


def _id(record: Any) -> str:
    return _header(record, "WARC-Record-ID").strip("<> ")


def _status(record: Any) -> str:
    return str(record.http_headers.get_statuscode() or "") if record.http_headers else ""


def _charset(record: Any) -> str | None:
    stated = record.http_headers.get_header("Content-Type") if record.http_headers else None
    found = re.search(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", str(stated or ""), re.IGNORECASE)
    return found[1] if found else None


def _line(record: Any) -> str:
    status = _status(record) if record.rec_type in _ANSWERS else ""
    told = (_header(record, "WARC-Date"), record.rec_type, status, address_of(record))
    return "  ".join(part for part in told if part)


def _about(record: Any) -> Mapping[str, str]:
    text = record.content_stream().read(_CHUNK).decode("utf-8", "replace")
    pairs = (line.partition(":") for line in text.splitlines() if ":" in line)
    facts = {f"warc:{key.strip()}": value.strip() for key, _, value in pairs}
    return facts | {"created": _header(record, "WARC-Date")}


def _shown_address(record: Any) -> str:
    """The address of the page that a record is a picture of; "" when it is none."""
    address = address_of(record)
    for start in _SHOTS:
        if address.lower().startswith(start.lower()):
            return address[len(start) :]
    return ""


def _shown_text(record: Any) -> tuple[str, str] | None:
    """The words of a page as a browser showed them, with its address; None for other records."""
    address = address_of(record)
    if record.rec_type != "resource" or not address.lower().startswith(_TEXT):
        return None
    body = _body(record, _LONGEST_PAGE)
    return address[len(_TEXT) :], clean(body.decode("utf-8", "replace"))[:_LONGEST_TEXT]


def _holds_most(text: str, wanted: str) -> bool:
    """Whether most of the different words of ``wanted`` stand in ``text``."""
    words = set(wanted.lower().split())
    missing = words - set(text.lower().split())
    return len(missing) * 5 <= len(words)


def _shot(record: Any) -> tuple[str, _Shot] | None:
    shown = _shown_address(record)
    if not shown or record.rec_type != "resource" or not re.fullmatch(_UUID, _id(record).lower()):
        return None
    try:
        with Image.open(io.BytesIO(_body(record, _LARGEST_SHOT))) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, UnreadableFile):
        return None
    kind = address_of(record)[: -len(shown)].lower()
    rank = [each.lower() for each in _SHOTS].index(kind)
    return shown, _Shot(_id(record).lower(), rank, width, height)


def _body(record: Any, most: int) -> bytes:
    taken = bytearray()
    for chunk in _stream(record):
        taken += chunk
        if len(taken) >= most:
            break
    return bytes(taken[:most])


def _stream(record: Any) -> Iterator[bytes]:
    try:
        stream = record.content_stream()
        while chunk := stream.read(_CHUNK):
            yield chunk
    except (EOFError, OSError, ValueError, KeyError, AttributeError) as error:
        raise UnreadableFile("The answer breaks off.") from error


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
