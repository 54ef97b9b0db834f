from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from amparo.base.errors import AccessDenied, StorageError, UsageError, VerificationError
from amparo.evidence.packages import package
from amparo.evidence.web.actions import record_custody, signer
from amparo.evidence.web.actions.packages import begin_export, build_download, export_to_folder
from amparo.evidence.web.models import CustodyEvent, Export, LedgerEntry, StoredObject
from amparo.evidence.web.safes import open_safe
from amparo.matters.web.actions import open_matter
from tests.evidence.web.workspaces import FILES, add_child, add_files
from tests.tampering import flip

if TYPE_CHECKING:
    from amparo.evidence.web.models import Item
    from amparo.matters.web.models import Matter
    from tests.personas import Personas


@pytest.fixture
def items(matter: Matter, personas: Personas) -> dict[str, Item]:
    made = add_files(matter, personas.owner)
    add_child(made["photo.jpg"], "inside/سند.txt", b"found inside", personas.owner)
    record_custody(made["photo.jpg"], "viewed", acting_user=personas.colleague)
    other = open_matter("Z. v. Elsewhere", acting_user=personas.stranger)
    add_files(other, personas.stranger, {"secret.txt": b"of another matter"})
    return made


def exported(matter: Matter, personas: Personas, target: Path) -> dict[str, object]:
    export_to_folder(matter, target, acting_user=personas.owner, purpose="for the court")
    value: dict[str, object] = json.loads((target / "records.json").read_text("utf-8"))
    return value


def test_a_matter_leaves_whole_and_verifies_alone(
    matter: Matter, personas: Personas, items: dict[str, Item], tmp_path: Path
) -> None:
    target = tmp_path / "package"
    records = exported(matter, personas, target)
    done = subprocess.run(
        [sys.executable, "-I", target / "verify.py", "--json"]
        + ["--fingerprint", signer().key.fingerprint],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert len(records["items"]) == 4  # type: ignore[arg-type]
    assert (target / "data/letters/سند.pdf").read_bytes() == FILES["letters/سند.pdf"]
    assert (target / "data/photo.jpg (contents)/inside/سند.txt").read_bytes() == b"found inside"
    assert list(tmp_path.iterdir()) == [target]


def test_a_second_acquisition_leaves_with_the_same_item(
    matter: Matter, personas: Personas, items: dict[str, Item], tmp_path: Path
) -> None:
    records = exported(matter, personas, tmp_path / "package")
    letter = next(i for i in records["items"] if i["name"] == "سند.pdf")  # type: ignore[attr-defined,index]
    assert [a["path"] for a in letter["acquisitions"]] == ["letters/سند.pdf", "copy of سند.pdf"]
    assert letter["acquisitions"][0]["from_whom"] == "فاطمة المصري"


def test_nothing_of_another_matter_leaves(
    matter: Matter, personas: Personas, items: dict[str, Item], tmp_path: Path
) -> None:
    exported(matter, personas, tmp_path / "package")
    for path in (tmp_path / "package").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"Elsewhere" not in data
            assert b"secret.txt" not in data


def test_an_export_is_told_of_each_file(
    matter: Matter, personas: Personas, items: dict[str, Item], tmp_path: Path
) -> None:
    exported(matter, personas, tmp_path / "package")
    told = CustodyEvent.objects.filter(kind="exported")
    assert told.count() == 4
    assert {event.purpose for event in told} == {"for the court"}
    export = Export.objects.get()
    assert export.entry is not None
    assert export.entry.kind == package.EXPORTED
    assert (export.files, export.object) == (4, None)


def test_a_second_export_states_the_first(
    matter: Matter, personas: Personas, items: dict[str, Item], tmp_path: Path
) -> None:
    exported(matter, personas, tmp_path / "first")
    records = exported(matter, personas, tmp_path / "second")
    kinds = [e["kind"] for item in records["items"] for e in item["custody"]]  # type: ignore[attr-defined,index]
    assert kinds.count("exported") == 4


def test_what_happens_during_an_export_is_in_the_next(
    matter: Matter, personas: Personas, items: dict[str, Item], tmp_path: Path
) -> None:
    def view(path: str, size: int) -> None:
        record_custody(items["photo.jpg"], "viewed", acting_user=personas.colleague)

    target = tmp_path / "package"
    export_to_folder(matter, target, acting_user=personas.owner, on_file=view)
    assert package.check(target)


def test_a_download_is_sealed_and_never_in_clear(
    matter: Matter, personas: Personas, items: dict[str, Item]
) -> None:
    export = begin_export(matter, acting_user=personas.owner, purpose="")
    build_download(export)
    export.refresh_from_db()
    assert export.object is not None
    kept = open_safe()
    with kept.open(export.object.object_name) as stream, zipfile.ZipFile(stream) as archive:
        assert package.check(archive)
        assert archive.namelist()[0].startswith(f"package-{matter.number}/data/")
    assert kept.store.open(export.object.object_name).read(3) == b"age"


@pytest.mark.parametrize("who", ["interpreter", "client", "auditor", "administrator", "stranger"])
def test_who_may_not_export_gets_nothing(
    who: str, matter: Matter, personas: Personas, items: dict[str, Item], tmp_path: Path
) -> None:
    with pytest.raises(AccessDenied):
        export_to_folder(matter, tmp_path / "p", acting_user=getattr(personas, who))
    assert not Export.objects.exists()
    assert not list(tmp_path.iterdir())


def test_the_right_is_asked_again_when_it_is_sealed(
    matter: Matter, personas: Personas, items: dict[str, Item]
) -> None:
    export = begin_export(matter, acting_user=personas.colleague, purpose="")
    matter.team.filter(user=personas.colleague).delete()
    with pytest.raises(AccessDenied):
        build_download(export)
    assert not LedgerEntry.objects.filter(kind=package.EXPORTED).exists()
    assert not StoredObject.objects.filter(media_type="application/zip").exists()


def test_an_empty_matter_says_what_to_do(matter: Matter, personas: Personas) -> None:
    with pytest.raises(UsageError, match="Add files"):
        begin_export(matter, acting_user=personas.owner, purpose="")


def test_a_damaged_object_stops_the_export_and_leaves_nothing(
    matter: Matter, personas: Personas, items: dict[str, Item], tmp_path: Path
) -> None:
    name = items["photo.jpg"].object.object_name
    changed = flip(name, 70_000)
    with pytest.raises((VerificationError, StorageError), match=f"Object {name[:12]}"):
        export_to_folder(matter, tmp_path / "package", acting_user=personas.owner)
    assert not list(tmp_path.iterdir())
    assert not LedgerEntry.objects.filter(kind=package.EXPORTED).exists()
    changed.unlink()
