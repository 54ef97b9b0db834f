"""WhatsApp's exports in six languages: who, when and what, and which dates cannot be told."""

from __future__ import annotations

import random
import re
from datetime import timedelta

import pytest

from amparo.extract.conversations import read
from tests.extract.conversations.builders import (
    FIRST,
    NAMES,
    PHONES,
    chat,
    messages_of,
    moments,
    reading_of,
)

MANY = 10_000


@pytest.mark.parametrize("language", PHONES)
def test_each_language(language: str) -> None:
    days = [FIRST + timedelta(days=3 * number) for number in range(6)]
    found = messages_of(reading_of(chat(language, times=days)))
    notice, first, second, third, picture, left_out, deleted = (each for each, _ in found)
    assert notice.kind == "notice"
    assert (first.sender, second.sender) == NAMES[language]
    assert first.at.startswith("2021-03-04T09:05")
    assert picture.attachments == ("IMG-20210304-WA0001.jpg",)
    assert (third.kind, left_out.kind, deleted.kind) == ("said", "said", "deleted")
    assert found[1][1] == "0: 12/7, 10:30 – да, oui, نعم\nsecond line: with a colon"


@pytest.mark.parametrize("language", PHONES)
def test_ten_thousand_messages_with_broken_dates(language: str) -> None:
    phone, times = PHONES[language], moments(MANY)
    lines = chat(language, MANY, times=times).split("\n")
    wanted = phone.head(times[700])
    heads = [at for at, line in enumerate(lines) if line.startswith(wanted)]
    lines[heads[0]] = re.sub(r"\d+", "47", lines[heads[0]], count=2)
    reading = reading_of("\n".join(lines))
    found = [message for message, _ in messages_of(reading)]
    assert len(found) == MANY + 1
    assert [each.number for each in found] == list(range(1, MANY + 2))
    wrong = [at for at, each in enumerate(found[1:]) if each.at[:16] != times[at].isoformat()[:16]]
    assert wrong == [700]
    assert found[701].at == ""
    assert found[701].written
    assert reading.status == "partial"
    assert reading.reason.endswith("shown as written: 1.")


def test_a_month_first_phone_is_known_by_a_day_above_twelve() -> None:
    reading = reading_of(chat("en", 2, times=[FIRST, FIRST + timedelta(days=12)]))
    assert reading.settings["order of dates"] == "month day year"
    assert [message.at[:10] for message, _ in messages_of(reading)][1:] == [
        "2021-03-04",
        "2021-03-16",
    ]


def test_time_tells_the_order_where_no_number_does() -> None:
    days = [FIRST + timedelta(days=number) for number in (0, 1, 30, 61)]  # 4/3, 5/3, 3/4, 4/5
    reading = reading_of(chat("es", 4, times=days).replace("12/7", "x"))
    assert reading.settings["order of dates"] == "day month year"
    assert "follow each other" in reading.settings["order known by"]


def test_an_order_that_cannot_be_known_is_not_guessed() -> None:
    reading = reading_of("[3/4/21, 10:00] Ana: one\n[3/4/21, 10:01] Leo: two\n")
    assert [message.at for message, _ in messages_of(reading)] == ["2021", "2021"]
    assert messages_of(reading)[0][0].written == "3/4/21, 10:00"
    assert reading.status == "partial"
    assert "cannot be told apart" in reading.reason


def test_the_same_day_either_way_is_known() -> None:
    reading = reading_of("[4/4/21, 10:00] Ana: one\n[4/4/21, 10:01] Leo: two\n")
    assert [message.at for message, _ in messages_of(reading)] == [
        "2021-04-04T10:00",
        "2021-04-04T10:01",
    ]


def test_years_of_another_calendar_stay_as_written() -> None:
    reading = reading_of("14/03/1442, 10:30 - نور: one\n15/03/1442, 10:30 - نور: two\n")
    assert [message.at for message, _ in messages_of(reading)] == ["", ""]
    assert "of this calendar" in reading.reason


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("2021-03-14, 5:46 p.m. - Ana: x", "2021-03-14T17:46"),
        ("2021/03/14, 17:46 - Ana: x", "2021-03-14T17:46"),
        ("[14.3.2021 klo 14.08.18] Ana: x", "2021-03-14T14:08:18"),
        ("[14/03/21 12:00:01 AM] Ana: x", "2021-03-14T00:00:01"),
        ("14/03/2021 17:03:48: Ana: x", "2021-03-14T17:03:48"),
        ("14.03.21 à 18:00 - Ana: x", "2021-03-14T18:00"),
        ("[14.03.21, 5:52:02 PM] Ana: x", "2021-03-14T17:52:02"),
        ("14-03-2021 18:00 - Ana: x", "2021-03-14T18:00"),
        ("14/03/21, 12:01 ص - Ana: x", "2021-03-14T00:01"),
        ("14/03/21, 25:61 - Ana: x", "2021-03-14"),
    ],
)
def test_heads(line: str, at: str) -> None:
    found = messages_of(reading_of(f"{line}\n{line}\n"))
    assert [(message.sender, message.at, words) for message, words in found] == [
        ("Ana", at, "x")
    ] * 2


def test_words_that_look_like_a_file_are_not_one() -> None:
    text = "[14/03/21, 10:00] Ana: see notes.txt (my own)\n[14/03/21, 10:01] Leo: <b: c.jpg>\n"
    assert [message.attachments for message, _ in messages_of(reading_of(text))] == [(), ()]


def test_a_notice_that_quotes_a_colon_has_no_sender() -> None:
    text = (
        "14/03/21, 10:00 - Ana: hello\n"
        "14/03/21, 10:01 - Ana changed the subject to “Court: Monday”\n"
        "14/03/21, 10:02 - Ana: bye\n"
    )
    assert [message.kind for message, _ in messages_of(reading_of(text))] == [
        "said",
        "notice",
        "said",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dear Ana,\n\n14/03/2021 was the day.\n",
        "14/03/21, 10:00 - alone: one\n",
        "2021-03-14 10:00:01 INFO - started: yes\n2021-03-14 10:00:02 INFO - ended: no\n",
        "a,b,c\n1,2,3\n",
    ],
)
def test_other_texts_are_none(text: str) -> None:
    assert read(text, "notes.txt") is None


def test_any_text_is_read_or_left() -> None:
    letters = random.Random(7)
    base = chat("ar", 40)
    for _ in range(60):
        at = letters.randrange(len(base))
        broken = base[:at] + letters.choice("\0\u200f[]:-/٣x\n") + base[at + letters.randrange(9) :]
        reading = read(broken, "_chat.txt")
        if reading is not None:
            assert all(message.end > message.start for message, _ in messages_of(reading))
