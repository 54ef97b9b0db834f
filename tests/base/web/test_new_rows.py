import pytest
from django.db import IntegrityError
from django.utils import timezone

from amparo.base.ids import new_id
from amparo.base.web import new_rows
from amparo.evidence.web.models import Intake, Item, StoredObject
from amparo.matters.web.models import Matter

pytestmark = pytest.mark.django_db


def objects(*digits: str) -> list[StoredObject]:
    return [
        StoredObject(
            sha256=digit * 64,
            blake3=digit * 64,
            size=2**40,
            object_name=digit * 64,
            media_type="text/plain",
            sealed_at=timezone.now(),
        )
        for digit in digits
    ]


def test_rows_read_back_as_they_were(matter: Matter) -> None:
    stored = objects("a", "b")
    new_rows.insert(stored)
    items = [
        Item(
            id=new_id(),
            matter=matter,
            object=each,
            path="محمد/a.txt",
            name="a'; DROP TABLE.txt",
            media_type="text/plain",
            received_at=timezone.now(),
        )
        for each in stored
    ]
    new_rows.insert(items)
    for item in items:
        read = Item.objects.get(pk=item.pk)
        for field in Item._meta.local_concrete_fields:
            assert getattr(read, field.attname) == getattr(item, field.attname)
    assert StoredObject.objects.get(pk="a" * 64).size == 2**40


def test_a_row_of_json_and_none_reads_back(matter: Matter) -> None:
    member = matter.team.first()
    assert member
    who = member.user
    details = {"provenance": {"place": "Kyiv"}, "refused": {}}
    made = Intake(
        id=new_id(), matter=matter, root="x", by=who, details=details, started_at=timezone.now()
    )
    new_rows.insert([made])
    read = Intake.objects.get(pk=made.pk)
    assert (read.details, read.finished_at) == (details, None)


def test_inserted_rows_are_saved_rows(matter: Matter) -> None:
    (stored,) = objects("c")
    new_rows.insert([stored])
    stored.media_type = "text/html"
    stored.save()
    assert StoredObject.objects.get().media_type == "text/html"


def test_a_known_key_is_refused_or_passed_over() -> None:
    new_rows.insert(objects("a"))
    new_rows.insert(objects("a", "b"), passing_over_known=True)
    assert StoredObject.objects.count() == 2
    with pytest.raises(IntegrityError):
        new_rows.insert(objects("b"))


def test_no_rows_are_no_statement() -> None:
    new_rows.insert([])
