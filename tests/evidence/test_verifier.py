"""Every way of tampering with a package, naive and clever, is named by what it broke."""

from __future__ import annotations

import ast
import base64
import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.evidence import ledger
from amparo.evidence.ledger import merkle, notes
from amparo.evidence.packages import manifests
from amparo.evidence.packages.proof import Stamped
from amparo.evidence.verifier import verify
from tests.authority import local_authority, post
from tests.evidence import packing

VERIFY = Path(verify.__file__)
LETTER = "data/letters/سند.pdf"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packing.build(tmp_path_factory.mktemp("package") / "sealed")


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "copy"))


def broken(folder: Path, **options: str) -> verify.Broken:
    found = verify.verify_package(folder, **options).broken  # type: ignore[arg-type]
    assert found is not None, "nothing was found broken"
    return found


def edit(path: Path, change: Callable[[str], str]) -> None:
    before = path.read_text("utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, "utf-8")


def edit_json(path: Path, change: Callable[[dict], object]) -> None:  # type: ignore[type-arg]
    value = json.loads(path.read_text("utf-8"))
    change(value)
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")


def rehash(folder: Path) -> None:
    """What a clever forger does: write manifests that agree with the changed files."""
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    digests = {path: hashlib.sha256(p.read_bytes()).hexdigest() for path, p in files.items()}
    data = {path: digest for path, digest in digests.items() if path.startswith("data/")}
    size = sum(files[path].stat().st_size for path in data)
    info = (folder / "bag-info.txt").read_text().rpartition("Payload-Oxum")[0]
    (folder / "bag-info.txt").write_text(f"{info}Payload-Oxum: {size}.{len(data)}\n")
    (folder / verify.MANIFEST).write_bytes(manifests.manifest(data))
    tags = {p: d for p, d in digests.items() if p not in data and p != verify.TAG_MANIFEST}
    for path in (verify.MANIFEST, "bag-info.txt"):
        tags[path] = hashlib.sha256((folder / path).read_bytes()).hexdigest()
    (folder / verify.TAG_MANIFEST).write_bytes(manifests.manifest(tags))


def test_an_untouched_package_holds(original: Path) -> None:
    report = verify.verify_package(original)
    assert report.broken is None
    names = ["Files", "Key", "Checkpoint", "Ledger", "Seal", "Records"]
    assert [check.name for check in report.checks] == names


def test_it_runs_alone_and_speaks_plainly(original: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", original / "verify.py"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "This package is whole" in done.stdout
    assert "2026-0001  A. v. State" in done.stdout


def test_it_tells_a_program_the_same(copy: Path) -> None:
    (copy / LETTER).write_bytes(b"forged")
    done = subprocess.run(
        [sys.executable, "-I", VERIFY, copy, "--json"], capture_output=True, text=True, check=False
    )
    said = json.loads(done.stdout)
    assert done.returncode == 3
    assert said["ok"] is False
    assert said["broken"]["what"] == f"{LETTER}: its SHA-256"
    assert said["broken"]["got"] == hashlib.sha256(b"forged").hexdigest()
    assert said["broken"]["expected"] == hashlib.sha256(packing.FILES[LETTER[5:]]).hexdigest()


def test_a_question_without_an_answer_is_status_2(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        done = subprocess.run([sys.executable, VERIFY, place], capture_output=True, check=False)
        assert done.returncode == 2


def test_the_expected_key_is_held_against_the_package(original: Path) -> None:
    fingerprint = packing.SIGNER.key.fingerprint
    spoken = verify.grouped(fingerprint).upper()
    assert verify.verify_package(original, fingerprint=spoken).broken is None
    found = broken(original, fingerprint="ab" * 32)
    assert (found.what, found.got) == ("The key's fingerprint", fingerprint)


NAIVE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte of a file": (
        lambda p: (p / LETTER).write_bytes(b"%PDF a lettes"),
        f"{LETTER}: its SHA-256",
    ),
    "a missing file": (lambda p: (p / LETTER).unlink(), LETTER),
    "an extra file": (lambda p: (p / "data/extra.txt").write_text("x"), "data/extra.txt"),
    "an extra tag file": (lambda p: (p / "notes.txt").write_text("x"), "notes.txt"),
    "a renamed file": (
        lambda p: (p / LETTER).rename(p / "data/letters/b.pdf"),
        LETTER,
    ),
    "a link in place of a file": (
        lambda p: ((p / LETTER).unlink(), (p / LETTER).symlink_to("/etc/hostname")),
        LETTER,
    ),
    "a linked folder": (lambda p: (p / "data/all").symlink_to("/etc"), "data/all"),
    "a manifest line": (
        lambda p: edit(p / verify.MANIFEST, lambda t: t.replace(t[:64], "0" * 64)),
        f"{verify.MANIFEST}: its SHA-256",
    ),
    "a tag manifest line": (
        lambda p: edit(p / verify.TAG_MANIFEST, lambda t: "0" * 64 + t[64:]),
        "README.txt: its SHA-256",
    ),
    "a tag manifest that leaves": (
        lambda p: edit(p / verify.TAG_MANIFEST, lambda t: t + f"{'0' * 64}  ../../etc/passwd\n"),
        f"{verify.TAG_MANIFEST}, line 12",
    ),
    "a cut tag manifest": (
        lambda p: edit(p / verify.TAG_MANIFEST, lambda t: t[:-1]),
        f"{verify.TAG_MANIFEST}: its last line",
    ),
    "a line twice": (
        lambda p: edit(p / verify.TAG_MANIFEST, lambda t: t + t),
        f"{verify.TAG_MANIFEST}, line 12",
    ),
    "the declaration": (
        lambda p: edit(p / "bagit.txt", lambda t: t.replace("1.0", "0.9")),
        "bagit.txt",
    ),
    "no tag manifest": (lambda p: (p / verify.TAG_MANIFEST).unlink(), verify.TAG_MANIFEST),
    "the report": (
        lambda p: (p / "custody-report.pdf").write_bytes(b"%PDF-1.7 another"),
        "custody-report.pdf: its SHA-256",
    ),
    "the ledger": (
        lambda p: edit(p / "ledger/entries.jsonl", lambda t: t.replace("friend", "fiend") + "x"),
        "ledger/entries.jsonl: its SHA-256",
    ),
}


@pytest.mark.parametrize("name", NAIVE)
def test_naive_tampering_is_named(name: str, copy: Path) -> None:
    tamper, what = NAIVE[name]
    tamper(copy)
    assert broken(copy).what == what


def entry_line(text: str, seq: int) -> str:
    return next(line for line in text.split("\n") if f'"seq":{seq},' in line)


def forge_entry(folder: Path, seq: int, old: str, new: str) -> None:
    path = folder / "ledger/entries.jsonl"
    line = entry_line(path.read_text("utf-8"), seq)
    assert old in line
    edit(path, lambda text: text.replace(line, line.replace(old, new)))


def change_item(change: Callable[[dict], object]) -> Callable[[Path], None]:  # type: ignore[type-arg]
    return lambda p: edit_json(p / "records.json", lambda value: change(value["items"][1]))


def swap_signature(folder: Path) -> None:
    def change(note: str) -> str:
        start, _, value = note.rstrip("\n").rpartition(" ")
        data = bytearray(base64.b64decode(value))
        data[-1] ^= 1
        return f"{start} {base64.b64encode(data).decode()}\n"

    edit(folder / "ledger/checkpoint.txt", change)


def other_key(folder: Path) -> None:
    key = notes.Signer("amparo.local/test", bytes(32)).key
    (folder / "ledger/public-key.txt").write_text(f"{key.text}\n")


def own_key(folder: Path) -> None:
    """Sign the checkpoint again with a key of one's own: only the fingerprint tells."""
    signer = notes.Signer("amparo.local/test", bytes(32))
    text = (folder / "ledger/checkpoint.txt").read_text("utf-8").partition("\n\n")[0] + "\n"
    (folder / "ledger/checkpoint.txt").write_text(notes.sign(text, signer), "utf-8")
    (folder / "ledger/public-key.txt").write_text(f"{signer.key.text}\n")


CLEVER: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file, its digest in the manifest too": (
        lambda p: (p / LETTER).write_bytes(b"forged"),
        "What the sealing entry says of manifest_sha256",
    ),
    "a file added to the manifest": (
        lambda p: (p / "data/extra.txt").write_text("x"),
        "What the sealing entry says of manifest_sha256",
    ),
    "the report": (
        lambda p: (p / "custody-report.pdf").write_bytes(b"%PDF-1.7 another"),
        "What the sealing entry says of report_sha256",
    ),
    "the records": (
        lambda p: edit(p / "records.json", lambda t: t.replace("Bogotá", "Cali")),
        "What the sealing entry says of records_sha256",
    ),
    "a field of an entry": (
        lambda p: forge_entry(p, 2, "Bogotá", "Cali"),
        "ledger entry 2: the root that its proof leads to",
    ),
    "the link of an entry": (
        lambda p: forge_entry(p, 6, '"previous":"', '"previous":"0'),
        "ledger entry 6: the root that its proof leads to",
    ),
    "an entry left out": (
        lambda p: edit(
            p / "ledger/entries.jsonl", lambda t: t.replace(entry_line(t, 4) + "\n", "")
        ),
        "ledger/proofs.json",
    ),
    "an entry left out with its proof": (
        lambda p: (
            edit(p / "ledger/entries.jsonl", lambda t: t.replace(entry_line(t, 4) + "\n", "")),
            edit_json(p / "ledger/proofs.json", lambda v: v["proofs"].pop("4")),
        ),
        "ledger entry 5: the proof of its link",
    ),
    "entries in another order": (
        lambda p: edit(
            p / "ledger/entries.jsonl", lambda t: "\n".join(reversed(t.split("\n")))[1:] + "\n"
        ),
        "ledger/entries.jsonl, line 2: its number",
    ),
    "a hash in a proof": (
        lambda p: edit_json(
            p / "ledger/proofs.json", lambda v: v["proofs"]["2"]["path"].__setitem__(0, "0" * 64)
        ),
        "ledger entry 2: the root that its proof leads to",
    ),
    "a hash in the proof of a link": (
        lambda p: edit_json(
            p / "ledger/proofs.json",
            lambda v: v["proofs"]["8"]["previous"].__setitem__(1, "0" * 64),
        ),
        "ledger entry 8: its link to entry 7: the root that its proof leads to",
    ),
    "a proof that is too short": (
        lambda p: edit_json(p / "ledger/proofs.json", lambda v: v["proofs"]["2"]["path"].pop()),
        "ledger entry 2: its proof",
    ),
    "no proof": (
        lambda p: edit_json(p / "ledger/proofs.json", lambda v: v["proofs"].pop("2")),
        "ledger entry 2: its proof",
    ),
    "the size of the ledger": (
        lambda p: edit(p / "ledger/checkpoint.txt", lambda t: t.replace("\n13\n", "\n14\n")),
        "ledger/checkpoint.txt: its signature",
    ),
    "the signature": (swap_signature, "ledger/checkpoint.txt: its signature"),
    "the key": (other_key, "ledger/checkpoint.txt: its signature"),
    "the key's id": (
        lambda p: edit(p / "ledger/public-key.txt", lambda t: t.replace("test+", "test+00", 1)),
        "ledger/public-key.txt: its id",
    ),
    "no checkpoint": (
        lambda p: (p / "ledger/checkpoint.txt").unlink(),
        "ledger/checkpoint.txt",
    ),
    "no ledger": (lambda p: (p / "ledger/entries.jsonl").unlink(), "ledger/entries.jsonl"),
    "records that are no object": (
        lambda p: (p / "records.json").write_text("[]"),
        "The part that follows files",
    ),
    "entries that are no object": (
        lambda p: (p / "ledger/entries.jsonl").write_text("[1]\n"),
        "ledger/entries.jsonl, line 1",
    ),
    "proofs of another form": (
        lambda p: (p / "ledger/proofs.json").write_text('{"size":13,"proofs":[[[[]]]]}'),
        "The part that follows checkpoint",
    ),
    "JSON too deep": (
        lambda p: (p / "records.json").write_text("[" * 99_999),
        "records.json",
    ),
}


