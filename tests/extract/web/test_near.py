"""Near-duplicates of an item and of a matter, for those who may see it, and nobody else."""

from __future__ import annotations

import io
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from amparo.base.web import jobs
from amparo.base.web.models import Job
from amparo.evidence.web.models import Item
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.actions import comparing as actions
from amparo.extract.web.actions import read_item
from amparo.extract.web.actions.comparing import METHOD, compare_item, waiting
from amparo.extract.web.models import Compared
from amparo.extract.web.queries.alike import alike, groups_of, how_alike
from amparo.extract.web.tasks import asked, comparing
from amparo.matters.web.actions import open_matter
from amparo.matters.web.models import Matter
from tests.extract.near.test_pictures import scene
from tests.extract.near.test_texts import AMAL, OTHER, ROSA, retyped
from tests.extract.pdf.samples import letter
from tests.extract.web.builders import item_of, safe
from tests.personas import Personas

pytestmark = pytest.mark.django_db

SEES = ("owner", "colleague", "interpreter", "auditor")
NOT = ("client", "administrator", "stranger")


def saved(image: Image.Image, kind: str = "PNG", **settings: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **settings)
    return out.getvalue()


@pytest.fixture
def keep(personas: Personas, matter: Matter, room: Sandbox):
    """Take a file in, read it and compare it."""

    def taken(data: bytes, name: str, *, of: Matter | None = None, by: str = "owner") -> Item:
        item = item_of(of or matter, data, name)
        read_item(item, room=room, safe=safe(), acting_user=getattr(personas, by))
        item.refresh_from_db()
        compare_item(item, room=room, safe=safe())
        return item

    return taken


def as_(personas: Personas, name: str) -> Client:
    client = Client()
    client.force_login(getattr(personas, name))
    return client


def test_a_smaller_copy_of_a_picture_is_found_with_its_distance(keep) -> None:
    first = keep(saved(scene(1)), "a.png")
    copy = keep(saved(scene(1).resize((200, 150)), "JPEG", quality=50), "b.jpg")
    keep(saved(scene(2)), "c.png")
    (found,) = alike(first)
    assert (found.item, found.kind) == (copy, "picture")
    assert found.distance <= 4
    assert found.words == f"{found.distance:.0f} of 64 bits differ"
    assert how_alike(copy, first).distance == found.distance
    assert groups_of(first.matter) == [[first.pk, copy.pk]]


def test_a_picture_of_another_matter_is_never_found(keep, personas: Personas) -> None:
    other = open_matter("Another", acting_user=personas.stranger)
    first = keep(saved(scene(1)), "a.png")
    keep(saved(scene(1).resize((200, 150))), "b.png", of=other, by="stranger")
    assert alike(first) == []


def test_a_retyped_declaration_and_a_form_filled_in_again_are_found(keep) -> None:
    first = keep(AMAL.encode(), "amal.txt")
    again = keep(retyped(AMAL).encode(), "again.txt")
    form = keep(ROSA.encode(), "rosa.txt")
    keep(OTHER.encode(), "minutes.txt")
    found = {each.item: each for each in alike(first)}
    assert set(found) == {again, form}
    assert all(each.kind == "text" and 0 < each.distance < 0.3 for each in found.values())
    assert "% of the text differs" in found[form].words
    (group,) = groups_of(first.matter)
    assert set(group) == {first.pk, again.pk, form.pk}


def test_a_scanned_copy_of_a_page_is_found_by_what_it_looks_like(keep, room: Sandbox) -> None:
    pdf = letter("The order of the northern post was signed before two witnesses. " * 4)
    first = keep(pdf, "order.pdf")
    (drawn,) = room.render(pdf, media_type="application/pdf", pages=[1], width=600)
    sheet = Image.open(io.BytesIO(drawn.data)).convert("RGB")
    scan = keep(saved(sheet, "PDF", resolution=72), "scan.pdf")
    (found,) = [each for each in alike(first) if each.kind == "page"]
    assert (found.item, found.own_page, found.other_page) == (scan, 1, 1)


def test_the_same_bytes_inside_another_file_are_named(keep, matter: Matter) -> None:
    first = keep(saved(scene(3)), "a.png")
    mail = item_of(matter, b"From: a@b\n\nhello", "m.eml")
    inside = item_of(matter, saved(scene(3)), "m/a.png", parent=mail)
    (found,) = alike(first)
    assert (found.item, found.words) == (inside, "the same bytes")


def test_comparing_again_leaves_one_of_each(keep, room: Sandbox) -> None:
    item = keep(saved(scene(1)), "a.png")
    compare_item(item, room=room, safe=safe())
    assert item.fingerprints.count() == 1
    assert Compared.objects.get(item=item).version == METHOD


