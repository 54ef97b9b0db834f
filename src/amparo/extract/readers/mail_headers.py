"""The headers of a message (RFC 5322, RFC 2047): decoded, with dates as stated."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from amparo.extract.charsets import canonical, decode

__all__ = ["decoded", "facts", "header", "message_text", "shown", "stated_date"]

_SHOWN = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject")
_KEPT = {
    "Message-ID": "message-id", "In-Reply-To": "in-reply-to", "References": "references",
    "Reply-To": "reply-to", "Sender": "sender", "X-Mailer": "producer", "User-Agent": "producer",
    "X-Originating-IP": "mail:X-Originating-IP", "Return-Path": "mail:Return-Path",
    "Delivered-To": "mail:Delivered-To", "List-Id": "mail:List-Id", "Organization": "organisation",
    "Importance": "mail:Importance", "Authentication-Results": "mail:Authentication-Results",
    "Resent-From": "mail:Resent-From", "Resent-Date": "mail:Resent-Date",
}  # fmt: skip


def facts(message: Message) -> dict[str, str]:
    """Give a message's headers as plain facts; the date also as stated."""
    found = {"title": header(message, "Subject")}
    for key in ("From", "To", "Cc", "Bcc"):
        found[key.lower()] = header(message, key)
    stated = header(message, "Date")
    found["date"], found["mail:Date"] = stated_date(stated), stated
    for name, key in _KEPT.items():
        found.setdefault(key, header(message, name))
    hops = [" ".join(decoded(hop).split()) for hop in message.get_all("Received", [])]
    found["mail:Received"] = "\n".join(hops[:50])
    return {key: value for key, value in found.items() if value}


def shown(message: Message) -> list[tuple[str, str]]:
    """Give the headers that a person looks at, in their usual order."""
    return [(key, value) for key in _SHOWN if (value := header(message, key))]


def header(message: Message, name: str) -> str:
    """Give all values of a header, decoded, on one line."""
    values = [decoded(value) for value in message.get_all(name, [])]
    return ", ".join(" ".join(value.split()) for value in values if value)


def decoded(value: object) -> str:
    """Decode a header: RFC 2047 words, else raw bytes in whatever encoding they are in."""
    raw = str(value).encode("utf-8", "surrogateescape")
    text = raw.decode("ascii") if raw.isascii() else decode(raw).text
    if "=?" not in text:
        return text
    try:
        words = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    return "".join(
        word if isinstance(word, str) else decode(word, canonical(charset) or charset).text
        for word, charset in words
    )


def stated_date(stated: str) -> str:
    """Give a header's date in ISO 8601 with the zone as stated; "" when it says none."""
    try:
        moment = parsedate_to_datetime(stated)
    except (TypeError, ValueError, IndexError, OverflowError):
        return _iso(stated)
    if moment.tzinfo is None and not stated.strip().endswith("-0000"):
        return moment.isoformat()
    return moment.isoformat().replace("+00:00", "Z") if moment.tzinfo else moment.isoformat() + "Z"


def _iso(stated: str) -> str:
    found = re.search(
        r"(\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?", stated
    )
    return found[1].replace(" ", "T") + (found[2] or "") if found else ""


def message_text(headers: list[tuple[str, str]], body: str) -> str:
    """Set a message as text: its headers as lines, a blank line, the body."""
    lines = "\n".join(f"{key}: {value}" for key, value in headers)
    return f"{lines}\n\n{body}" if body.strip() else lines