@pytest.mark.parametrize("name", CLEVER)
def test_clever_tampering_is_named(name: str, copy: Path) -> None:
    tamper, what = CLEVER[name]
    tamper(copy)
    rehash(copy)
    assert broken(copy).what == what


def test_a_package_sealed_again_with_another_key_is_told_by_its_fingerprint(copy: Path) -> None:
    own_key(copy)
    rehash(copy)
    assert verify.verify_package(copy).broken is None
    found = broken(copy, fingerprint=packing.SIGNER.key.fingerprint)
    assert found.what == "The key's fingerprint"


def reseal(folder: Path) -> None:
    """What only the holder of the key can do: seal forged records with entry, tree and note."""
    rehash(folder)
    text = (folder / "ledger/entries.jsonl").read_text("utf-8")
    *lines, last = text.rstrip("\n").split("\n")
    value = json.loads(last)
    seal = value["details"]["export"]
    for name, path in {
        "manifest_sha256": verify.MANIFEST,
        "records_sha256": "records.json",
        "report_sha256": "custody-report.pdf",
    }.items():
        seal[name] = hashlib.sha256((folder / path).read_bytes()).hexdigest()
    entries = [ledger.parse(line) for line in lines]
    book = packing.Ledger()
    book.entries = rechain(entries, value)
    size, note = book.checkpoint()
    tree = merkle.Tree(merkle.leaf(bytes.fromhex(e.entry_hash)) for e in book.entries)
    proofs = {
        str(e.seq): {"path": [h.hex() for h in tree.inclusion(e.seq - 1, size)]}
        for e in book.entries
    }
    (folder / "ledger/entries.jsonl").write_text(
        "".join(f"{e.canonical}\n" for e in book.entries), "utf-8"
    )
    (folder / "ledger/proofs.json").write_text(json.dumps({"size": size, "proofs": proofs}))
    (folder / "ledger/checkpoint.txt").write_text(note, "utf-8")
    rehash(folder)


