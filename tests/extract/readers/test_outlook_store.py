"""Outlook stores: every message with its headers, people and files; damage costs only itself."""

from __future__ import annotations

import contextlib
import email
import email.policy
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from amparo.base.errors import UnreadableFile
from amparo.extract.readers import outlook_entry, outlook_store
from amparo.extract.reading import Limits
from tests.extract.builders import bytes_of

LIMITS = Limits()


@pytest.fixture
def store(shared_data: Path) -> bytes:
    return (shared_data / "evidence" / "ingest-f__testPST.pst").read_bytes()


class Record:
    """An entry, recipient or attachment as libpff shows it, from tags to values."""

    def __init__(self, properties: dict[int, str | int], **more: Any) -> None:
        self._properties = list(properties.items())
        self.__dict__.update(more)

    number_of_record_sets = 1

    @property
    def number_of_entries(self) -> int:
        return len(self._properties)

    def get_record_set(self, _number: int) -> Record:
        return self

    def get_entry(self, at: int) -> Any:
        tag, value = self._properties[at]
        if isinstance(value, int):
            return _Entry(tag, 0x03, value.to_bytes(4, "little"))
        return _Entry(tag, 0x1F, value.encode("utf-16-le"))


class _Entry:
    def __init__(self, entry_type: int, value_type: int, data: bytes) -> None:
        self.entry_type, self.value_type, self.data = entry_type, value_type, data


class Recipients:
    def __init__(self, *people: Record) -> None:
        self._people = people
        self.number_of_recipients = len(people)

    def get_recipient(self, at: int) -> Record:
        return self._people[at]


def attachment(data: bytes, **names: str) -> Record:
    tags = {"long": 0x3707, "short": 0x3704, "mime": 0x370E}
    return Record(
        {tags[key]: value for key, value in names.items()},
        get_size=lambda: len(data),
        read_buffer=lambda _size: data,
    )


def entry(properties: dict[int, str | int], *files: Record, **more: Any) -> Record:
    return Record(
        properties,
        number_of_attachments=len(files),
        get_attachment=lambda at: files[at],
        **{"subject": "Orders", "sender_name": "Мария", **more},
    )


def set_(made: Record) -> email.message.EmailMessage:
    data = outlook_entry.as_internet_message(made)
    return email.message_from_bytes(data, policy=email.policy.default)  # type: ignore[return-value]


def test_headers_are_made_where_none_were_kept() -> None:
    people = Recipients(
        Record({0x3001: "Leo", 0x39FE: "leo@example.org", 0x0C15: 1}),
        Record({0x3001: "Ana", 0x3003: "/O=ORG/CN=ANA", 0x0C15: 2}),
    )
    when = datetime(2021, 3, 4, 10, 30, tzinfo=UTC)
    message = set_(
        entry(
            {0x001A: "IPM.Note", 0x5D01: "maria@example.org", 0x1035: "<1@example.org>"},
            recipients=people,
            client_submit_time=when,
            plain_text_body=b"They signed it.",
        )
    )
    assert message["From"].addresses[0].display_name == "Мария"
    assert message["From"].addresses[0].addr_spec == "maria@example.org"
    assert message["To"] == "Leo <leo@example.org>"
    assert "Ana" in message["Cc"]
    assert message["Date"].datetime == when
    assert message["Message-ID"] == "<1@example.org>"
    assert "Outlook store (IPM.Note)" in message["X-Made-From"]
    assert message.get_content().strip() == "They signed it."


def test_files_keep_their_names_and_kinds() -> None:
    message = set_(
        entry(
            {0x001A: "IPM.Note"},
            attachment(b"%PDF-1", long="приказ.pdf", short="PRIKAZ~1.PDF"),
            attachment(b"x", short="a/b.bin", mime="message/rfc822"),
            attachment(b"y"),
        )
    )
    found = [(part.get_filename(), part.get_content_type()) for part in message.iter_attachments()]
    assert found == [
        ("приказ.pdf", "application/pdf"),
        ("a b.bin", "application/octet-stream"),
        ("attachment 3", "application/octet-stream"),
    ]


def test_a_file_that_cannot_be_read_is_named() -> None:
    def broken(_size: int) -> bytes:
        raise OSError("damaged")

    torn = Record({0x3707: "a.txt"}, get_size=lambda: 5, read_buffer=broken)
    (part,) = set_(entry({}, torn)).iter_attachments()
    assert part.get_filename() == "a.txt (not readable)"


def test_words_in_rtf_alone_come_along() -> None:
    (part,) = set_(entry({0x001A: "IPM.Note"}, rtf_body=b"{\\rtf1 hello}")).iter_attachments()
    assert (part.get_filename(), part.get_content_type()) == ("body.rtf", "application/rtf")


def test_a_contact_is_a_line_for_each_field() -> None:
    message = set_(entry({0x001A: "IPM.Contact", 0x3001: "Leo Paz", 0x3A1C: "+57 1"}))
    assert message.get_content().splitlines()[:3] == [
        "Kind: IPM.Contact",
        "Name: Leo Paz",
        "Mobile telephone: +57 1",
    ]


@pytest.mark.shared_data
def test_a_real_store(store: bytes) -> None:
    reading = outlook_store.read(io.BytesIO(store), "a.pst", LIMITS)
    messages = [
        email.message_from_bytes(bytes_of(child), policy=email.policy.default)
        for child in reading.children
    ]
    assert len(messages) == 6
    assert all(message["From"] and message["To"] and message["Date"] for message in messages)
    assert "kottmann@gmail.com" in messages[0]["From"]


@pytest.mark.shared_data
@pytest.mark.parametrize("at", [0x200, 0x4400, 0x10000, 0x20000])
def test_a_damaged_store_is_read_as_far_as_it_goes_or_refused(store: bytes, at: int) -> None:
    data = bytearray(store)
    data[at : at + 512] = bytes(512)
    outcomes = []
    with contextlib.suppress(UnreadableFile):  # refused, with a sentence
        for child in outlook_store.read(io.BytesIO(bytes(data)), "a.pst", LIMITS).children:
            try:
                outcomes.append(b"X-Made-From" in bytes_of(child))
            except UnreadableFile:
                outcomes.append(True)  # explained
    assert all(outcomes)
