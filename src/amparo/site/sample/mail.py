"""E-mails and mailboxes of the sample matter, as mail programs write them (RFC 5322, RFC 4155)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from mimetypes import guess_type

__all__ = ["Letter", "mailbox", "message"]

Letter = Mapping[str, object]
"""What YAML gives: ``from`` and ``to`` (name and address), ``subject``, ``sent``, ``text``."""


def message(letter: Letter, attached: Mapping[str, bytes]) -> bytes:
    """An .eml with its attachments, the same bytes each time."""
    made = EmailMessage(policy=SMTP)
    sender, receiver = letter["from"], letter["to"]
    assert isinstance(sender, list)
    assert isinstance(receiver, list)
    sent = letter["sent"]
    assert isinstance(sent, datetime)
    made["From"] = _address(sender)
    made["To"] = _address(receiver)
    made["Subject"] = str(letter["subject"])
    made["Date"] = format_datetime(sent)
    mark = sha256(f"{sent}{letter['subject']}".encode()).hexdigest()[:20]
    made["Message-ID"] = f"<{mark}@{made['From'].addresses[0].domain}>"
    if "answers" in letter:
        made["In-Reply-To"] = str(letter["answers"])
    made.set_content(str(letter["text"]), cte="quoted-printable")
    for name, data in attached.items():
        main, _, sub = (guess_type(name)[0] or "application/octet-stream").partition("/")
        made.add_attachment(data, maintype=main, subtype=sub, filename=name)
    if attached:
        made.set_boundary(f"=_{mark}")
    return made.as_bytes()


def mailbox(letters: Sequence[Letter]) -> bytes:
    """An mbox of letters without attachments; lines that begin with "From " are quoted."""
    written = b""
    for letter in letters:
        sent, sender = letter["sent"], letter["from"]
        assert isinstance(sent, datetime)
        assert isinstance(sender, list)
        body = message(letter, {}).replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ")
        written += f"From {sender[1]} {sent:%a %b %d %H:%M:%S %Y}\n".encode() + body + b"\n"
    return written


def _address(pair: list[str]) -> Address:
    name, address = pair
    user, _, domain = address.partition("@")
    return Address(name, user, domain)
