"""Proofs that come with a delivery are looked at as it is taken in, whatever comes first."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from pysequoia import SignatureMode, Tsk, sign

from amparo.base.errors import AccessDenied, UsageError
from amparo.evidence.web.models import Item, LedgerEntry
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.actions import prove_item, trust_keys, withdraw_key
from amparo.extract.web.actions.forgetting import forget_item
from amparo.extract.web.actions.take_in import Readers, take_in
from amparo.extract.web.models import ProofCheck, TrustedKey
from tests.evidence.proofs.authorities import (
    authority,
    collection,
    picture,
    signer,
    with_credentials,
)
from tests.extract.web.builders import safe
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter

PHONE = Tsk.generate("phone@proofmode.example")
KEY = str(PHONE.extract_certificate())
PHOTO = picture("green")
SHA = hashlib.sha256(PHOTO).hexdigest()
SHEET = f"File Hash SHA256,File Created,Proof Generated\n{SHA},2021-03-01T08:15:00Z,2021-03-01\n"


def signed(data: bytes) -> bytes:
    return sign(PHONE.signer(), data, mode=SignatureMode.DETACHED)


def bundle() -> dict[str, bytes]:
    return {
        "IMG_20210301_101500.jpg": PHOTO,
        f"{SHA}.asc": signed(PHOTO),
        f"{SHA}.proof.csv": SHEET.encode(),
        f"{SHA}.proof.csv.asc": signed(SHEET.encode()),
        "pubkey.asc": KEY.encode(),
    }


@pytest.fixture
def readers(personas: Personas, room: Sandbox) -> Readers:
    return Readers(room=room, safe=safe(), acting_user=personas.owner, at_once=0, recognise=False)


def bring(matter: Matter, root: Path, files: dict[str, bytes], readers: Readers) -> None:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    list(take_in(matter, root, readers=readers))


def answers(item: Item) -> dict[str, tuple[str, str]]:
    check = item.proof_checks.first()
    assert check is not None
    return {each.kind: (each.answer("file"), each.answer("signer")) for each in check.values}


@pytest.mark.django_db
def test_a_zip_by_proofmode_is_verified_on_import(
    matter: Matter, tmp_path: Path, readers: Readers
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in bundle().items():
            archive.writestr(name, data)
    bring(matter, tmp_path / "in", {"proof.zip": out.getvalue()}, readers)
    photo = Item.objects.get(name="IMG_20210301_101500.jpg")
    assert answers(photo) == {"proofmode": ("holds", "unknown"), "pgp": ("holds", "unknown")}


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "a ", "z "])
def test_a_folder_is_verified_whatever_comes_first(
    matter: Matter, tmp_path: Path, readers: Readers, prefix: str
) -> None:
    files = {
        f"{prefix}{name}" if name.endswith(".jpg") else name: data
        for name, data in bundle().items()
    }
    bring(matter, tmp_path / "in", {f"phone/{name}": data for name, data in files.items()}, readers)
    photo = Item.objects.get(object_id=SHA)
    assert answers(photo) == {"proofmode": ("holds", "unknown"), "pgp": ("holds", "unknown")}


@pytest.mark.django_db
def test_a_sheet_by_tella_finds_its_photograph_by_the_hash(
    matter: Matter, tmp_path: Path, readers: Readers
) -> None:
    sheet = f"File hash,File path,File name,Timestamp\n{SHA},,x.jpg,1614586500000\n"
    files = {"a photo.jpg": PHOTO, "b other.jpg": picture("blue"), "sheet.csv": sheet.encode()}
    bring(matter, tmp_path / "in", files, readers)
    assert answers(Item.objects.get(object_id=SHA)) == {"tella": ("holds", "unknown")}
    assert not Item.objects.get(name="b other.jpg").proof_checks.exists()


@pytest.mark.django_db
def test_a_signature_of_another_folder_is_not_held_against_a_file(
    matter: Matter, tmp_path: Path, readers: Readers
) -> None:
    files = {"one/film.bin": b"one", "two/film.bin.asc": signed(b"two")}
    bring(matter, tmp_path / "in", files, readers)
    assert not ProofCheck.objects.exists()


@pytest.mark.django_db
def test_what_is_trusted_changes_the_answer_and_never_the_earlier_look(
    matter: Matter, tmp_path: Path, readers: Readers, personas: Personas
) -> None:
    root = authority()
    bring(matter, tmp_path / "in", {"p.jpg": with_credentials(signer(root), PHOTO)}, readers)
    item = Item.objects.get()
    assert answers(item) == {"c2pa": ("holds", "unknown")}
    (key,) = trust_keys(name="Our camera maker", text=root.pem, acting_user=personas.administrator)
    again = {"room": readers.room, "safe": safe(), "acting_user": personas.owner}
    prove_item(item, **again)  # type: ignore[arg-type]
    assert answers(item) == {"c2pa": ("holds", "holds")}
    withdraw_key(key, acting_user=personas.administrator)
    prove_item(item, **again)  # type: ignore[arg-type]
    assert [check.values[0].answer("signer") for check in item.proof_checks.all()] == [
        "unknown",
        "holds",
        "unknown",
    ]


@pytest.mark.django_db
def test_the_ledger_states_answers_and_digest_and_no_place(
    matter: Matter, tmp_path: Path, readers: Readers
) -> None:
    bring(matter, tmp_path / "in", {"site.wacz": collection(anonymous=True)}, readers)
    item = Item.objects.get(parent=None)
    check = item.proof_checks.get()
    entry = LedgerEntry.objects.get(kind="proofs checked")
    details = json.loads(entry.canonical)["details"]["proofs"]
    assert (details["id"], details["sha256"]) == (str(check.pk), check.sha256)
    assert details["answers"] == [["wacz", "holds", "unknown", "unknown"]]


@pytest.mark.django_db
def test_only_who_may_trust_keys_does(personas: Personas) -> None:
    for person in (personas.owner, personas.interpreter, personas.stranger, personas.client):
        with pytest.raises(AccessDenied):
            trust_keys(name="", text=KEY, acting_user=person)
    trust_keys(name="", text=KEY, acting_user=personas.administrator)
    assert TrustedKey.objects.get().name == "phone@proofmode.example"
    with pytest.raises(UsageError, match="already"):
        trust_keys(name="again", text=KEY, acting_user=personas.administrator)


@pytest.mark.django_db
def test_who_may_not_add_looks_at_no_proofs(
    matter: Matter, tmp_path: Path, readers: Readers, personas: Personas
) -> None:
    bring(matter, tmp_path / "in", {"p.jpg": PHOTO}, readers)
    for person in (personas.stranger, personas.interpreter, personas.auditor):
        with pytest.raises(AccessDenied):
            prove_item(Item.objects.get(), room=readers.room, safe=safe(), acting_user=person)


@pytest.mark.django_db
def test_what_proofs_told_is_forgotten_with_the_file(
    matter: Matter, tmp_path: Path, readers: Readers
) -> None:
    bring(matter, tmp_path / "in", bundle(), readers)
    photo = Item.objects.get(object_id=SHA)
    before = photo.proof_checks.get().sha256
    with transaction.atomic():
        forget_item(photo)
    check = photo.proof_checks.get()
    assert (check.findings, check.beside, check.sha256) == ([], [], before)
