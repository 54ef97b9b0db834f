"""Outlook messages (.msg): [MS-OXMSG] over a compound file.

Properties are read from their streams: text in UTF-16 or in the message's own code page, the body
as plain text, else HTML, else compressed RTF ([MS-OXRTFCP]). Attachments are children; a message
attached to the message is a page of its own here, and its attachments are children under its
name.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from importlib.metadata import version
from io import BytesIO
from typing import BinaryIO

import olefile

from amparo.base.errors import UnreadableFile
from amparo.extract import markup, sections
from amparo.extract.charsets import decode
from amparo.extract.readers import legacy
from amparo.extract.readers.compressed_rtf import decompress
from amparo.extract.readers.mail_headers import message_text, stated_date
from amparo.extract.reading import Child, Limits, Reading

__all__ = ["read"]

_PROPERTIES = "__properties_version1.0"
_DEEPEST = 10
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_TO, _CC, _BCC = 1, 2, 3
_EMBEDDED = 5


@dataclass(frozen=True)
class _Properties:
    """The properties of one object (message, recipient, attachment) in a storage."""

    ole: olefile.OleFileIO
    storage: tuple[str, ...]
    header: int

    @cached_property
    def _fixed(self) -> dict[int, bytes]:
        data = self._stream(_PROPERTIES)
        entries = (data[i : i + 16] for i in range(self.header, len(data) - 15, 16))
        return {struct.unpack_from("<H", entry, 2)[0]: entry[8:] for entry in entries}

    def _stream(self, name: str) -> bytes:
        path = [*self.storage, name]
        return self.ole.openstream(path).read() if self.ole.exists(path) else b""

    @cached_property
    def _code_page(self) -> str | None:
        for key in (0x3FFD, 0x3FDE):
            page = self.number(key)
            if page and page not in (1200, 1201):
                return "utf-8" if page == 65001 else f"cp{page}"
        return None

    def text(self, *keys: int) -> str:
        """Give the first of the text properties that is there."""
        for key in keys:
            if data := self._stream(f"__substg1.0_{key:04X}001F"):
                return data.decode("utf-16-le", "replace").rstrip("\x00")
            if data := self._stream(f"__substg1.0_{key:04X}001E"):
                return decode(data.rstrip(b"\x00"), self._code_page).text
        return ""

    def binary(self, key: int) -> bytes:
        """Give a binary property."""
        return self._stream(f"__substg1.0_{key:04X}0102")

    def number(self, key: int) -> int:
        """Give an integer property; 0 when it is not there."""
        value = self._fixed.get(key)
        return int(struct.unpack_from("<I", value)[0]) if value else 0

    def moment(self, key: int) -> str:
        """Give a time property in UTC, ISO 8601; "" when it is not there."""
        value = self._fixed.get(key)
        ticks = struct.unpack_from("<Q", value)[0] if value else 0
        try:
            moment = _EPOCH + timedelta(microseconds=ticks // 10)
        except OverflowError:
            return ""
        return moment.isoformat(timespec="seconds").replace("+00:00", "Z") if ticks else ""

    def parts(self, kind: str) -> list[tuple[str, ...]]:
        """Give the storages of recipients or attachments, in order."""
        depth = len(self.storage)
        found = {
            tuple(path[: depth + 1])
            for path in self.ole.listdir()
            if tuple(path[:depth]) == self.storage
            and path[depth].startswith(f"__{kind}_version1.0_")
        }
        return sorted(found)


def read(file: BinaryIO, name: str, limits: Limits) -> Reading:  # noqa: ARG001
    """Read an Outlook item; UnreadableFile when the compound file is broken or is none."""
    try:
        ole = olefile.OleFileIO(BytesIO(file.read()))
    except OSError as error:
        raise UnreadableFile(
            "The message is damaged, as when a copy was cut short.", next_step="Ask for it again."
        ) from error
    if not ole.exists(_PROPERTIES):
        raise UnreadableFile("The file is not an Outlook message.")
    message = _Properties(ole, (), 32)
    remarks: list[str] = []
    try:
        pages = [
            ("", _text(message, limits, remarks)),
            *_attached_messages(message, limits, remarks),
        ]
        metadata = _facts(message)
        children = list(_children(message, "", remarks))
    except (OSError, struct.error) as error:
        raise UnreadableFile(
            "The message is damaged, as when a copy was cut short.", next_step="Ask for it again."
        ) from error
    if any("size" in str(what).lower() for _, what in ole.parsing_issues):
        remarks.append("Parts of the message are cut off, as when a copy was cut short.")
    return Reading(
        status="partial" if remarks else "read",
        reason=" ".join(dict.fromkeys(remarks)),
        pages=sections.pages(pages),
        metadata=metadata,
        children=children,
        tool="amparo mail (olefile)",
        tool_version=version("olefile"),
    )


def _text(message: _Properties, limits: Limits, remarks: list[str]) -> str:
    headers = [
        ("From", _sender(message)),
        ("To", _recipients(message, _TO) or message.text(0x0E04)),
        ("Cc", _recipients(message, _CC) or message.text(0x0E03)),
        ("Bcc", _recipients(message, _BCC) or message.text(0x0E02)),
        ("Date", message.moment(0x0039) or message.moment(0x0E06)),
        ("Subject", message.text(0x0037)),
    ]
    body = _body(message, limits, remarks)
    return message_text([(key, value) for key, value in headers if value], body)


def _body(message: _Properties, limits: Limits, remarks: list[str]) -> str:
    if (plain := message.text(0x1000)).strip():
        return plain
    html = message.binary(0x1013) or message.text(0x1013).encode()
    if html.strip():
        return markup.read_html(decode(html, markup.declared_charset(html)).text).text
    packed = message.binary(0x1009)
    if not packed:
        return ""
    try:
        made = legacy.tika(BytesIO(decompress(packed)), limits)
    except (ValueError, UnreadableFile):
        remarks.append("The body of the message is damaged and was left out.")
        return ""
    return "\n\n".join(text for _, text in made.sections)


def _sender(message: _Properties) -> str:
    name = message.text(0x0C1A, 0x0042)
    address = message.text(0x5D01, 0x5D02, 0x0C1F, 0x0065)
    return _person(name, address)


def _recipients(message: _Properties, kind: int) -> str:
    people = (_Properties(message.ole, storage, 8) for storage in message.parts("recip"))
    chosen = (person for person in people if (person.number(0x0C15) or _TO) == kind)
    return "; ".join(_person(p.text(0x3001), p.text(0x39FE, 0x3003)) for p in chosen)


def _person(name: str, address: str) -> str:
    if not address or address.upper().startswith("/O=") or name == address:
        return name or address
    return f"{name} <{address}>" if name else address


def _facts(message: _Properties) -> dict[str, str]:
    facts = {
        "title": message.text(0x0037),
        "from": _sender(message),
        "to": _recipients(message, _TO) or message.text(0x0E04),
        "cc": _recipients(message, _CC) or message.text(0x0E03),
        "bcc": _recipients(message, _BCC) or message.text(0x0E02),
        "date": _date(message),
        "created": message.moment(0x3007),
        "modified": message.moment(0x3008),
        "message-id": message.text(0x1035),
        "in-reply-to": message.text(0x1042),
        "mail:kind": message.text(0x001A),
        "mail:headers": message.text(0x007D)[:20_000],
    }
    return {key: value for key, value in facts.items() if value}


def _date(message: _Properties) -> str:
    """Give when it was sent: as the header states it, with its zone, else Outlook's own time."""
    stated = re.search(r"^Date:[ \t]*(.+)$", message.text(0x007D), re.MULTILINE | re.IGNORECASE)
    sent = stated_date(stated[1].strip()) if stated else ""
    return sent or message.moment(0x0039) or message.moment(0x0E06)


