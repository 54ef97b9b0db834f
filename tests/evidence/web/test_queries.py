from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from amparo.base.ids import new_id
from amparo.evidence.web.models import Acquisition, Intake, Item, StoredObject, Tag
from amparo.evidence.web.queries import ORDERS, Filter, choices, every_item, items_of, page_of
from amparo.matters.web.actions import open_matter

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

TYPES = ["application/pdf", "image/png", "image/jpeg", "message/rfc822"]


@pytest.fixture
def many(matter: Matter) -> list[Item]:
    """Twenty-three items, several with the same name, type and time."""
    now = timezone.now()
    stored = StoredObject.objects.create(
        sha256="0" * 64, blake3="0", size=1, object_name="x", sealed_at=now
    )
    parent = Item.objects.create(
        matter=matter, object=stored, path="p", name="p.zip", media_type="x/y", received_at=now
    )
    inside = [
        Item.objects.create(
            matter=matter,
            object=stored,
            parent=parent,
            path=f"{n}",
            name=f"name {n % 7}",
            media_type=TYPES[n % 4],
            status="failed" if n % 5 == 0 else "read",
            language=("ar", "en", "")[n % 3],
            received_at=now - timedelta(minutes=n // 3),
        )
        for n in range(22)
    ]
    return [parent, *inside]


def every_page(matter: Matter, order: str, wanted: Filter | None = None) -> list[list[Item]]:
    pages, key = [], ""
    while True:
        page = page_of(matter, wanted, order=order, key=key, size=5)
        pages.append(list(page.items))
        if page.after is None:
            return pages
        key = page.after


@pytest.mark.parametrize("order", ORDERS)
def test_the_pages_together_are_the_list_in_its_order(
    matter: Matter, many: list[Item], order: str
) -> None:
    pages = every_page(matter, order)
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]
    listed = [item for page in pages for item in page]
    sort = ORDERS[order]
    keys = [tuple(getattr(item, name) for name in sort.fields) for item in listed]
    assert keys == sorted(keys, reverse=sort.descending)
    assert {item.pk for item in listed} == {item.pk for item in many}


@pytest.mark.parametrize("order", ORDERS)
def test_going_back_shows_the_same_pages(matter: Matter, many: list[Item], order: str) -> None:
    first = page_of(matter, order=order, size=5)
    second = page_of(matter, order=order, key=first.after or "", size=5)
    third = page_of(matter, order=order, key=second.after or "", size=5)
    assert (third.first, third.last, third.count) == (11, 15, 23)
    back = page_of(matter, order=order, key=third.before or "", size=5)
    assert (back.items, back.first, back.last) == (second.items, 6, 10)
    start = page_of(matter, order=order, key=back.before or "", size=5)
    assert (start.items, start.first, start.before) == (first.items, 1, None)
    assert first.before is None


@pytest.mark.parametrize("key", ["x", "W10=", "bnVsbA==", "e30=", "WzEsIDEsICJ4IiwgInkiXQ==", "é"])
def test_a_key_that_nobody_gave_out_is_the_first_page(
    matter: Matter, many: list[Item], key: str
) -> None:
    assert page_of(matter, key=key, size=5).first == 1


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Filter(), 23),
        (Filter(text="NAME 3"), 3),
        (Filter(kind="picture"), 11),
        (Filter(kind="pdf"), 6),
        (Filter(kind="video"), 0),
        (Filter(status="failed"), 5),
        (Filter(language="ar"), 8),
        (Filter(language="ar", status="failed"), 2),
        (Filter(tag="x"), 4),
        (Filter(tag="x", kind="pdf"), 2),
        (Filter(tag="none"), 0),
        (Filter(intake="not an id"), 0),
        (Filter(intake=str(new_id())), 0),
    ],
)
def test_a_filter_narrows(matter: Matter, many: list[Item], wanted: Filter, count: int) -> None:
    Tag.objects.create(matter=matter, name="x").items.add(*many[1:9:2])
    listed = [item for page in every_page(matter, "name", wanted) for item in page]
    assert len(listed) == len({item.pk for item in listed}) == count
    assert bool(wanted) == (wanted != Filter())


def test_a_delivery_can_be_listed(matter: Matter, many: list[Item], personas: Personas) -> None:
    now = timezone.now()
    made = Intake.objects.create(matter=matter, root="x", by=personas.owner, started_at=now)
    for path in ("a", "b"):
        Acquisition.objects.create(
            item=many[3], intake=made, path=path, acquired_by=personas.owner, recorded_at=now
        )
    assert list(items_of(matter, Filter(intake=str(made.pk)))) == [many[3]]


def test_another_matters_items_are_never_listed(
    matter: Matter, many: list[Item], personas: Personas
) -> None:
    other = open_matter("Other", acting_user=personas.owner)
    tag = Tag.objects.create(matter=matter, name="x")
    tag.items.add(*many)
    for wanted in (None, Filter(), Filter(text="name"), Filter(kind="pdf"), Filter(tag="x")):
        assert not items_of(other, wanted).exists()
    assert choices(other).kinds == choices(other).languages == choices(other).tags == []


def test_only_what_is_there_can_be_chosen(matter: Matter, many: list[Item]) -> None:
    Tag.objects.create(matter=matter, name="x")
    there = choices(matter)
    assert there.kinds == ["pdf", "mail", "picture", "other"]
    assert [each.code for each in there.languages] == ["ar", "en"]
    assert [tag.name for tag in there.tags] == ["x"]


def test_counting_stops_somewhere(
    matter: Matter, many: list[Item], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("amparo.evidence.web.queries.filtering.MOST_COUNTED", 10)
    page = page_of(matter, order="name", size=5)
    assert (page.count, page.has_more_than_counted) == (10, True)
    assert len([item for each in every_page(matter, "name") for item in each]) == 23


def test_many_with_a_tag_are_listed_as_few_are(
    matter: Matter, many: list[Item], personas: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    Tag.objects.create(matter=matter, name="x").items.add(*many[1::2])
    wanted = Filter(tag="x", text="name")
    few = {order: every_page(matter, order, wanted) for order in ORDERS}
    monkeypatch.setattr("amparo.evidence.web.queries.filtering.MOST_COUNTED", 3)
    assert {order: every_page(matter, order, wanted) for order in ORDERS} == few
    assert sum(map(len, few["name"])) == 11


def test_a_table_holds_every_item(matter: Matter, many: list[Item]) -> None:
    assert len(list(every_item(items_of(matter)))) == 23
