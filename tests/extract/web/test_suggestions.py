"""Suggested tags: looked for when asked, decided by people, told to the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from amparo.accounts.web.models import AuditEntry
from amparo.base.web.models import Job
from amparo.evidence.web.models import Item, SortingStep
from amparo.extract.sandbox import Sandbox
from amparo.extract.suggestions.asking import suggest
from amparo.extract.web.actions import read_item
from amparo.extract.web.actions.forgetting import forget_item
from amparo.extract.web.actions.suggesting import accept, look_through, reject
from amparo.extract.web.models import Message, Pinpoint, Suggestion, TableRows
from amparo.extract.web.tasks import suggesting
from tests.extract.conversations.builders import chat
from tests.extract.web.builders import item_of, safe
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter

pytestmark = pytest.mark.django_db

LETTER = "Me llamo Rosa Ortega. Llámeme: +57 601 327 0000 o +57 (601) 327-0000.\n"
OTHER = "El coronel Juan Pérez tiene el +57 601 327 0000, dijo el 5 de marzo de 2021.\n"


def read(personas: Personas, room: Sandbox, item: Item) -> Item:
    read_item(item, room=room, safe=safe(), acting_user=personas.owner)
    item.refresh_from_db()
    return item


@pytest.fixture
def letter(personas: Personas, matter: Matter, room: Sandbox) -> Item:
    made = read(personas, room, item_of(matter, LETTER.encode(), "carta.txt"))
    look_through(made, room=room, acting_user=personas.owner)
    return made


@pytest.fixture
def other(personas: Personas, matter: Matter, room: Sandbox) -> Item:
    made = read(personas, room, item_of(matter, OTHER.encode(), "nota.txt"))
    look_through(made, room=room, acting_user=personas.owner)
    return made


def as_(personas: Personas, name: str) -> Client:
    client = Client()
    client.force_login(getattr(personas, name))
    return client


def values(item: Item, state: str = "open") -> set[str]:
    return set(item.suggestions.filter(state=state).values_list("value", flat=True))


def test_a_worker_looks_and_what_it_sends_is_checked(room: Sandbox) -> None:
    met = suggest(room, [(3, LETTER)])
    assert {(each.suggestion.value, each.page, each.count) for each in met} == {
        ("Rosa Ortega", 3, 1),
        ("+576013270000", 3, 2),
    }


def test_nothing_is_a_tag_before_it_is_accepted(letter: Item) -> None:
    assert values(letter) == {"Rosa Ortega", "+576013270000"}
    assert not letter.tags.exists()


def test_accepted_it_is_a_tag_with_a_pinpoint(personas: Personas, letter: Item) -> None:
    row = letter.suggestions.get(kind="person")
    assert accept([row], acting_user=personas.colleague) == 1
    assert [tag.name for tag in letter.tags.all()] == ["Rosa Ortega"]
    (mark,) = Pinpoint.objects.filter(item=letter)
    assert (mark.quote, mark.note) == ("Rosa Ortega", "person: Rosa Ortega")
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("accepted", personas.colleague)
    told = AuditEntry.objects.filter(action="accept suggestion").latest("pk")
    assert told.details["value"] == "Rosa Ortega"
    assert told.details["tool"].startswith("amparo names")


def test_the_same_value_in_many_files_is_one_line_of_the_journal(
    personas: Personas, letter: Item, other: Item
) -> None:
    rows = Suggestion.objects.filter(value="+576013270000").select_related("item__matter")
    assert accept(rows, acting_user=personas.colleague) == 2
    (step,) = SortingStep.objects.all()
    assert set(step.items) == {str(letter.pk), str(other.pk)}


def test_rejected_it_is_not_suggested_again(
    personas: Personas, letter: Item, room: Sandbox
) -> None:
    reject(letter.suggestions.filter(kind="phone"), acting_user=personas.colleague)
    look_through(letter, room=room, acting_user=personas.owner)
    assert values(letter) == {"Rosa Ortega"}
    assert values(letter, "rejected") == {"+576013270000"}
    assert not letter.tags.exists()


@pytest.mark.parametrize("name", ["owner", "colleague", "interpreter", "auditor"])
def test_the_team_sees_them(personas: Personas, letter: Item, name: str) -> None:
    client = as_(personas, name)
    page = client.get(reverse("extract:item", args=[letter.pk])).content.decode()
    assert "Rosa Ortega" in page
    assert ('name="accept"' in page) is (name != "auditor")
    assert "Me llamo <mark>Rosa Ortega</mark>. Ll" in page
    page = client.get(reverse("extract:suggestions", args=[letter.matter_id])).content.decode()
    assert "+576013270000" in page
    assert "phonenumbers" in page
    assert ('value="accept"' in page) is (name != "auditor")


@pytest.mark.parametrize("name", ["client", "administrator", "stranger"])
def test_others_find_nothing(personas: Personas, letter: Item, name: str) -> None:
    client = as_(personas, name)
    matter, item = [letter.matter_id], [letter.pk]
    assert client.get(reverse("extract:suggestions", args=matter)).status_code == 404
    for view, pk in (
        ("look", item),
        ("decide", item),
        ("look-in-matter", matter),
        ("decide-in-matter", matter),
    ):
        assert client.post(reverse(f"extract:{view}", args=pk)).status_code == 404


def test_an_auditor_decides_nothing(personas: Personas, letter: Item) -> None:
    client = as_(personas, "auditor")
    row = letter.suggestions.get(kind="person")
    answer = client.post(reverse("extract:decide", args=[letter.pk]), {"accept": row.pk})
    assert answer.status_code == 403
    assert values(letter) == {"Rosa Ortega", "+576013270000"}


def test_one_is_decided_on_the_page_of_its_file(personas: Personas, letter: Item) -> None:
    client = as_(personas, "colleague")
    address = reverse("extract:decide", args=[letter.pk])
    client.post(address, {"accept": letter.suggestions.get(kind="person").pk})
    client.post(address, {"reject": letter.suggestions.get(kind="phone").pk})
    assert values(letter, "accepted") == {"Rosa Ortega"}
    assert values(letter, "rejected") == {"+576013270000"}


def test_a_value_is_decided_in_all_files_of_its_matter(
    personas: Personas, letter: Item, other: Item
) -> None:
    client = as_(personas, "colleague")
    page = client.get(reverse("extract:suggestions", args=[letter.matter_id]) + "?kind=phone")
    assert [(each.example.row.value, each.files) for each in page.context["values"]] == [
        ("+576013270000", 2)
    ]
    address = reverse("extract:decide-in-matter", args=[letter.matter_id])
    client.post(address, {"value": "phone:+576013270000", "do": "accept"})
    assert [tag.name for tag in letter.tags.all()] == ["+576013270000"]
    assert [tag.name for tag in other.tags.all()] == ["+576013270000"]
    assert values(other) == {"Juan Pérez", "2021-03-05"}


def test_a_matter_is_looked_through_in_the_background(
    personas: Personas, matter: Matter, room: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggesting, "reading_room", lambda: room)
    made = read(personas, room, item_of(matter, LETTER.encode(), "carta.txt"))
    client = as_(personas, "colleague")
    page = client.get(reverse("extract:suggestions", args=[matter.pk]))
    assert page.context["waiting"] == 1
    client.post(reverse("extract:look-in-matter", args=[matter.pk]))
    job = Job.objects.get(name="extract.suggest")
    suggesting.suggest(_Quiet(), **job.payload)  # type: ignore[arg-type]
    assert values(made) == {"Rosa Ortega", "+576013270000"}
    assert client.get(reverse("extract:suggestions", args=[matter.pk])).context["waiting"] == 0


class _Quiet:
    def report(self, *_: object) -> None:
        """Say nothing."""


def test_what_is_disposed_of_leaves_no_words_behind(
    personas: Personas, letter: Item, matter: Matter, room: Sandbox
) -> None:
    talk = read(personas, room, item_of(matter, chat("es", 4).encode(), "chat.txt"))
    pay = read(personas, room, item_of(matter, b"name;paid\nRosa;5\n", "pay.csv"))
    reject(letter.suggestions.filter(kind="phone"), acting_user=personas.colleague)
    for item in (letter, talk, pay):
        forget_item(item)
    assert not Suggestion.objects.exists()
    assert not Message.objects.exists()
    assert not TableRows.objects.exists()


def test_suggestions_of_another_matter_stay_out(
    personas: Personas, letter: Item, room: Sandbox
) -> None:
    from amparo.matters.web.actions import open_matter

    elsewhere = open_matter("Other", acting_user=personas.stranger, kind="asylum")
    address = reverse("extract:decide-in-matter", args=[elsewhere.pk])
    as_(personas, "stranger").post(address, {"value": "person:Rosa Ortega", "do": "accept"})
    assert Suggestion.objects.get(item=letter, kind="person").state == "open"
