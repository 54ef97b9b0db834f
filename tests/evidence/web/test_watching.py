"""Objects are read again in their turn; what differs raises one alarm until it is answered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from amparo.base.errors import AccessDenied, UsageError
from amparo.base.web.jobs import queue_standing
from amparo.base.web.models import Job
from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.web.actions.verification import verify_workspace
from amparo.evidence.web.actions.watching import answer_alarm, due_objects, rehash, set_watch
from amparo.evidence.web.models import StoredObject
from amparo.evidence.web.models.watch import Alarm, ObjectCheck
from amparo.evidence.web.safes import open_safe
from tests.evidence.web.workspaces import FILES, add_files
from tests.work import work_off

if TYPE_CHECKING:
    from amparo.evidence.web.models import Item
    from amparo.matters.web.models import Matter
    from tests.personas import Personas


@pytest.fixture
def items(matter: Matter, personas: Personas) -> dict[str, Item]:
    return add_files(matter, personas.owner)


def test_nothing_is_due_on_the_first_day(items: dict[str, Item]) -> None:
    assert not due_objects(timezone.now()).exists()
    later = timezone.now() + timedelta(days=31)
    assert due_objects(later).count() == StoredObject.objects.count() == 3


def test_what_was_read_is_not_due_until_its_time(
    personas: Personas, items: dict[str, Item]
) -> None:
    later = timezone.now() + timedelta(days=31)
    assert rehash(open_safe(), now=later) == 0
    assert ObjectCheck.objects.count() == 3
    assert due_objects(timezone.now() + timedelta(days=29)).count() == 0
    set_watch(7, is_on=True, acting_user=personas.auditor)
    assert due_objects(timezone.now() + timedelta(days=8)).count() == 3


def test_a_verification_counts_for_the_watch(personas: Personas, items: dict[str, Item]) -> None:
    assert verify_workspace(acting_user=personas.owner).holds
    assert ObjectCheck.objects.count() == 3


def test_one_damage_raises_one_alarm_until_it_is_answered(
    personas: Personas, items: dict[str, Item]
) -> None:
    later = timezone.now() + timedelta(days=31)
    open_safe().store.delete(items["photo.jpg"].object.object_name)
    assert rehash(open_safe(), now=later) == 1
    assert rehash(open_safe(), now=later) == 0
    alarm = Alarm.objects.get()
    assert alarm.sha256 == items["photo.jpg"].object_id
    assert alarm.got == "nothing"
    with pytest.raises(AccessDenied):
        answer_alarm(alarm, "x", acting_user=personas.interpreter)
    with pytest.raises(UsageError, match="Say what"):
        answer_alarm(alarm, " ", acting_user=personas.owner)
    seal_bytes(FILES["photo.jpg"], open_safe())
    answer_alarm(alarm, "restored from the backup of Monday", acting_user=personas.owner)
    assert rehash(open_safe(), now=later) == 0
    assert verify_workspace(acting_user=personas.owner).holds


def test_workers_queue_the_watch_once_and_for_the_next_day(items: dict[str, Item]) -> None:
    queue_standing()
    queue_standing()
    assert Job.objects.filter(name="evidence.rehash").count() == 1
    work_off()
    queue_standing()
    waiting = Job.objects.get(name="evidence.rehash", state="queued")
    assert waiting.not_before > timezone.now() + timedelta(hours=23)
