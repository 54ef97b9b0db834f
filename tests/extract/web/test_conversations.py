"""A conversation on its page: people, days, words, files beside it, messages found and pinned."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from amparo.evidence.web.models import Item
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.actions import Readers, read_item, take_in
from amparo.extract.web.models import Message, Pinpoint
from amparo.extract.web.queries.conversations import SHOWN, Choice, conversation
from amparo.search.web.queries import find
from tests.extract.conversations.builders import FIRST, chat
from tests.extract.conversations.test_networks import MESSAGES
from tests.extract.web.builders import item_of, safe
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter

pytestmark = pytest.mark.django_db

SEES = ("owner", "colleague", "interpreter", "auditor")
NOT = ("client", "administrator", "stranger")
DAYS = [FIRST + timedelta(days=3 * number) for number in range(130)]


@pytest.fixture
def talk(personas: Personas, matter: Matter, room: Sandbox) -> Item:
    """A chat of 130 messages, one every third day, beside one of its pictures."""
    item_of(matter, b"a picture", "Chat/IMG-20210304-WA0001.jpg")
    return read(personas, room, item_of(matter, chat("uk", 130, times=DAYS).encode(), "Chat/c.txt"))


def read(personas: Personas, room: Sandbox, item: Item) -> Item:
    read_item(item, room=room, safe=safe(), acting_user=personas.owner)
    item.refresh_from_db()
    return item


def as_(personas: Personas, name: str) -> Client:
    client = Client()
    client.force_login(getattr(personas, name))
    return client


def page_of(personas: Personas, item: Item, query: str = "", name: str = "colleague") -> str:
    address = reverse("extract:item", args=[item.pk])
    return as_(personas, name).get(f"{address}?{query}").content.decode()


@pytest.mark.parametrize("name", SEES)
def test_the_team_sees_it(personas: Personas, talk: Item, name: str) -> None:
    page = page_of(personas, talk, name=name)
    assert "message-2" in page
    assert "Оксана Бондар" in page
    assert ('name="message"' in page) is (name in ("owner", "colleague", "interpreter"))


@pytest.mark.parametrize("name", NOT)
def test_others_find_nothing(personas: Personas, talk: Item, name: str) -> None:
    client = as_(personas, name)
    assert client.get(reverse("extract:item", args=[talk.pk])).status_code == 404
    pin = reverse("extract:pin-messages", args=[talk.pk])
    assert client.post(pin, {"message": 2}).status_code == 404


def test_a_stretch_at_a_time(talk: Item) -> None:
    first = conversation(talk, Choice())
    assert [each.message.number for each in first.bubbles] == list(range(1, SHOWN + 1))
    later = conversation(talk, Choice.of({"at": first.later.removeprefix("at=")}))
    assert [each.message.number for each in later.bubbles] == list(range(SHOWN + 1, 132))
    assert (later.earlier, later.later) == ("at=1", "")
    assert conversation(talk, Choice(page=3)).bubbles[0].message.number == 26


def test_by_person_day_and_words(talk: Item) -> None:
    hers = conversation(talk, Choice(sender="Оксана Бондар"))
    assert hers.total == 65
    assert {each.message.sender for each in hers.bubbles} == {"Оксана Бондар"}
    assert conversation(talk, Choice(day="2021-03-13")).total == 1
    assert conversation(talk, Choice(words="FICHIER")).total == 0
    assert conversation(talk, Choice(words="7: 12/7")).total == 13
    assert [(each.name, each.count) for each in hers.people][0] == ("Оксана Бондар", 65)
    assert len(hers.days) == 130


def test_files_are_linked_where_they_came(personas: Personas, talk: Item) -> None:
    page = page_of(personas, talk)
    picture = Item.objects.get(name="IMG-20210304-WA0001.jpg")
    assert reverse("extract:item", args=[picture.pk]) in page
    picture.path = "Elsewhere/x.jpg"
    picture.save(update_fields=["path"])
    assert "not in what was received" in page_of(personas, talk)


def test_files_of_an_archive_are_linked_inside_it(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    uri = "your_facebook_activity/messages/inbox/n_1/photos/1.jpg"
    messages = [{"sender_name": "Leo", "timestamp_ms": 1614852180000, "photos": [{"uri": uri}]}]
    data = json.dumps({"participants": [{"name": "Leo"}], "messages": messages}).encode()
    archive = item_of(matter, b"PK", "facebook.zip")
    folder = "your_facebook_activity/messages/inbox/n_1"
    picture = item_of(matter, b"a picture", f"{folder}/photos/1.jpg", parent=archive)
    made = read(personas, room, item_of(matter, data, f"{folder}/message_1.json", parent=archive))
    (bubble,) = conversation(made, Choice()).bubbles
    assert [file.item for file in bubble.files] == [picture]


def test_the_account_file_of_an_archive_says_whose_it_is(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    archive = item_of(matter, b"PK", "x.zip")
    account = [{"account": {"username": "rosa", "accountId": "11"}}]
    script = b"window.YTD.account.part0 = " + json.dumps(account).encode()
    read(personas, room, item_of(matter, script, "data/account.js", parent=archive))
    script = b"window.YTD.direct_messages.part0 = " + json.dumps(MESSAGES).encode()
    dms = item_of(matter, script, "data/direct-messages.js", parent=archive)
    shown = conversation(read(personas, room, dms), Choice())
    assert [(each.message.sender, each.outgoing) for each in shown.bubbles] == [
        ("", None),
        ("11", True),
    ]
    assert "says that it is of the account username: rosa" in shown.claims


def test_messages_are_found_one_by_one(personas: Personas, talk: Item, matter: Matter) -> None:
    def found(query: str) -> list[str]:
        return [
            "".join(each.text for each in hit.title)
            for hit in find(query, matter_ids=[matter.pk]).hits
        ]

    assert len(found('"57: 12/7"')) == 1
    assert "Петро" in found('"57: 12/7"')[0]
    assert find("from:Петро", matter_ids=[matter.pk]).total == 65


def test_chosen_messages_are_pinned(personas: Personas, talk: Item) -> None:
    client = as_(personas, "colleague")
    address = reverse("extract:pin-messages", args=[talk.pk])
    answer = client.post(address, {"message": ["3", "30"], "note": "Ask who"})
    assert answer.status_code == 302
    assert "page=2" in answer["Location"]
    marks = Pinpoint.objects.filter(item=talk).order_by("page")
    assert [mark.page for mark in marks] == [2, 3]
    assert marks[0].quote.startswith("[07.03.21, 09:05] Петро:\n1: 12/7")
    pinned = [each.message.number for each in conversation(talk, Choice()).bubbles if each.pinned]
    assert pinned == [3, 30]


def test_nothing_chosen_is_said(personas: Personas, talk: Item) -> None:
    address = reverse("extract:pin-messages", args=[talk.pk])
    answer = as_(personas, "colleague").post(address, {"message": ["x", "9999"]})
    assert answer.status_code == 400


def test_reading_again_replaces_the_messages(personas: Personas, talk: Item, room: Sandbox) -> None:
    read(personas, room, talk)
    assert conversation(talk, Choice()).total == 131
    assert Message.objects.filter(item=talk).count() == 262


def test_the_words_of_a_message_are_never_markup(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    text = "14/03/21, 10:00 - <b>Ana</b>: <script>alert(1)</script>\n14/03/21, 10:01 - Leo: ok\n"
    page = page_of(personas, read(personas, room, item_of(matter, text.encode(), "chat.txt")))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_unknown_query_shows_the_beginning(personas: Personas, talk: Item) -> None:
    assert 'id="message-1"' in page_of(personas, talk, "at=x&page=-3&from=")
    assert "No message fits" in page_of(personas, talk, "day=never")


def test_files_of_another_delivery_are_not_taken_for_its_own(
    personas: Personas, matter: Matter, room: Sandbox, tmp_path: Path
) -> None:
    readers = Readers(room=room, safe=safe(), acting_user=personas.owner, at_once=0)
    for name, picture in (("first", b"one"), ("second", b"two")):
        folder = tmp_path / name / "Chat"
        folder.mkdir(parents=True)
        (folder / "IMG-20210304-WA0001.jpg").write_bytes(picture)
        (folder / "chat.txt").write_text(chat("fr", 8 if name == "first" else 9), "utf-8")
        list(take_in(matter, tmp_path / name, readers=readers))
    for name in ("first", "second"):
        talk = Item.objects.get(acquisitions__intake__root__endswith=name, name="chat.txt")
        (file,) = [file for each in conversation(talk, Choice()).bubbles for file in each.files]
        assert file.item
        assert file.item.acquisitions.get().intake.root.endswith(name)
