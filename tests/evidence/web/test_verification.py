"""A flipped byte anywhere in an object, a row or a checkpoint: named exactly."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from amparo.base.errors import AccessDenied, Cancelled, VerificationError
from amparo.base.ids import new_id
from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.ledger.verification import Broken
from amparo.evidence.web.actions import record_custody, verification
from amparo.evidence.web.actions.packages import export_to_folder
from amparo.evidence.web.models import (
    Acquisition,
    Checkpoint,
    CustodyEvent,
    LedgerEntry,
    StoredObject,
    Verification,
)
from amparo.evidence.web.safes import open_safe
from tests.evidence.web.workspaces import add_files
from tests.tampering import SealedObject, change, flip, remove

if TYPE_CHECKING:
    from amparo.evidence.web.models import Item
    from amparo.matters.web.models import Matter
    from tests.personas import Personas


@pytest.fixture
def items(matter: Matter, personas: Personas) -> dict[str, Item]:
    made = add_files(matter, personas.owner)
    record_custody(made["photo.jpg"], "viewed", acting_user=personas.colleague)
    record_custody(
        made["photo.jpg"], "transferred", acting_user=personas.colleague, purpose="to the expert"
    )
    return made


def verify(personas: Personas) -> Verification:
    return verification.verify_workspace(acting_user=personas.owner)


def first_broken(personas: Personas) -> Broken:
    row = verify(personas)
    assert not row.holds
    found = next(broken for part in row.outcome["parts"] for broken in part["broken"])
    return Broken(**found)


def sealed(item: Item) -> SealedObject:
    return SealedObject(item.object.object_name)


def test_an_untouched_workspace_holds(personas: Personas, items: dict[str, Item]) -> None:
    row = verify(personas)
    assert row.holds, row.outcome
    checked = {part["name"]: part["checked"] for part in row.outcome["parts"]}
    assert list(checked) == list(verification.PARTS)
    assert checked["ledger"] == LedgerEntry.objects.count() - 1
    assert checked["records"] == Acquisition.objects.count() + CustodyEvent.objects.count()
    assert checked["objects"] == StoredObject.objects.count()
    assert LedgerEntry.objects.latest("seq").kind == "verified"


def test_a_second_verification_verifies_the_first(
    personas: Personas, items: dict[str, Item]
) -> None:
    assert verify(personas).holds
    assert verify(personas).holds


@pytest.mark.parametrize("place", [0, 40, 200, 70_000, -1])
def test_a_flipped_byte_of_an_object_is_named(
    place: int, personas: Personas, items: dict[str, Item]
) -> None:
    whole = sealed(items["photo.jpg"]).read_bytes()
    changed = flip(items["photo.jpg"].object.object_name, place)
    try:
        broken = first_broken(personas)
    finally:
        changed.write_bytes(whole)
    assert broken.what.startswith(f"Object {items['photo.jpg'].object.object_name[:12]}")
    assert broken.next_step


def test_every_damaged_object_is_named(personas: Personas, items: dict[str, Item]) -> None:
    paths = {path: sealed(items[path]) for path in ("photo.jpg", "empty.txt")}
    whole = {name: path.read_bytes() for name, path in paths.items()}
    paths["photo.jpg"].unlink()
    paths["empty.txt"].write_bytes(whole["empty.txt"][:-1])
    row = verify(personas)
    for name, path in paths.items():
        path.write_bytes(whole[name])
    (objects,) = (part for part in row.outcome["parts"] if part["name"] == "objects")
    assert len(objects["broken"]) == 2
    assert "got" in objects["broken"][0]
    missing = next(broken for broken in objects["broken"] if broken["got"] == "nothing")
    assert missing["what"].startswith(f"Object {items['photo.jpg'].object.object_name[:12]}")


PHOTO = "photo.jpg"

ROWS: dict[str, tuple[Callable[[dict], None], str]] = {  # type: ignore[type-arg]
    "an acquisition": (
        lambda i: change("evidence_acquisition", "from_whom", "nobody", f"path = '{PHOTO}'"),
        r"acquisition [0-9a-f-]{36}, held against ledger entry \d+: from_whom",
    ),
    "an acquisition's moment": (
        lambda i: change(
            "evidence_acquisition", "recorded_at", "2020-01-01 00:00:00", f"path = '{PHOTO}'"
        ),
        r"acquisition [0-9a-f-]{36}, held against ledger entry \d+: recorded_at",
    ),
    "an item": (
        lambda i: change("evidence_item", "path", "other.jpg", f"path = '{PHOTO}'"),
        r"item of acquisition [0-9a-f-]{36}, held against ledger entry \d+: path",
    ),
    "an item's name": (
        lambda i: change("evidence_item", "name", "other.jpg", f"path = '{PHOTO}'"),
        r"item of acquisition [0-9a-f-]{36}, held against ledger entry \d+: name",
    ),
    "an object's row": (
        lambda i: change("evidence_storedobject", "size", 7, f"sha256 = '{sha(i)}'"),
        r"item of acquisition [0-9a-f-]{36}, held against ledger entry \d+: size",
    ),
    "an object's name": (
        lambda i: change("evidence_storedobject", "object_name", "ab" * 32, f"sha256 = '{sha(i)}'"),
        r"object of [0-9a-f]{12}…: its name",
    ),
    "a custody event": (
        lambda i: change("evidence_custodyevent", "purpose", "", "kind = 'transferred'"),
        r"custody event [0-9a-f-]{36}, held against ledger entry \d+: purpose",
    ),
    "an entry's text": (
        lambda i: change("evidence_ledgerentry", "canonical", "{}", "seq = 2"),
        r"ledger entry 2: its hash",
    ),
    "an entry's hash": (
        lambda i: change("evidence_ledgerentry", "entry_hash", "0" * 64, "seq = 2"),
        r"ledger entry 2: its hash",
    ),
    "an entry's link": (
        lambda i: change("evidence_ledgerentry", "previous_hash", "0" * 64, "seq = 2"),
        r"ledger entry 2: the link beside it",
    ),
    "an entry's kind": (
        lambda i: change("evidence_ledgerentry", "kind", "other", "seq = 2"),
        r"ledger entry 2: the kind beside it",
    ),
    "an entry's subject": (
        lambda i: change("evidence_ledgerentry", "subject", "", "seq = 2"),
        r"ledger entry 2: the subject beside it",
    ),
    "a checkpoint's root": (
        lambda i: change("evidence_checkpoint", "root", "0" * 64),
        r"checkpoint at \d+: its root",
    ),
    "a checkpoint's note": (
        lambda i: change(
            "evidence_checkpoint",
            "note",
            Checkpoint.objects.get().note.replace("\n\n—", "x\n\n—"),
        ),
        r"checkpoint at \d+: its signature",
    ),
    "a checkpoint's frontier": (
        lambda i: change("evidence_checkpoint", "frontier", "[]"),
        r"checkpoint at \d+: its frontier",
    ),
    "a checkpoint's moment": (
        lambda i: change("evidence_checkpoint", "signed_at", "2020-01-01 00:00:00"),
        r"checkpoint at \d+: when it was signed",
    ),
}


def sha(items: dict[str, Item]) -> str:
    return items[PHOTO].object_id


@pytest.mark.parametrize("name", ROWS)
def test_a_changed_row_is_named(name: str, personas: Personas, items: dict[str, Item]) -> None:
    tamper, what = ROWS[name]
    tamper(items)
    broken = first_broken(personas)
    assert re.fullmatch(what, broken.what), broken
    assert broken.got != broken.expected


def test_a_removed_row_is_named(personas: Personas, items: dict[str, Item]) -> None:
    gone = CustodyEvent.objects.get(kind="viewed")
    remove("evidence_custodyevent", "kind = 'viewed'")
    broken = first_broken(personas)
    assert broken.what.startswith(f"custody event {gone.pk}")
    assert broken.got == "no row"


def test_a_row_past_the_ledger_is_named(personas: Personas, items: dict[str, Item]) -> None:
    row = Acquisition.objects.get(path=PHOTO)
    row.pk = None
    row._state.adding = True
    row.id = new_id()
    row.save(force_insert=True)
    broken = first_broken(personas)
    assert broken == Broken(
        f"acquisition {row.pk}", "a row", "none: no entry of the ledger states it"
    )


def test_an_item_past_the_ledger_is_named(
    personas: Personas, matter: Matter, items: dict[str, Item], tmp_path: Path
) -> None:
    row = items[PHOTO]
    row.pk, row.path = new_id(), "smuggled.jpg"
    row.parent = items["empty.txt"]
    row.save(force_insert=True)
    assert first_broken(personas).what == f"item {row.pk}"
    with pytest.raises(VerificationError, match=f"item {row.pk}"):
        export_to_folder(matter, tmp_path / "package", acting_user=personas.owner)


def test_the_end_of_the_ledger_cannot_be_cut_off(
    personas: Personas, items: dict[str, Item]
) -> None:
    size = Checkpoint.objects.get().size
    remove("evidence_custodyevent", "1 = 1")
    remove("evidence_ledgerentry", f"seq >= {size}")
    broken = first_broken(personas)
    assert broken.what == f"ledger, held against the checkpoint at {size}"
    assert broken.got == f"{size - 1} entries"


def test_it_tells_how_far_it_is_and_can_be_stopped(
    personas: Personas, items: dict[str, Item]
) -> None:
    told: list[tuple[str, int, int]] = []

    def tell(part: str, done: int, total: int) -> None:
        told.append((part, done, total))
        if part == "objects" and done:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        verification.verify_workspace(acting_user=personas.owner, on_progress=tell)
    assert ("ledger", 0, 0) in told
    assert not Verification.objects.exists()


def test_an_object_of_nothing_is_remarked_not_broken(
    personas: Personas, items: dict[str, Item]
) -> None:
    sealed = seal_bytes(b"of nobody", open_safe())
    row = verify(personas)
    open_safe().store.delete(sealed.object_name)
    assert row.holds
    assert any("belong to nothing" in remark for remark in row.outcome["remarks"])


@pytest.mark.parametrize("who", ["interpreter", "client"])
def test_it_is_for_those_who_may(who: str, personas: Personas) -> None:
    with pytest.raises(AccessDenied):
        verification.verify_workspace(acting_user=getattr(personas, who))
