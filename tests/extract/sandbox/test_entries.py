"""Rows and messages on their way from a worker: the same on both sides, refused when they lie."""

from __future__ import annotations

import pytest

from amparo.extract.reading import Message, PageText, Rows
from amparo.extract.sandbox.channel import ProtocolError
from amparo.extract.sandbox.entries import messages, packed, rows, runs

MESSAGE = Message(
    number=3,
    start=2,
    end=9,
    words=4,
    sender="Роза",
    written="4/3/21, 10:30",
    at="2021-03-04T10:30",
    attachments=("IMG-1.jpg",),
    own_id="17",
    reply_to="12",
)


def test_they_come_as_they_left() -> None:
    page = PageText(1, 0, 0, "0123456789", rows=Rows("Pay", (1, 2, 5)), messages=(MESSAGE,))
    sent = packed(page)
    assert rows(sent) == page.rows
    assert messages(sent, page.text) == page.messages


def test_pages_of_words_say_nothing() -> None:
    assert packed(PageText(1, 0, 0, "words")) == {}
    assert rows({}) is None
    assert messages({}, "words") == ()


def test_runs_are_short() -> None:
    assert runs([1, 2, 3, 7, 9, 10]) == [[1, 3], [7, 1], [9, 2]]


@pytest.mark.parametrize("lie", [[[0, 1]], [[1, 0]], [[1, 2**40]], [["1", 1]], [1], 5])
def test_rows_that_cannot_be_are_refused(lie: object) -> None:
    with pytest.raises(ProtocolError):
        rows({"sheet": "", "runs": lie})


@pytest.mark.parametrize(("at", "value"), [(0, 0), (1, 9), (2, 99), (3, 1), (7, "sung"), (1, "2")])
def test_messages_off_their_page_are_refused(at: int, value: object) -> None:
    sent = packed(PageText(1, 0, 0, "0123456789", messages=(MESSAGE,)))
    sent["messages"][0][at] = value
    with pytest.raises(ProtocolError):
        messages(sent, "0123456789")
