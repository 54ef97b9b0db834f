from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from amparo.base import canonical
from amparo.base.errors import AccessDenied, UsageError, VerificationError
from amparo.evidence.web.actions import record_custody, signer
from amparo.evidence.web.actions.packages import export_to_folder
from amparo.evidence.web.actions.received import import_package
from amparo.evidence.web.actions.verification import verify_workspace
from amparo.evidence.web.models import Acquisition, CustodyEvent, Item, LedgerEntry
from amparo.evidence.web.queries.contents import full_paths
from amparo.evidence.web.safes import open_safe
from amparo.matters.web.models import Matter
from tests.evidence import packing
from tests.evidence.test_verifier import edit_json, renumber, reseal, zipped
from tests.evidence.web.workspaces import FILES, add_child, add_files

if TYPE_CHECKING:
    from tests.personas import Personas


@pytest.fixture
def sealed(matter: Matter, personas: Personas, tmp_path: Path) -> Path:
    """A package of a matter with a second acquisition, a child and custody events."""
    made = add_files(matter, personas.owner)
    made["photo.jpg"].title = "The checkpoint"
    made["photo.jpg"].save()
    add_child(made["photo.jpg"], "inside/سند.txt", b"found inside", personas.owner)
    record_custody(
        made["photo.jpg"], "transferred", acting_user=personas.owner, purpose="to the expert"
    )
    export_to_folder(matter, tmp_path / "package", acting_user=personas.owner)
    return tmp_path / "package"


def files_of(matter: Matter) -> dict[str, bytes]:
    kept, paths = open_safe(), full_paths(matter)
    found = {}
    for item in Item.objects.filter(matter=matter).select_related("object"):
        with kept.open(item.object.object_name) as stream:
            found[paths[item.pk]] = stream.read()
    return found


def test_a_package_comes_back_as_a_matter(
    sealed: Path, matter: Matter, personas: Personas, tmp_path: Path
) -> None:
    place = zipped(sealed, tmp_path / "sealed.zip")
    made = import_package(place, acting_user=personas.colleague)
    assert (made.title, made.number != matter.number) == (matter.title, True)
    theirs = files_of(made)
    (provenance,) = (path for path in theirs if path.startswith("provenance-"))
    del theirs[provenance]
    assert theirs == files_of(matter)
    assert Item.objects.get(matter=made, name="photo.jpg").title == "The checkpoint"


def test_what_the_sender_stated_is_kept_as_written_down_later(
    sealed: Path, personas: Personas
) -> None:
    made = import_package(sealed, acting_user=personas.colleague)
    came = Acquisition.objects.get(item__matter=made, path="copy of سند.pdf")
    assert (came.from_whom, came.acquired_by) == ("Owner", personas.colleague)
    assert came.method == "a sealed package"
    first = CustodyEvent.objects.filter(item=came.item, kind="received").earliest("pk")
    assert first.purpose == "فاطمة المصري, Bogotá, handed over"
    assert (first.by_whom, first.occurred_at) == ("Owner", "2021-03~")
    assert first.is_reconstruction
    event = CustodyEvent.objects.get(item__matter=made, kind="transferred")
    assert (event.purpose, event.is_reconstruction) == ("to the expert", True)
    imported = CustodyEvent.objects.filter(item__matter=made, kind="imported")
    assert imported.count() == Item.objects.filter(matter=made).count()


def test_the_ledger_holds_and_leads_back_to_the_senders(
    sealed: Path, personas: Personas, tmp_path: Path
) -> None:
    made = import_package(sealed, acting_user=personas.colleague)
    assert verify_workspace(acting_user=personas.owner).holds
    entries = LedgerEntry.objects.filter(matter_id=made.pk, kind="acquired")
    assert any(f'"key":"{signer().key.fingerprint}"' in e.canonical for e in entries)
    export_to_folder(made, tmp_path / "onward", acting_user=personas.colleague)


def test_a_package_is_imported_once(sealed: Path, personas: Personas) -> None:
    import_package(sealed, acting_user=personas.colleague)
    with pytest.raises(UsageError, match="is here already"):
        import_package(sealed, acting_user=personas.colleague)
    assert Matter.objects.count() == 2


def test_a_tampered_package_leaves_nothing_behind(sealed: Path, personas: Personas) -> None:
    (sealed / "data/photo.jpg").write_bytes(FILES["photo.jpg"] + b"x")
    with pytest.raises(VerificationError, match=r"data/photo.jpg: its SHA-256"):
        import_package(sealed, acting_user=personas.colleague)
    assert Matter.objects.count() == 1


def test_a_package_of_another_sender_than_expected_is_refused(
    sealed: Path, personas: Personas
) -> None:
    with pytest.raises(VerificationError, match="fingerprint"):
        import_package(sealed, acting_user=personas.colleague, fingerprint="0" * 64)


@pytest.mark.parametrize("who", ["interpreter", "client", "auditor"])
def test_it_is_for_those_who_may(who: str, sealed: Path, personas: Personas) -> None:
    with pytest.raises(AccessDenied):
        import_package(sealed, acting_user=getattr(personas, who))


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("kind", "borrowed", "Custody knows no"),
        ("purpose", "x" * 301, "custody event: purpose"),
    ],
)
def test_hostile_records_leave_nothing_behind(
    field: str, value: str, problem: str, personas: Personas, tmp_path: Path
) -> None:
    folder = packing.build(tmp_path / "sealed")
    renumber(folder)

    def change(records: dict) -> None:  # type: ignore[type-arg]
        item = next(item for item in records["items"] if item["custody"])
        item["custody"][0][field] = value

    edit_json(folder / "records.json", change)
    forge(folder, field, value)
    reseal(folder)
    with pytest.raises((UsageError, VerificationError), match=problem):
        import_package(folder, acting_user=personas.owner)
    assert not Matter.objects.exists()
    assert not Item.objects.exists()


def forge(folder: Path, field: str, value: str) -> None:
    """The ledger of a sender who holds the key and lies consistently."""
    path = folder / "ledger/entries.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    entry = next(line for line in lines if line["kind"] == "custody")
    entry["details"]["custody"][field] = value
    path.write_text("".join(f"{canonical.dumps(line).decode()}\n" for line in lines), "utf-8")
