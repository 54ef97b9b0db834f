"""Internet messages (RFC 5322, MIME): headers, the body as text, attachments as children.

The body is the plain text, or the HTML as text when there is no plain one. Broken messages are
read as far as they go, and what is broken is named. Dates stay as stated, with their zone.
"""

from __future__ import annotations

import email
import mimetypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import errors, policy
from email.message import Message
from importlib.metadata import version
from typing import BinaryIO

from amparo.base.errors import UnreadableFile
from amparo.extract import markup, sections
from amparo.extract.charsets import decode
from amparo.extract.readers import mail_headers
from amparo.extract.reading import Child, Limits, Reading

__all__ = ["read", "subject_of"]

_LARGEST = 512 * 2**20
_DEEPEST = 30
_BROKEN_PARTS = (
    errors.StartBoundaryNotFoundDefect, errors.CloseBoundaryNotFoundDefect,
    errors.MultipartInvariantViolationDefect, errors.NoBoundaryInMultipartDefect,
)  # fmt: skip
_ENCRYPTED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_MARK = re.compile(r"^--(\S{4,70}?)(?:--)?\r?$", re.MULTILINE)
_HEADER_LINE = re.compile(rb"^[!-9;-~]+[ \t]*:", re.MULTILINE)


@dataclass(slots=True)
class _Found:
    """What a walk over a message's parts gathers."""

    body: list[str] = field(default_factory=list)
    attachments: list[tuple[str, Message]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)


def read(file: BinaryIO, name: str, limits: Limits) -> Reading:  # noqa: ARG001
    """Read one message; UnreadableFile when there is no header at all."""
    data = file.read(_LARGEST + 1)
    message = _parse(data[:_LARGEST])
    found = _Found()
    _gather(message, found)
    if len(data) > _LARGEST:
        found.remarks.append(f"Only the first {_LARGEST >> 20} MiB were read.")
    text = mail_headers.message_text(
        mail_headers.shown(message), "\n\n".join(filter(None, found.body))
    )
    return Reading(
        status="partial" if found.remarks else "read",
        reason=" ".join(dict.fromkeys(found.remarks)),
        pages=sections.pages([("", text)]),
        metadata=mail_headers.facts(message) | found.facts,
        children=_children(found),
        tool="amparo mail",
        tool_version=version("amparo"),
    )


def subject_of(data: bytes) -> str:
    """Give the subject of a message's bytes, decoded; "" when it has none."""
    head = data[:65536].lstrip()
    return mail_headers.header(email.message_from_bytes(head, policy=policy.compat32), "Subject")


