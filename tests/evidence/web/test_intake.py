from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from amparo.base.errors import AccessDenied, StorageFull, UsageError
from amparo.base.web import current
from amparo.evidence import ledger
from amparo.evidence.intake import folder as folder_sealing
from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.intake.sources import Source
from amparo.evidence.store.local import LocalStore
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.actions import acquiring, intake
from amparo.evidence.web.actions.acquiring import Arrival, Taken
from amparo.evidence.web.actions.intake import Provenance, take_folder
from amparo.evidence.web.models import (
    Acquisition,
    Checkpoint,
    Intake,
    Item,
    LedgerEntry,
    StoredObject,
)
from amparo.evidence.web.safes import open_safe
from amparo.matters.web.actions import open_matter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from io import FileIO

    from amparo.accounts.web.models import User
    from amparo.matters.web.models import Matter
    from tests.personas import Personas


@pytest.fixture
def safe(tmp_path: Path) -> Safe:
    return Safe.of(LocalStore(tmp_path / "objects"), current.workspace().keyring)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "from the client"
    (root / "letters").mkdir(parents=True)
    (root / "a.txt").write_text("one")
    (root / "b.txt").write_text("two")
    (root / "letters" / "a copy.txt").write_text("one")
    (root / "letters" / "outside").symlink_to("/etc/passwd")
    return root


@pytest.fixture
def owner(personas: Personas) -> User:
    return personas.owner


def opened(matter: Matter, folder: Path, user: User) -> Intake:
    return intake.open_intake(matter, str(folder), acting_user=user)


def take(matter: Matter, folder: Path, safe: Safe, user: User) -> list[Taken]:
    under_way = opened(matter, folder, user)
    taken = list(take_folder(under_way, folder, safe, acting_user=user))
    intake.finish_intake(under_way, acting_user=user)
    return taken


def statuses(taken: list[Taken]) -> dict[str, str]:
    return {each.path: each.status for each in taken}


EXPECTED = {
    "a.txt": "added",
    "b.txt": "added",
    "letters/a copy.txt": "duplicate",
    "letters/outside": "failed",
}


def test_a_folder_becomes_items_with_their_acquisitions(
    matter: Matter, folder: Path, safe: Safe, owner: User
) -> None:
    taken = take(matter, folder, safe, owner)
    assert statuses(taken) == EXPECTED
    assert "out of the folder" in taken[-1].reason
    assert {item.path for item in Item.objects.all()} == {"a.txt", "b.txt"}
    assert {row.path for row in Acquisition.objects.all()} == set(EXPECTED) - {"letters/outside"}
    for item in Item.objects.select_related("object"):
        with safe.open(item.object.object_name) as file:
            assert file.read() == (folder / item.path).read_bytes()


def test_each_acquisition_has_its_entry_and_the_whole_is_signed(
    matter: Matter, folder: Path, safe: Safe, owner: User
) -> None:
    take(matter, folder, safe, owner)
    kinds = LedgerEntry.objects.filter(matter_id=matter.pk).values_list("kind", flat=True)
    assert list(kinds) == [
        "intake opened",
        "acquired",
        "acquired",
        "acquired",
        "refused",
        "intake finished",
    ]
    last = LedgerEntry.objects.order_by("seq").last()
    assert last
    assert Checkpoint.objects.filter(size=last.seq).exists()


def test_what_is_said_of_the_delivery_stands_with_each_file(
    matter: Matter, folder: Path, safe: Safe, owner: User
) -> None:
    said = Provenance(
        from_whom="her sister", occurred_at="2021-03~", place="Lviv", is_reconstruction=True
    )
    under_way = intake.open_intake(matter, "x", acting_user=owner, provenance=said)
    list(take_folder(under_way, folder, safe, acting_user=owner))
    row = Acquisition.objects.get(path="b.txt")
    assert (row.from_whom, row.occurred_at, row.place) == ("her sister", "2021-03~", "Lviv")
    assert row.is_reconstruction
    assert row.modified_at.endswith("Z")
    entry = LedgerEntry.objects.get(kind="acquired", subject=f"item:{row.item_id}")
    assert ledger.parse(entry.canonical).fact.occurred_at == "2021-03~"


def test_a_date_that_is_none_is_refused(matter: Matter, owner: User) -> None:
    said = Provenance(occurred_at="some day")
    with pytest.raises(UsageError):
        intake.open_intake(matter, "x", acting_user=owner, provenance=said)
    assert not Intake.objects.exists()


def test_a_finished_folder_taken_again_is_all_duplicates(
    matter: Matter, folder: Path, safe: Safe, owner: User
) -> None:
    take(matter, folder, safe, owner)
    again = statuses(take(matter, folder, safe, owner))
    assert set(again.values()) == {"duplicate", "failed"}
    assert Item.objects.count() == 2
    assert Acquisition.objects.count() == 6
    assert StoredObject.objects.count() == 2


def test_an_intake_that_was_cut_off_goes_on(
    matter: Matter, folder: Path, safe: Safe, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "FILES_AT_ONCE", 1)
    first = opened(matter, folder, owner)
    partly: Iterator[Taken] = take_folder(first, folder, safe, acting_user=owner)
    assert next(partly).path == "a.txt"
    partly.close()  # type: ignore[attr-defined]

    again = opened(matter, folder, owner)
    assert again == first
    taken = list(take_folder(again, folder, safe, acting_user=owner))
    assert statuses(taken) == EXPECTED
    assert [each.path for each in taken if each.again] == ["a.txt"]
    assert Item.objects.count() == 2
    assert Acquisition.objects.count() == 3