def _children(
    message: _Properties, under: str, remarks: list[str], depth: int = 0
) -> Iterator[Child]:
    for number, storage in enumerate(message.parts("attach"), 1):
        attachment = _Properties(message.ole, storage, 8)
        name = _clean(attachment.text(0x3707, 0x3704, 0x3001)) or f"attachment {number}"
        if attachment.number(0x3705) == _EMBEDDED:
            if inner := _inner(attachment, depth):
                yield from _children(inner, f"{under}{name}/", remarks, depth + 1)
            continue
        data = attachment.binary(0x3701)
        if not data:
            remarks.append(f"The attachment “{name}” is empty, or is kept elsewhere.")
            continue
        kind = attachment.text(0x370E) or None
        yield Child(under + name, data, kind, attachment.moment(0x3008))


def _attached_messages(
    message: _Properties, limits: Limits, remarks: list[str], depth: int = 0
) -> Iterator[tuple[str, str]]:
    for storage in message.parts("attach"):
        attachment = _Properties(message.ole, storage, 8)
        if attachment.number(0x3705) == _EMBEDDED and (inner := _inner(attachment, depth)):
            label = inner.text(0x0037) or "without a subject"
            yield f"attached message: {label}", _text(inner, limits, remarks)
            yield from _attached_messages(inner, limits, remarks, depth + 1)


def _inner(attachment: _Properties, depth: int) -> _Properties | None:
    storage = (*attachment.storage, "__substg1.0_3701000D")
    if depth >= _DEEPEST or not attachment.ole.exists([*storage, _PROPERTIES]):
        return None
    return _Properties(attachment.ole, storage, 24)


def _clean(name: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]+", " ", name).strip()