def _parse(data: bytes) -> Message:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:200]:
        data = decode(data).text.encode("utf-8", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n \t\x00")
    if not _HEADER_LINE.search(data[:4096]):
        raise UnreadableFile(
            "The file is not an e-mail message: it does not begin with headers such as From:.",
            next_step="Look at the original.",
        )
    message = email.message_from_bytes(data, policy=policy.compat32)
    for part in message.walk():
        _repair(part)
    return message


def _repair(part: Message) -> None:
    """Decode headers that hold raw bytes, and part what the boundary that it names does not."""
    for key, value in list(part.raw_items()):
        raw = str(value)
        if not raw.isascii():
            hint = str(part.get_content_charset() or "")
            part.replace_header(key, decode(raw.encode("utf-8", "surrogateescape"), hint).text)
    payload = part.get_payload()
    if part.get_content_maintype() != "multipart":
        return
    if isinstance(payload, str):
        marks = _MARK.findall(payload)
        if marks and (parts := _parted(payload, Counter(marks).most_common(1)[0][0])):
            part.set_payload(parts)
    elif part.epilogue and (boundary := part.get_boundary()) and f"--{boundary}" in part.epilogue:
        part.set_payload([*payload, *_parted(part.epilogue, boundary)])


def _parted(text: str, boundary: str) -> list[Message | str]:
    """Part a text at a boundary, as far as it has one."""
    head = f'Content-Type: multipart/mixed; boundary="{boundary}"\n\n'
    again = (head + text).encode("utf-8", "surrogateescape")
    parts = email.message_from_bytes(again, policy=policy.compat32).get_payload()
    return [each for each in parts if isinstance(each, Message)] if isinstance(parts, list) else []


def _gather(message: Message, found: _Found, depth: int = 0) -> None:
    """Sort a message's parts into body and attachments."""
    _look_for_defects(message, found)
    kind = message.get_content_type()
    if depth > _DEEPEST:
        found.remarks.append(f"Parts nested deeper than {_DEEPEST} levels were left out.")
    elif kind == "multipart/alternative" and message.is_multipart():
        _gather_alternative(message, found, depth)
    elif kind.startswith("multipart/") and message.is_multipart():
        if kind == "multipart/encrypted":
            found.remarks.append("The message is encrypted; its words need the recipient's key.")
        if kind == "multipart/signed":
            found.facts["signed"] = message.get_param("protocol", "yes") or "yes"  # type: ignore[assignment]
        for part in message.get_payload():
            if isinstance(part, Message):
                _gather(part, found, depth + 1)
    else:
        _take(message, found)


def _gather_alternative(message: Message, found: _Found, depth: int) -> None:
    """Take the plain text, else the HTML; pictures of the HTML and other kinds are attachments."""
    plain: list[str] = []
    styled: list[str] = []
    for part in _leaves(message):
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html", "text/enriched") and not _is_attached(part):
            (plain if kind == "text/plain" else styled).append(_text(part))
        else:
            _gather(part, found, depth + 1)
    words = "\n\n".join(plain)
    found.body.append(words if words.strip() else "\n\n".join(styled))


def _leaves(message: Message) -> Iterator[Message]:
    """Give the parts of an alternative, looking inside multipart/related and mixed."""
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting = [*(each for each in payload if isinstance(each, Message)), *waiting]
        else:
            yield part


def _take(part: Message, found: _Found) -> None:
    kind = part.get_content_type()
    if kind in _ENCRYPTED and part.get_param("smime-type") != "signed-data":
        found.remarks.append("The message is encrypted; its words need the recipient's key.")
    if kind in ("message/delivery-status", "text/rfc822-headers", "message/rfc822-headers"):
        found.body.append(part.as_string())
    elif (
        part.get_content_maintype() == "text"
        and not _is_attached(part)
        and kind in ("text/plain", "text/html", "text/enriched", "text/x-amp-html")
    ):
        found.body.append(_text(part))
    elif part.is_multipart() or part.get_payload():
        found.attachments.append((_filename(part, len(found.attachments) + 1), part))


def _is_attached(part: Message) -> bool:
    disposition = (part.get("Content-Disposition") or "").__str__().lower()
    return disposition.startswith("attachment") or bool(_declared_name(part))


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    declared = part.get_content_charset()
    if part.get_content_type() == "text/html":
        return markup.read_html(decode(data, declared or markup.declared_charset(data)).text).text
    text = decode(data, declared).text
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text, delsp=str(part.get_param("delsp", "")).lower() == "yes")
    return text.replace("\r\n", "\n").strip("\n")


def _unflowed(text: str, *, delsp: bool) -> str:
    """Join the soft line breaks of format=flowed (RFC 3676)."""
    lines: list[str] = []
    open_quote: str | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        quote = re.match(r">*", line)
        mark = quote[0] if quote else ""
        words = line[len(mark) :].removeprefix(" ")
        if open_quote == mark and lines:
            lines[-1] = (lines[-1][:-1] if delsp else lines[-1]) + words
        else:
            lines.append(f"{mark} {words}" if mark else words)
        open_quote = mark if words.endswith(" ") and words != "-- " else None
    return "\n".join(lines)


def _children(found: _Found) -> Iterator[Child]:
    for name, part in found.attachments:
        kind = part.get_content_type()
        known = {"content-id": str(part.get("Content-ID", "")).strip("<> ")}
        metadata = {key: value for key, value in known.items() if value}
        modified = mail_headers.stated_date(
            str(part.get_param("modification-date", "", "Content-Disposition"))
        )
        yield Child(name, _bytes(part), kind, modified, metadata)


def _bytes(part: Message) -> bytes:
    """Give an attachment's bytes; a message inside is written out again from its parts."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return b"\n".join(each.as_bytes() for each in payload if isinstance(each, Message))
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""


def _filename(part: Message, number: int) -> str:
    name = _declared_name(part)
    if name:
        return re.sub(r"[\x00-\x1f\x7f]+", " ", name).strip()
    if part.get_content_type() == "message/rfc822":
        payload = part.get_payload()
        inner = payload[0] if isinstance(payload, list) and payload else None
        subject = mail_headers.header(inner, "Subject") if isinstance(inner, Message) else ""
        return (re.sub(r"[\\/\x00-\x1f]+", " ", subject).strip()[:120] or "message") + ".eml"
    ending = mimetypes.guess_extension(part.get_content_type()) or ".bin"
    return f"part {number}{ending}"


def _declared_name(part: Message) -> str:
    try:
        name = part.get_filename()
    except (ValueError, TypeError, AttributeError, LookupError):
        return ""
    return mail_headers.decoded(name) if name else ""


def _look_for_defects(message: Message, found: _Found) -> None:
    for defect in message.defects:
        if isinstance(defect, _BROKEN_PARTS):
            found.remarks.append(
                "The message's parts are not marked as the standard asks; what could be told "
                "apart was read."
            )