def rechain(entries: list[ledger.Entry], last: dict) -> list[ledger.Entry]:  # type: ignore[type-arg]
    head, chained = ledger.Head(), []
    for entry in entries:
        chained.append(ledger.append(head, entry.fact, nonce=entry.nonce))
        head = chained[-1].head
    leaves = [merkle.leaf(bytes.fromhex(e.entry_hash)) for e in chained]
    last["details"]["export"]["entries_root"] = merkle.Frontier().extend(leaves).root().hex()
    fact = ledger.Fact("exported", "u", "m-1", None, "..", packing.MOMENT, last["details"])
    return [*chained, ledger.append(head, fact, nonce="0" * 32)]


def renumber(folder: Path) -> None:
    """The records of the package after its entries were numbered from 1."""
    text = (folder / "ledger/entries.jsonl").read_text("utf-8")
    order = [json.loads(line)["seq"] for line in text.rstrip("\n").split("\n")]
    new = {seq: number for number, seq in enumerate(order, 1)}

    def change(value: dict) -> None:  # type: ignore[type-arg]
        for item in value["items"]:
            for each in item["acquisitions"] + item["custody"]:
                each["entry"] = new[each["entry"]]

    edit_json(folder / "records.json", change)


DISAGREEING: dict[str, tuple[Callable[[dict], object], str]] = {  # type: ignore[type-arg]
    "an acquisition's source": (
        lambda item: item["acquisitions"][0].update(from_whom="nobody"),
        r"records.json, item i-0: from_whom, held against entry 1",
    ),
    "a custody event's purpose": (
        lambda item: item["custody"][0].update(purpose=""),
        r"records.json, item i-0: purpose, held against entry 2",
    ),
    "an event left out": (lambda item: item["custody"].pop(), "ledger entry 3"),
    "an event told twice": (
        lambda item: item["custody"].append(item["custody"][0]),
        "records.json, item i-0: its entry",
    ),
    "no acquisition": (
        lambda item: item.update(acquisitions=[]),
        "records.json, item i-0",
    ),
    "another digest": (
        lambda item: item.update(sha256="0" * 64),
        "records.json, item i-0: its SHA-256",
    ),
    "another size": (lambda item: item.update(size=7), "records.json, item i-0: its size"),
    "another second digest": (
        lambda item: item.update(blake3="0" * 64),
        "records.json, item i-0: its BLAKE3",
    ),
    "another file": (
        lambda item: item.update(file="data/../../etc/passwd"),
        "records.json, item i-0: its file",
    ),
    "a hash after": (
        lambda item: item["custody"][0].update(hash_after="0" * 64),
        "records.json, item i-0, viewed: hash_after",
    ),
    "another received path": (
        lambda item: item.update(path="letters/other.pdf"),
        "records.json, item i-0: path, held against entry 1",
    ),
    "an unknown field": (
        lambda item: item["acquisitions"][0].update(extra=None),
        "records.json, item i-0: extra, held against entry 1",
    ),
}


