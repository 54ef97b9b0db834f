"""E-mail: headers, words and attachments, of sound and of broken messages."""

from __future__ import annotations

import struct

import pytest

from amparo.base.errors import UnreadableFile
from amparo.extract.readers import compressed_rtf, mail
from amparo.extract.readers.mail_headers import stated_date
from tests.extract.builders import bytes_of, message, read_with, words_of


def test_a_message_gives_headers_words_and_attachments() -> None:
    reading = read_with(mail, message(html="<p>styled</p>", attached={"list.csv": b"a,b"}))
    assert words_of(reading) == (
        "From: Amal <amal@example.org>\nTo: office@example.org\n"
        "Date: Mon, 01 Mar 2021 10:00:00 +0200\nSubject: What happened\n\n"
        "We were held for two days."
    )
    assert reading.metadata["date"] == "2021-03-01T10:00:00+02:00"
    assert reading.metadata["mail:Date"] == "Mon, 01 Mar 2021 10:00:00 +0200"
    assert [(c.path, bytes_of(c)) for c in reading.children] == [("list.csv", b"a,b")]


def test_html_is_read_when_there_is_nothing_else() -> None:
    data = (
        b"From: a@b.c\nContent-Type: text/html\n\n<p>One<script>x</script></p><img src=http://t/>"
    )
    assert words_of(read_with(mail, data)).endswith("\n\nOne")


def test_raw_letters_in_headers_and_body_are_decoded() -> None:
    data = "From: José <j@x.org>\nSubject: Свидетель\n\nniño".encode("cp1251", "replace")
    data = data.replace("niño".encode("cp1251", "replace"), "свидетель видел".encode("cp1251"))
    reading = read_with(mail, data)
    assert reading.metadata["title"] == "Свидетель"
    assert words_of(reading).endswith("свидетель видел")


@pytest.mark.parametrize(
    ("stated", "subject"),
    [("=?utf-8?b?0KHQstC40LTQvtC6?=", "Свидок"), ("=?windows-1251?q?=D1=EE=ED?= 2", "Сон 2"),
     ("=?nonsense?q?abc?=", "abc"), ("=?utf-8?b?broken", "=?utf-8?b?broken")],
)  # fmt: skip
def test_encoded_words_in_headers(stated: str, subject: str) -> None:
    data = f"From: a@b.c\nSubject: {stated}\n\nx".encode()
    assert read_with(mail, data).metadata["title"] == subject


def test_a_message_saved_as_utf16() -> None:
    reading = read_with(mail, message().decode().encode("utf-16"))
    assert reading.metadata["title"] == "What happened"


def test_a_forwarded_message_is_a_child() -> None:
    inner = message(subject="The first one").decode()
    data = (
        'From: a@b.c\nContent-Type: multipart/mixed; boundary="=="\n\n--==\n\nSee below.\n--==\n'
        f"Content-Type: message/rfc822\n\n{inner}\n--==--\n"
    ).encode()
    (child,) = read_with(mail, data).children
    assert child.path == "The first one.eml"
    assert read_with(mail, bytes_of(child)).metadata["title"] == "The first one"


def test_a_wrong_boundary_loses_nothing() -> None:
    data = (
        b'From: a@b.c\nContent-Type: multipart/mixed; boundary="wrong"\n\n'
        b"----right\nContent-Type: text/plain\n\nThe words.\n----right\n"
        b'Content-Disposition: attachment; filename="a.txt"\n\nthe file\n----right--\n'
    )
    reading = read_with(mail, data)
    assert reading.status == "partial"
    assert words_of(reading).endswith("The words.")
    assert [child.path for child in reading.children] == ["a.txt"]


def test_an_encrypted_message_says_so() -> None:
    data = (
        b'From: a@b.c\nContent-Type: multipart/encrypted; boundary="=="\n\n--==\n'
        b"Content-Type: application/pgp-encrypted\n\nVersion: 1\n--==--\n"
    )
    assert "recipient's key" in read_with(mail, data).reason


def test_a_mailbox_gives_each_message_as_it_stands() -> None:
    first, second = message(subject="One"), message("From now on, 2021 was hard.", subject="Two/2")
    head = b"From amal@example.org Mon Mar  1 10:00:00 2021\n"
    reading = read_with(mail, head + first + b"\n" + head + second)
    children = list(reading.children)
    assert [child.path for child in children] == ["00001 One.eml", "00002 Two 2.eml"]
    assert bytes_of(children[1]) == second
    assert reading.metadata["messages"] == "2"


def test_flowed_text_is_joined() -> None:
    data = b"From: a@b.c\nContent-Type: text/plain; format=flowed\n\nOne \ntwo\n> three \n> four\n"
    assert words_of(read_with(mail, data)).endswith("One two\n> three four")


@pytest.mark.parametrize("data", [b"", b"\x00" * 50, b"just some words, no header at all"])
def test_what_is_no_message_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_with(mail, data)


@pytest.mark.parametrize(
    ("stated", "date"),
    [("Mon, 1 Mar 2021 10:00:00 +0200", "2021-03-01T10:00:00+02:00"),
     ("Mon, 1 Mar 2021 08:00:00 -0000", "2021-03-01T08:00:00Z"),
     ("2025-07-29T12:42:06.000Z", "2025-07-29T12:42:06Z"), ("some day", ""), ("", "")],
)  # fmt: skip
def test_dates_keep_their_zone(stated: str, date: str) -> None:
    assert stated_date(stated) == date


def test_compressed_rtf_of_the_specification() -> None:
    """[MS-OXRTFCP] 4.1.1: a simple compressed text."""
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert compressed_rtf.decompress(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_compressed_rtf_may_be_plain_or_wrong() -> None:
    plain = struct.pack("<IIII", 17, 5, 0x414C454D, 0) + b"{\\rt}"
    assert compressed_rtf.decompress(plain) == b"{\\rt}"
    with pytest.raises(ValueError, match="expected"):
        compressed_rtf.decompress(bytes(20))
