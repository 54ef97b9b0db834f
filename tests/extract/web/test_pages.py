"""Every page about an item, by every persona; what a page shows of a file is never the file."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from amparo.base.web.models import Job
from amparo.evidence.web.models import CustodyEvent, Item
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.actions import pin, read_item
from amparo.extract.web.forms import page_numbers
from amparo.extract.web.models import PageText, Pinpoint
from amparo.extract.web.views import pictures
from amparo.search.web.queries import find
from tests.extract.pdf.samples import letter
from tests.extract.web.builders import item_of, safe
from tests.personas import Personas
from tests.tampering import flip

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter

pytestmark = pytest.mark.django_db

SEES = ("owner", "colleague", "interpreter", "auditor")
NOT = ("client", "administrator", "stranger")


@pytest.fixture
def item(personas: Personas, matter: Matter, room: Sandbox, monkeypatch) -> Item:
    monkeypatch.setattr(pictures, "reading_room", lambda: room)
    made = item_of(matter, letter("Habeas corpus now"), "writ.pdf")
    read_item(made, room=room, safe=safe(), acting_user=personas.owner)
    made.refresh_from_db()
    return made


def as_(personas: Personas, name: str) -> Client:
    client = Client()
    client.force_login(getattr(personas, name))
    return client


def addresses(item: Item) -> list[str]:
    return [
        reverse("extract:item", args=[item.pk]),
        reverse("extract:picture", args=[item.pk, 1]) + "?width=120",
        reverse("extract:text", args=[item.pk, 1]),
    ]


@pytest.mark.parametrize("name", SEES)
def test_the_team_sees_the_item(personas: Personas, item: Item, name: str) -> None:
    client = as_(personas, name)
    for address in addresses(item):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", NOT)
def test_others_find_nothing(personas: Personas, item: Item, name: str) -> None:
    client = as_(personas, name)
    for address in addresses(item):
        assert client.get(address).status_code == 404
    passage = {"page": 1, "start": 0, "end": 6}
    assert client.post(reverse("extract:pin", args=[item.pk]), passage).status_code == 404
    assert b"writ.pdf" not in client.get(reverse("extract:jobs")).content


def test_nobody_signed_in_is_asked_to_sign_in(item: Item) -> None:
    for address in addresses(item):
        assert Client().get(address).status_code == 302


@pytest.mark.parametrize(
    ("name", "status"), [("owner", 302), ("interpreter", 302), ("auditor", 403)]
)
def test_who_may_annotate_pins(personas: Personas, item: Item, name: str, status: int) -> None:
    answer = as_(personas, name).post(
        reverse("extract:pin", args=[item.pk]), {"page": 1, "start": 0, "end": 6}
    )
    assert answer.status_code == status
    assert Pinpoint.objects.count() == (status == 302)
    if status == 302:
        assert answer["Location"].startswith(f"/items/{item.pk}/?page=1#page=1&xywh=")
        assert Pinpoint.objects.get().quote == "Habeas"


def test_an_area_is_pinned_and_withdrawn(personas: Personas, item: Item) -> None:
    client = as_(personas, "owner")
    area = {"page": 1, "x0": 10, "y0": 20, "x1": 110, "y1": 60}
    client.post(reverse("extract:pin-area", args=[item.pk]), area)
    made = Pinpoint.objects.get()
    assert made.place.selector.rectangles == ((10, 20, 110, 60),)
    outside = client.post(reverse("extract:pin-area", args=[item.pk]), area | {"x1": 9000})
    assert outside.status_code == 400
    client.post(reverse("extract:unpin", args=[item.pk, made.pk]))
    made.refresh_from_db()
    assert made.withdrawn_at is not None


def test_the_same_passage_is_one_pinpoint(personas: Personas, item: Item) -> None:
    page = PageText.objects.get(item=item)
    first = pin(page, start=0, end=6, acting_user=personas.owner)
    assert pin(page, start=0, end=6, acting_user=personas.colleague) == first


@pytest.mark.parametrize(("name", "status"), [("colleague", 302), ("interpreter", 403)])
def test_who_may_add_reads_again(personas: Personas, item: Item, name: str, status: int) -> None:
    client = as_(personas, name)
    assert client.post(reverse("extract:reread", args=[item.pk])).status_code == status
    wanted = {"pages": "1", "languages": ["ar"]}
    assert client.post(reverse("extract:recognise", args=[item.pk]), wanted).status_code == status
    assert Job.objects.count() == (2 if status == 302 else 0)
    if status == 302:
        assert Job.objects.get(name="extract.recognise").payload["pages"] == [1]


def test_pages_beyond_the_last_are_refused(personas: Personas, item: Item) -> None:
    client = as_(personas, "owner")
    answer = client.post(reverse("extract:recognise", args=[item.pk]), {"pages": "1-4000"})
    assert answer.status_code == 400


def test_jobs_are_told_to_the_team_only(personas: Personas, item: Item) -> None:
    as_(personas, "owner").post(reverse("extract:reread", args=[item.pk]))
    job = Job.objects.get()
    stop = reverse("extract:stop", args=[job.pk])
    assert "Reading again" in as_(personas, "colleague").get(reverse("extract:jobs")).text
    assert as_(personas, "stranger").post(stop).status_code == 404
    assert as_(personas, "auditor").post(stop).status_code == 403
    assert as_(personas, "colleague").post(stop).status_code == 302
    job.refresh_from_db()
    assert job.state == "cancelled"
    as_(personas, "colleague").post(reverse("extract:again", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == "queued"


def test_pictures_are_pixels_and_stay_out_of_the_browsers_store(
    personas: Personas, item: Item
) -> None:
    answer = as_(personas, "owner").get(reverse("extract:picture", args=[item.pk, 1]))
    assert answer["Content-Type"] == "image/webp"
    assert "no-store" in answer["Cache-Control"]
    assert answer.content[:4] == b"RIFF"


def test_a_page_that_cannot_be_drawn_says_why_in_a_picture(personas: Personas, item: Item) -> None:
    answer = as_(personas, "owner").get(reverse("extract:picture", args=[item.pk, 7]))
    assert answer["Content-Type"] == "image/svg+xml"
    assert "There is no page 7" in answer.text


def test_what_a_file_says_cannot_become_markup(
    personas: Personas, matter: Matter, room: Sandbox, item: Item
) -> None:
    hostile = letter("<script>alert<b>")
    made = item_of(matter, hostile, "<img src=x onerror=alert(1)>.pdf")
    read_item(made, room=room, safe=safe(), acting_user=personas.owner)
    shown = as_(personas, "owner").get(reverse("extract:item", args=[made.pk])).text
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert "&lt;script&gt;alert&lt;b&gt;" in shown


def test_the_original_is_handed_over_verified_and_told(personas: Personas, item: Item) -> None:
    address = reverse("extract:original", args=[item.pk])
    for name in ("interpreter", "auditor"):
        assert as_(personas, name).post(address).status_code == 403
    assert as_(personas, "stranger").post(address).status_code == 404
    assert not CustodyEvent.objects.exists()
    answer = as_(personas, "colleague").post(address, {"purpose": "For the expert"})
    handed_over = b"".join(answer.streaming_content)
    assert hashlib.sha256(handed_over).hexdigest() == item.object_id
    assert answer["Content-Disposition"] == 'attachment; filename="writ.pdf"'
    assert answer["Content-Type"] == "application/octet-stream"
    told = CustodyEvent.objects.get()
    assert (told.kind, told.purpose, told.actor) == (
        "copied",
        "For the expert",
        personas.colleague,
    )
    assert told.hash_before == told.hash_after == item.object_id


def test_an_original_that_changed_is_not_handed_over(personas: Personas, item: Item) -> None:
    changed = flip(item.object.object_name, -1)
    address = reverse("extract:original", args=[item.pk])
    answer = as_(personas, "owner").post(address)
    assert answer.status_code == 409
    assert "expected" in answer.text
    assert not CustodyEvent.objects.exists()
    changed.unlink()


@pytest.mark.parametrize(("name", "status"), [("owner", 302), ("interpreter", 403)])
def test_who_may_edit_gives_a_title_and_a_date(
    personas: Personas, item: Item, name: str, status: int
) -> None:
    said = {"title": "The writ of March", "dated": "about March 2021"}
    answer = as_(personas, name).post(reverse("extract:describe", args=[item.pk]), said)
    assert answer.status_code == status
    item.refresh_from_db()
    if status == 302:
        assert (item.title, item.dated) == ("The writ of March", "2021-03~")
        assert find("date:2021-03 writ", matter_ids=[item.matter_id]).hits


def test_a_date_that_can_be_read_two_ways_is_asked_back(personas: Personas, item: Item) -> None:
    said = {"title": "", "dated": "03/04/2021"}
    answer = as_(personas, "owner").post(reverse("extract:describe", args=[item.pk]), said)
    assert answer.status_code == 400
    assert b"April" in answer.content
    item.refresh_from_db()
    assert item.dated == ""


def test_an_item_that_is_not_there_is_not_found(personas: Personas) -> None:
    assert as_(personas, "owner").get(f"/items/{uuid4()}/").status_code == 404


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", []),
        ("1", [1]),
        ("1, 4-6", [1, 4, 5, 6]),
        ("3 1 3", [1, 3]),
        ("2 - 3", [2, 3]),
        ("0", None),
        ("11", None),
        ("6-4", None),
        ("x", None),
        ("1-", None),
    ],
)
def test_pages_are_written_as_people_write_them(text: str, numbers: list[int] | None) -> None:
    assert page_numbers(text, 10) == numbers
