"""Notes at pinpoints: added by who may annotate, read by who may see, never changed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from amparo.accounts.web.models import AuditEntry, User
from amparo.base.errors import AccessDenied, UsageError
from amparo.evidence.web.models import Item
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.actions import pin, read_item, withdraw
from amparo.extract.web.actions.pinpoints import note
from amparo.extract.web.models import Pinpoint, PinpointNote
from amparo.matters.web.models import Matter
from tests.extract.web.builders import item_of, safe
from tests.personas import Personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def pinpoint(matter: Matter, personas: Personas, room: Sandbox) -> Pinpoint:
    item = item_of(matter, b"They came at night.", "said.txt")
    read_item(item, room=room, safe=safe(), acting_user=personas.owner)
    page = Item.objects.get(pk=item.pk).pages.get()
    return pin(page, start=0, end=9, acting_user=personas.owner)


def post(user: User, pinpoint: Pinpoint, text: str) -> int:
    client = Client()
    client.force_login(user)
    address = reverse("extract:note-pin", args=[pinpoint.item_id, pinpoint.pk])
    return client.post(address, {"text": text}).status_code


def test_notes_follow_one_another_on_the_page(pinpoint: Pinpoint, personas: Personas) -> None:
    assert post(personas.interpreter, pinpoint, "Or: they arrived.") == 302
    assert post(personas.colleague, pinpoint, "Ask her.\r\n  ") == 302
    client = Client()
    client.force_login(personas.auditor)
    shown = client.get(reverse("extract:item", args=[pinpoint.item_id])).content.decode()
    assert shown.index("Or: they arrived.") < shown.index("Ask her.")
    assert "<textarea" not in shown
    written = AuditEntry.objects.filter(action="write note at pinpoint")
    assert list(written.values_list("object_id", flat=True)) == [str(pinpoint.pk)] * 2


def test_who_may_not_annotate_writes_none(pinpoint: Pinpoint, personas: Personas) -> None:
    assert post(personas.auditor, pinpoint, "x") == 403
    assert post(personas.stranger, pinpoint, "x") == 404
    with pytest.raises(AccessDenied):
        note(pinpoint, "x", acting_user=personas.auditor)


@pytest.mark.parametrize("text", ["", " \r\n ", "x" * 4_001])
def test_a_note_says_something(text: str, pinpoint: Pinpoint, personas: Personas) -> None:
    with pytest.raises(UsageError):
        note(pinpoint, text, acting_user=personas.owner)


def test_a_note_stays_as_it_was_written(pinpoint: Pinpoint, personas: Personas) -> None:
    note(pinpoint, "First.", acting_user=personas.owner)
    with pytest.raises(DatabaseError), transaction.atomic():
        PinpointNote.objects.update(text="Other.")
    withdraw(pinpoint, acting_user=personas.owner)
    assert pinpoint.notes.get().text == "First."
