"""Physical exhibits: received, sealed, put away, handed over, acknowledged, destroyed by two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from amparo.base.errors import AccessDenied, UsageError
from amparo.evidence.custody.exhibits import Event
from amparo.evidence.web.actions.disposal import decide_disposal, propose_disposal
from amparo.evidence.web.actions.exhibits import (
    acknowledge,
    hand_over,
    make_place,
    note_exhibit,
    receive_exhibit,
)
from amparo.evidence.web.actions.packages import export_to_folder
from amparo.evidence.web.actions.verification import verify_workspace
from amparo.evidence.web.models.exhibits import ExhibitEvent, PhysicalExhibit, StoragePlace
from amparo.evidence.web.queries.standing import standing_of
from amparo.matters.web.actions import open_matter
from tests.evidence.web.workspaces import add_files

if TYPE_CHECKING:
    from pathlib import Path

    from amparo.evidence.web.models import Item
    from amparo.matters.web.models import Matter
    from tests.personas import Personas


@pytest.fixture
def shelf(personas: Personas) -> StoragePlace:
    room = make_place("Room 4", "room", acting_user=personas.owner)
    return make_place("Safe 2", "safe", acting_user=personas.owner, inside=room)


@pytest.fixture
def photograph(matter: Matter, personas: Personas) -> Item:
    return add_files(matter, personas.owner, {"phone.jpg": b"\xff\xd8\xff a phone"})["phone.jpg"]


@pytest.fixture
def phone(
    matter: Matter, personas: Personas, shelf: StoragePlace, photograph: Item
) -> PhysicalExhibit:
    return receive_exhibit(
        matter,
        kind="phone",
        title="Black telephone",
        identifiers="IMEI 35 6789",
        from_whom="فاطمة المصري",
        occurred_at="2026-03~",
        condition="screen cracked",
        seal="AB-1",
        storage=shelf,
        photographs=[photograph],
        acting_user=personas.colleague,
    )


def test_an_exhibit_is_received_with_seal_place_condition_and_photographs(
    phone: PhysicalExhibit, photograph: Item
) -> None:
    now = standing_of(phone)
    assert phone.code == "P-1"
    assert phone.is_reconstruction
    assert (now.where, now.seal, now.place) == ("held", "AB-1", "Room 4 › Safe 2")
    assert (now.condition, now.photographs) == ("screen cracked", (str(photograph.pk),))


def test_numbers_are_those_of_the_matter(
    personas: Personas, matter: Matter, phone: PhysicalExhibit
) -> None:
    said = {"kind": "object", "title": "A stone", "acting_user": personas.stranger}
    other = open_matter("Other", acting_user=personas.stranger)
    assert receive_exhibit(other, **said).number == 1  # type: ignore[arg-type]
    again = receive_exhibit(matter, kind="object", title="Two", acting_user=personas.owner)
    assert again.number == 2


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        (Event("sealed"), "needs its seal"),
        (Event("sealed", seal="AB-2"), "bears the seal AB-1"),
        (Event("stored"), "needs its place"),
        (Event("came-back"), "in custody already"),
        (Event("destroyed", purpose="x"), "another step"),
        (Event("stolen"), "know no"),
    ],
)
def test_what_cannot_be_is_refused(
    event: Event, problem: str, personas: Personas, phone: PhysicalExhibit
) -> None:
    before = ExhibitEvent.objects.count()
    with pytest.raises(UsageError, match=problem):
        note_exhibit(phone, event, acting_user=personas.owner)
    assert ExhibitEvent.objects.count() == before


def test_a_seal_is_opened_and_another_put_on(personas: Personas, phone: PhysicalExhibit) -> None:
    note_exhibit(phone, Event("unsealed", purpose="to copy it"), acting_user=personas.owner)
    assert standing_of(phone).seal == ""
    note_exhibit(phone, Event("sealed", seal="AB-2"), acting_user=personas.owner)
    assert standing_of(phone).seal == "AB-2"


def test_a_transfer_waits_until_the_receiver_acknowledges(
    personas: Personas, matter: Matter, phone: PhysicalExhibit
) -> None:
    made = hand_over(
        matter,
        [phone],
        to_name="",
        to_user=personas.auditor,
        purpose="DNA analysis",
        acting_user=personas.owner,
    )
    now = standing_of(phone)
    assert (now.where, now.holder, now.awaits, now.place) == ("out", "Auditor", "Auditor", "")
    with pytest.raises(UsageError, match="not in our hands"):
        hand_over(matter, [phone], to_name="X", purpose="y", acting_user=personas.owner)
    with pytest.raises(UsageError, match="Only the receiver"):
        acknowledge(made, acting_user=personas.owner, seals="whole")
    acknowledge(made, acting_user=personas.auditor, seals="whole", remarks="two scratches")
    assert standing_of(phone).awaits == ""
    with pytest.raises(UsageError, match="already"):
        acknowledge(made, acting_user=personas.auditor, seals="whole")
    note_exhibit(phone, Event("came-back", condition="as before"), acting_user=personas.owner)
    assert standing_of(phone).where == "held"


def test_a_signed_receipt_acknowledges_for_who_has_no_account(
    personas: Personas, matter: Matter, phone: PhysicalExhibit, photograph: Item
) -> None:
    made = hand_over(
        matter, [phone], to_name="Dr Ruiz", purpose="analysis", acting_user=personas.owner
    )
    acknowledge(made, acting_user=personas.colleague, seals="broken", receipt=photograph)
    assert made.acknowledgement.by_name == "Dr Ruiz"


def test_nobody_hands_to_a_stranger_or_from_another_matter(
    personas: Personas, matter: Matter, phone: PhysicalExhibit
) -> None:
    said = {"to_name": "", "purpose": "x", "acting_user": personas.owner}
    with pytest.raises(UsageError, match="not on the matter's team"):
        hand_over(matter, [phone], to_user=personas.stranger, **said)  # type: ignore[arg-type]
    other = open_matter("Other", acting_user=personas.owner)
    with pytest.raises(UsageError, match="No exhibit"):
        hand_over(other, [phone], **{**said, "to_name": "X"})  # type: ignore[arg-type]
    for who in (personas.interpreter, personas.stranger):
        with pytest.raises(AccessDenied):
            note_exhibit(phone, Event("sealed", seal="Z"), acting_user=who)


def test_two_people_destroy_an_exhibit(
    personas: Personas, matter: Matter, phone: PhysicalExhibit
) -> None:
    made = propose_disposal(
        matter, [], exhibits=[phone], ground="danger", reason="it leaks acid",
        acting_user=personas.colleague,
    )  # fmt: skip
    decide_disposal(made, approved=True, acting_user=personas.owner)
    assert standing_of(phone).where == "destroyed"
    with pytest.raises(UsageError, match="no longer in custody"):
        note_exhibit(phone, Event("sealed", seal="Z"), acting_user=personas.owner)


def test_exhibits_are_verified_and_leave_with_the_package(
    personas: Personas, matter: Matter, phone: PhysicalExhibit, tmp_path: Path
) -> None:
    found = verify_workspace(acting_user=personas.owner)
    assert found.holds, found.outcome
    export_to_folder(matter, tmp_path / "package", acting_user=personas.owner)
    records = (tmp_path / "package" / "records.json").read_text("utf-8")
    assert "Black telephone" in records
    assert "Room 4 › Safe 2" in records
