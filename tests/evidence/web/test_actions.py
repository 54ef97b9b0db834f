from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from amparo.base.errors import UsageError
from amparo.evidence import ledger
from amparo.evidence.ledger import merkle, notes
from amparo.evidence.web import actions
from amparo.evidence.web.models import (
    Acquisition,
    Checkpoint,
    CustodyEvent,
    Item,
    LedgerEntry,
    StoredObject,
)

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

SHA256 = "5" * 64


@pytest.fixture
def item(matter: Matter) -> Item:
    now = timezone.now()
    stored = StoredObject.objects.create(
        sha256=SHA256, blake3="6" * 64, size=5, object_name="x", sealed_at=now
    )
    return Item.objects.create(
        matter=matter, object=stored, path="a/سند.pdf", name="سند.pdf", received_at=now
    )


def walked() -> list[ledger.Entry]:
    rows = LedgerEntry.objects.order_by("seq")
    return list(
        ledger.walk(ledger.Row(r.seq, r.canonical, r.entry_hash, r.previous_hash) for r in rows)
    )


def test_entries_chain(personas: Personas, matter: Matter) -> None:
    before = len(walked())
    actions.record("note", acting_user=personas.owner, matter=matter, details={"n": 1})
    actions.record("note", acting_user=None, occurred_at="2021-03~")
    first, second = walked()[before:]
    assert first.fact.actor == f"user:{personas.owner.pk}"
    assert first.fact.matter == str(matter.pk)
    assert (second.fact.actor, second.fact.occurred_at) == ("amparo", "2021-03~")


def test_an_acquisition_is_stated_whole(personas: Personas, item: Item) -> None:
    row = Acquisition.objects.create(
        item=item,
        path=item.path,
        from_whom="her sister",
        acquired_by=personas.owner,
        occurred_at="2021?",
        recorded_at=timezone.now(),
    )
    entry = ledger.parse(actions.record_acquisition(row, acting_user=personas.owner).canonical)
    assert entry.fact.subject == f"item:{item.pk}"
    assert entry.fact.occurred_at == "2021?"
    details = entry.fact.details
    assert details["item"]["sha256"] == SHA256  # type: ignore[index,call-overload]
    assert details["acquisition"]["from_whom"] == "her sister"  # type: ignore[index,call-overload]


def test_a_custody_event_has_its_entry(personas: Personas, item: Item) -> None:
    row = actions.record_custody(
        item, "transferred", acting_user=personas.owner, purpose="to the expert"
    )
    stated = ledger.parse(row.entry.canonical).fact.details["custody"]
    assert stated["id"] == str(row.pk)  # type: ignore[index,call-overload]
    assert CustodyEvent.objects.get().purpose == "to the expert"


def test_a_refused_event_leaves_nothing(personas: Personas, item: Item) -> None:
    with pytest.raises(UsageError):
        actions.record_custody(item, "transferred", acting_user=personas.owner)
    assert not CustodyEvent.objects.exists()


def test_a_checkpoint_signs_everything_so_far(personas: Personas) -> None:
    for n in range(5):
        actions.record("note", acting_user=personas.owner, details={"n": n})
    made = actions.sign_checkpoint()
    assert made is not None
    leaves = [merkle.leaf(bytes.fromhex(entry.entry_hash)) for entry in walked()]
    assert made.root == merkle.Tree(leaves).root(len(leaves)).hex()
    key = actions.signer().key
    assert notes.open_checkpoint(made.note, key).size == made.size == len(leaves)
    assert actions.sign_checkpoint() == made
    actions.record("note", acting_user=None)
    again = actions.sign_checkpoint()
    assert again is not None
    assert again.size == made.size + 1


def test_a_checkpoint_comes_by_itself(personas: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions.ledger, "ENTRIES_PER_CHECKPOINT", 3)
    for _ in range(7):
        actions.record("note", acting_user=personas.owner)
    assert [c.size % 3 for c in Checkpoint.objects.all()] == [0, 0]


@pytest.mark.parametrize("model", [LedgerEntry, Checkpoint, CustodyEvent, Acquisition])
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_the_proof(
    model: type[LedgerEntry], verb: str, personas: Personas, item: Item
) -> None:
    actions.record_custody(item, "viewed", acting_user=personas.owner)
    Acquisition.objects.create(
        item=item, path="x", acquired_by=personas.owner, recorded_at=timezone.now()
    )
    actions.sign_checkpoint()
    table = model._meta.db_table
    column = model._meta.fields[1].column
    sql = {"update": f"UPDATE {table} SET {column} = {column}", "delete": f"DELETE FROM {table}"}
    with (
        pytest.raises(DatabaseError, match=f"{table} only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql[verb])


@pytest.mark.django_db(transaction=True)
def test_the_ledger_is_written_inside_a_transaction_only() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        actions.record("note", acting_user=None)
