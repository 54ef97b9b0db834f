"""Outlook's messages: who, when, what, and what is attached, messages included."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from amparo.base.errors import UnreadableFile
from amparo.extract.readers import mail
from tests.extract.builders import bytes_of, labels_of, read_with
from tests.extract.compound import compound_file, outlook_message

SINCE_1601 = datetime(2021, 3, 1, 10, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)
SENT = int(SINCE_1601.total_seconds()) * 10**7  # in 100 ns


def test_a_message_gives_headers_words_and_attachments() -> None:
    data = compound_file(outlook_message("Що сталося", "We were held.", sent=SENT))
    reading = read_with(mail, data, "a.msg")
    assert labels_of(reading)[""] == (
        "From: Amal <amal@example.org>\nTo: Ivan <ivan@example.org>\n"
        "Date: 2021-03-01T10:00:00Z\nSubject: Що сталося\n\nWe were held."
    )
    assert reading.metadata["title"] == "Що сталося"
    assert [(c.path, bytes_of(c)) for c in reading.children] == [("list.csv", b"a,b")]


def test_a_message_attached_to_a_message_is_read_too() -> None:
    inner = outlook_message("Before", "The first words.", top=False)
    reading = read_with(mail, compound_file(outlook_message("After", "See below.", inner=inner)))
    assert "The first words." in labels_of(reading)["attached message: Before"]
    assert [child.path for child in reading.children] == ["list.csv", "before/list.csv"]


def test_words_in_the_code_page_of_the_message() -> None:
    message = outlook_message("x", "")
    message["__substg1.0_1000001E"] = "Свидетель".encode("cp1251")
    fixed = message["__properties_version1.0"]
    assert isinstance(fixed, bytes)
    code_page = b"\x03\x00\xfd\x3f\x06\x00\x00\x00" + (1251).to_bytes(8, "little")
    message["__properties_version1.0"] = fixed + code_page
    del message["__substg1.0_1000001F"]
    assert "Свидетель" in labels_of(read_with(mail, compound_file(message)))[""]


def test_html_is_read_when_there_is_no_plain_text() -> None:
    message = outlook_message("x", "")
    message["__substg1.0_10130102"] = b"<p>From the page</p>"
    assert "From the page" in labels_of(read_with(mail, compound_file(message)))[""]


@pytest.mark.parametrize(
    "data", [compound_file({"WordDocument": b"x"}), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_what_is_no_message_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_with(mail, data)