@pytest.mark.parametrize("name", DISAGREEING)
def test_records_that_disagree_with_files_or_ledger_are_named(name: str, copy: Path) -> None:
    change, what = DISAGREEING[name]
    renumber(copy)

    def change_first(value: dict) -> None:  # type: ignore[type-arg]
        change(next(item for item in value["items"] if item["id"] == "i-0"))

    reseal(copy)
    assert verify.verify_package(copy).broken is None, "the forger's tools work"
    edit_json(copy / "records.json", change_first)
    reseal(copy)
    assert broken(copy).what == what


def test_a_file_of_no_item_is_named(copy: Path) -> None:
    renumber(copy)
    (copy / "data/zz.txt").write_text("x")
    reseal(copy)
    assert broken(copy).what == "data/zz.txt"


def test_an_entry_of_another_matter_is_refused(copy: Path) -> None:
    renumber(copy)
    edit_json(copy / "records.json", lambda v: v["matter"].update(id="m-2"))
    reseal(copy)
    assert broken(copy).what == "ledger entry 1: its matter"


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_flipped_bit_anywhere_goes_unnoticed(original: Path, data: st.DataObject) -> None:
    files = sorted(p for p in original.rglob("*") if p.is_file() and p.stat().st_size)
    path = data.draw(st.sampled_from(files))
    before = path.read_bytes()
    place = data.draw(st.integers(0, len(before) - 1))
    changed = bytearray(before)
    changed[place] ^= 1 << data.draw(st.integers(0, 7))
    try:
        path.write_bytes(changed)
        broken(original)
    finally:
        path.write_bytes(before)


