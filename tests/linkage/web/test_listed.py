"""People of a matter's linked lists, shown while a party is written down; never who is sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils.http import urlencode

from amparo.evidence.web.actions import record
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.models import PageText
from amparo.linkage.web.actions.linkages import LINKED, Chosen, ask_for_linkage
from amparo.linkage.web.actions.listed import key_linkages_of
from amparo.linkage.web.models import (
    KeyedLinkage,
    LinkageResult,
    LinkedGroup,
    ListedKey,
    ListedName,
)
from amparo.linkage.web.queries.listed import listed_alike
from amparo.matters.web.actions import add_party, open_matter, seal_party
from tests.linkage.records.people import HEAD as PERSON
from tests.linkage.records.people import rows
from tests.linkage.web.test_linkages import as_, made
from tests.patterns.web.acts import table_in, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amparo.accounts.web.models import User
    from amparo.evidence.web.models import Item
    from amparo.linkage.web.models import Linkage
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

pytestmark = pytest.mark.django_db

HEAD = ("given name", "family name", "date of birth", "city")
PEOPLE = [
    ("Mohammad", "al-Hassan", "1984-03-05", "Sorvin"),
    ("Olena", "Koval", "1990-07-01", "Lindo"),
    ("Farid", "Nasser", "1971-11-12", "Qasr"),
    ("Nadia", "Romero", "1966-02-20", "Monte"),
    ("Jorge", "Castillo", "1959-09-09", "Arriba"),
    ("Iryna", "Bondar", "1988-12-30", "Novyi"),
]
AGAIN = [
    ("محمد", "الحسن", "1984-03-05", "Sorvin"),
    ("Olena", "Kowal", "1990-07-01", "Lindo"),
    ("Farid", "Naser", "1971-11-12", "Qasr"),
    ("Samira", "Darwish", "1994-04-04", "Wadi"),
]


@pytest.fixture(scope="module")
def room() -> Iterator[Sandbox]:
    with Sandbox(1) as started:
        yield started


@pytest.fixture
def lists(personas: Personas, matter: Matter, room: Sandbox) -> tuple[Item, Item]:
    police = table_in(matter, written(HEAD, list(PEOPLE)), "police.csv", room, personas.owner)
    parish = table_in(matter, written(HEAD, list(AGAIN)), "parish.csv", room, personas.owner)
    return police, parish


@pytest.fixture
def linked(personas: Personas, matter: Matter, lists: tuple[Item, Item]) -> Linkage:
    return linked_by_hand(personas, matter, lists)


def linked_by_hand(personas: Personas, matter: Matter, lists: tuple[Item, Item]) -> Linkage:
    """The lists as a linkage that found one person on both: Mohammad, in two scripts."""
    roles = {"given name": "given", "family name": "family"}
    chosen = [Chosen(item, "", item.name, roles) for item in lists]
    asked = ask_for_linkage(matter, chosen, acting_user=personas.owner)
    entry = record(LINKED, acting_user=personas.owner, matter=matter, subject=f"linkage:{asked.pk}")
    LinkageResult.objects.create(
        linkage=asked,
        records=len(PEOPLE) + len(AGAIN),
        possible=24,
        rules=[],
        left_out=[],
        layers=[],
        places=[],
        model="{}",
        model_sha256="",
        made_at=asked.asked_at,
        entry=entry,
    )
    LinkedGroup.objects.create(
        linkage=asked, number=1, records=[0, len(PEOPLE)], weakest=None, halves=[], bits=9.0
    )
    assert key_linkages_of(matter) == 1
    return asked


def names(user: User, matter: Matter, *typed: str) -> list[tuple[str, ...]]:
    return [each.names for each in listed_alike(user, matter, typed)]


@pytest.mark.parametrize("typed", ["Mohammad al-Hassan", "Hassan, Mohamed", "محمد الحسن"])
def test_a_person_of_the_lists_is_found_in_any_script(
    typed: str, personas: Personas, matter: Matter, linked: Linkage
) -> None:
    found = listed_alike(personas.colleague, matter, [typed])
    assert [each.names for each in found] == [("Mohammad al-Hassan", "محمد الحسن")]
    assert (found[0].records, found[0].tables) == (2, ("police.csv", "parish.csv"))
    assert found[0].reasons
    assert names(personas.colleague, matter, "Wilhelmina Quack") == []
    assert names(personas.colleague, matter) == []


def test_a_group_is_one_person_and_leads_to_its_rows(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    lines = [tuple(row) for row in rows(120)]
    item = table_in(matter, written(PERSON, lines), "people.csv", room, personas.owner)
    asked = made(personas, matter, item).linkage
    group = asked.groups.first()
    listed = ListedName.objects.filter(group=group.number)
    assert sorted(each.row - 2 for each in listed) == sorted(group.records)
    given, family = lines[group.records[0]][1:3]
    at = as_(personas, "owner")
    address = (
        f"{reverse('linkage:alike', args=[matter.pk])}?{urlencode({'name': f'{given} {family}'})}"
    )
    page = at.get(address).content.decode()
    assert "linked lists, with a like name" in page
    assert reverse("linkage:group", args=[asked.pk, group.number]) in page
    person = listed_alike(personas.owner, matter, [f"{given} {family}"])[0]
    assert at.get(person.address).status_code == 200
    assert sum(map(len, asked.groups.values_list("records", flat=True))) == (
        ListedName.objects.exclude(group=None).count()
    )


def test_a_record_of_no_group_leads_to_its_place_in_the_file(
    personas: Personas, matter: Matter, linked: Linkage
) -> None:
    (person,) = listed_alike(personas.owner, matter, ["Jorge Castillo"])
    assert (person.records, person.tables) == (1, ("police.csv",))
    assert person.address.endswith("?page=1&row=6")


def test_only_the_lists_of_this_matter_and_who_sees_it(
    personas: Personas, matter: Matter, linked: Linkage
) -> None:
    other = open_matter("B. v. State", acting_user=personas.colleague)
    assert names(personas.colleague, other, "Jorge Castillo") == []
    assert names(personas.stranger, matter, "Jorge Castillo") == []
    assert names(personas.administrator, matter, "Jorge Castillo") == []


def test_whoever_is_sealed_is_not_shown_to_who_does_not_know(
    personas: Personas, matter: Matter, linked: Linkage
) -> None:
    party = add_party(matter, acting_user=personas.owner, name="Mohammad al-Hassan", role="witness")
    seal_party(party, "Witness 3", acting_user=personas.owner)
    assert names(personas.owner, matter, "Mohammad al-Hassan")
    assert names(personas.colleague, matter, "Mohammad al-Hassan") == []
    assert names(personas.colleague, matter, "محمد الحسن") == []  # of one group with who is sealed
    assert names(personas.colleague, matter, "Jorge Castillo") == [("Jorge Castillo",)]


def test_a_file_that_is_no_longer_read_shows_nobody(
    personas: Personas, matter: Matter, linked: Linkage, lists: tuple[Item, Item]
) -> None:
    PageText.objects.filter(item=lists[0]).update(is_current=False)
    assert names(personas.owner, matter, "Jorge Castillo") == []
    PageText.objects.filter(item=lists[0]).delete()
    assert set(ListedName.objects.values_list("table", flat=True)) == {1}
    assert not ListedKey.objects.exclude(named__table=1).exists()


def test_keys_can_be_forgotten_and_made_again(
    personas: Personas, matter: Matter, linked: Linkage
) -> None:
    before = ListedKey.objects.count()
    KeyedLinkage.objects.update(version=F("version") - 1)
    assert names(personas.owner, matter, "Jorge Castillo") == []  # not while they are made
    assert (key_linkages_of(matter), key_linkages_of(matter)) == (1, 0)
    assert ListedKey.objects.count() == before
    assert names(personas.owner, matter, "Jorge Castillo") == [("Jorge Castillo",)]


def test_the_newest_linkage_of_the_same_tables_speaks(
    personas: Personas, matter: Matter, linked: Linkage, lists: tuple[Item, Item]
) -> None:
    linked_by_hand(personas, matter, lists)
    assert KeyedLinkage.objects.count() == 2
    (person,) = listed_alike(personas.owner, matter, ["Samira Darwish"])
    assert person.records == 1
