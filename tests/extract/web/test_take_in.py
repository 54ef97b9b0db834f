"""A folder is taken in, read and found; interrupted and run again, it is completed."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from amparo.base import programs
from amparo.base.errors import AccessDenied
from amparo.evidence.web.actions.intake import open_intake, take_folder
from amparo.evidence.web.models import Acquisition, Intake, Item
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.actions.take_in import Outcome, Readers, _Work, seal_in, take_in
from amparo.extract.web.models import Reading
from amparo.extract.web.tasks import ask_to_read_several
from amparo.search.web.queries import find
from tests.extract.pdf.samples import letter
from tests.extract.web.builders import safe
from tests.extract.web.test_readings import MAIL, scan
from tests.personas import Personas
from tests.work import work_off

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "from the client"
    (root / "letters").mkdir(parents=True)
    (root / "writ.pdf").write_bytes(letter("Habeas corpus for the prisoner"))
    (root / "letters" / "copy.pdf").write_bytes(letter("Habeas corpus for the prisoner"))
    (root / "letters" / "mail.eml").write_bytes(MAIL)
    (root / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (root / "outside").symlink_to("/etc/passwd")
    return root


@pytest.fixture
def readers(personas: Personas, room: Sandbox) -> Readers:
    return Readers(room=room, safe=safe(), acting_user=personas.owner, at_once=0)


def taken(matter: Matter, folder: Path, readers: Readers) -> dict[str, Outcome]:
    return {outcome.path: outcome for outcome in take_in(matter, folder, readers=readers)}


@pytest.mark.django_db
def test_every_file_has_its_outcome(matter: Matter, folder: Path, readers: Readers) -> None:
    outcomes = taken(matter, folder, readers)
    assert {path: outcome.status for path, outcome in outcomes.items()} == {
        "broken.pdf": "failed",
        "letters/copy.pdf": "added",
        "letters/mail.eml": "added",
        "outside": "failed",
        "writ.pdf": "duplicate",
    }
    assert outcomes["letters/copy.pdf"].pages == 1
    assert outcomes["letters/copy.pdf"].type == "application/pdf"
    assert outcomes["letters/mail.eml"].inside == 1
    assert "damaged" in outcomes["broken.pdf"].reason
    assert "link" in outcomes["outside"].reason
    assert all(bool(o.reason) is (o.status == "failed") for o in outcomes.values())
    assert Intake.objects.get().finished_at is not None


@pytest.mark.django_db
def test_what_lies_inside_is_an_item_and_found(
    matter: Matter, folder: Path, readers: Readers
) -> None:
    taken(matter, folder, readers)
    child = Item.objects.get(parent__name="mail.eml")
    assert (child.name, child.status) == ("list.txt", "read")
    assert Acquisition.objects.get(item=child).method == "found inside another file"
    hits = find("four names", matter_ids=[matter.pk]).hits
    assert [hit.source_id for hit in hits] == [str(child.pk)]


@pytest.mark.django_db
def test_no_reader_begins_before_there_is_something_to_read(readers: Readers) -> None:
    with _Work(replace(readers, at_once=2)):
        assert not [each for each in threading.enumerate() if each.name.startswith("reader ")]


@pytest.mark.django_db
def test_run_again_it_completes_what_was_sealed_only(
    matter: Matter, folder: Path, readers: Readers
) -> None:
    intake = open_intake(matter, str(folder.resolve()), acting_user=readers.acting_user)
    list(take_folder(intake, folder, readers.safe, acting_user=readers.acting_user))
    assert not Reading.objects.exists()
    outcomes = taken(matter, folder, readers)
    assert outcomes["letters/copy.pdf"].status == "added"
    assert Intake.objects.count() == 1
    assert Reading.objects.count() == 4  # two PDFs, the mail, its attachment
    before = Item.objects.count()
    again = taken(matter, folder, readers)
    assert {outcome.status for outcome in again.values()} == {"duplicate", "failed"}
    assert Item.objects.count() == before
    assert Reading.objects.count() == 4


@pytest.mark.django_db
def test_a_scan_waits_for_tesseract_and_is_completed_when_it_is_there(
    matter: Matter, tmp_path: Path, readers: Readers, monkeypatch
) -> None:
    if not programs.is_present("tesseract"):
        pytest.skip("tesseract is not installed")
    root = tmp_path / "scans"
    root.mkdir()
    (root / "scan.pdf").write_bytes(scan("The prisoner was taken"))
    with monkeypatch.context() as without:
        without.setattr(programs, "is_present", lambda name: False)
        outcome = taken(matter, root, readers)["scan.pdf"]
    assert outcome.status == "partial"
    assert "tesseract" in outcome.reason
    taken(matter, root, readers)
    item = Item.objects.get()
    assert (item.status, item.reason) == ("read", "")
    assert find("prisoner", matter_ids=[matter.pk]).hits


@pytest.mark.django_db
def test_who_may_not_add_adds_nothing(
    personas: Personas, matter: Matter, folder: Path, readers: Readers
) -> None:
    for who in (personas.interpreter, personas.stranger, personas.administrator):
        with pytest.raises(AccessDenied):
            taken(matter, folder, replace(readers, acting_user=who))
    assert not Item.objects.exists()


@pytest.mark.django_db
def test_what_is_sealed_now_is_read_by_workers(
    matter: Matter, folder: Path, personas: Personas
) -> None:
    told = seal_in(
        matter,
        folder,
        safe=safe(),
        acting_user=personas.owner,
        hand_over=lambda items: ask_to_read_several(items, user=personas.owner),
    )
    assert {outcome.path: outcome.status for outcome in told} == {
        "broken.pdf": "sealed",
        "letters/copy.pdf": "sealed",
        "letters/mail.eml": "sealed",
        "outside": "failed",
        "writ.pdf": "duplicate",
    }
    assert not Reading.objects.exists()
    work_off()
    states = Item.objects.filter(parent=None).values_list("path", "status")
    assert dict(states) == {
        "broken.pdf": "failed",
        "letters/copy.pdf": "read",
        "letters/mail.eml": "read",
    }
    assert find("habeas corpus", matter_ids=[matter.pk]).hits
    assert Intake.objects.get().finished_at


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("files", "size", "jobs"),
    [(50, 2**30, [3]), (2, 2**30, [2, 1]), (50, 1, [1, 1, 1, 0])],
)
def test_one_job_reads_so_many_files_and_so_many_bytes(
    matter: Matter,
    folder: Path,
    personas: Personas,
    monkeypatch: pytest.MonkeyPatch,
    files: int,
    size: int,
    jobs: list[int],
) -> None:
    module = sys.modules[seal_in.__module__]
    monkeypatch.setattr(module, "HANDED_OVER", files)
    monkeypatch.setattr(module, "HANDED_OVER_BYTES", size)
    handed: list[int] = []
    told = seal_in(
        matter,
        folder,
        safe=safe(),
        acting_user=personas.owner,
        hand_over=lambda items: handed.append(len(items)),
    )
    list(told)
    assert handed == jobs


@pytest.mark.django_db
def test_what_was_sealed_and_not_read_is_handed_over_again(
    matter: Matter, folder: Path, personas: Personas
) -> None:
    handed: list[str] = []

    def seal() -> None:
        told = seal_in(
            matter,
            folder,
            safe=safe(),
            acting_user=personas.owner,
            hand_over=lambda items: handed.extend(item.path for item in items),
            at_end=stop,
        )
        with pytest.raises(KeyboardInterrupt):
            list(told)

    def stop() -> None:
        raise KeyboardInterrupt

    seal()
    Item.objects.filter(path="letters/mail.eml").update(status=Item.Status.READ)
    seal()
    assert sorted(handed) == sorted([*PATHS, "broken.pdf", "letters/copy.pdf"])
    assert Intake.objects.count() == 1


PATHS = ("broken.pdf", "letters/copy.pdf", "letters/mail.eml")
