"""Facebook, Instagram and X: letters put right, times in order, what the archive claims."""

from __future__ import annotations

import json
from typing import Any

import pytest

from amparo.extract.conversations import read
from amparo.extract.conversations.meta import mended
from tests.extract.conversations.builders import messages_of, reading_of


def as_meta(text: str) -> str:
    """A string as Meta's archives write it."""
    return text.encode().decode("latin-1")


def thread(*messages: dict[str, Any]) -> dict[str, Any]:
    return {
        "participants": [{"name": as_meta("Aïcha Benali")}, {"name": as_meta("سلمى")}],
        "messages": list(messages),
        "title": as_meta("Les Nôtres"),
        "thread_path": "inbox/nous_1",
    }


def said(name: str, milliseconds: int, **more: Any) -> dict[str, Any]:
    return {"sender_name": as_meta(name), "timestamp_ms": milliseconds, **more}


@pytest.mark.parametrize("text", ["Café", "سلمى", "Оксана 🙂", "plain", ""])
def test_letters_are_put_right(text: str) -> None:
    assert mended(as_meta(text)) == text


@pytest.mark.parametrize("text", ["Café", "naïve", "déjà", "Ё", "Ã"])
def test_right_letters_stay(text: str) -> None:
    assert mended(text) == text


def test_facebook() -> None:
    data = thread(
        said("سلمى", 1614852240000, content=as_meta("oui ✓"), reactions=[
            {"reaction": as_meta("❤"), "actor": as_meta("Aïcha Benali")}]),
        said("Aïcha Benali", 1614852180000, photos=[
            {"uri": "your_facebook_activity/messages/inbox/nous_1/photos/1.jpg"}]),
    )  # fmt: skip
    reading = reading_of(json.dumps(data), "message_1.json")
    photo, yes = messages_of(reading)
    assert (photo[0].sender, photo[0].at) == ("Aïcha Benali", "2021-03-04T10:03:00Z")
    assert photo[0].attachments == ("your_facebook_activity/messages/inbox/nous_1/photos/1.jpg",)
    assert yes[1] == "oui ✓\n[❤ Aïcha Benali]"
    assert reading.metadata["title"] == "Les Nôtres"
    assert reading.metadata["chat:archive"].startswith("Facebook,")
    assert reading.settings["strings put right"].startswith("8 ")


def test_instagram_and_broken_times() -> None:
    data = thread(
        said("Leo", 10**20, content="a", photos=[{"uri": "your_instagram_activity/x.jpg"}])
    )
    reading = reading_of(json.dumps(data))
    assert reading.metadata["chat:archive"].startswith("Instagram,")
    assert messages_of(reading)[0][0].at == ""


def test_encrypted_chats_of_facebook() -> None:
    data = {"participants": ["Leo", "Ana"], "threadName": "Leo_7", "messages": [
        {"isUnsent": True, "media": [], "senderName": "Leo", "text": "",
         "timestamp": 1614852180000},
        {"isUnsent": False, "media": [{"uri": "./media/1.jpg"}], "senderName": "Ana", "text": "hi",
         "timestamp": 1614852190000},
    ]}  # fmt: skip
    gone, sent = messages_of(reading_of(json.dumps(data)))
    assert gone[0].kind == "deleted"
    assert sent[0].attachments == ("media/1.jpg",)


def test_the_order_of_old_instagram() -> None:
    data = [{"participants": ["a", "b"], "conversation": [
        {"sender": "a", "created_at": "2019-03-04T10:31:00.123456+00:00", "text": "two"},
        {"sender": "b", "created_at": "2019-03-04T10:30:00.123456+00:00", "text": "one"},
    ]}]  # fmt: skip
    assert [words for _, words in messages_of(reading_of(json.dumps(data)))] == ["one", "two"]


MESSAGES = [{"dmConversation": {"conversationId": "11-22", "messages": [
    {"messageCreate": {"recipientId": "22", "senderId": "11", "id": "901", "text": "see t.co/x",
     "mediaUrls": ["https://ton.example/dm/901/9/pic.jpg"], "urls": [{"expanded": "https://a.example"}],
     "createdAt": "2021-03-04T10:30:00.000Z"}},
    {"participantsLeave": {"userIds": ["22"], "createdAt": "2021-03-04T10:20:00.000Z"}},
]}}]  # fmt: skip


def test_messages_of_x() -> None:
    reading = reading_of("window.YTD.direct_messages.part0 = " + json.dumps(MESSAGES), "dm.js")
    left, sent = messages_of(reading)
    assert (left[0].kind, left[1]) == ("notice", "people left: 22")
    assert (sent[0].sender, sent[0].at) == ("11", "2021-03-04T10:30:00Z")
    assert sent[0].attachments == ("direct_messages_media/901-pic.jpg",)
    assert "[https://a.example]" in sent[1]
    assert reading.metadata["chat:people"].split("\n") == ["11", "22"]


def test_posts_of_x() -> None:
    post = {
        "tweet": {
            "id_str": "7",
            "full_text": "A post",
            "created_at": "Thu Mar 04 10:30:00 +0000 2021",
        }
    }
    found = messages_of(reading_of("window.YTD.tweets.part0 = " + json.dumps([post])))
    assert [(each.at, words) for each, words in found] == [("2021-03-04T10:30:00Z", "A post")]


def test_an_account_of_x_is_a_claim() -> None:
    account = [{"account": {"username": "rosa", "accountId": "11", "email": "r@example.org"}}]
    reading = reading_of("window.YTD.account.part0 = " + json.dumps(account))
    assert reading.metadata["x:accountId"] == "11"
    assert "says that it is of" in reading.metadata["chat:says of itself"]
    assert messages_of(reading) == []


def test_other_scripts_are_none() -> None:
    assert read("window.YTD.ad_impressions.part0 = []", "ads.js") is None
    assert read("window.YTD.tweets.part0 = [", "tweets.js") is None
    assert read("var window = {}", "a.js") is None
