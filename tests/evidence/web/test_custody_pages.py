"""The pages about exhibits, online work, holds, disposal and the watch, with every persona."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from amparo.evidence.custody.labels import code_of
from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.web.actions.disposal import propose_disposal
from amparo.evidence.web.actions.exhibits import hand_over, make_place, receive_exhibit
from amparo.evidence.web.actions.online import write_paper
from amparo.evidence.web.actions.watching import rehash
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.disposal import Disposal, Hold
from amparo.evidence.web.models.exhibits import PhysicalExhibit, StoragePlace, Transfer
from amparo.evidence.web.models.watch import Alarm, OnlinePaper, Watch
from amparo.evidence.web.queries.standing import standing_of
from amparo.evidence.web.safes import open_safe
from tests.evidence.web.workspaces import FILES, add_files
from tests.work import work_off

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

EVERYONE = ("owner", "colleague", "interpreter", "client", "auditor", "administrator", "stranger")
TEAM = {
    "owner": 200,
    "colleague": 200,
    "interpreter": 200,
    "client": 404,
    "auditor": 200,
    "administrator": 404,
    "stranger": 404,
}
LOG = {"activity": "search", "where": "Telegram", "result": "nothing at all"}


def browser(personas: Personas, who: str) -> Client:
    client = Client()
    client.force_login(getattr(personas, who))
    session = client.session
    session["confirmed"] = timezone.now().timestamp()
    session.save()
    return client


@pytest.fixture
def items(matter: Matter, personas: Personas) -> dict[str, Item]:
    return add_files(matter, personas.owner)


@pytest.fixture
def phone(matter: Matter, personas: Personas) -> PhysicalExhibit:
    return receive_exhibit(
        matter, kind="phone", title="هاتف أسود", seal="AB-1", acting_user=personas.owner
    )


@pytest.fixture
def transfer(matter: Matter, phone: PhysicalExhibit, personas: Personas) -> Transfer:
    return hand_over(
        matter,
        [phone],
        to_name="",
        to_user=personas.auditor,
        purpose="to be examined",
        acting_user=personas.owner,
    )


@pytest.fixture
def proposed(matter: Matter, items: dict[str, Item], personas: Personas) -> Disposal:
    return propose_disposal(
        matter,
        [items["photo.jpg"]],
        ground="danger",
        reason="it shows the informant",
        acting_user=personas.colleague,
    )


def text_of(personas: Personas, who: str, path: str) -> str:
    return browser(personas, who).get(path).content.decode()


def test_who_sees_the_pages_of_a_matter(
    personas: Personas,
    matter: Matter,
    items: dict[str, Item],
    transfer: Transfer,
    proposed: Disposal,
) -> None:
    paper = write_paper(matter, "activity", LOG, acting_user=personas.owner)
    place = f"/matters/{matter.pk}"
    (exhibit,) = matter.physical_exhibits.all()
    for path in (
        f"{place}/exhibits/",
        f"/exhibits/{exhibit.pk}/",
        f"/transfers/{transfer.pk}/",
        f"/transfers/{transfer.pk}/receipt.pdf",
        f"{place}/online/",
        f"{place}/online/{paper.thread}/",
        f"{place}/keeping/",
        f"{place}/disposals/{proposed.pk}/",
    ):
        found = {who: browser(personas, who).get(path).status_code for who in EVERYONE}
        assert found == TEAM, path


def test_who_may_change_what(
    personas: Personas,
    matter: Matter,
    items: dict[str, Item],
    phone: PhysicalExhibit,
    proposed: Disposal,
) -> None:
    place = f"/matters/{matter.pk}"
    item = items["empty.txt"]
    for path in (
        f"{place}/exhibits/add/",
        f"{place}/transfers/new/",
        f"{place}/online/plan/write/",
        f"/items/{item.pk}/online/",
    ):
        found = {who: browser(personas, who).get(path).status_code for who in EVERYONE}
        denied = {"interpreter": 403, "auditor": 403}
        assert found == {**TEAM, **denied}, path
    for path in (f"{place}/custody.pdf", f"/items/{item.pk}/custody.pdf"):
        found = {who: browser(personas, who).get(path).status_code for who in EVERYONE}
        assert found == {**TEAM, "interpreter": 403, "auditor": 403}, path
    posts = {
        f"/exhibits/{phone.pk}/note/": {"kind": "unsealed", "purpose": "x"},
        f"{place}/holds/": {"reason": "x"},
        f"{place}/retention/": {"rule": "keep"},
        f"{place}/disposals/": {"item": str(item.pk)},
        f"{place}/disposals/{proposed.pk}/decide/": {"do": "approve"},
    }
    for path, data in posts.items():
        for who in ("interpreter", "auditor", "client", "administrator", "stranger"):
            status = browser(personas, who).post(path, data).status_code
            assert status in (403, 404), (path, who)
    assert standing_of(phone).seal == "AB-1"
    assert not Hold.objects.exists()
    assert not hasattr(proposed, "decision")


def test_an_exhibit_is_taken_into_custody_from_the_browser(
    personas: Personas, matter: Matter, items: dict[str, Item]
) -> None:
    safe = make_place("Safe", "safe", acting_user=personas.owner)
    client = browser(personas, "colleague")
    said = {
        "title": "Notebook",
        "kind": "notebook",
        "from_whom": "the sister",
        "occurred_at": "May 2026",
        "seal": "N-1",
        "storage": str(safe.pk),
        "photographs": [str(items["photo.jpg"].pk)],
    }
    path = f"/matters/{matter.pk}/exhibits/add/"
    assert client.post(path, {**said, "occurred_at": "03/04/2021"}).status_code == 422
    assert client.post(path, said).status_code == 302
    made = PhysicalExhibit.objects.get()
    now = standing_of(made)
    assert (now.seal, now.place) == ("N-1", "Safe")
    page = client.get(f"/exhibits/{made.pk}/").content.decode()
    assert "Colleague</bdi> sealed it" in page
    assert "written down later" in page
    note = {"kind": "unsealed", "purpose": "to copy its pages"}
    client.post(f"/exhibits/{made.pk}/note/", note)
    client.post(f"/exhibits/{made.pk}/note/", {"kind": "sealed"})
    assert standing_of(made).seal == ""


def test_labels_are_a_pdf_and_lead_back(
    personas: Personas, matter: Matter, phone: PhysicalExhibit
) -> None:
    client = browser(personas, "interpreter")
    path = f"/matters/{matter.pk}/exhibits/labels/"
    answer = client.post(path, {"exhibit": str(phone.pk), "sheet": "a4-21", "skip": "3"})
    assert answer.content.startswith(b"%PDF")
    code = code_of(phone.pk)
    assert client.get("/exhibits/find/", {"code": code})["Location"] == f"/exhibits/{phone.pk}/"
    assert browser(personas, "stranger").get("/exhibits/find/", {"code": code}).status_code == 400
    assert client.get("/exhibits/find/", {"code": "http://evil"}).status_code == 400


def test_a_transfer_is_made_receipted_and_acknowledged(
    personas: Personas, matter: Matter, phone: PhysicalExhibit
) -> None:
    client = browser(personas, "colleague")
    path = f"/matters/{matter.pk}/transfers/new/"
    said = {"exhibits": [str(phone.pk)], "purpose": "analysis"}
    assert client.post(path, said).status_code == 422, "to whom?"
    assert client.post(path, {**said, "to_user": str(personas.auditor.pk)}).status_code == 302
    made = Transfer.objects.get()
    assert "Waits for the receiver" in text_of(personas, "owner", f"/matters/{matter.pk}/exhibits/")
    answer = browser(personas, "auditor").post(
        f"/transfers/{made.pk}/acknowledge/", {"seals": "whole", "remarks": "fine"}
    )
    assert answer.status_code == 302
    assert made.acknowledgement.by_user == personas.auditor
    receipt = client.get(f"/transfers/{made.pk}/receipt.pdf")
    assert receipt.content.startswith(b"%PDF")


def test_two_people_in_two_browsers(
    personas: Personas, matter: Matter, items: dict[str, Item]
) -> None:
    photo, place = items["photo.jpg"], f"/matters/{matter.pk}/disposals/"
    first, second = browser(personas, "colleague"), browser(personas, "owner")
    asked = first.post(place, {"item": str(photo.pk)})
    assert asked.status_code == 200
    assert "Another person who manages the matter decides" in asked.content.decode()
    said = {"item": str(photo.pk), "ground": "danger", "reason": "it shows the informant"}
    assert first.post(place, {**said, "ground": "order"}).status_code == 422, "no reference"
    assert first.post(place, said).status_code == 302
    made = Disposal.objects.get()
    page = first.get(f"{place}{made.pk}/").content.decode()
    assert "Approve and destroy" not in page
    first.post(f"{place}{made.pk}/decide/", {"do": "approve"})
    assert not hasattr(Disposal.objects.get(), "decision")
    assert "Approve and destroy" in second.get(f"{place}{made.pk}/").content.decode()
    second.post(f"{place}{made.pk}/decide/", {"do": "approve", "note": "agreed"})
    work_off()
    assert not open_safe().store.exists(photo.object.object_name)
    assert "1 file is destroyed" in second.get(f"{place}{made.pk}/").content.decode()
    shown = second.get(f"/items/{photo.pk}/").content.decode()
    assert "This file was disposed of." in shown
    assert "Disposed of" in second.get(f"/matters/{matter.pk}/evidence/").content.decode()
    report = second.get(f"/items/{photo.pk}/custody.pdf")
    assert report.content.startswith(b"%PDF")


def test_a_decision_asks_again_who_one_is(
    personas: Personas, matter: Matter, proposed: Disposal
) -> None:
    personas.owner.set_password("a long password for tests")
    personas.owner.save()
    client = browser(personas, "owner")
    session = client.session
    session["confirmed"] = 0
    session.save()
    path = f"/matters/{matter.pk}/disposals/{proposed.pk}/decide/"
    answer = client.post(path, {"do": "approve"})
    assert answer.status_code == 403, answer.headers
    assert not hasattr(Disposal.objects.get(), "decision")


def test_a_hold_is_placed_seen_and_lifted(
    personas: Personas, matter: Matter, items: dict[str, Item]
) -> None:
    client, place = browser(personas, "owner"), f"/matters/{matter.pk}"
    photo = items["photo.jpg"]
    client.post(f"{place}/holds/", {"reason": "the appeal", "items": [str(photo.pk)]})
    hold = Hold.objects.get()
    assert "Under legal hold" in client.get(f"/items/{photo.pk}/").content.decode()
    stopped = client.post(f"{place}/disposals/", {"item": str(photo.pk)}).content.decode()
    assert "A legal hold stands against it" in stopped
    assert 'name="ground"' not in stopped
    client.post(f"{place}/holds/{hold.pk}/lift/", {"reason": "decided"})
    assert "Under legal hold" not in client.get(f"/items/{photo.pk}/").content.decode()


def test_a_rule_tells_when_the_time_is_over(
    personas: Personas, matter: Matter, items: dict[str, Item]
) -> None:
    client, place = browser(personas, "owner"), f"/matters/{matter.pk}"
    client.post(f"{place}/retention/", {"rule": "own"})
    assert not matter.retentions.exists()
    client.post(f"{place}/retention/", {"rule": "own", "months": "12", "source": "our policy"})
    assert "begins when the matter is closed" in client.get(f"{place}/keeping/").content.decode()
    matter.closed_at = timezone.now() - timedelta(days=800)
    matter.save()
    page = client.get(f"{place}/keeping/").content.decode()
    assert "The time of 3 files is over." in page


def test_papers_are_written_and_kept_in_versions(
    personas: Personas, matter: Matter, items: dict[str, Item]
) -> None:
    client, place = browser(personas, "colleague"), f"/matters/{matter.pk}/online"
    assert client.post(f"{place}/activity/write/", {"where": "x"}).status_code == 422
    assert client.post(f"{place}/activity/write/", LOG).status_code == 302
    row = OnlinePaper.objects.get()
    client.post(f"{place}/activity/write/", {**LOG, "result": "a video", "of": str(row.thread)})
    page = client.get(f"{place}/{row.thread}/").content.decode()
    assert "a video" in page
    assert "Version 1" in page
    assert client.get(f"{place}/nonsense/write/").status_code == 404
    assert client.get(f"{place}/collection/write/").status_code == 404


def test_a_wrong_hash_at_the_capture_is_shown(personas: Personas, items: dict[str, Item]) -> None:
    client, photo = browser(personas, "colleague"), items["photo.jpg"]
    said = {
        "address": "https://example.org/a",
        "captured_at": "2026-11-22T14:05:09+02:00",
        "clock": "not compared",
        "collector": "me",
        "tool": "browser",
        "captured": "all",
        "hash_at_capture": "0" * 64,
    }
    assert client.post(f"/items/{photo.pk}/online/", said).status_code == 302
    assert "is another file" in client.get(f"/items/{photo.pk}/").content.decode()


def test_places_show_only_what_is_ones_own(
    personas: Personas, matter: Matter, phone: PhysicalExhibit
) -> None:
    statuses = {who: browser(personas, who).get("/storage/").status_code for who in EVERYONE}
    assert {who for who, status in statuses.items() if status == 200} == {
        "owner", "colleague", "administrator", "stranger",
    }  # fmt: skip
    client = browser(personas, "owner")
    assert client.post("/storage/", {"name": "Safe", "kind": "safe"}).status_code == 302
    assert client.post("/storage/", {"name": "Safe", "kind": "safe"}).status_code == 422
    place = StoragePlace.objects.get()
    client.post(f"/exhibits/{phone.pk}/note/", {"kind": "stored", "storage": str(place.pk)})
    assert phone.code in client.get("/storage/").content.decode()
    assert phone.code not in text_of(personas, "stranger", "/storage/")
    client.post(f"/storage/{place.pk}/close/")
    assert StoragePlace.objects.get().is_closed


def test_an_alarm_is_seen_and_answered(personas: Personas, items: dict[str, Item]) -> None:
    photo = items["photo.jpg"]
    open_safe().store.delete(photo.object.object_name)
    rehash(open_safe(), now=timezone.now() + timedelta(days=31))
    alarm = Alarm.objects.get()
    client = browser(personas, "owner")
    assert "found changed or missing" in client.get("/").content.decode()
    assert "found changed or missing" not in text_of(personas, "interpreter", "/")
    assert "Do not rely on it" in client.get(f"/items/{photo.pk}/").content.decode()
    path = f"/verification/alarms/{alarm.pk}/"
    assert browser(personas, "interpreter").post(path, {"said": "x"}).status_code == 403
    client.post(path, {"said": "restored"})
    assert "restored" in client.get("/verification/").content.decode()
    client.post("/verification/watch/", {"every_days": "7", "is_on": "on"})
    assert Watch.objects.get().every_days == 7
    seal_bytes(FILES["photo.jpg"], open_safe())
