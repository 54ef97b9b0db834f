"""Outlook stores (.pst, .ost) by libpff: each message a child, set as an internet message.

The store is not split: a message given here was made from its parts in the store (headers as
kept, bodies, attachments), and its metadata says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from importlib.metadata import version
from typing import Any, BinaryIO

import pypff

from amparo.base.errors import UnreadableFile
from amparo.extract.charsets import decode
from amparo.extract.members import told
from amparo.extract.reading import Child, Limits, Reading

__all__ = ["read"]

_DEEPEST = 40
_UNSAFE = re.compile(r"[\\/\x00-\x1f]+")
_MADE = {"made from": "an entry of an Outlook store, by libpff"}
_SHOWN = re.compile(r"^(Date|From|To|Cc|Bcc|Message-ID|In-Reply-To|References):", re.IGNORECASE)


def read(file: BinaryIO, name: str, limits: Limits) -> Reading:  # noqa: ARG001
    """Read a store; UnreadableFile when libpff cannot open it."""
    store = pypff.file()
    damaged: list[str] = []
    try:
        store.open_file_object(file)
        root = store.get_root_folder()
    except (OSError, RuntimeError) as error:
        raise UnreadableFile(
            "The Outlook store is damaged or locked, and cannot be opened.",
            next_step="Open it in Outlook and export its messages.",
        ) from error
    folders = list(_folders(root, "", 0, damaged))
    lines = [f"{path or '/'}: {count} messages" for path, _, count in folders]
    reason = told("Folders damaged and left out", damaged)
    return Reading(
        status="partial" if reason else "read",
        reason=reason,
        children=_children(folders),
        metadata={"folders": "\n".join(lines)},
        tool="libpff",
        tool_version=version("libpff-python"),
    )


def _folders(
    folder: Any, path: str, depth: int, damaged: list[str]
) -> Iterator[tuple[str, Any, int]]:
    """Give folders with their path and count of messages; those that are damaged are named."""
    try:
        yield path, folder, folder.number_of_sub_messages
        inner = range(folder.number_of_sub_folders if depth < _DEEPEST else 0)
    except (OSError, RuntimeError):
        damaged.append(path or "/")
        return
    for number in inner:
        try:
            below = folder.get_sub_folder(number)
            label = _UNSAFE.sub(" ", below.name or "folder").strip()
        except (OSError, RuntimeError):
            damaged.append(f"{path}/folder {number + 1}")
            continue
        yield from _folders(below, f"{path}/{label}".lstrip("/"), depth + 1, damaged)


def _children(folders: list[tuple[str, Any, int]]) -> Iterator[Child]:
    for path, folder, count in folders:
        for number in range(count):
            label = f"message {number + 1}"
            yield Child(
                f"{path}/{number + 1:05d} {_subject(folder, number) or label}.eml".lstrip("/"),
                _message(folder, number),
                "message/rfc822",
                "",
                _MADE,
            )


def _subject(folder: Any, number: int) -> str:
    try:
        return _UNSAFE.sub(" ", folder.get_sub_message(number).subject or "").strip()[:120]
    except (OSError, RuntimeError):
        return ""


def _message(folder: Any, number: int) -> Iterator[bytes]:
    try:
        yield _as_internet_message(folder.get_sub_message(number))
    except (OSError, RuntimeError, ValueError) as error:
        raise UnreadableFile(f"Message {number + 1} of its folder is damaged.") from error


def _as_internet_message(message: Any) -> bytes:
    made = EmailMessage()
    for key, value in _headers(message):
        try:
            made[key] = value
        except (ValueError, TypeError):
            continue
    plain, html = _words(message, "plain_text_body"), _words(message, "html_body")
    made.set_content(plain or ("" if html else "\n"))
    if html:
        made.add_alternative(html, subtype="html")
    for number in range(message.number_of_attachments):
        attachment = message.get_attachment(number)
        size = attachment.get_size()
        data = attachment.read_buffer(size) if size else b""
        name = getattr(attachment, "name", None) or f"attachment {number + 1}"
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes(policy=SMTP.clone(utf8=True))


def _headers(message: Any) -> Iterator[tuple[str, str]]:
    kept = re.sub(r"\r?\n[ \t]+", " ", message.transport_headers or "")
    named = set()
    for line in kept.splitlines():
        if _SHOWN.match(line):
            key, _, value = line.partition(":")
            named.add(key.title())
            yield key, value.strip()
    yield "Subject", " ".join((message.subject or "").split())
    if "From" not in named and message.sender_name:
        yield "From", " ".join(message.sender_name.split())
    if "Date" not in named and message.client_submit_time:
        yield "Date", message.client_submit_time.strftime("%a, %d %b %Y %H:%M:%S +0000")


def _words(message: Any, name: str) -> str:
    data = getattr(message, name, None)
    if not data:
        return ""
    return decode(data).text if isinstance(data, bytes) else str(data)