def test_what_computers_leave_behind_is_only_remarked(copy: Path) -> None:
    (copy / "data/.DS_Store").write_bytes(b"x")
    report = verify.verify_package(copy)
    assert report.broken is None
    assert any(".DS_Store" in remark for remark in report.remarks)


def test_a_title_cannot_move_the_cursor(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy / "records.json", lambda t: t.replace("A. v. State", "A\\u001b[2Jx\\u202eB"))
    rehash(copy)
    assert verify.main([str(copy)]) == 3
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def zipped(folder: Path, target: Path, **names: str) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for path in folder.rglob("*"):
            if path.is_file():
                archive.write(path, f"any name/{path.relative_to(folder).as_posix()}")
        for name, text in names.items():
            archive.writestr(name, text)
    return target


def test_a_zip_of_a_package_is_verified_without_unpacking(original: Path, tmp_path: Path) -> None:
    assert verify.verify_package(zipped(original, tmp_path / "sealed.zip")).broken is None


@pytest.mark.parametrize("name", ["../evil.txt", "any name/../x", "other/x", "any name/data/x"])
def test_a_zip_with_another_file_is_refused(name: str, original: Path, tmp_path: Path) -> None:
    assert broken(zipped(original, tmp_path / "sealed.zip", **{name: "x"}))


