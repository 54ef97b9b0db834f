"""Two people, legal holds, shared bytes, and what verification and a stranger see afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from amparo.base.errors import AccessDenied, ObjectMissing, UsageError, VerificationError
from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.store.chunks import open_sealed
from amparo.evidence.verifier import verify
from amparo.evidence.web.actions.disposal import decide_disposal, propose_disposal
from amparo.evidence.web.actions.holds import lift_hold, place_hold
from amparo.evidence.web.actions.packages import begin_export, build_download, export_to_folder
from amparo.evidence.web.actions.received import import_package
from amparo.evidence.web.actions.verification import verify_workspace
from amparo.evidence.web.models import Export, Item, StoredObject
from amparo.evidence.web.models.disposal import Disposal, DisposalDecision, Erasure
from amparo.evidence.web.safes import open_safe
from amparo.extract.web.actions import read_item
from amparo.extract.web.models import PageText
from amparo.extract.web.room import reading_room
from amparo.matters.web.actions import add_member, open_matter
from amparo.search.web.models import Passage
from tests.evidence.web.workspaces import FILES, PROVENANCE, add_child, add_files
from tests.tampering import change
from tests.work import work_off

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

REASON = {"ground": "order", "reason": "the court ordered it", "reference": "No. 12/2026"}


@pytest.fixture
def items(matter: Matter, personas: Personas) -> dict[str, Item]:
    return add_files(matter, personas.owner)


def dispose(item: Item, personas: Personas) -> Disposal:
    made = propose_disposal(item.matter, [item], **REASON, acting_user=personas.colleague)
    decide_disposal(made, approved=True, acting_user=personas.owner)
    work_off()
    return made


def is_there(item: Item) -> bool:
    return open_safe().store.exists(item.object.object_name)


def first_broken(personas: Personas) -> dict[str, str]:
    outcome = verify_workspace(acting_user=personas.owner).outcome
    found: dict[str, str] = next(b for part in outcome["parts"] for b in part["broken"])
    return found


def test_two_people_destroy_a_file_and_the_chain_still_verifies(
    personas: Personas, items: dict[str, Item]
) -> None:
    photo = items["photo.jpg"]
    dispose(photo, personas)
    photo.refresh_from_db()
    assert photo.status == Item.Status.DISPOSED
    assert not is_there(photo)
    with pytest.raises(ObjectMissing):
        open_safe().open(photo.object.object_name)
    found = verify_workspace(acting_user=personas.owner)
    assert found.holds, found.outcome
    (gone,) = found.outcome["disposed"]
    assert (gone["item"], gone["proposed_by"], gone["decided_by"], gone["ground"]) == (
        str(photo.pk), "Colleague", "Owner", "order",
    )  # fmt: skip
    assert photo.custody.get(kind="disposed").hash_before == photo.object_id


def test_who_proposed_does_not_decide(personas: Personas, items: dict[str, Item]) -> None:
    photo = items["photo.jpg"]
    made = propose_disposal(photo.matter, [photo], **REASON, acting_user=personas.owner)
    with pytest.raises(UsageError, match="does not decide"):
        decide_disposal(made, approved=True, acting_user=personas.owner)
    for who in (personas.interpreter, personas.auditor, personas.stranger):
        with pytest.raises(AccessDenied):
            decide_disposal(made, approved=True, acting_user=who)
    work_off()
    assert is_there(photo)
    decide_disposal(made, approved=False, acting_user=personas.owner, note="taken back")
    with pytest.raises(UsageError, match="decided already"):
        decide_disposal(made, approved=True, acting_user=personas.colleague)
    assert is_there(photo)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({**REASON, "reason": " "}, "needs its reason"),
        ({**REASON, "reference": ""}, "needs a reference"),
        ({**REASON, "ground": "boredom"}, "no ground"),
    ],
)
def test_a_proposal_that_says_too_little(
    said: dict[str, str], problem: str, personas: Personas, items: dict[str, Item]
) -> None:
    photo = items["photo.jpg"]
    with pytest.raises(UsageError, match=problem):
        propose_disposal(photo.matter, [photo], **said, acting_user=personas.owner)  # type: ignore[arg-type]
    assert not Disposal.objects.exists()


@pytest.mark.parametrize("whole_matter", [True, False])
def test_a_legal_hold_stops_it_at_every_step(
    whole_matter: bool, personas: Personas, matter: Matter, items: dict[str, Item]
) -> None:
    photo = items["photo.jpg"]
    made = propose_disposal(matter, [photo], **REASON, acting_user=personas.colleague)
    hold = place_hold(
        matter,
        reason="the appeal is pending",
        items=() if whole_matter else [photo],
        acting_user=personas.colleague,
    )
    with pytest.raises(UsageError, match="appeal is pending"):
        decide_disposal(made, approved=True, acting_user=personas.owner)
    decide_disposal(made, approved=False, acting_user=personas.owner)
    with pytest.raises(UsageError, match="legal hold"):
        propose_disposal(matter, [photo], **REASON, acting_user=personas.owner)
    lift_hold(hold, reason="the appeal was decided", acting_user=personas.owner)
    dispose(photo, personas)
    assert not is_there(photo)
    assert verify_workspace(acting_user=personas.owner).holds


def test_another_matters_file_is_never_destroyed(
    personas: Personas, items: dict[str, Item]
) -> None:
    other = open_matter("Another matter", acting_user=personas.stranger)
    theirs = add_files(other, personas.stranger, {"theirs.jpg": FILES["photo.jpg"]})["theirs.jpg"]
    photo = items["photo.jpg"]
    assert theirs.object_id == photo.object_id
    dispose(photo, personas)
    assert is_there(theirs)
    assert not Erasure.objects.exists()
    assert verify_workspace(acting_user=personas.owner).holds
    add_member(other, personas.colleague, "paralegal", acting_user=personas.stranger)
    made = propose_disposal(other, [theirs], **REASON, acting_user=personas.colleague)
    decide_disposal(made, approved=True, acting_user=personas.stranger)
    work_off()
    assert not is_there(theirs)
    told = {erasure.item_id: erasure.matter for erasure in Erasure.objects.all()}
    assert told == {photo.pk: photo.matter, theirs.pk: other}
    assert verify_workspace(acting_user=personas.owner).holds


def test_what_lies_inside_goes_with_what_it_lies_in(
    personas: Personas, items: dict[str, Item]
) -> None:
    letter = items["letters/سند.pdf"]
    child = add_child(letter, "inside.txt", b"inside", personas.owner)
    with pytest.raises(UsageError, match="lies inside"):
        propose_disposal(letter.matter, [child], **REASON, acting_user=personas.owner)
    dispose(letter, personas)
    assert not is_there(letter)
    assert not is_there(child)


def test_what_is_found_inside_after_the_proposal_is_not_left_behind(
    personas: Personas, items: dict[str, Item]
) -> None:
    letter = items["letters/سند.pdf"]
    made = propose_disposal(letter.matter, [letter], **REASON, acting_user=personas.colleague)
    add_child(letter, "inside.txt", b"inside", personas.owner)
    with pytest.raises(UsageError, match="More was found inside"):
        decide_disposal(made, approved=True, acting_user=personas.owner)


def test_the_key_is_destroyed_and_not_only_the_name(
    personas: Personas, items: dict[str, Item], tmp_path: Path
) -> None:
    if settings.OBJECTS_URL:
        pytest.skip("a bucket has no bytes to overwrite; the object is deleted there")
    photo = items["photo.jpg"]
    path: Path = open_safe().store._path(photo.object.object_name)  # type: ignore[attr-defined]
    survivor = tmp_path / "survivor"
    survivor.hardlink_to(path)  # what the disk still holds of the file after its name is gone
    before = survivor.read_bytes()
    dispose(photo, personas)
    after = survivor.read_bytes()
    assert after[184:] == before[184:], "the sealed bytes are left"
    assert after[:184] != before[:184], "their key is not"
    with pytest.raises(VerificationError, match="in its header"):
        open_sealed(survivor.open("rb"), open_safe().identity)


def test_an_erased_object_that_is_there_again_is_named(
    personas: Personas, items: dict[str, Item]
) -> None:
    dispose(items["photo.jpg"], personas)
    seal_bytes(FILES["photo.jpg"], open_safe())
    assert "two people decided" in first_broken(personas)["expected"]


def test_a_state_that_nobody_decided_is_named(personas: Personas, items: dict[str, Item]) -> None:
    Item.objects.filter(pk=items["photo.jpg"].pk).update(status=Item.Status.DISPOSED)
    assert first_broken(personas)["got"] == "disposed of"


def test_the_decision_cannot_be_rewritten(personas: Personas, items: dict[str, Item]) -> None:
    dispose(items["photo.jpg"], personas)
    with pytest.raises(DatabaseError, match="only grows"):
        DisposalDecision.objects.update(approved=False)


def test_a_changed_decision_is_named(personas: Personas, items: dict[str, Item]) -> None:
    dispose(items["photo.jpg"], personas)
    change("evidence_disposaldecision", "note", "everybody agreed")
    found = first_broken(personas)
    assert found["what"].startswith("disposal decided ")
    assert ": note" in found["what"]


def test_a_file_that_comes_in_again_lives_again(
    personas: Personas, matter: Matter, items: dict[str, Item]
) -> None:
    photo = items["photo.jpg"]
    dispose(photo, personas)
    again = add_files(matter, personas.owner, {"again.jpg": FILES["photo.jpg"]})["again.jpg"]
    assert again.pk == photo.pk
    photo.refresh_from_db()
    assert photo.status == Item.Status.SEALED
    assert is_there(photo)
    found = verify_workspace(acting_user=personas.owner)
    assert found.holds, found.outcome
    assert found.outcome["disposed"] == []


def test_what_lies_inside_lives_again_when_it_is_found_again(
    personas: Personas, matter: Matter, items: dict[str, Item]
) -> None:
    letter = items["letters/سند.pdf"]
    child = add_child(letter, "inside.txt", b"inside", personas.owner)
    dispose(letter, personas)
    add_files(matter, personas.owner, {"again.pdf": FILES["letters/سند.pdf"]})
    found = add_child(letter, "inside.txt", b"inside", personas.owner)
    assert found.pk == child.pk
    child.refresh_from_db()
    assert child.status == Item.Status.SEALED
    assert verify_workspace(acting_user=personas.owner).holds


def test_nothing_is_read_or_copied_of_what_is_gone(
    personas: Personas, items: dict[str, Item]
) -> None:
    photo = items["photo.jpg"]
    dispose(photo, personas)
    client = Client()
    client.force_login(personas.owner)
    assert client.get(f"/items/{photo.pk}/").status_code == 200
    for path in ("original", "reread"):
        answer = client.post(reverse(f"extract:{path}", args=[photo.pk]))
        assert answer.status_code == 400, path


def test_packages_that_hold_the_file_are_destroyed_with_it(
    personas: Personas, matter: Matter, items: dict[str, Item]
) -> None:
    build_download(begin_export(matter, acting_user=personas.owner, purpose="court"))
    held = Export.objects.get().object
    assert held is not None
    dispose(items["photo.jpg"], personas)
    assert Export.objects.get().object is None
    assert not open_safe().store.exists(held.object_name)
    assert not StoredObject.objects.filter(pk=held.pk).exists()
    assert verify_workspace(acting_user=personas.owner).holds


def test_a_stranger_sees_who_decided(
    personas: Personas, matter: Matter, items: dict[str, Item], tmp_path: Path
) -> None:
    dispose(items["photo.jpg"], personas)
    export_to_folder(matter, tmp_path / "package", acting_user=personas.owner)
    verifier = tmp_path / "package" / "verify.py"
    done = subprocess.run(
        [sys.executable, "-I", verifier, "--json"], capture_output=True, text=True, check=False
    )
    said = json.loads(done.stdout)
    assert said["ok"], said["broken"]
    (gone,) = said["disposed"]
    assert gone["path"] == "photo.jpg"
    assert (gone["proposed_by"], gone["decided_by"]) == ("Colleague", "Owner")
    assert gone["bytes"] == "destroyed"
    assert not (tmp_path / "package" / "data" / "photo.jpg").exists()
    plain = subprocess.run(
        [sys.executable, "-I", verifier], capture_output=True, text=True, check=False
    )
    assert "by decision of Owner, as Colleague had" in " ".join(plain.stdout.split())


def test_a_file_that_is_merely_missing_is_not_taken_for_disposed(
    personas: Personas, matter: Matter, items: dict[str, Item], tmp_path: Path
) -> None:
    dispose(items["photo.jpg"], personas)
    export_to_folder(matter, tmp_path / "package", acting_user=personas.owner)
    records = json.loads((tmp_path / "package" / "records.json").read_text("utf-8"))
    mine = next(item for item in records["items"] if item["name"] == "photo.jpg")
    ours = [each for each in records["statements"] if each["kind"] != "disposal decided"]
    package = verify.Package({}, {}, records)
    with pytest.raises(verify.Broken, match="its disposal as two people decided"):
        verify._check_disposed(mine, ours, package, "the photo")
    alone = json.loads(json.dumps(records["statements"]))
    for each in alone:
        if each["kind"] == "disposal decided":
            each["facts"]["decided_by"] = str(personas.colleague.pk)
    with pytest.raises(verify.Broken, match="two people"):
        verify._check_disposed(mine, alone, package, "the photo")


def test_a_package_with_disposed_files_is_imported(
    personas: Personas, matter: Matter, items: dict[str, Item], tmp_path: Path
) -> None:
    dispose(items["photo.jpg"], personas)
    export_to_folder(matter, tmp_path / "package", acting_user=personas.owner)
    made = import_package(tmp_path / "package", acting_user=personas.owner)
    assert not made.items.filter(name="photo.jpg").exists()
    assert made.items.filter(name="سند.pdf").exists()
    assert verify_workspace(acting_user=personas.owner).holds


def test_what_was_read_of_it_is_forgotten(personas: Personas, matter: Matter) -> None:
    note = add_files(matter, personas.owner, {"n.txt": b"a secret of Zaragoza"}, PROVENANCE)[
        "n.txt"
    ]
    read_item(note, room=reading_room(), safe=open_safe(), acting_user=personas.owner)
    assert PageText.objects.filter(item=note).exists()
    assert Passage.objects.filter(source_id=str(note.pk)).exists()
    dispose(note, personas)
    assert not PageText.objects.filter(item=note).exists()
    assert not Passage.objects.filter(source_id=str(note.pk)).exists()
