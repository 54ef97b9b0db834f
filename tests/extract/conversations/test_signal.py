"""Signal as other programs write it: sigtop, signal-export, and the XML of text messages."""

from __future__ import annotations

import json

import pytest

from amparo.extract.conversations import read
from tests.extract.conversations.builders import messages_of, reading_of

LONG = """Conversation: Rosa (+12025550101)

From: You
Type: outgoing
Sent: Thu, 4 Mar 2021 10:30:00 +0300
Attachment: order.pdf (application/pdf, 1200 bytes)
Reaction: 👍 from Rosa

First line

From: nobody in these words

From: Rosa (+12025550101)
Type: incoming
Sent: Thu, 4 Mar 2021 10:31:00 +0300
Received: Thu, 4 Mar 2021 10:31:02 +0300

yes

From: Rosa (+12025550101)
Type: call-history
Sent: unknown
"""


def test_sigtop() -> None:
    sent, answer, call = messages_of(reading_of(LONG, "Rosa.txt"))
    assert (sent[0].sender, sent[0].at) == ("You", "2021-03-04T10:30:00+03:00")
    assert sent[0].outgoing is True
    assert sent[0].attachments == ("order.pdf",)
    assert sent[1].startswith("First line\n")
    assert (answer[0].outgoing, answer[1]) == (False, "yes")
    assert (call[0].kind, call[0].at) == ("call", "")


def test_sigtop_short() -> None:
    text = "2021-03-04 10:30 You: one\nmore\n2021-03-04 10:31 Rosa: two\n2021-03-04 10:32 You:\n"
    found = messages_of(reading_of(text, "Rosa.txt"))
    assert [(each.outgoing, words) for each, words in found] == [
        (True, "one\nmore"),
        (False, "two"),
        (True, ""),
    ]


def test_signal_export() -> None:
    text = (
        "[2021-03-04 10:30:00] Me: see ![1.jpg](./media/1.jpg)\n\n[2021-03-04 10:31:00] Rosa: ok\n"
    )
    reading = reading_of(text, "chat.md")
    picture, answer = messages_of(reading)
    assert picture[0].attachments == ("media/1.jpg",)
    assert (answer[0].sender, answer[1]) == ("Rosa", "ok")
    assert "whoever ran it" in reading.metadata["chat:says of itself"]


def test_signal_export_lines() -> None:
    row = {"date": "2021-03-04T10:30:00", "sender": "Rosa", "body": "ok", "quote": "> so?",
           "attachments": [{"name": "1.jpg", "path": "./media/1.jpg"}]}  # fmt: skip
    reading = reading_of(json.dumps(row) + "\n{broken\n", "data.json")
    ((message, words),) = messages_of(reading)
    assert (message.attachments, words) == (("media/1.jpg",), "> so?\nok\n[media/1.jpg]")
    assert reading.reason == "1 of its lines are no messages and were left out."


def test_sms() -> None:
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><smses count="2">'
        '<sms address="+12025550101" contact_name="Rosa" date="1614852180000" type="1"'
        ' body="where?"/>'
        '<sms address="+12025550101" contact_name="(Unknown)" date="nine" type="2" body="here"/>'
        "</smses>"
    )
    received, sent = messages_of(reading_of(text, "SignalPlaintextBackup.xml"))
    assert (received[0].sender, received[0].at) == ("Rosa (+12025550101)", "2021-03-04T10:03:00Z")
    assert (sent[0].outgoing, sent[0].at) == (True, "")


@pytest.mark.parametrize("text", ["# Notes\n\n- one\n", "Conversation: with nobody\n"])
def test_other_texts_are_none(text: str) -> None:
    assert read(text, "chat.md") is None