@pytest.mark.skipif(
    os.environ.get("AMPARO_TESTS_ON") != "servers", reason="SQLite lets one writer in at a time"
)
@pytest.mark.django_db(transaction=True)
def test_two_that_compare_the_same_item_do_not_trip(
    personas: Personas, matter: Matter, room: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = item_of(matter, AMAL.encode(), "amal.txt")
    read_item(item, room=room, safe=safe(), acting_user=personas.owner)
    both, said = Barrier(2), actions._said

    def said_at_once(item: Item) -> list[tuple[str, int, bytes]]:
        marks = list(said(item))
        both.wait(30)
        return marks

    def compared() -> int:
        try:
            return compare_item(item, room=room, safe=safe())
        finally:
            connections.close_all()

    monkeypatch.setattr(actions, "_said", said_at_once)
    with ThreadPoolExecutor(2) as two:
        assert [each.result() for each in [two.submit(compared), two.submit(compared)]] == [1, 1]
    assert item.fingerprints.count() == 1


def test_the_job_compares_what_waits(
    personas: Personas, matter: Matter, keep, room: Sandbox, monkeypatch
) -> None:
    monkeypatch.setattr(asked, "reading_room", lambda: room)
    item = item_of(matter, saved(scene(1)), "a.png")
    read_item(item, room=room, safe=safe(), acting_user=personas.owner)
    assert list(waiting(matter)) == [item]
    client = as_(personas, "owner")
    client.post(reverse("extract:compare", args=[matter.pk]))
    client.post(reverse("extract:compare", args=[matter.pk]))
    job = Job.objects.get(name="extract.compare")  # asked twice, done once
    from amparo.base.web.jobs import Progress

    monkeypatch.setattr(Progress, "report", lambda *_args, **_more: None)
    comparing.compare(Progress(job), **job.payload)
    assert not waiting(matter).exists()


@pytest.fixture
def two_read(
    personas: Personas, matter: Matter, room: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> Job:
    """Two files that wait to be compared, and the running job that is to do it."""
    monkeypatch.setattr(asked, "reading_room", lambda: room)
    for number in (1, 2):
        item = item_of(matter, saved(scene(number)), f"{number}.png")
        read_item(item, room=room, safe=safe(), acting_user=personas.owner)
    comparing.ask_to_compare(matter, user=personas.owner)
    job = jobs.claim("this")
    assert job
    return job


def test_a_long_comparison_goes_on_in_another_job(
    matter: Matter, two_read: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "AT_ONCE", 1)
    for left in (1, 0):
        jobs.run(two_read if left else jobs.claim("this"))
        assert waiting(matter).count() == left
    assert set(Job.objects.values_list("state", flat=True)) == {Job.State.DONE}


def test_who_finds_another_at_it_comes_back_later(
    matter: Matter, personas: Personas, two_read: Job
) -> None:
    comparing.ask_to_compare(matter, user=personas.owner)
    second = jobs.claim("that")
    assert second
    jobs.run(second)
    assert waiting(matter).count() == 2
    later = Job.objects.get(state=Job.State.QUEUED)
    assert later.not_before > timezone.now() + timedelta(seconds=30)
    jobs.run(two_read)
    assert not waiting(matter).exists()


@pytest.mark.parametrize("name", SEES)
def test_the_team_sees_them_side_by_side(personas: Personas, keep, name: str) -> None:
    first, form = keep(AMAL.encode(), "amal.txt"), keep(ROSA.encode(), "rosa.txt")
    client = as_(personas, name)
    page = client.get(reverse("extract:near", args=[first.pk]) + f"?with={form.pk}")
    assert page.status_code == 200
    assert "<del>Amal Haddad,</del>" in page.content.decode()
    assert "<ins>Rosa Ortega,</ins>" in page.content.decode()
    groups = client.get(reverse("extract:near-matter", args=[first.matter_id]))
    assert "rosa.txt" in groups.content.decode()
    part = client.get(reverse("extract:near", args=[first.pk]), headers={"HX-Request": "true"})
    assert "of the text differs" in part.content.decode()


@pytest.mark.parametrize("name", NOT)
def test_others_find_nothing(personas: Personas, keep, name: str) -> None:
    item = keep(AMAL.encode(), "amal.txt")
    client = as_(personas, name)
    for address in (
        reverse("extract:near", args=[item.pk]),
        reverse("extract:near-matter", args=[item.matter_id]),
    ):
        assert client.get(address).status_code == 404
    assert client.post(reverse("extract:compare", args=[item.matter_id])).status_code == 404


def test_who_may_not_add_does_not_compare(personas: Personas, matter: Matter) -> None:
    address = reverse("extract:compare", args=[matter.pk])
    assert as_(personas, "auditor").post(address).status_code == 403


def test_only_items_of_the_same_matter_are_set_beside(personas: Personas, keep) -> None:
    item = keep(AMAL.encode(), "amal.txt")
    other = open_matter("Another", acting_user=personas.owner)
    foreign = item_of(other, ROSA.encode(), "rosa.txt")
    client = as_(personas, "owner")
    address = reverse("extract:near", args=[item.pk])
    for wanted in (foreign.pk, item.pk, "nothing"):
        assert client.get(address, {"with": str(wanted)}).status_code == 404
