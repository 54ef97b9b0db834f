"""Care: who marks, what everyone then sees, and time that only its owner sees."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from amparo.accounts.web.models import AuditEntry
from amparo.base.errors import AccessDenied, UsageError
from amparo.evidence.web.actions.caring import mark_graphic, note_exposure, withdraw_mark
from amparo.evidence.web.actions.tagging import tag_items
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.care import CareMark, Exposure
from amparo.evidence.web.queries.caring import care_for, care_of, days_of, folders_of
from amparo.matters.web.actions import open_matter
from amparo.matters.web.models import Matter
from tests.extract.web.builders import item_of
from tests.personas import Personas

pytestmark = pytest.mark.django_db

SEES = ("owner", "colleague", "interpreter", "auditor")
NOT = ("client", "administrator", "stranger")
TODAY = date(2026, 3, 1)


@pytest.fixture
def photo(matter: Matter) -> Item:
    return item_of(matter, b"\x89PNG\r\n\x1a\nphoto", "yard/photo.png")


def as_(personas: Personas, name: str) -> Client:
    client = Client()
    client.force_login(getattr(personas, name))
    return client


def test_a_file_a_folder_and_a_tag_are_marked(
    personas: Personas, matter: Matter, photo: Item
) -> None:
    other = item_of(matter, b"letter", "letter.txt")
    inside = item_of(matter, b"inside", "a.txt", parent=photo)
    mark = mark_graphic(
        matter, scope="folder", value="yard", note=" a  body ", acting_user=personas.interpreter
    )
    assert care_of(photo).notes == ("a body",)
    assert care_for([photo, other, inside]).keys() == {photo.pk, inside.pk}
    withdraw_mark(mark, acting_user=personas.owner)
    assert not care_of(photo)
    tag_items(matter, [other.pk], "screams", acting_user=personas.owner)
    mark_graphic(matter, scope="tag", value="screams", note="", acting_user=personas.owner)
    assert care_for([photo, other]).keys() == {other.pk}
    deeds = list(AuditEntry.objects.values_list("action", flat=True))
    assert deeds.count("mark as graphic") == 2
    assert deeds.count("mark as not graphic") == 1


def test_marking_again_changes_the_note(personas: Personas, matter: Matter, photo: Item) -> None:
    for note in ("a body", "two bodies"):
        mark_graphic(
            matter, scope="item", value=str(photo.pk), note=note, acting_user=personas.owner
        )
    assert CareMark.objects.count() == 1
    assert care_of(photo).notes == ("two bodies",)


@pytest.mark.parametrize(
    ("scope", "value"),
    [("item", "nothing"), ("folder", "/"), ("folder", "yar"), ("tag", "none"), ("all", "x")],
)
def test_what_is_not_there_cannot_be_marked(
    personas: Personas, matter: Matter, photo: Item, scope: str, value: str
) -> None:
    with pytest.raises(UsageError):
        mark_graphic(matter, scope=scope, value=value, note="", acting_user=personas.owner)


def test_an_item_of_another_matter_is_not_there(personas: Personas, photo: Item) -> None:
    other = open_matter("Another", acting_user=personas.owner)
    with pytest.raises(UsageError):
        mark_graphic(other, scope="item", value=str(photo.pk), note="", acting_user=personas.owner)


def test_who_may_not_annotate_does_not_decide(
    personas: Personas, matter: Matter, photo: Item
) -> None:
    for nobody in (personas.auditor, personas.stranger):
        with pytest.raises(AccessDenied):
            mark_graphic(matter, scope="folder", value="yard", note="", acting_user=nobody)


def test_folders_are_those_that_files_came_in(matter: Matter) -> None:
    for path in ("a/b/1.txt", "a/2.txt", "3.txt"):
        item_of(matter, path.encode(), path)
    assert folders_of(matter) == ["a", "a/b"]


@pytest.mark.parametrize("name", SEES)
def test_the_team_sees_the_note_before_the_picture(
    personas: Personas, matter: Matter, photo: Item, name: str
) -> None:
    mark_graphic(
        matter, scope="item", value=str(photo.pk), note="a body", acting_user=personas.owner
    )
    client = as_(personas, name)
    page = client.get(reverse("extract:item", args=[photo.pk])).content.decode()
    assert 'class="viewer-stage care"' in page
    assert page.index("a body") < page.index('id="stage"')
    shown = client.get(reverse("extract:item", args=[photo.pk]), {"show": 1}).content.decode()
    assert 'class="viewer-stage care is-unveiled"' in shown
    assert "a body" in client.get(reverse("evidence:care", args=[matter.pk])).content.decode()
    Item.objects.filter(pk=photo.pk).update(status="read", page_count=1)
    grid = client.get(reverse("evidence:list", args=[matter.pk]), {"as": "grid"}).content.decode()
    assert "veiled--kept" in grid


@pytest.mark.parametrize("name", NOT)
def test_others_find_nothing(personas: Personas, matter: Matter, photo: Item, name: str) -> None:
    client = as_(personas, name)
    assert client.get(reverse("evidence:care", args=[matter.pk])).status_code == 404
    address = reverse("evidence:mark-graphic", args=[matter.pk])
    assert client.post(address, {"scope": "folder", "folder": "yard"}).status_code == 404
    assert not CareMark.objects.exists()


def test_pages_mark_and_unmark_and_lead_back_only_here(
    personas: Personas, matter: Matter, photo: Item
) -> None:
    client = as_(personas, "colleague")
    address = reverse("evidence:mark-graphic", args=[matter.pk])
    here = reverse("extract:item", args=[photo.pk])
    posted = {"scope": "item", "item": str(photo.pk), "note": "a body", "back": here}
    assert client.post(address, posted)["Location"] == here
    away = client.post(address, posted | {"back": "https://example.org/"})
    assert away["Location"] == reverse("evidence:care", args=[matter.pk])
    mark = CareMark.objects.get()
    client.post(reverse("evidence:unmark-graphic", args=[matter.pk, mark.pk]))
    assert not care_of(photo)


def test_time_is_told_to_its_owner_only(personas: Personas) -> None:
    client = as_(personas, "owner")
    for seconds in ("40", "45", "9999", "-5", "soon"):
        answer = client.post(reverse("evidence:expose"), {"seconds": seconds})
    assert answer.json() == {"minutes": 1}
    assert Exposure.objects.get().seconds == 85
    own = client.get(reverse("evidence:exposure")).content.decode()
    assert "<progress" in own
    for other in ("administrator", "colleague", "auditor"):
        page = as_(personas, other).get(reverse("evidence:exposure")).content.decode()
        assert "<progress" not in page
    assert not AuditEntry.objects.filter(action__contains="expos").exists()


def test_one_report_adds_a_minute_at_most(personas: Personas) -> None:
    assert note_exposure(personas.owner, 999, day=TODAY) == 60
    assert note_exposure(personas.owner, -1, day=TODAY) == 60
    assert [each.seconds for each in days_of(personas.owner, today=TODAY)] == [60]
    assert days_of(personas.colleague, today=TODAY) == []


def test_times_are_forgotten_at_their_owners_wish(personas: Personas) -> None:
    note_exposure(personas.owner, 30, day=TODAY)
    note_exposure(personas.colleague, 30, day=TODAY)
    as_(personas, "owner").post(reverse("evidence:forget-exposure"))
    assert list(Exposure.objects.values_list("user", flat=True)) == [personas.colleague.pk]


def test_nobody_signed_in_has_no_time(db: None) -> None:
    assert Client().get(reverse("evidence:exposure")).status_code == 302
    assert Client().post(reverse("evidence:expose"), {"seconds": "5"}).status_code == 302
