from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from amparo.accounts.web.actions import allow_calling_out
from amparo.base.errors import AccessDenied
from amparo.base.web.models import Job, OutgoingCall
from amparo.evidence.ledger import timestamps
from amparo.evidence.packages import package
from amparo.evidence.web.actions import record
from amparo.evidence.web.actions.packages import export_to_folder
from amparo.evidence.web.actions.stamps import PURPOSE, fetch_stamps, queue_stamps
from amparo.evidence.web.actions.verification import verify_workspace
from amparo.evidence.web.models import Checkpoint, LedgerEntry, TimeStamp
from tests.authority import LocalAuthority, local_authority
from tests.evidence.web.workspaces import add_files

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter
    from tests.personas import Personas


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[LocalAuthority]:
    (tmp_path / "authority").mkdir()
    with local_authority(tmp_path / "authority") as running:
        yield running


def allow(personas: Personas, *addresses: str, is_on: bool = True) -> None:
    allow_calling_out(
        PURPOSE.name, is_on=is_on, addresses=list(addresses), acting_user=personas.administrator
    )


def test_stamps_wait_while_calling_out_is_off(personas: Personas) -> None:
    record("note", acting_user=personas.owner)
    queue_stamps()
    assert TimeStamp.objects.filter(status="queued").count() == len(PURPOSE.addresses)
    assert fetch_stamps() == 0
    assert not OutgoingCall.objects.exists()
    assert not Job.objects.exists()


def test_one_checkpoint_waits_at_each_authority_the_newest(personas: Personas) -> None:
    for _ in range(3):
        record("note", acting_user=personas.owner)
        queue_stamps()
    newest = Checkpoint.objects.latest("size")
    assert {stamp.checkpoint for stamp in TimeStamp.objects.all()} == {newest}
    assert TimeStamp.objects.count() == len(PURPOSE.addresses)


def test_a_stamp_is_fetched_once_somebody_allowed_it(
    personas: Personas, authority: LocalAuthority
) -> None:
    allow(personas, authority.address)
    assert Job.objects.get().name == "evidence.stamp"
    record("note", acting_user=personas.owner)
    queue_stamps()
    assert fetch_stamps() == 1
    stamp = TimeStamp.objects.get()
    assert (stamp.status, stamp.signer) == ("granted", "Throwaway Time Stamps")
    checked = timestamps.verify(
        bytes(stamp.response or b""), note=stamp.checkpoint.note, roots=[authority.root]
    )
    assert checked.at == stamp.stamped_at
    assert LedgerEntry.objects.latest("seq").kind == "stamped"
    assert OutgoingCall.objects.get().what.startswith("SHA-256 of checkpoint")
    assert fetch_stamps() == 0


def test_an_authority_that_does_not_answer_is_asked_again(personas: Personas) -> None:
    allow(personas, "http://127.0.0.1:9/")
    record("note", acting_user=personas.owner)
    queue_stamps()
    assert fetch_stamps() == 0
    stamp = TimeStamp.objects.get()
    assert stamp.status == "queued"
    assert "did not answer" in stamp.reason


def test_an_administrator_decides_nobody_else(personas: Personas) -> None:
    with pytest.raises(AccessDenied):
        allow_calling_out(PURPOSE.name, is_on=True, addresses=[], acting_user=personas.owner)


def test_a_stamp_leaves_with_the_package_and_a_changed_one_is_named(
    personas: Personas, matter: Matter, authority: LocalAuthority, tmp_path: Path
) -> None:
    allow(personas, authority.address)
    add_files(matter, personas.owner)
    queue_stamps()
    assert fetch_stamps() == 1
    export_to_folder(matter, tmp_path / "package", acting_user=personas.owner)
    report = package.check(tmp_path / "package")
    assert [stamp["signer"] for stamp in report.stamps] == ["Throwaway Time Stamps"]
    assert verify_workspace(acting_user=personas.owner).holds
    stamp = TimeStamp.objects.get(status="granted")
    response = bytearray(stamp.response or b"")
    response[-1] ^= 1
    TimeStamp.objects.filter(pk=stamp.pk).update(response=bytes(response))
    outcome = verify_workspace(acting_user=personas.owner).outcome
    (part,) = (part for part in outcome["parts"] if part["broken"])
    assert part["broken"][0]["what"].startswith(
        f"time stamp of checkpoint {stamp.checkpoint_id}, time stamp: its signature"
    )
