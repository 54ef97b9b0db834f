"""JSON that was cut short is read up to its last whole message; nothing else is made up."""

from __future__ import annotations

import json

import pytest

from amparo.extract.conversations.broken_json import BREAKS_OFF, parse
from tests.extract.conversations.builders import messages_of, reading_of
from tests.extract.conversations.test_telegram import chat, message


def test_whole_json_is_whole() -> None:
    assert parse('{"a": [1, {"b": "}"}]}') == ({"a": [1, {"b": "}"}]}, "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": [{"b": 1}, {"b": 2', {"a": [{"b": 1}]}),
        ('{"a": [{"b": "}]"}, {"b": "x', {"a": [{"b": "}]"}]}),
        ('[{"a": {"b": 1}, "c": [', [{"a": {"b": 1}}]),
    ],
)
def test_what_came_before_is_kept(text: str, value: object) -> None:
    assert parse(text) == (value, BREAKS_OFF)


@pytest.mark.parametrize(
    "text", ["", "{", "[1, 2", '{"a": }', "]}", '{"a": [{"b": 1}} x', "[" * 9999]
)
def test_nothing_is_made_of_the_rest(text: str) -> None:
    assert parse(text) is None or parse(text) == ({"a": [{"b": 1}]}, BREAKS_OFF)


@pytest.mark.parametrize("kept", range(40, 100, 7))
def test_a_chat_that_was_cut_short_says_so(kept: int) -> None:
    text = json.dumps(chat(*(message(number) for number in range(1, 9))))
    reading = reading_of(text[: len(text) * kept // 100])
    found = [each.own_id for each, _ in messages_of(reading)]
    assert found == [str(number) for number in range(1, len(found) + 1)]
    assert 0 < len(found) < 8
    assert (reading.status, reading.reason) == ("partial", BREAKS_OFF)
