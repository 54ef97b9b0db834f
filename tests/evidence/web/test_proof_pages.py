"""The pages about the proof, with every persona."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from amparo.base.web.models import Job
from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.packages import package
from amparo.evidence.web.actions import record_custody
from amparo.evidence.web.actions.packages import export_to_folder
from amparo.evidence.web.models import CustodyEvent, Export, Verification
from amparo.evidence.web.safes import open_safe
from amparo.matters.web.models import Matter
from tests.evidence.test_verifier import zipped
from tests.evidence.web.workspaces import add_files
from tests.work import work_off

if TYPE_CHECKING:
    from amparo.evidence.web.models import Item
    from tests.personas import Personas

EVERYONE = ("owner", "colleague", "interpreter", "client", "auditor", "administrator", "stranger")


def browser(personas: Personas, who: str) -> Client:
    client = Client()
    client.force_login(getattr(personas, who))
    return client


@pytest.fixture
def items(matter: Matter, personas: Personas) -> dict[str, Item]:
    made = add_files(matter, personas.owner)
    record_custody(made["photo.jpg"], "viewed", acting_user=personas.colleague)
    return made


def statuses(personas: Personas, path: str) -> dict[str, int]:
    return {who: browser(personas, who).get(path).status_code for who in EVERYONE}


def test_who_sees_the_custody_of_a_matter(
    personas: Personas, matter: Matter, items: dict[str, Item]
) -> None:
    assert statuses(personas, f"/matters/{matter.pk}/custody/") == {
        "owner": 200,
        "colleague": 200,
        "interpreter": 200,
        "client": 404,
        "auditor": 200,
        "administrator": 404,
        "stranger": 404,
    }


def test_who_may_verify(personas: Personas) -> None:
    assert statuses(personas, "/verification/") == {
        "owner": 200,
        "colleague": 200,
        "interpreter": 403,
        "client": 403,
        "auditor": 200,
        "administrator": 200,
        "stranger": 200,
    }


def test_the_ledger_of_a_matter_is_listed(
    personas: Personas, matter: Matter, items: dict[str, Item]
) -> None:
    text = browser(personas, "interpreter").get(f"/matters/{matter.pk}/custody/").content.decode()
    assert "A file came into the matter" in text
    assert "Viewed" in text
    assert "سند.pdf" in text
    assert "Make a package" not in text


def test_a_package_is_asked_for_made_and_downloaded(
    personas: Personas, matter: Matter, items: dict[str, Item]
) -> None:
    client, page = browser(personas, "colleague"), f"/matters/{matter.pk}/custody/"
    asked = client.post(f"/matters/{matter.pk}/packages/", {"purpose": "for the court"})
    assert asked.status_code == 302
    assert "Waiting" in client.get(page).content.decode()
    work_off()
    assert "for the court" in client.get(page).content.decode()
    made = Export.objects.get()
    answer = client.get(f"/matters/{matter.pk}/packages/{made.pk}/")
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert int(answer["Content-Length"]) == len(data)
    assert package.check(zipfile.ZipFile(io.BytesIO(data)))


@pytest.mark.parametrize("who", ["interpreter", "client", "auditor", "administrator", "stranger"])
def test_nobody_else_asks_or_downloads(
    who: str, personas: Personas, matter: Matter, items: dict[str, Item]
) -> None:
    browser(personas, "owner").post(f"/matters/{matter.pk}/packages/")
    work_off()
    made = Export.objects.get()
    client = browser(personas, who)
    assert client.post(f"/matters/{matter.pk}/packages/").status_code in (403, 404)
    assert client.get(f"/matters/{matter.pk}/packages/{made.pk}/").status_code in (403, 404)
    assert Export.objects.count() == 1


def test_a_package_belongs_to_its_matter(
    personas: Personas, matter: Matter, items: dict[str, Item]
) -> None:
    browser(personas, "owner").post(f"/matters/{matter.pk}/packages/")
    work_off()
    made = Export.objects.get()
    other = Matter.objects.create(number="X", title="Other")
    other.team.create(user=personas.stranger, role="attorney")
    client = browser(personas, "stranger")
    assert client.get(f"/matters/{other.pk}/packages/{made.pk}/").status_code == 404


def test_a_verification_is_run_and_shown(personas: Personas, items: dict[str, Item]) -> None:
    client = browser(personas, "auditor")
    assert "has not been verified yet" in client.get("/verification/").content.decode()
    client.post("/verification/run/")
    client.post("/verification/run/")
    assert Job.objects.filter(name="evidence.verify").count() == 1
    work_off()
    text = client.get("/verification/").content.decode()
    assert "Everything is what was sealed." in text
    assert Verification.objects.get().by == personas.auditor


def test_what_is_broken_is_named_on_the_page(personas: Personas, items: dict[str, Item]) -> None:
    name = items["empty.txt"].object.object_name
    open_safe().store.delete(name)
    client = browser(personas, "auditor")
    client.post("/verification/run/")
    work_off()
    seal_bytes(b"", open_safe())
    text = client.get("/verification/").content.decode()
    assert "Something is not what was sealed." in text
    assert f"Object {name[:12]}" in text


def test_the_timeline_of_an_item_is_shown_with_it(
    personas: Personas, items: dict[str, Item]
) -> None:
    text = browser(personas, "colleague").get(f"/items/{items['photo.jpg'].pk}/").content.decode()
    assert "<bdi>فاطمة المصري</bdi>" in text
    assert "about March 2021" in text
    assert "<bdi>Colleague</bdi> opened the original" in text
    assert items["photo.jpg"].object_id in text


def test_what_was_done_is_written_down_by_who_may(
    personas: Personas, items: dict[str, Item]
) -> None:
    path, item = f"/items/{items['photo.jpg'].pk}/custody/", items["photo.jpg"]
    said = {"kind": "transferred", "purpose": "to the laboratory", "occurred_at": "May 2020"}
    for who, status in {"colleague": 302, "interpreter": 403, "stranger": 404}.items():
        assert browser(personas, who).post(path, said).status_code == status, who
    event = CustodyEvent.objects.get(kind="transferred")
    assert (event.item, event.actor, event.occurred_at) == (item, personas.colleague, "2020-05")
    assert event.is_reconstruction


def test_a_custody_event_that_says_too_little_is_explained(
    personas: Personas, items: dict[str, Item]
) -> None:
    path = f"/items/{items['photo.jpg'].pk}/custody/"
    for said in (
        {"kind": "transferred"},
        {"kind": "exported", "purpose": "x"},
        {"kind": "examined", "purpose": "x", "occurred_at": "03/04/2021"},
    ):
        browser(personas, "colleague").post(path, said)
    assert not CustodyEvent.objects.exclude(kind="viewed").exists()


def test_a_link_back_never_leads_away(personas: Personas, items: dict[str, Item]) -> None:
    path = f"/items/{items['photo.jpg'].pk}/custody/"
    answer = browser(personas, "colleague").post(path, {"next": "https://evil.example/"})
    assert answer["Location"].startswith("/matters/")


def test_a_package_is_imported_from_the_browser(
    personas: Personas, matter: Matter, items: dict[str, Item], tmp_path: Path
) -> None:
    export_to_folder(matter, tmp_path / "package", acting_user=personas.owner)
    data = zipped(tmp_path / "package", tmp_path / "sealed.zip").read_bytes()
    client = browser(personas, "colleague")
    before = set(open_safe().store.names())
    answer = client.post("/import/", {"package": io.BytesIO(data)})
    assert answer.status_code == 302
    Job.objects.exclude(name="evidence.import").delete()
    work_off()
    made = Matter.objects.exclude(pk=matter.pk).get()
    assert made.title == matter.title
    assert made.items.count() == 4
    assert len(set(open_safe().store.names()) - before) == 1, "only the provenance is new"


def test_a_package_that_does_not_hold_says_why(personas: Personas) -> None:
    client = browser(personas, "colleague")
    assert client.post("/import/").status_code == 422
    client.post("/import/", {"package": io.BytesIO(b"no zip at all")})
    work_off()
    assert "cannot be opened as a zip" in Job.objects.get().error
    assert not Matter.objects.exists()


@pytest.mark.parametrize("who", ["interpreter", "client", "auditor"])
def test_who_may_not_import(who: str, personas: Personas) -> None:
    client = browser(personas, who)
    assert client.get("/import/").status_code == 403
    assert client.post("/import/", {"package": io.BytesIO(b"x")}).status_code == 403


def test_what_may_call_out_is_for_administrators(personas: Personas) -> None:
    found = statuses(personas, "/accounts/calling-out/")
    assert {who for who, status in found.items() if status != 403} == {"administrator"}


def test_an_administrator_switches_calling_out_on_and_off(personas: Personas) -> None:
    client = browser(personas, "administrator")
    session = client.session
    session["confirmed"] = timezone.now().timestamp()
    session.save()
    page = "/accounts/calling-out/"
    text = client.get(page).content.decode()
    assert "Time stamps" in text
    assert "32 bytes that say nothing about the evidence" in text
    said = {"purpose": "time-stamps", "addresses": "http://127.0.0.1:9/", "is_on": "yes"}
    client.post(page, said)
    assert "Switch off" in client.get(page).content.decode()
    client.post(page, {**said, "addresses": "file:///etc/passwd"})
    assert "file:///etc/passwd" not in client.get(page).content.decode().split("toast")[0]
    client.post(page, {**said, "is_on": "no"})
    assert "Switch on" in client.get(page).content.decode()