def test_going_on_reads_what_it_has_only_when_it_changed(
    matter: Matter, folder: Path, safe: Safe, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    under_way = opened(matter, folder, owner)
    list(take_folder(under_way, folder, safe, acting_user=owner))
    (folder / "b.txt").write_text("two, and more")
    opened_now = set()
    open_source = folder_sealing.open_source

    def noted(source: Source) -> AbstractContextManager[FileIO]:
        opened_now.add(source.shown_path)
        return open_source(source)

    monkeypatch.setattr(folder_sealing, "open_source", noted)
    taken = list(take_folder(under_way, folder, safe, acting_user=owner))
    assert opened_now == {"b.txt", "letters/outside"}
    assert sorted(each.path for each in taken) == sorted(EXPECTED)
    assert Item.objects.filter(path="b.txt").count() == 2


def test_a_file_that_could_not_be_read_and_then_can_is_no_longer_missing(
    matter: Matter, folder: Path, safe: Safe, owner: User
) -> None:
    under_way = opened(matter, folder, owner)
    list(take_folder(under_way, folder, safe, acting_user=owner))
    assert list(under_way.details["refused"]) == ["letters/outside"]
    (folder / "letters" / "outside").unlink()
    (folder / "letters" / "outside").write_text("now a file")
    list(take_folder(under_way, folder, safe, acting_user=owner))
    under_way.refresh_from_db()
    assert under_way.details["refused"] == {}


def test_the_same_bytes_in_another_matter_are_another_item_of_the_same_object(
    matter: Matter, folder: Path, safe: Safe, owner: User
) -> None:
    take(matter, folder, safe, owner)
    other = open_matter("B. v. State", acting_user=owner)
    assert statuses(take(other, folder, safe, owner)) == EXPECTED
    assert StoredObject.objects.count() == 2
    assert Item.objects.count() == 4


def test_a_full_disk_ends_it_and_the_next_run_goes_on(
    matter: Matter, folder: Path, safe: Safe, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_source = folder_sealing.open_source

    def full(source: Source) -> AbstractContextManager[FileIO]:
        if source.name == "b.txt":
            raise StorageFull("No space is left.", next_step="Free some space.")
        return open_source(source)

    monkeypatch.setattr(folder_sealing, "open_source", full)
    under_way = opened(matter, folder, owner)
    with pytest.raises(StorageFull):
        list(take_folder(under_way, folder, safe, acting_user=owner))
    monkeypatch.undo()
    taken = list(take_folder(opened(matter, folder, owner), folder, safe, acting_user=owner))
    assert statuses(taken) == EXPECTED


def test_files_found_inside_are_items_below_theirs(
    matter: Matter, folder: Path, safe: Safe, owner: User
) -> None:
    take(matter, folder, safe, owner)
    parent = Item.objects.get(path="b.txt")
    inside = Arrival("mail/photo.jpg", seal_bytes(b"inside", safe, name="photo.jpg"))
    child = acquiring.acquire_child(parent, inside, acting_user=owner)
    assert acquiring.acquire_child(parent, inside, acting_user=owner) == child
    assert (child.parent, child.name, child.matter) == (parent, "photo.jpg", matter)
    assert child.acquisitions.get().intake == parent.acquisitions.get().intake
    assert LedgerEntry.objects.filter(subject=f"item:{child.pk}").count() == 1
    other = Arrival("mail/photo.jpg", seal_bytes(b"other", safe))
    with pytest.raises(UsageError):
        acquiring.acquire_child(parent, other, acting_user=owner)


def test_the_same_bytes_inside_and_outside_are_two_items(
    matter: Matter, folder: Path, safe: Safe, owner: User
) -> None:
    take(matter, folder, safe, owner)
    parent = Item.objects.get(path="b.txt")
    same = Arrival("a.txt", seal_bytes(b"one", safe, name="a.txt"))
    child = acquiring.acquire_child(parent, same, acting_user=owner)
    assert child.object == Item.objects.get(path="a.txt", parent=None).object
    assert statuses(take(matter, folder, safe, owner))["a.txt"] == "duplicate"


@pytest.mark.parametrize("who", ["interpreter", "client", "auditor", "administrator", "stranger"])
def test_who_may_not_add_takes_nothing_in(
    matter: Matter, folder: Path, safe: Safe, personas: Personas, who: str
) -> None:
    user = getattr(personas, who)
    with pytest.raises(AccessDenied):
        opened(matter, folder, user)
    under_way = opened(matter, folder, personas.owner)
    with pytest.raises(AccessDenied):
        list(take_folder(under_way, folder, safe, acting_user=user))
    with pytest.raises(AccessDenied):
        intake.finish_intake(under_way, acting_user=user)
    assert not Item.objects.exists()


def test_a_finished_intake_takes_nothing_more(matter: Matter, safe: Safe, owner: User) -> None:
    under_way = intake.open_intake(matter, "x", acting_user=owner)
    intake.finish_intake(under_way, acting_user=owner)
    intake.finish_intake(under_way, acting_user=owner)
    assert LedgerEntry.objects.filter(kind="intake finished").count() == 1
    with pytest.raises(UsageError, match="finished"):
        acquiring.acquire(under_way, [Arrival("a", seal_bytes(b"a", safe))], acting_user=owner)


def test_an_acquisition_and_its_entry_stand_or_fall_together(
    matter: Matter, folder: Path, safe: Safe, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise StorageFull("The ledger cannot be written.")

    under_way = opened(matter, folder, owner)
    monkeypatch.setattr(acquiring, "record_acquisitions", fails)
    with pytest.raises(StorageFull):
        list(take_folder(under_way, folder, safe, acting_user=owner))
    assert not Item.objects.exists()
    assert not Acquisition.objects.exists()


@pytest.mark.folder
def test_the_open_workspace_has_its_safe(db: None) -> None:
    sealed = seal_bytes(b"x", open_safe())
    assert (current.workspace().objects / sealed.object_name[:2]).is_dir()
