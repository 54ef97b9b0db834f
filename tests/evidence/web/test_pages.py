"""The list of a matter's evidence and the page that adds to it, with every persona."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from amparo.accounts.web.models import AuditEntry
from amparo.base.web import current
from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.web import hearers
from amparo.evidence.web.actions import acquiring, intake
from amparo.evidence.web.actions.acquiring import Arrival
from amparo.evidence.web.actions.tagging import tag_items
from amparo.evidence.web.forms import SORTS
from amparo.evidence.web.models import Acquisition, Intake, Item
from amparo.evidence.web.queries import ORDERS
from amparo.evidence.web.safes import open_safe
from amparo.matters.web.actions import open_matter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amparo.accounts.web.models import User
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

EVERYONE = ["owner", "colleague", "interpreter", "client", "auditor", "administrator", "stranger"]
MISSING, REFUSED = 404, 403
OUTSIDE = dict.fromkeys(["client", "administrator", "stranger"], MISSING)
READERS = {"owner": 200, "colleague": 200, "interpreter": 200, "auditor": 200, **OUTSIDE}
EDITORS = {**READERS, "interpreter": REFUSED, "auditor": REFUSED}
PAGES = {"list": READERS, "csv": EDITORS, "add": EDITORS}


def put(matter: Matter, user: User, **files: bytes) -> list[Item]:
    under_way = intake.open_intake(matter, "test", acting_user=user)
    arrivals = [
        Arrival(name.replace("_", "."), seal_bytes(data, open_safe()))
        for name, data in files.items()
    ]
    taken = acquiring.acquire(under_way, arrivals, acting_user=user)
    return [each.item for each in taken if each.item]


def address(name: str, matter: Matter, *more: object) -> str:
    return reverse(f"evidence:{name}", args=[matter.pk, *more])


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """The names of items of which whoever reads them was told."""
    names: list[str] = []
    hearers.hear("test", lambda item, _user: names.append(item.name))
    yield names
    hearers._hearers.pop("test")


@pytest.fixture
def owner(client: Client, personas: Personas) -> User:
    client.force_login(personas.owner)
    return personas.owner


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("page", PAGES)
def test_who_sees_a_page(
    client: Client, personas: Personas, matter: Matter, page: str, who: str
) -> None:
    put(matter, personas.owner, secret_txt=b"x")
    client.force_login(getattr(personas, who))
    answer = client.get(address(page, matter))
    assert answer.status_code == PAGES[page][who]
    if answer.status_code != 200:
        assert b"secret.txt" not in answer.content


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_a_page_without_signing_in(client: Client, matter: Matter, page: str) -> None:
    assert client.get(address(page, matter)).status_code == 302


def test_an_empty_list_says_what_to_do(client: Client, owner: User, matter: Matter) -> None:
    page = client.get(address("list", matter)).content.decode()
    assert "No files yet" in page
    assert address("add", matter) in page


def test_the_list_shows_what_is_there(client: Client, owner: User, matter: Matter) -> None:
    put(matter, owner, summons_pdf=b"%PDF-1.7\n", note_txt=b"a note")
    page = client.get(address("list", matter)).content.decode()
    for words in ("summons.pdf", "note.txt", "PDF", "Sealed, not read yet", "1–2 of 2"):
        assert words in page
    assert 'id="list"' in page


def test_htmx_gets_the_list_alone(client: Client, owner: User, matter: Matter) -> None:
    put(matter, owner, a_txt=b"a", b_pdf=b"%PDF-1.7\n")
    answer = client.get(address("list", matter), {"kind": "pdf"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<html" not in page
    assert "b.pdf" in page
    assert "a.txt" not in page


def test_a_filter_that_fits_nothing_says_so(client: Client, owner: User, matter: Matter) -> None:
    put(matter, owner, a_txt=b"a")
    page = client.get(address("list", matter), {"q": "nothing"}).content.decode()
    assert "No file matches this" in page


def test_the_grid_shows_cards(client: Client, owner: User, matter: Matter) -> None:
    items = put(matter, owner, a_pdf=b"%PDF-1.7\n", b_jpg=b"\xff\xd8\xff\xe0", c_txt=b"c")
    for item in items:
        item.page_count, item.status = 2, "read"
        item.save()
    page = client.get(address("list", matter), {"as": "grid"}).content.decode()
    assert 'class="cards"' in page
    assert "2 pages" in page
    assert page.count("<img") == 2
    assert page.count('class="veiled"') == 1


def test_every_order_can_be_chosen() -> None:
    assert list(SORTS) == list(ORDERS)


@pytest.mark.parametrize("odd", [{"key": "x"}, {"order": "x"}, {"kind": "x"}, {"intake": "x"}])
def test_what_nobody_linked_to_is_no_error(
    client: Client, owner: User, matter: Matter, odd: dict[str, str]
) -> None:
    put(matter, owner, a_txt=b"a")
    assert b"a.txt" in client.get(address("list", matter), odd).content


def test_names_from_files_are_never_markup(client: Client, owner: User, matter: Matter) -> None:
    under_way = intake.open_intake(matter, "test", acting_user=owner)
    name = "<script>alert(1)</script>.txt"
    acquiring.acquire(under_way, [Arrival(name, seal_bytes(b"a", open_safe()))], acting_user=owner)
    for how in ({}, {"as": "grid"}):
        assert b"<script>alert" not in client.get(address("list", matter), how).content


def test_several_are_tagged_at_once(client: Client, owner: User, matter: Matter) -> None:
    items = put(matter, owner, a_txt=b"a", b_txt=b"b")
    back = f"{address('list', matter)}?kind=text"
    data = {"item": [item.pk for item in items], "tag": "to translate", "back": back}
    answer = client.post(address("tag", matter), {**data, "do": "tag"}, follow=True)
    assert answer.redirect_chain[-1][0] == back
    assert "2 files are tagged." in answer.content.decode()
    assert [tag.name for item in items for tag in item.tags.all()] == ["to translate"] * 2
    client.post(address("tag", matter), {**data, "do": "untag"})
    assert not items[0].tags.exists()


@pytest.mark.parametrize("data", [{"tag": "x"}, {"item": ["x"], "tag": "x"}, {"item": []}])
def test_odd_selections_are_refused_in_words(
    client: Client, owner: User, matter: Matter, data: dict[str, Any]
) -> None:
    answer = client.post(address("tag", matter), data)
    assert 400 <= answer.status_code < 500


def test_going_back_leads_nowhere_else(client: Client, owner: User, matter: Matter) -> None:
    (item,) = put(matter, owner, a_txt=b"a")
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        data = {"item": [item.pk], "tag": "x", "back": elsewhere}
        assert client.post(address("tag", matter), data)["Location"] == address("list", matter)


@pytest.mark.parametrize("who", EVERYONE)
def test_who_may_tag_does(client: Client, personas: Personas, matter: Matter, who: str) -> None:
    (item,) = put(matter, personas.owner, a_txt=b"a")
    client.force_login(getattr(personas, who))
    answer = client.post(address("tag", matter), {"item": [item.pk], "tag": "x"})
    expected = {**READERS, "auditor": REFUSED}[who]
    assert answer.status_code == (302 if expected == 200 else expected)
    assert item.tags.exists() is (expected == 200)


def test_the_table_holds_everything_and_no_formula(
    client: Client, owner: User, matter: Matter
) -> None:
    names = ["=1+1.txt", "+1.txt", "-1.txt", "@a.txt", "سند.txt"]
    under_way = intake.open_intake(matter, "test", acting_user=owner)
    arrivals = [Arrival(n, seal_bytes(n.encode(), open_safe())) for n in names]
    items = acquiring.acquire(under_way, arrivals, acting_user=owner)
    assert items[0].item
    tag_items(matter, [items[0].item.pk], "=cmd|calc", acting_user=owner)
    answer = client.get(address("csv", matter))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    head, *rows = csv.reader(io.StringIO(text))
    assert head[:4] == ["path", "name", "title", "found inside"]
    assert [row[1] for row in rows] == ["'=1+1.txt", "'+1.txt", "'-1.txt", "'@a.txt", "سند.txt"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert AuditEntry.objects.filter(action="export list of items").exists()


def test_a_file_goes_straight_into_the_safe(
    client: Client, owner: User, matter: Matter, heard: list[str]
) -> None:
    data = os.urandom(3 * 2**20 + 17)
    files = [
        SimpleUploadedFile("photo.jpg", data),
        SimpleUploadedFile("empty.txt", b""),
        SimpleUploadedFile("again.jpg", data),
    ]
    form = {"files": files, "from_whom": "her sister", "occurred_at": "3 May 2026"}
    answer = client.post(address("add", matter), form)
    delivery = Intake.objects.get()
    assert answer["Location"] == f"{address('list', matter)}?intake={delivery.pk}"
    assert delivery.finished_at
    photo, empty = Item.objects.order_by("-name")
    assert (photo.name, empty.name) == ("photo.jpg", "empty.txt")
    with open_safe().open(photo.object.object_name) as sealed:
        assert sealed.read() == data
    assert photo.acquisitions.count() == 2
    row = empty.acquisitions.get()
    assert (row.from_whom, row.occurred_at) == ("her sister", "2026-05-03")
    assert heard == ["photo.jpg", "empty.txt"]


@pytest.mark.folder
def test_nothing_in_clear_touches_the_disk(
    client: Client, owner: User, matter: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("made a temporary file")

    for name in ("NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    data = b"a word that nobody else writes " * 100_000
    client.post(address("add", matter), {"files": [SimpleUploadedFile("a.txt", data)]})
    assert Item.objects.get().object.size == len(data)
    for path in current.workspace().home.rglob("*"):
        assert not path.is_file() or b"nobody else writes" not in path.read_bytes()


def test_a_form_without_files_or_with_a_wrong_date_says_so(
    client: Client, owner: User, matter: Matter
) -> None:
    answer = client.post(address("add", matter), {"occurred_at": "2026-05-03"})
    assert answer.status_code == 422
    assert "Choose one file" in answer.content.decode()
    files = [SimpleUploadedFile("a.txt", b"a")]
    answer = client.post(address("add", matter), {"files": files, "occurred_at": "some day"})
    assert answer.status_code == 422
    assert not Item.objects.exists()


def begun(client: Client, matter: Matter, **said: str) -> dict[str, str]:
    answer = client.post(address("begin", matter), said)
    assert answer.status_code == 201
    return json.loads(answer.content)


def test_files_come_one_by_one_with_their_paths(
    client: Client, owner: User, matter: Matter, heard: list[str]
) -> None:
    at = begun(client, matter, place="Lviv")
    for path, time, data in (
        ("mission/day 1/a.txt", "86400000", b"a"),
        ("../../etc/passwd", "", b"b"),
        ("C:\\Users\\x\\c.txt", "not a time", b"c"),
        ("mission/again.txt", "-1", b"a"),
    ):
        form = {"path": path, "modified": time, "files": [SimpleUploadedFile("x", data)]}
        answer = client.post(at["receive"], form)
        assert answer.status_code == 200
    assert json.loads(answer.content) == {
        "files": [{"path": "mission/again.txt", "status": "duplicate"}]
    }
    rows = Acquisition.objects.order_by("pk")
    assert [(row.path, row.modified_at) for row in rows] == [
        ("mission/day 1/a.txt", "1970-01-02T00:00:00Z"),
        ("etc/passwd", ""),
        ("C:/Users/x/c.txt", ""),
        ("mission/again.txt", "1969-12-31T23:59:59Z"),
    ]
    assert {row.place for row in rows} == {"Lviv"}
    assert heard == ["a.txt", "passwd", "c.txt"]
    assert json.loads(client.post(at["finish"]).content)["list"].startswith(address("list", matter))
    late = {"path": "d", "files": [SimpleUploadedFile("d", b"d")]}
    assert client.post(at["receive"], late).status_code == 400


def test_each_delivery_from_the_browser_is_one_of_its_own(
    client: Client, owner: User, matter: Matter
) -> None:
    assert begun(client, matter)["receive"] != begun(client, matter)["receive"]


def test_a_wrong_date_is_told_before_anything_is_sent(
    client: Client, owner: User, matter: Matter
) -> None:
    answer = client.post(address("begin", matter), {"occurred_at": "some day"})
    assert answer.status_code == 422
    assert "occurred_at" in json.loads(answer.content)["errors"]
    assert not Intake.objects.exists()


@pytest.mark.parametrize("who", EVERYONE)
def test_who_may_add_does(client: Client, personas: Personas, matter: Matter, who: str) -> None:
    client.force_login(personas.owner)
    theirs = begun(client, matter)
    client.force_login(getattr(personas, who))
    expected = EDITORS[who]
    files = [SimpleUploadedFile("a.txt", b"a")]
    answers = {
        "add": client.post(address("add", matter), {"files": files}).status_code,
        "begin": client.post(address("begin", matter)).status_code,
    }
    assert answers == {
        "add": 302 if expected == 200 else expected,
        "begin": 201 if expected == 200 else expected,
    }
    for step in ("receive", "finish"):
        code = client.post(theirs[step], {"files": files}).status_code
        assert code == (200 if who == "owner" else MISSING if expected == 200 else expected), step


def test_an_intake_belongs_to_its_matter(client: Client, owner: User, matter: Matter) -> None:
    other = open_matter("Other", acting_user=owner)
    begun(client, matter)
    pk = Intake.objects.get().pk
    files = {"files": [SimpleUploadedFile("a.txt", b"a")]}
    assert client.post(address("receive", other, pk), files).status_code == MISSING


def test_a_page_of_another_site_can_send_nothing(personas: Personas, matter: Matter) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(personas.owner)
    files = {"files": [SimpleUploadedFile("a.txt", b"a")]}
    for name in ("add", "begin", "tag"):
        assert strict.post(address(name, matter), files).status_code == REFUSED
    under_way = intake.open_intake(matter, "browser", acting_user=personas.owner, go_on=False)
    files = {"files": [SimpleUploadedFile("a.txt", b"a")]}
    for name in ("receive", "finish"):
        assert strict.post(address(name, matter, under_way.pk), files).status_code == REFUSED
    assert not Item.objects.exists()


def test_an_upload_that_is_cut_off_leaves_nothing(
    client: Client, owner: User, matter: Matter, tmp_path: Path
) -> None:
    boundary = "x"
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    ).encode() + b"half of it" * 1000
    before = set(open_safe().store.names())
    content_type = f"multipart/form-data; boundary={boundary}"
    client.raise_request_exception = False
    client.generic("POST", address("add", matter), body, content_type=content_type)
    assert not Item.objects.exists()
    drafts = current.workspace().objects / "drafts"
    assert not drafts.is_dir() or not list(drafts.iterdir())
    assert len(set(open_safe().store.names()) - before) <= 1