def test_a_damaged_zip_is_no_whole_package(original: Path, tmp_path: Path) -> None:
    path = zipped(original, tmp_path / "sealed.zip")
    data = bytearray(path.read_bytes())
    place = data.index(b"%PDF a letter")
    data[place] ^= 1
    path.write_bytes(data)
    assert broken(path)


def test_time_stamps_are_checked_and_followed(tmp_path: Path) -> None:
    size, note = packing.early_checkpoint()
    with local_authority(tmp_path) as authority:
        request, response = post_stamp(authority.address, note)
    stamp = Stamped(size, note, authority.address, request, response)
    folder = packing.build(tmp_path / "sealed", [stamp])
    (tmp_path / "root.pem").write_bytes(authority.root)
    report = verify.verify_package(folder, ca=tmp_path / "root.pem")
    assert report.broken is None
    (stamped,) = report.stamps
    assert stamped["signer"] == "Throwaway Time Stamps"
    assert stamped["trust"] == "leads to the authority that you trust"
    assert stamped["covers"] == "5"
    with local_authority(tmp_path) as other:
        (tmp_path / "root.pem").write_bytes(other.root)
    assert "its authority" in broken(folder, ca=tmp_path / "root.pem").what  # type: ignore[arg-type]


def post_stamp(address: str, note: str) -> tuple[bytes, bytes]:
    from amparo.evidence.ledger import timestamps

    return timestamps.fetch(note, address, post)


@pytest.mark.parametrize("part", ["checkpoint", "consistency", "response"])
def test_a_tampered_time_stamp_is_named(part: str, tmp_path: Path) -> None:
    size, note = packing.early_checkpoint()
    with local_authority(tmp_path) as authority:
        request, response = post_stamp(authority.address, note)
    stamp = Stamped(size, note, authority.address, request, response)
    folder = packing.build(tmp_path / "sealed", [stamp])
    if part == "checkpoint":
        edit(folder / "timestamps/001-checkpoint.txt", lambda t: t.replace("\n5\n", "\n6\n"))
    if part == "consistency":
        edit_json(folder / "timestamps/index.json", lambda v: v[0].update(consistency=["0" * 64]))
    if part == "response":
        changed = bytearray(response)
        changed[response.index(b"Z", response.index(note_digest(note))) - 1] ^= 1
        (folder / "timestamps/001-stamp.tsr").write_bytes(changed)
    rehash(folder)
    assert broken(folder).what.startswith("timestamps/001-")


def note_digest(note: str) -> bytes:
    return hashlib.sha256(note.encode()).digest()


def test_signatures_hold_without_the_cryptography_package() -> None:
    message = b"a checkpoint"
    private = notes.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    public, signature = packing.SIGNER.key.public, private.sign(message)
    assert verify.ed25519_holds_slowly(public, message, signature)
    assert not verify.ed25519_holds_slowly(public, b"another", signature)
    for place in (0, 31, 32, 63):
        changed = bytearray(signature)
        changed[place] ^= 1
        assert not verify.ed25519_holds_slowly(public, message, bytes(changed))
    assert not verify.ed25519_holds_slowly(bytes([255] * 32), message, signature)


# RFC 8032, section 7.1, tests 1 to 3: public key, message, signature.
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
            "cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d"
            "0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f7609"
            "84dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
def test_the_vectors_of_rfc_8032(public: str, message: str, signature: str) -> None:
    parts = [bytes.fromhex(each) for each in (public, message, signature)]
    assert verify.ed25519_holds_slowly(*parts)
    assert verify.ed25519_holds(*parts)


def test_it_is_one_file_for_python_3_9_with_nothing_of_ours() -> None:
    tree = ast.parse(VERIFY.read_text("utf-8"), feature_version=(3, 9))
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else alias.name) or ""
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    roots = {name.partition(".")[0] for name in imported} - {"cryptography", "blake3"}
    assert roots <= sys.stdlib_module_names
