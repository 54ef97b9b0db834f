"""An entry of an Outlook store set as an internet message: mail, and what else Outlook keeps.

Headers are those that came with the message where they were kept, else made from the entry's own
properties. Contacts, tasks and notes become messages with a line for each of their fields.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from typing import Any

from amparo.extract.charsets import decode
from amparo.extract.readers.outlook_properties import number, text, texts

__all__ = ["as_internet_message"]

_SHOWN = re.compile(r"^(Date|From|To|Cc|Bcc|Message-ID|In-Reply-To|References):", re.IGNORECASE)
_CLASS, _MESSAGE_ID, _SENDER_SMTP, _SENDER = 0x001A, 0x1035, 0x5D01, 0x0C1F
_NAME, _ADDRESS, _SMTP_ADDRESS, _ROLE = 0x3001, 0x3003, 0x39FE, 0x0C15
_LONG_NAME, _SHORT_NAME, _MIME = 0x3707, 0x3704, 0x370E
_ROLES = {1: "To", 2: "Cc", 3: "Bcc"}
_FIELDS = {
    0x3001: "Name", 0x3A06: "Given name", 0x3A11: "Surname", 0x3A16: "Company", 0x3A17: "Title",
    0x3A08: "Office telephone", 0x3A09: "Home telephone", 0x3A1C: "Mobile telephone",
    0x3A15: "Postal address", 0x3A27: "City", 0x3A26: "Country", 0x3A51: "Web page",
}  # fmt: skip
_UNSAFE = re.compile(r"[\\/\x00-\x1f]+")


def as_internet_message(entry: Any) -> bytes:
    """An entry as bytes of RFC 5322; what libpff raises for a damaged one is passed on."""
    made = EmailMessage()
    for key, value in _headers(entry):
        try:
            made[key] = value
        except (ValueError, TypeError):
            continue
    plain, html = _words(entry, "plain_text_body"), _words(entry, "html_body")
    fields = _fields(entry)
    made.set_content("\n".join(filter(None, [fields, plain])) or ("" if html else "\n"))
    if html:
        made.add_alternative(html, subtype="html")
    if not plain and not html and (rtf := getattr(entry, "rtf_body", None)):
        made.add_attachment(bytes(rtf), maintype="application", subtype="rtf", filename="body.rtf")
    for name, kind, data in _attachments(entry):
        main, _, sub = kind.partition("/")
        made.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return made.as_bytes(policy=SMTP)


def _headers(entry: Any) -> Iterator[tuple[str, str]]:
    kept = re.sub(r"\r?\n[ \t]+", " ", getattr(entry, "transport_headers", "") or "")
    named = set()
    for line in kept.splitlines():
        if _SHOWN.match(line):
            key, _, value = line.partition(":")
            named.add(key.title())
            yield key, value.strip()
    yield "Subject", " ".join((getattr(entry, "subject", "") or "").split())
    for key, value in _made_headers(entry):
        if key.title() not in named and value:
            yield key, value
    yield "X-Made-From", f"an entry of an Outlook store ({text(entry, _CLASS) or 'no class'})"


def _made_headers(entry: Any) -> Iterator[tuple[str, str]]:
    """Headers from the entry's own properties, for those that did not come with it."""
    name = " ".join((getattr(entry, "sender_name", "") or "").split())
    address = text(entry, _SENDER_SMTP) or text(entry, _SENDER)
    yield "From", _person(name, address)
    people: dict[str, list[str]] = {}
    for role, person in _recipients(entry):
        people.setdefault(role, []).append(person)
    yield from ((role, ", ".join(named)) for role, named in people.items())
    yield "Message-ID", text(entry, _MESSAGE_ID)
    for moment in ("client_submit_time", "delivery_time", "creation_time"):
        when = getattr(entry, moment, None)
        if when and when.year > 1601:
            yield "Date", format_datetime(when).replace("-0000", "+0000")
            return


def _recipients(entry: Any) -> Iterator[tuple[str, str]]:
    listed = getattr(entry, "recipients", None)
    count = getattr(listed, "number_of_recipients", 0) if listed is not None else 0
    for at in range(count):
        person = listed.get_recipient(at)  # type: ignore[union-attr]
        address = text(person, _SMTP_ADDRESS) or text(person, _ADDRESS)
        role = _ROLES.get(number(person, _ROLE) or 1, "To")
        if named := _person(text(person, _NAME), address):
            yield role, named


def _person(name: str, address: str) -> str:
    """A name and an address as mail writes them; Exchange's own addresses are no addresses."""
    plain = "".join(char for char in name if char >= " ")
    if "@" not in address:
        return f'"{plain}"' if plain else ""
    return formataddr((plain if plain != address else "", address.strip()), charset="utf-8")


def _fields(entry: Any) -> str:
    """The fields of an entry that is no mail, one a line; "" for mail."""
    kind = text(entry, _CLASS)
    if kind.startswith(("IPM.Note", "IPM.Post", "REPORT")) or not kind:
        return ""
    found = texts(entry, _FIELDS, "cp1252")
    return "\n".join([f"Kind: {kind}", *(f"{name}: {value}" for name, value in found.items())])


def _attachments(entry: Any) -> Iterator[tuple[str, str, bytes]]:
    """Name, media type and bytes of each attachment; one that cannot be read is named empty."""
    for at in range(getattr(entry, "number_of_attachments", 0)):
        attachment = entry.get_attachment(at)
        name = text(attachment, _LONG_NAME) or text(attachment, _SHORT_NAME)
        name = _UNSAFE.sub(" ", name).strip() or f"attachment {at + 1}"
        try:
            size = attachment.get_size()
            data = attachment.read_buffer(size) if size else b""
        except (OSError, RuntimeError):
            name, data = f"{name} (not readable)", b""
        kind = text(attachment, _MIME) or mimetypes.guess_type(name)[0] or ""
        if not re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind) or kind.startswith(
            ("message/", "multipart/")
        ):
            kind = "application/octet-stream"
        yield name, kind, data


def _words(entry: Any, name: str) -> str:
    data = getattr(entry, name, None)
    if not data:
        return ""
    return decode(data).text if isinstance(data, bytes) else str(data)
