"""Telegram's JSON and HTML: one chat or an account, whose it claims to be, replies, files."""

from __future__ import annotations

import json
from typing import Any

from amparo.extract.conversations import read
from tests.extract.conversations.builders import messages_of, reading_of


def message(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "type": "message",
        "date": f"2021-03-04T10:{number:02d}:00",
        "from": "Rosa",
        "from_id": "user1",
        "text": f"words {number}",
        **more,
    }


def chat(*messages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": "Family", "type": "private_group", "id": 5, "messages": [*messages], **more}


ACCOUNT = {"user_id": 1, "first_name": "Rosa", "phone_number": "+1 202 555 0101"}


def test_a_chat() -> None:
    data = chat(
        message(1),
        message(2, text=["see ", {"type": "link", "text": "example.org"}], reply_to_message_id=1),
        message(3, photo="photos/photo_1.jpg", text="", date_unixtime="1614852180"),
        message(4, file="(File not included. Change data exporting settings to download.)"),
        message(5, **{"from": None, "from_id": "user9"}),
        {"id": 6, "type": "service", "date": "2021-03-04T11:00:00", "actor": "Rosa",
         "actor_id": "user1", "action": "invite_members", "members": ["Leo", "Ana"], "text": ""},
    )  # fmt: skip
    reading = reading_of(json.dumps(data, indent=1))
    first, link, photo, missing, nameless, notice = messages_of(reading)
    assert (first[0].sender, first[0].at, first[1]) == ("Rosa", "2021-03-04T10:01:00", "words 1")
    assert (link[1], link[0].reply_to) == ("see example.org", "1")
    assert photo[0].attachments == ("photos/photo_1.jpg",)
    assert photo[0].at == "2021-03-04T10:03:00Z"
    assert missing[0].attachments == ()
    assert "not included" in missing[1]
    assert nameless[0].sender == "user9"
    assert (notice[0].kind, notice[1]) == ("notice", "invite members: Leo, Ana")
    assert first[0].outgoing is None
    assert "does not say whose" in reading.metadata["chat:says of itself"]
    assert reading.metadata["title"] == "Family"


def test_an_account_says_whose_it_is() -> None:
    other = message(2, **{"from": "Leo", "from_id": "user2"})
    data = {"personal_information": ACCOUNT, "chats": {"list": [chat(message(1), other)]}}
    reading = reading_of(json.dumps(data))
    assert [each.outgoing for each, _ in messages_of(reading)] == [True, False]
    claim = reading.metadata["chat:says of itself"]
    assert claim.startswith("The archive says that it is of the account Rosa")


def test_an_account_that_wrote_nothing_is_told() -> None:
    data = {
        "personal_information": {**ACCOUNT, "user_id": 77},
        "chats": {"list": [chat(message(1))]},
    }
    assert "wrote none" in reading_of(json.dumps(data)).metadata["chat:says of itself"]


def test_people_of_one_name_are_told_apart() -> None:
    data = chat(message(1), message(2, from_id="user2"))
    senders = [each.sender for each, _ in messages_of(reading_of(json.dumps(data)))]
    assert senders == ["Rosa (user1)", "Rosa (user2)"]


def test_chats_of_an_account_stay_apart() -> None:
    lists = {"chats": {"list": [chat(message(1)), {**chat(message(2)), "name": "Work"}]}}
    found = [message for message, _ in messages_of(reading_of(json.dumps(lists)))]
    assert [each.conversation for each in found] == ["Family", "Work"]


def test_broken_dates_stay_as_written() -> None:
    reading = reading_of(json.dumps(chat(message(1, date="2021-02-31T10:00:00"), message(2))))
    broken = messages_of(reading)[0][0]
    assert (broken.at, broken.written) == ("", "2021-02-31T10:00:00")


def test_other_json_is_none() -> None:
    assert read('{"messages": [], "type": "x"}', "a.json") is None
    assert read('{"from_id": 1, "messages": 5, "type": "x"}', "a.json") is None
    assert read('{"from_id": 1, "messages": [', "a.json") is None


HTML = """<!DOCTYPE html><html><head><title>Exported Data</title></head><body>
<div class="page_wrap"><div class="page_header"><div class="content">
<div class="text bold">Family</div></div></div>
<div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">4 March 2021</div></div>
<div class="message default clearfix" id="message7">
 <div class="pull_left userpic_wrap"><div class="userpic"><div class="initials">R</div></div></div>
 <div class="body">
 <div class="pull_right date details" title="04.03.2021 10:30:15 UTC+03:00">10:30</div>
 <div class="from_name">Rosa</div><div class="text">one<br>two</div></div></div>
<div class="message default clearfix joined" id="message8"><div class="body">
 <div class="pull_right date details" title="04.03.2021 10:31:00">10:31</div>
 <div class="reply_to details">In reply to <a href="#go_to_message7">this message</a></div>
 <div class="media_wrap clearfix">
 <a class="photo_wrap clearfix pull_left" href="photos/photo_1.jpg">
 <img class="photo" src="photos/photo_1_thumb.jpg"></a></div></div></div>
<div class="message default clearfix" id="message9"><div class="body">
 <div class="pull_right date details" title="x">10:32</div><div class="from_name">Leo</div>
 <div class="forwarded body"><div class="from_name">Ministry
 <span class="date details" title="01.01.2020">x</span></div>
 <div class="text">order <a href="https://example.org/a">here</a></div></div></div></div>
</div></div></div></body></html>"""


def test_html() -> None:
    reading = reading_of(HTML, "messages.html")
    notice, first, joined, forwarded = messages_of(reading)
    assert notice[0].kind == "notice"
    assert (first[0].sender, first[0].at) == ("Rosa", "2021-03-04T10:30:15+03:00")
    assert first[1] == "one\ntwo"
    assert (joined[0].sender, joined[0].reply_to) == ("Rosa", "7")
    assert joined[0].attachments == ("photos/photo_1.jpg",)
    assert (forwarded[0].sender, forwarded[0].at) == ("Leo", "")
    assert forwarded[1].startswith("[forwarded from Ministry")
    assert "order here" in forwarded[1]
    assert reading.metadata["title"] == "Family"
