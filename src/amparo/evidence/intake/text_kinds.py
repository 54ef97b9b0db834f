"""What kind of text some bytes are: by their structure first, by the file's name among equals."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

__all__ = ["decode", "is_mail", "text_kind"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
_MOST_CONTROL = 0.01
_CONTROL_LETTER = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")

_MOST_HEADER = 16 * 1024
_FIELD = re.compile(r"([!-9;-~]+):(.*)")
_ANYWHERE_FIELDS = frozenset({"from", "to", "cc", "date", "subject", "references", "sender"})
_MAIL_ONLY_FIELDS = frozenset(
    {"bcc", "received", "message-id", "mime-version", "content-type", "reply-to", "return-path"}
    | {"delivered-to", "in-reply-to", "content-transfer-encoding", "x-mailer", "dkim-signature"}
)
_MAIL_FIELDS = _ANYWHERE_FIELDS | _MAIL_ONLY_FIELDS
_OPENINGS = (
    ("BEGIN:VCALENDAR", "text/calendar"),
    ("BEGIN:VCARD", "text/vcard"),
    ("WEBVTT", "text/vtt"),
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|title|meta|script|table|div|h1|p|br|font)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_INSIDE = re.compile(r"<(?:html|body|head)[\s>]", re.IGNORECASE)
_XML = re.compile(r"\s*(?:<\?xml\s|<!DOCTYPE\s+(?!html)\w)", re.IGNORECASE)
_ELEMENT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s>/]")
_JSON = re.compile(
    r'\s*(?:\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\})'
    r'|\[\s*(?:[\[{\]"]|-?\d[\d.eE+-]*\s*[,\]]|true|false|null))'
)
_MBOX = re.compile(r"From \S+.*\d{4}\s*\r?\n(?:>?[!-9;-~]+:)")


def decode(head: bytes) -> str | None:
    """The text of some first bytes, or None when they are no text.

    Good enough to see structure, not to read: 8-bit text of unknown encoding comes as Latin-1.
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "ignore")
    if b"\0" in head:
        return _without_mark(head)
    if len(head.translate(None, _CONTROL)) < len(head) * (1 - _MOST_CONTROL):
        return None
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return head.decode("latin-1")


def text_kind(text: str, extension: str, kinds: Mapping[str, str], xml: Mapping[str, str]) -> str:
    """The media type of ``text``; ``kinds`` by extension, ``xml`` by the first element."""
    start = text.lstrip("\ufeff \t\r\n")
    by_name = kinds.get(extension, "text/plain")
    by_structure = _structure(start, xml)
    if by_structure == "application/mbox" and by_name == "message/rfc822":
        return by_name  # one message that kept the line of the mailbox that it lay in
    if by_structure:
        return by_structure
    if by_name == "message/rfc822" and not _FIELD.match(start):
        return "text/plain"
    if by_name == "text/html" and "<" not in start:
        return "text/plain"
    return by_name


def is_mail(start: str) -> bool:
    """Header fields from the first line on, of which some are mail's own (RFC 5322, 2.2)."""
    names: set[str] = set()
    if not _FIELD.match(start[:1000]):
        return False
    for line in start[:_MOST_HEADER].splitlines():
        if not line.strip():
            break
        if line[0] in " \t" and names:
            continue
        field = _FIELD.match(line)
        if not field:
            break
        names.add(field.group(1).lower())
    return len(names & _MAIL_FIELDS) >= 2 and bool(names & _MAIL_ONLY_FIELDS or len(names) >= 3)


def _structure(start: str, xml: Mapping[str, str]) -> str | None:
    upper = start[:20].upper()
    for opening, kind in _OPENINGS:
        if upper.startswith(opening):
            return kind
    if _MBOX.match(start):
        return "application/mbox"
    if is_mail(start):
        return "message/rfc822"
    if _XML.match(start) or start.startswith("<"):
        return _markup(start, xml)
    return "application/json" if _JSON.match(start) else None


def _markup(start: str, xml: Mapping[str, str]) -> str | None:
    element = _ELEMENT.search(start)
    name = element.group(1).lower() if element else ""
    if _XML.match(start):
        return xml.get(name, "application/xml")
    if _HTML.match(start) or _HTML_INSIDE.search(start):
        return "text/html"
    return xml.get(name)


def _without_mark(head: bytes) -> str | None:
    """UTF-16 without a mark shows a zero in nearly every other byte of Latin text."""
    sample = head[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    for zeros, others, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros > 0.4 * half and others < 0.02 * half:
            text = head.decode(encoding, "ignore")
            return None if _CONTROL_LETTER.search(text) else text
    return None
