"""Archives whose values have any shape: read as far as they make sense, never an error."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from amparo.extract.conversations import read
from tests.extract.conversations.test_networks import MESSAGES, said, thread
from tests.extract.conversations.test_signal import LONG
from tests.extract.conversations.test_telegram import ACCOUNT, HTML, chat, message

OTHER = [
    None,
    5,
    -1,
    1e308,
    "x",
    "",
    True,
    [],
    {},
    [None],
    [[]],
    {"a": 1},
    "\x00",
    "\ud800",
    10**40,
]
TELEGRAM = {
    "personal_information": ACCOUNT,
    "chats": {
        "list": [
            chat(
                message(1, photo="photos/1.jpg", forwarded_from="Leo", edited="2021"),
                message(2, text=["a", {"type": "link", "text": "b"}], reply_to_message_id=1),
                message(3, location_information={"latitude": 1}, poll={"question": 1}),
                {"id": 4, "type": "service", "actor": "Rosa", "actor_id": "user1",
                 "action": "invite_members", "members": ["Leo"], "date": "2021-03-04T10:00:00"},
            )
        ]
    },
}  # fmt: skip
META = thread(
    said("Leo", 1614852180000, photos=[{"uri": "a/b.jpg"}], share={"link": "x"}, sticker={}),
    said("Ana", 1614852190000, content="b", reactions=[{"reaction": "x", "actor": "Leo"}]),
)
POSTS = [{"tweet": {"id_str": "7", "full_text": "A", "created_at": "x", "entities": {"media": [
    {"media_url": "https://a.example/1.jpg"}]}}}]  # fmt: skip
ACCOUNT_FILE = [{"account": {"username": "rosa", "accountId": "11"}}]
SCRIPTS = {"direct_messages": MESSAGES, "tweets": POSTS, "account": ACCOUNT_FILE}
SAMPLES: dict[str, tuple[str, Any]] = {
    "telegram": ("", TELEGRAM),
    "meta": ("", META),
    **{part: (f"window.YTD.{part}.part0 = ", value) for part, value in SCRIPTS.items()},
}


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside a value."""
    inside = value.items() if isinstance(value, dict) else ()
    for key, each in enumerate(value) if isinstance(value, list) else inside:
        yield (*at, key)
        yield from places(each, (*at, key))


def changed(value: Any, at: tuple[Any, ...], other: Any) -> Any:
    """A copy with one value replaced."""
    made = copy.deepcopy(value)
    inside = made
    for key in at[:-1]:
        inside = inside[key]
    inside[at[-1]] = other
    return made


@pytest.mark.parametrize("name", SAMPLES)
def test_json_of_any_shape(name: str) -> None:
    opening, value = SAMPLES[name]
    for at in places(value):
        for other in OTHER:
            reading = read(opening + json.dumps(changed(value, at, other)), "a.json")
            for page in reading.pages if reading else ():
                assert all(each.end <= len(page.text) for each in page.messages), at
                page.text.encode()


@pytest.mark.parametrize("text", [HTML, LONG], ids=["html", "sigtop"])
def test_text_of_any_shape(text: str) -> None:
    chance = random.Random(11)
    for _ in range(200):
        start = chance.randrange(len(text))
        broken = text[:start] + chance.choice(["", "<", '"', "\x00", "]", "\n"]) + text[
            start + chance.randrange(40) :
        ]  # fmt: skip
        reading = read(broken, "a")
        for page in reading.pages if reading else ():
            assert all(each.end <= len(page.text) for each in page.messages)
