"""Text, tables, calendars and cards."""

import json

import pytest

from amparo.base.errors import UnreadableFile
from amparo.extract import sections
from amparo.extract.readers import text
from tests.extract.builders import labels_of, pages_of, read_with, words_of


def test_plain_text_in_an_older_encoding() -> None:
    reading = read_with(text, "Свидетель видел двух солдат у моста.".encode("cp1251"), "a.txt")
    assert words_of(reading) == "Свидетель видел двух солдат у моста."
    assert reading.settings["encoding"] == "cp1251"


@pytest.mark.parametrize("data", [b"", b"  \n\t ", bytes(range(256)) * 40])
def test_what_is_no_text_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_with(text, data)


def test_long_text_is_cut_at_line_ends() -> None:
    pages = pages_of(read_with(text, b"a line of words\n" * 10_000))
    assert len(pages) > 1
    assert all(len(page.text) <= sections.LONGEST for page in pages)
    assert sum(page.text.count("words") for page in pages) == 10_000
    assert pages[1].label == "part 2"


def test_json_shows_the_letters_that_escapes_stand_for() -> None:
    data = json.dumps({"name": "محمد", "quote": 'a "b"', "face": "🙂"}).encode()
    words = words_of(read_with(text, data, "a.json"))
    assert "محمد" in words
    assert "🙂" in words
    assert json.loads(words)["quote"] == 'a "b"'


def test_a_table_comes_in_rows() -> None:
    reading = read_with(text, b'name;"place;\nold"\nAmal;Kyiv\n', "list.csv")
    assert words_of(reading) == "name\tplace; old\nAmal\tKyiv"
    assert reading.metadata == {"rows": "2", "columns": "2", "delimiter": "semicolon"}


def test_html_by_name_or_by_shape() -> None:
    assert words_of(read_with(text, b"<p>One</p>", "a.html")) == "One"
    assert words_of(read_with(text, b"<!DOCTYPE html><p>One</p>", "a.dat")) == "One"


def test_an_outside_entity_is_left_out_and_told() -> None:
    data = (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>b&x;</a>'
    )
    reading = read_with(text, data, "a.xml")
    assert reading.status == "partial"
    assert "outside entity" in reading.reason
    assert words_of(reading).startswith("a: b")


def test_a_calendar_gives_events() -> None:
    data = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nDTSTART:19700329T020000\r\nEND:VTIMEZONE\r\n"
        b"BEGIN:VEVENT\r\nSUMMARY:Hearing\\, part 2\r\n"
        b"DTSTART;TZID=Europe/Kyiv:20230105T0900\r\n 00\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    reading = read_with(text, data)
    assert labels_of(reading) == {
        "Event": "Summary: Hearing, part 2\nStarts (tzid Europe/Kyiv): 20230105T090000"
    }
    assert reading.metadata["title"] == "Hearing, part 2"


def test_a_card_of_an_old_phone() -> None:
    data = (
        b"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=86=D0=\n=B2=D0=B0"
        b"\xd0\xbd\nTEL:+380 44\nPHOTO;ENCODING=B;TYPE=JPEG:AAAA\nEND:VCARD\n"
    ).replace(b"\xd0\xbd", b"=D0=BD")
    words = words_of(read_with(text, data))
    assert "Name: Іван" in words
    assert "Telephone: +380 44" in words
    assert "AAAA" not in words
