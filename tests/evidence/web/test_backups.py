"""The page of backups: what the ledger tells, a real drill in its own process, the alarm."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from amparo.accounts.web.models import AuditEntry
from amparo.base.errors import AccessDenied, Cancelled, UsageError
from amparo.base.web.jobs import queue_standing
from amparo.base.web.models import Job
from amparo.evidence.backup.places import open_place
from amparo.evidence.web.backups.account import note, set_alarm
from amparo.evidence.web.backups.drilling import try_restore
from amparo.evidence.web.backups.saving import back_up
from amparo.evidence.web.backups.telling import known_places, standing, told
from amparo.evidence.web.models import BackupEntry
from tests.evidence.web.workspaces import add_files
from tests.work import work_off

if TYPE_CHECKING:
    from django.test import Client

    from amparo.matters.web.models import Matter
    from tests.personas import Personas

PAGE = "evidence:backups"
DAY = timedelta(days=1)


@pytest.fixture
def place(
    matter: Matter, personas: Personas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A backup of a matter with four files. A drill starts with the program's own settings, in a
    folder for temporary files that no other test uses."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "amparo.site.settings")
    add_files(matter, personas.owner)
    folder = tmp_path / "backup"
    back_up(open_place(str(folder)), acting_user=personas.administrator)
    return folder


def damage(folder: Path) -> None:
    """Change one byte in each file of ``folder``."""
    for file in [path for path in folder.rglob("*") if path.is_file()]:
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        file.chmod(0o600)
        file.write_bytes(data)


def scratches() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("amparo-drill-*"))


def test_a_backup_is_told_with_its_place_and_size(place: Path, personas: Personas) -> None:
    (made,) = told(BackupEntry.Kind.MADE, most=9)
    assert made.by == personas.administrator
    assert made.said["place"] == str(place)
    assert made.said["objects"] == 3
    assert made.said["bytes"] > 9000 * 20
    back_up(open_place(str(place)), acting_user=personas.administrator)
    again = told(BackupEntry.Kind.MADE, most=1)[0]
    assert again.said["new_bytes"] < again.said["bytes"]
    assert known_places() == [str(place)]


def test_a_drill_of_a_damaged_backup_names_what_is_broken(place: Path, personas: Personas) -> None:
    damage(place / "rows")
    try_restore(str(place), acting_user=personas.administrator)
    (tried,) = told(BackupEntry.Kind.TRIED, most=9)
    assert not tried.holds
    assert tried.said["broken"]["what"].startswith("Block ")
    assert standing(timezone.now()).is_broken
    assert AuditEntry.objects.get(action="try a restore").details["holds"] is False


def test_a_place_that_is_gone_is_a_drill_that_failed(place: Path, personas: Personas) -> None:
    place.rename(place.with_name("taken away"))
    try_restore(str(place), acting_user=personas.administrator)
    (tried,) = told(BackupEntry.Kind.TRIED, most=9)
    assert "There is no backup in" in tried.said["broken"]["what"]


def test_a_drill_that_is_stopped_leaves_nothing(place: Path, personas: Personas) -> None:
    def stop(_part: str, _done: int, _total: int) -> None:
        raise Cancelled("The work was stopped.")

    before = scratches()
    with pytest.raises(Cancelled):
        try_restore(str(place), acting_user=personas.administrator, on_progress=stop)
    assert scratches() == before
    assert not told(BackupEntry.Kind.TRIED, most=9)


def test_only_a_place_of_ours_is_tried_and_only_by_who_may(
    place: Path, personas: Personas, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="No backup of this workspace"):
        try_restore(str(tmp_path), acting_user=personas.administrator)
    with pytest.raises(AccessDenied):
        try_restore(str(place), acting_user=personas.owner)
    with pytest.raises(AccessDenied):
        set_alarm(3, acting_user=personas.owner)


def test_the_alarm_comes_when_the_last_backup_is_too_old(place: Path, personas: Personas) -> None:
    now = timezone.now()
    assert not standing(now).is_too_old
    assert not standing(now + 7 * DAY - DAY / 24).is_too_old
    assert standing(now + 8 * DAY).is_too_old
    set_alarm(30, acting_user=personas.administrator)
    assert not standing(now + 8 * DAY).is_too_old
    with pytest.raises(UsageError, match="from 1 to 365"):
        set_alarm(0, acting_user=personas.administrator)


def test_without_any_backup_the_alarm_counts_from_the_first_entry(
    matter: Matter, personas: Personas
) -> None:
    assert not standing(timezone.now() + 30 * DAY).is_too_old
    add_files(matter, personas.owner)
    assert standing(timezone.now() + 30 * DAY).is_too_old
    assert standing(timezone.now()).last is None


def test_the_page_tries_a_restore_in_the_background(
    place: Path, personas: Personas, client: Client
) -> None:
    """In a process of its own, beside the workspace, with nothing left over."""
    before = scratches()
    client.force_login(personas.administrator)
    page = client.get(reverse(PAGE)).content.decode()
    assert str(place) in page
    assert "No restore was tried yet." in page
    assert f"backup {place}" in page
    done = client.post(reverse("evidence:try-restore"), {"place": str(place)})
    assert done.status_code == 302
    assert "every 2s" in client.get(reverse(PAGE)).content.decode()
    work_off()
    assert Job.objects.get(name="evidence.drill").state == Job.State.DONE
    page = client.get(reverse(PAGE)).content.decode()
    assert "files: 3." in page
    assert "every 2s" not in page
    (tried,) = told(BackupEntry.Kind.TRIED, most=9)
    assert tried.holds, tried.said
    assert tried.said["checked"]["objects"] == 3
    assert tried.said["keys_as_today"]
    assert scratches() == before
    assert AuditEntry.objects.get(action="try a restore").details["holds"] is True


def test_the_page_refuses_another_place(place: Path, personas: Personas, client: Client) -> None:
    client.force_login(personas.administrator)
    done = client.post(reverse("evidence:try-restore"), {"place": "/etc"}, follow=True)
    assert "No backup of this workspace was made there." in done.content.decode()
    assert not Job.objects.filter(name="evidence.drill").exists()


def test_the_first_page_warns_who_may_back_up(personas: Personas, client: Client) -> None:
    broken = {"what": "Block 1 of evidence_item", "got": "nothing", "expected": "a sealed block"}
    with transaction.atomic():
        said = {"snapshot": "x", "place": "/backup", "seconds": 1, "broken": broken}
        note(BackupEntry.Kind.TRIED, said, acting_user=personas.administrator)
    warning = "The last backup that was tried could not be restored."
    client.force_login(personas.administrator)
    assert warning in client.get("/").content.decode()
    assert "a sealed block" in client.get(reverse(PAGE)).content.decode()
    client.force_login(personas.owner)
    assert warning not in client.get("/").content.decode()


def test_workers_do_not_try_by_themselves(place: Path) -> None:
    queue_standing()
    assert not Job.objects.filter(name="evidence.drill").exists()
