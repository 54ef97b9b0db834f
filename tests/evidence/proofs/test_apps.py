"""ProofMode's and Tella's sheets: the hash, the signatures, the times and the place."""

from __future__ import annotations

import hashlib
import io
import json

import pytest
from pysequoia import SignatureMode, Tsk, sign

from amparo.evidence.proofs.findings import Finding, from_json, to_json
from amparo.evidence.proofs.keys import Known, Trust
from amparo.evidence.proofs.proving import prove
from amparo.evidence.proofs.sheets import read_sheet

PHOTO = b"\xff\xd8\xff\xe0 a photograph"
SHA = hashlib.sha256(PHOTO).hexdigest()
PHONE = Tsk.generate("noone@proofmode.example")
KEY = str(PHONE.extract_certificate())
SHEET = {
    "File Path": "/storage/emulated/0/DCIM/Camera/IMG_20210301_101500.jpg",
    "File Hash SHA256": SHA,
    "File Created": "2021-03-01T08:15:00.123Z",
    "Proof Generated": "2021-03-01T08:15:04Z",
    "Location.Latitude": "48.856613",
    "Location.Longitude": "2.352222",
    "Location.Accuracy": "12.5",
    "Location.Time": "1614586500000",
    "Hardware": "Fairphone FP3",
}


def csv_of(values: dict[str, str]) -> bytes:
    return (",".join(values) + "\n" + ",".join(values.values()) + "\n").encode()


def signed(data: bytes, who: Tsk = PHONE) -> bytes:
    return sign(who.signer(), data, mode=SignatureMode.DETACHED)


def bundle(sheet: bytes, **changes: bytes) -> dict[str, bytes]:
    """What lies beside the photograph in a ProofMode zip."""
    files = {
        f"{SHA}.proof.csv": sheet,
        f"{SHA}.proof.csv.asc": signed(sheet),
        f"{SHA}.asc": signed(PHOTO),
        "pubkey.asc": KEY.encode(),
    }
    return files | changes


def found(
    beside: dict[str, bytes], photo: bytes = PHOTO, trust: Trust | None = None
) -> dict[str, Finding]:
    name = "IMG_20210301_101500.jpg"
    findings = prove(io.BytesIO(photo), name, "application/octet-stream", beside, trust or Trust())
    return {each.kind: each for each in findings}


def test_a_whole_bundle_holds_and_says_whose_key_it_is() -> None:
    both = found(bundle(csv_of(SHEET)))
    assert set(both) == {"proofmode", "pgp"}
    assert {each.answer("file") for each in both.values()} == {"holds"}
    assert {each.answer("signer") for each in both.values()} == {"unknown"}
    trusted = found(bundle(csv_of(SHEET)), trust=Trust(pgp=(Known("Lina's phone", KEY),)))
    assert {each.answer("signer") for each in trusted.values()} == {"holds"}


def test_what_the_sheet_states_of_time_and_place() -> None:
    claims = found(bundle(csv_of(SHEET)))["proofmode"].claims
    times = {claim.source: claim.time for claim in claims if claim.time}
    assert times["proofmode created"] == "2021-03-01T08:15:00Z"
    assert times["proofmode place"] == "2021-03-01T08:15:00Z"
    (place,) = [claim for claim in claims if claim.place]
    assert (place.place, place.accuracy) == ((48.856613, 2.352222), 12.5)


def test_a_sheet_as_json_and_as_a_name_a_line_says_the_same() -> None:
    line_by_line = "".join(f"{key},{value}\n" for key, value in SHEET.items()).encode()
    readings = [read_sheet(each) for each in (json.dumps(SHEET).encode(), line_by_line)]
    assert [each and each.sha256 for each in readings] == [SHA, SHA]
    assert readings[0].claims() == readings[1].claims()  # type: ignore[union-attr]


def test_a_wrong_hash_fails_and_says_both() -> None:
    wrong = csv_of(SHEET | {"File Hash SHA256": "0" * 64})
    finding = found(bundle(wrong))["proofmode"]
    assert finding.answer("file") == "fails"
    assert f"got {SHA}, expected {'0' * 64}" in finding.checks[0].sentence


def test_a_changed_photograph_fails_twice() -> None:
    both = found(bundle(csv_of(SHEET)), photo=PHOTO + b"!")
    assert both["proofmode"].answer("file") == "fails"


def test_a_sheet_that_was_changed_after_it_was_signed_fails() -> None:
    changed = csv_of(SHEET | {"Location.Latitude": "50.0"})
    finding = found(bundle(changed, **{f"{SHA}.proof.csv.asc": signed(csv_of(SHEET))}))
    assert finding["proofmode"].answer("file") == "fails"


def test_another_files_signature_fails() -> None:
    both = found(bundle(csv_of(SHEET), **{f"{SHA}.asc": signed(b"another photograph")}))
    assert both["pgp"].answer("file") == "fails"
    assert both["proofmode"].answer("file") == "holds"


def test_statements_that_are_not_checked_are_named() -> None:
    finding = found(bundle(csv_of(SHEET), **{f"{SHA}.ots": b"x"}))["proofmode"]
    assert any("OpenTimestamps" in check.sentence for check in finding.checks)


def test_tella_holds_by_its_hash_and_is_signed_by_nobody() -> None:
    sheet = csv_of({
        "File hash": SHA, "File path": "", "File name": "a1.jpg", "Timestamp": "1614586500000",
        "Location latitude": "-0.5", "Location longitude": "36.25", "Hardware": "FP3",
    })  # fmt: skip
    finding = found({"7f1c.csv": sheet})["tella"]
    assert (finding.answer("file"), finding.answer("signer")) == ("holds", "unknown")
    assert [c.place for c in finding.claims if c.place] == [(-0.5, 36.25)]
    assert [c.time for c in finding.claims if c.time] == ["2021-03-01T08:15:00Z"]


@pytest.mark.parametrize(
    "data", [b"", b"a,b\n1,2\n", b"{", b"[1, 2]", b"\xff\xfe\x00", b"{" * 5000, b"x" * 2_000_000]
)
def test_other_tables_are_no_sheets(data: bytes) -> None:
    assert read_sheet(data) is None


def test_findings_survive_the_way_out_of_the_worker() -> None:
    findings = tuple(found(bundle(csv_of(SHEET))).values())
    assert from_json(json.loads(json.dumps(to_json(findings)))) == findings


@pytest.mark.parametrize(
    "value", [None, {}, [1], [{"kind": "magic"}], [{"kind": "pgp", "checks": [{"question": "x"}]}]]
)
def test_what_no_worker_should_send_is_refused(value: object) -> None:
    with pytest.raises((ValueError, KeyError)):
        from_json(value)
