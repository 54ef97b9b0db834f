from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from amparo.accounts.web.models import AuditEntry
from amparo.base.errors import AccessDenied, UsageError
from amparo.base.ids import new_id
from amparo.evidence.web.actions.tagging import SOURCE, retitle, tag_items, untag_items
from amparo.evidence.web.models import Item, StoredObject, Tag
from amparo.matters.web.actions import open_matter
from amparo.search.passages import Passage
from amparo.search.web import actions as search
from amparo.search.web.models import PassageTag

if TYPE_CHECKING:
    from amparo.accounts.web.models import User
    from amparo.matters.web.models import Matter
    from tests.personas import Personas


def make(matter: Matter, count: int) -> list[Item]:
    now = timezone.now()
    stored = [
        StoredObject.objects.create(
            sha256=f"{n:064}", blake3="0", size=1, object_name=f"{new_id()}", sealed_at=now
        )
        for n in range(count)
    ]
    return [
        Item.objects.create(
            matter=matter, object=each, path=f"{n}", name=f"{n}", media_type="x", received_at=now
        )
        for n, each in enumerate(stored)
    ]


@pytest.fixture
def owner(personas: Personas) -> User:
    return personas.owner


@pytest.fixture
def items(matter: Matter) -> list[Item]:
    return make(matter, 3)


def test_items_get_a_tag_once(matter: Matter, items: list[Item], owner: User) -> None:
    ids = [item.pk for item in items]
    assert tag_items(matter, ids[:2], "  torture   claim ", acting_user=owner) == 2
    assert tag_items(matter, ids, "torture claim", acting_user=owner) == 1
    assert tag_items(matter, ids, "torture claim", acting_user=owner) == 0
    assert Tag.objects.get().name == "torture claim"
    assert Tag.objects.get().items.count() == 3


def test_a_tag_that_nothing_has_is_gone(matter: Matter, items: list[Item], owner: User) -> None:
    tag_items(matter, [items[0].pk, items[1].pk], "x", acting_user=owner)
    assert untag_items(matter, [items[0].pk, items[2].pk], "x", acting_user=owner) == 1
    assert Tag.objects.count() == 1
    assert untag_items(matter, [items[1].pk], "x", acting_user=owner) == 1
    assert not Tag.objects.exists()
    assert untag_items(matter, [items[1].pk], "x", acting_user=owner) == 0


def test_the_audit_says_which_items(matter: Matter, items: list[Item], owner: User) -> None:
    tag_items(matter, [items[0].pk], "x", acting_user=owner)
    entry = AuditEntry.objects.get(action="tag items")
    assert (entry.matter_id, entry.details) == (
        matter.pk,
        {"tag": "x", "items": [str(items[0].pk)]},
    )


def test_the_search_hears_of_tags(matter: Matter, items: list[Item], owner: User) -> None:
    passage = Passage(
        source=SOURCE, source_id=str(items[0].pk), matter_id=matter.pk, page=1, title="", text="a"
    )
    search.put([passage])
    tag_items(matter, [items[0].pk], "x", acting_user=owner)
    assert PassageTag.objects.count() == 1
    untag_items(matter, [items[0].pk], "x", acting_user=owner)
    assert PassageTag.objects.count() == 0


def test_items_of_another_matter_are_passed_over(matter: Matter, owner: User) -> None:
    other = open_matter("Other", acting_user=owner)
    strange = make(other, 1)
    assert tag_items(matter, [strange[0].pk], "x", acting_user=owner) == 0
    assert not strange[0].tags.exists()


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_tag_has_a_name_of_some_length(matter: Matter, owner: User, name: str) -> None:
    with pytest.raises(UsageError):
        tag_items(matter, [], name, acting_user=owner)


@pytest.mark.parametrize("who", ["client", "auditor", "administrator", "stranger"])
def test_who_may_not_annotate_tags_nothing(
    matter: Matter, items: list[Item], personas: Personas, who: str
) -> None:
    user = getattr(personas, who)
    with pytest.raises(AccessDenied):
        tag_items(matter, [items[0].pk], "x", acting_user=user)
    with pytest.raises(AccessDenied):
        untag_items(matter, [items[0].pk], "x", acting_user=user)
    with pytest.raises(AccessDenied):
        retitle(items[0], "x", acting_user=user)


def test_a_title_stands_beside_the_name(items: list[Item], owner: User) -> None:
    retitle(items[0], " The  summons ", acting_user=owner)
    items[0].refresh_from_db()
    assert (str(items[0]), items[0].name) == ("The summons", "0")
    assert AuditEntry.objects.get(action="retitle item").details == {
        "before": "",
        "after": "The summons",
    }
    with pytest.raises(UsageError):
        retitle(items[0], "x" * 301, acting_user=owner)
