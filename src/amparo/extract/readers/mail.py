"""E-mail, told apart by what is in the file: single messages, mailboxes, Outlook's two formats.

A text with the ending ``.msg`` is an internet message; a mailbox (RFC 4155) gives each message as
a child, byte for byte, and an Outlook store gives each as a message made from its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version
from itertools import islice
from typing import BinaryIO

from amparo.base.errors import UnreadableFile
from amparo.extract.readers import internet_mail, outlook, outlook_store
from amparo.extract.reading import Child, Limits, Reading

__all__ = ["read"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STORE = b"!BDN"
_SEPARATOR = re.compile(rb"From \S.*\d{4}|From (-|\S+@\S+|MAILER-DAEMON)")
_HEADER = re.compile(rb"[!-9;-~]+:")
_LONGEST_MESSAGE = 256 * 2**20


def read(file: BinaryIO, name: str, limits: Limits) -> Reading:
    """Read mail of any of the kinds; UnreadableFile when it is none of them."""
    head = file.read(64 * 1024)
    file.seek(0)
    if not head.strip(b"\x00 \r\n\t"):
        raise UnreadableFile("The file is empty.")
    if head.startswith(_OLE):
        return outlook.read(file, name, limits)
    if head.startswith(_STORE):
        return outlook_store.read(file, name, limits)
    if head.startswith(b"From ") and len(list(islice(_messages(file), 2))) > 1:
        return _mailbox(file, limits)
    file.seek(0)
    return internet_mail.read(file, name, limits)


def _mailbox(file: BinaryIO, limits: Limits) -> Reading:
    count = sum(1 for _ in _messages(file))
    return Reading(
        children=_children(file, limits),
        metadata={"messages": str(count)},
        tool="amparo mail",
        tool_version=version("amparo"),
    )


def _children(file: BinaryIO, limits: Limits) -> Iterator[Child]:
    for number, message in enumerate(_messages(file), 1):
        if number > limits.entries + 1:
            return
        subject = internet_mail.subject_of(message)
        label = re.sub(r"[\\/\x00-\x1f]+", " ", subject).strip()[:120] or "message"
        yield Child(f"{number:05d} {label}.eml", message, "message/rfc822")


def _messages(file: BinaryIO) -> Iterator[bytes]:
    """Give each message of a mailbox without its "From " line, as it stands."""
    file.seek(0)
    taken: list[bytes] = []
    size = 0
    blank = True
    while line := file.readline():
        if blank and _SEPARATOR.match(line) and _begins_message(file):
            if any(part.strip() for part in taken):
                yield b"".join(taken)
            taken, size = [], 0
        elif size < _LONGEST_MESSAGE:
            taken.append(line)
            size += len(line)
        blank = not line.strip()
    if any(part.strip() for part in taken):
        yield b"".join(taken)


def _begins_message(file: BinaryIO) -> bool:
    """Say whether a header follows, so that a sentence "From now on, 2020" parts nothing."""
    place = file.tell()
    following = file.readline(2000)
    file.seek(place)
    return bool(_HEADER.match(following) or following.startswith(b">From "))
