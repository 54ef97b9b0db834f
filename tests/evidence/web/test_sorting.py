"""Collections, and the journal of sorting: everything can be taken back, nothing is erased."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from amparo.accounts.web.models import AuditEntry, User
from amparo.base.errors import AccessDenied, UsageError
from amparo.evidence.web.actions.collecting import (
    collect,
    describe_collection,
    remove_collection,
    take_back,
    uncollect,
)
from amparo.evidence.web.actions.tagging import tag_items, untag_items
from amparo.evidence.web.models import Collection, Item, SortingStep
from amparo.evidence.web.queries import Filter, items_of
from amparo.evidence.web.queries.sorting import journal_of, last_step
from amparo.matters.web.models import Matter
from tests.evidence.web.test_tagging import make
from tests.personas import Personas


@pytest.fixture
def owner(personas: Personas) -> User:
    return personas.owner


@pytest.fixture
def items(matter: Matter) -> list[Item]:
    return make(matter, 3)


def tags_of(items: list[Item]) -> list[list[str]]:
    return [list(item.tags.values_list("name", flat=True)) for item in items]


def last(matter: Matter) -> SortingStep:
    step = journal_of(matter).first()
    assert step is not None
    return step


def test_undo_touches_only_what_the_step_changed(
    matter: Matter, items: list[Item], owner: User
) -> None:
    tag_items(matter, [items[0].pk], "key", acting_user=owner)
    tag_items(matter, [each.pk for each in items], "key", acting_user=owner)
    assert take_back(last(matter), acting_user=owner) == 2
    assert tags_of(items) == [["key"], [], []]


def test_a_tag_taken_off_the_last_file_comes_back(
    matter: Matter, items: list[Item], owner: User
) -> None:
    ids = [each.pk for each in items]
    tag_items(matter, ids, "key", acting_user=owner)
    untag_items(matter, ids, "key", acting_user=owner)
    assert not matter.tags.exists()
    assert take_back(last(matter), acting_user=owner) == 3
    assert tags_of(items) == [["key"]] * 3


def test_undo_is_a_line_of_its_own_and_can_be_undone_once(
    matter: Matter, items: list[Item], owner: User
) -> None:
    tag_items(matter, [items[0].pk], "key", acting_user=owner)
    first = last(matter)
    take_back(first, acting_user=owner)
    with pytest.raises(UsageError, match="already"):
        take_back(first, acting_user=owner)
    assert take_back(last(matter), acting_user=owner) == 1
    assert tags_of(items)[0] == ["key"]
    kinds = [(step.kind, step.is_taken_back) for step in journal_of(matter)]
    assert kinds == [("tag", False), ("untag", True), ("tag", True)]


def test_the_journal_only_grows(matter: Matter, items: list[Item], owner: User) -> None:
    tag_items(matter, [items[0].pk], "key", acting_user=owner)
    for change in (
        lambda: SortingStep.objects.update(name="x"),
        lambda: SortingStep.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert last(matter).name == "key"


def test_items_are_gathered_and_the_list_shows_them(
    matter: Matter, items: list[Item], owner: User
) -> None:
    ids = [each.pk for each in items[:2]]
    assert collect(matter, ids, "  Hearing  of May ", acting_user=owner) == 2
    assert collect(matter, ids, "Hearing of May", acting_user=owner) == 0
    found = items_of(matter, Filter(collection="Hearing of May"))
    assert set(found) == set(items[:2])
    assert uncollect(matter, [ids[0]], "Hearing of May", acting_user=owner) == 1
    assert take_back(last(matter), acting_user=owner) == 1
    assert Collection.objects.get().items.count() == 2
    told = AuditEntry.objects.filter(action="collect items").values_list("details", flat=True)
    assert [each["collection"] for each in told] == ["Hearing of May"] * 2


def test_a_collection_is_described_and_removed_only_when_empty(
    matter: Matter, items: list[Item], owner: User
) -> None:
    for name in ("One", "Two"):
        collect(matter, [items[0].pk], name, acting_user=owner)
    one = Collection.objects.get(name="One")
    with pytest.raises(UsageError, match="already"):
        describe_collection(one, name="Two", purpose="", acting_user=owner)
    describe_collection(one, name="First", purpose="For the judge", acting_user=owner)
    one.refresh_from_db()
    assert (one.name, one.purpose) == ("First", "For the judge")
    with pytest.raises(UsageError, match="not empty"):
        remove_collection(one, acting_user=owner)
    uncollect(matter, [items[0].pk], "First", acting_user=owner)
    remove_collection(one, acting_user=owner)
    assert list(Collection.objects.values_list("name", flat=True)) == ["Two"]


def test_who_may_not_annotate_may_not_sort(
    matter: Matter, items: list[Item], personas: Personas, owner: User
) -> None:
    tag_items(matter, [items[0].pk], "key", acting_user=owner)
    with pytest.raises(AccessDenied):
        collect(matter, [items[0].pk], "x", acting_user=personas.auditor)
    with pytest.raises(AccessDenied):
        take_back(last(matter), acting_user=personas.auditor)


def test_files_of_another_matter_are_passed_over(
    matter: Matter, personas: Personas, owner: User, items: list[Item]
) -> None:
    from amparo.matters.web.actions import open_matter

    other = open_matter("Other", acting_user=owner)
    assert collect(other, [items[0].pk], "x", acting_user=owner) == 0


def test_one_is_offered_what_one_did_last(
    matter: Matter, items: list[Item], personas: Personas, owner: User
) -> None:
    assert last_step(matter, owner) is None
    tag_items(matter, [items[0].pk], "key", acting_user=owner)
    collect(matter, [items[0].pk], "x", acting_user=personas.colleague)
    step = last_step(matter, owner)
    assert step is not None
    assert step.name == "key"
    take_back(step, acting_user=owner)
    assert last_step(matter, owner) is None


def test_from_the_list_into_a_collection_and_back(
    matter: Matter, items: list[Item], owner: User
) -> None:
    client = Client()
    client.force_login(owner)
    address = reverse("evidence:list", args=[matter.pk])
    told = {"item": [str(each.pk) for each in items], "collection": "May", "back": address}
    client.post(reverse("evidence:collect-items", args=[matter.pk]), told | {"do": "collect"})
    shown = client.get(address).content.decode()
    step = last_step(matter, owner)
    assert step is not None
    assert reverse("evidence:undo", args=[matter.pk, step.pk]) in shown
    pages = ("evidence:collections", "evidence:journal")
    for page in pages:
        assert "May" in client.get(reverse(page, args=[matter.pk])).content.decode()
    client.post(reverse("evidence:undo", args=[matter.pk, step.pk]), {"back": address})
    assert Collection.objects.get().items.count() == 0
    empty = Collection.objects.get().pk
    client.post(reverse("evidence:remove-collection", args=[matter.pk, empty]))
    assert not Collection.objects.exists()


def test_two_selected_files_are_compared(matter: Matter, items: list[Item], owner: User) -> None:
    client = Client()
    client.force_login(owner)
    address = reverse("extract:beside", args=[matter.pk])
    ids = [str(each.pk) for each in items]
    answer = client.post(address, {"item": ids[:2]})
    assert answer.url == f"{reverse('extract:near', args=[ids[0]])}?with={ids[1]}"
    assert client.post(address, {"item": ids}).status_code == 400
    assert client.post(address, {"item": [ids[0], str(matter.pk)]}).status_code == 404
