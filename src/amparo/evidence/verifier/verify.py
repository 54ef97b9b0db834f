"""Verify a sealed package of evidence, offline, with this one file.

    python verify.py                          the package that this file lies in
    python verify.py PACKAGE                  a package elsewhere: a folder, or a zip of one
    python verify.py PACKAGE --fingerprint F  and that it was sealed by the key that you expect
    python verify.py PACKAGE --ca roots.pem   and that time stamps lead to these authorities
    python verify.py PACKAGE --json           the same report for a program

It needs Python 3.9 or later and nothing else. When the package ``cryptography`` is installed it
is used for signatures; when ``blake3`` is, second digests are checked too; when the program
``openssl`` is and you give ``--ca``, time stamps are followed to their authority.

Exit status: 0 when everything holds, 3 when something does not (the first broken thing is named),
2 when the question itself cannot be answered.

A package could carry a verifier that lies. Use a copy of this file from a source that you trust,
and compare the key's fingerprint with one that reached you by another way.

What is checked, in this order:
 1. every file lies where a manifest says, none is missing, none is extra, each has its SHA-256;
 2. the checkpoint is signed by the ledger's key;
 3. every entry of the ledger's extract is inside the tree that the checkpoint signs (RFC 6962),
    and so is the entry before it, which it names by hash;
 4. the entry that sealed this package commits to its manifest, its records and all its entries;
 5. records and ledger state the same of each file: digests, acquisitions, custody, and of
    exhibits, holds and disposals; a file that is not here was disposed of as two people decided;
 6. each time stamp (RFC 3161) stamps a checkpoint of this ledger.

Licence: Apache-2.0. This file is part of Amparo and stands on its own.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import textwrap
import unicodedata
import zipfile
import zlib
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Open = Callable[[], IO[bytes]]
    Files = dict[str, Open]
    Found = tuple[str, bool, Open]

try:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

    HAS_CRYPTOGRAPHY = True
except ImportError:
    HAS_CRYPTOGRAPHY = False

try:
    import blake3

    HAS_BLAKE3 = True
except ImportError:
    HAS_BLAKE3 = False

VERSION = "2"
FORMAT = "amparo-package/2"
FORMATS = ("amparo-package/1", FORMAT)
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
BLOCK = 1 << 20
LEFT_BY_COMPUTERS = {".DS_Store", "Thumbs.db", "desktop.ini"}
MALFORMED: tuple[type[Exception], ...] = (KeyError, TypeError, AttributeError, IndexError)
MALFORMED += (ValueError, RuntimeError, zipfile.BadZipFile, zlib.error, EOFError)
HEX64 = re.compile(r"[0-9a-f]{64}")


class Broken(Exception):
    """Something is not what it was sealed as."""

    def __init__(self, what: str, got: object, expected: object) -> None:
        super().__init__(f"{what}: got {got}, expected {expected}")
        self.what, self.got, self.expected = what, str(got), str(expected)


class Unanswerable(Exception):
    """The question cannot be answered as it was put."""


class Check(NamedTuple):
    """Something that was checked and holds, in words."""

    name: str
    found: str


class Report:
    """What was found: the checks that hold, remarks, and the first broken thing, if any."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.facts: dict[str, str] = {}
        self.checks: list[Check] = []
        self.remarks: list[str] = []
        self.stamps: list[dict[str, str]] = []
        self.disposed: list[dict[str, str]] = []
        self.broken: Broken | None = None

    def as_json(self) -> dict[str, Any]:
        broken = self.broken
        return {
            "ok": broken is None,
            "package": self.place,
            **self.facts,
            "checks": [check._asdict() for check in self.checks],
            "time_stamps": self.stamps,
            "disposed": self.disposed,
            "remarks": self.remarks,
            "broken": broken
            and {"what": broken.what, "got": broken.got, "expected": broken.expected},
        }


class File(NamedTuple):
    """A file of the package as it was read."""

    size: int
    sha256: str
    blake3: str


class Entry(NamedTuple):
    """An entry of the ledger's extract."""

    seq: int
    hash: str
    previous: str
    kind: str
    value: dict[str, Any]


class Package(NamedTuple):
    """Everything that the checks after the manifests need."""

    files: Files
    payload: dict[str, File]
    records: dict[str, Any]


class Key(NamedTuple):
    """The ledger's public key and the name that it signs under."""

    name: str
    id: bytes
    public: bytes

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.public).hexdigest()


class Checkpoint(NamedTuple):
    """How many entries the ledger had, and the root of their tree."""

    size: int
    root: bytes
    note: bytes


def verify_package(
    place: Path | zipfile.ZipFile, *, fingerprint: str = "", ca: Path | None = None
) -> Report:
    """Check everything, in order, up to the first thing that is broken."""
    if isinstance(place, Path) and not place.is_dir() and zipfile.is_zipfile(place):
        with zipfile.ZipFile(place) as archive:
            return verify_package(archive, fingerprint=fingerprint, ca=ca)
    report = Report(str(place if isinstance(place, Path) else place.filename or "a zip"))
    try:
        _check_all(report, list_files(place, report.remarks), fingerprint, ca)
    except Broken as broken:
        report.broken = broken
    except MALFORMED as error:
        after = report.checks[-1].name.lower() if report.checks else "the start"
        got = f"one of another shape ({type(error).__name__}: {error})"
        report.broken = Broken(f"The part that follows {after}", got, "the form of a package")
    return report


def _check_all(report: Report, files: Files, fingerprint: str, ca: Path | None) -> None:
    package = _check_files(report, files)
    key = _check_key(report, package, fingerprint)
    checkpoint = _check_checkpoint(report, package, key)
    entries = _check_entries(report, package, checkpoint)
    _check_seal(report, package, entries)
    _check_records(report, package, entries)
    _check_stamps(report, package, key, checkpoint, ca)


# ---- files and manifests (BagIt, RFC 8493) ------------------------------------------------------


def _check_files(report: Report, files: Files) -> Package:
    declared = read_text(files, "bagit.txt").splitlines()
    expected = ["BagIt-Version: 1.0", "Tag-File-Character-Encoding: UTF-8"]
    if declared != expected:
        raise Broken("bagit.txt", " / ".join(declared), " / ".join(expected))
    tags = {path for path in files if not path.startswith("data/") and path != TAG_MANIFEST}
    _check_manifest(files, TAG_MANIFEST, tags)
    data = {path for path in files if path.startswith("data/")}
    payload = _check_manifest(files, MANIFEST, data)
    if not HAS_BLAKE3:
        report.remarks.append(
            "The second digests (BLAKE3) were not checked: the Python package blake3 is not "
            "installed. Each file has its SHA-256."
        )
    size = sum(file.size for file in payload.values())
    _check_oxum(read_text(files, "bag-info.txt"), size, len(payload))
    report.checks.append(
        Check(
            "Files",
            f"{_count(len(payload), 'file')} of evidence ({_bytes(size)}) and "
            f"{_count(len(tags), 'other file')}: each has its SHA-256, none is missing or extra",
        )
    )
    records = read_json(files, "records.json")
    if records.get("format") not in FORMATS:
        raise Broken("records.json: its format", records.get("format"), " or ".join(FORMATS))
    matter, export = records["matter"], records["export"]
    report.facts = {
        "matter": f"{matter['number']}  {matter['title']}",
        "exported": f"{shown(export['at'])} by {export['by']}",
    }
    return Package(files, payload, records)


def list_files(place: Path | zipfile.ZipFile, remarks: list[str]) -> Files:
    """Every file by its path, in Unicode's composed form: some systems store names decomposed."""
    found = _files_of_folder(place) if isinstance(place, Path) else _files_of_zip(place)
    files: Files = {}
    for path, is_regular, opener in found:
        name = path.rpartition("/")[2]
        if name in LEFT_BY_COMPUTERS or name.startswith("._"):
            remarks.append(f"Ignored {path}, which file browsers leave behind.")
            continue
        if not is_regular:
            raise Broken(path, "a link or a special file", "a regular file")
        composed = unicodedata.normalize("NFC", path)
        if composed in files:
            raise Broken(path, "two files of one name", "one")
        files[composed] = opener
    return files


def _files_of_folder(folder: Path) -> Iterator[Found]:
    if not folder.exists():
        raise Unanswerable(f"There is no package {folder}.")
    if not (folder / "bagit.txt").is_file():
        raise Unanswerable(f"{folder} is no package: there is no bagit.txt in it.")
    for path, mode in _walk(folder, ""):
        yield path, stat.S_ISREG(mode), partial(_open_file, folder / path)


def _open_file(path: Path) -> IO[bytes]:
    return path.open("rb")


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as found:
        for each in sorted(found, key=lambda entry: entry.name):
            path = prefix + each.name
            if each.is_dir(follow_symlinks=False):
                yield from _walk(Path(each.path), path + "/")
            else:
                yield path, each.stat(follow_symlinks=False).st_mode


def _files_of_zip(archive: zipfile.ZipFile) -> Iterator[Found]:
    """The files of a zip, whose package may lie in one folder of any name."""
    members = [each for each in archive.infolist() if not each.is_dir()]
    tops = {m.filename[:-9] for m in members if re.fullmatch(r"([^/]+/)?bagit\.txt", m.filename)}
    if len(tops) != 1:
        raise Unanswerable(f"{archive.filename} is no package: it needs one bagit.txt.")
    top = tops.pop()
    for member in members:
        name = member.orig_filename
        if not name.startswith(top) or not _is_safe(name):
            raise Broken(repr(name), "a path outside the package", f"a path inside {top or 'it'}")
        mode = member.external_attr >> 16
        is_regular = stat.S_ISREG(mode) or stat.S_IFMT(mode) == 0
        yield name[len(top) :], is_regular, partial(archive.open, member)


def _check_manifest(files: Files, name: str, present: Iterable[str]) -> dict[str, File]:
    """Hold the files ``present`` against the manifest, both ways; return what was read."""
    listed = _parse_manifest(read_text(files, name), name)
    for path in sorted(set(listed) - set(present)):
        raise Broken(path, "no such file", f"the file that {name} lists")
    for path in sorted(set(present) - set(listed)):
        raise Broken(path, f"a file that {name} does not list", "no such file")
    found: dict[str, File] = {}
    for path in sorted(listed):
        found[path] = read_file(files[path])
        if found[path].sha256 != listed[path]:
            raise Broken(f"{path}: its SHA-256", found[path].sha256, listed[path])
    return found


def _parse_manifest(text: str, name: str) -> dict[str, str]:
    listed: dict[str, str] = {}
    *lines, end = text.split("\n")
    if end:
        raise Broken(f"{name}: its last line", "no end of line", "a whole line")
    for number, line in enumerate(lines, 1):
        digest, space, written = line.partition("  ")
        if not space or not HEX64.fullmatch(digest):
            raise Broken(f"{name}, line {number}", repr(line[:80]), "a SHA-256 and a path")
        path = _decode_path(written)
        if not _is_safe(path):
            raise Broken(f"{name}, line {number}", repr(path), "a path inside the package")
        if path in listed:
            raise Broken(f"{name}, line {number}", f"{path} again", "each path once")
        listed[path] = digest
    return listed


def _decode_path(written: str) -> str:
    """Undo the percent-encoding of line ends and of the percent sign (RFC 8493, 2.1.3)."""
    return re.sub("%(0A|0D|25)", lambda m: chr(int(m[1], 16)), written, flags=re.IGNORECASE)


def _is_safe(path: str) -> bool:
    parts = path.split("/")
    return not (
        any(part in ("", ".", "..") for part in parts)
        or "\\" in path
        or "\0" in path
        or re.match(r"[A-Za-z]:", path)
    )


def _check_oxum(info: str, size: int, count: int) -> None:
    stated = [line[13:].strip() for line in info.splitlines() if line.startswith("Payload-Oxum:")]
    if stated != [f"{size}.{count}"]:
        raise Broken("bag-info.txt: Payload-Oxum", " / ".join(stated), f"{size}.{count}")


def read_file(opener: Open) -> File:
    sha256, second, size = hashlib.sha256(), blake3.blake3() if HAS_BLAKE3 else None, 0
    with opener() as file:
        while True:
            block = file.read(BLOCK)
            if not block:
                break
            size += len(block)
            sha256.update(block)
            if second:
                second.update(block)
    return File(size, sha256.hexdigest(), second.hexdigest() if second else "")


def _bytes_of(files: Files, path: str) -> bytes:
    if path not in files:
        raise Broken(path, "no such file", "a file of every package")
    with files[path]() as file:
        return file.read()


def read_text(files: Files, path: str) -> str:
    try:
        return _bytes_of(files, path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Broken(path, f"bytes that are no text ({error.reason})", "UTF-8") from error


def read_json(files: Files, path: str) -> Any:
    return _parse_json(read_text(files, path), path)


def _parse_json(text: str, what: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        if len(result) != len(pairs):
            raise ValueError("a key that stands twice")
        return result

    try:
        return json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        raise Broken(what, f"text that is no JSON ({error})", "JSON") from error


# ---- the ledger's key and its checkpoints (C2SP signed notes) -----------------------------------


def _check_key(report: Report, package: Package, expected: str) -> Key:
    what = "ledger/public-key.txt"
    name, plus, rest = read_text(package.files, what).strip().partition("+")
    key_id, plus, data = rest.partition("+")
    raw = _unbase64(data, what)
    if not plus or len(raw) != 33 or raw[:1] != b"\x01":
        raise Broken(what, f"{len(raw)} bytes", "name+id+key, an Ed25519 public key")
    computed = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    if computed.hex() != key_id:
        raise Broken(f"{what}: its id", key_id, computed.hex())
    key = Key(name, computed, raw[1:])
    report.facts["fingerprint"] = key.fingerprint
    wanted = re.sub(r"[\s:-]", "", expected).lower()
    if wanted and wanted != key.fingerprint:
        raise Broken("The key's fingerprint", key.fingerprint, wanted)
    found = "it is the key that you named" if wanted else "compare its fingerprint (above)"
    report.checks.append(Check("Key", f"{name}; {found}"))
    if not wanted:
        report.remarks.append(
            "Nobody vouched for the key. Compare the fingerprint with one that you got from the "
            "sender by another way, or run this again with --fingerprint."
        )
    return key


def _check_checkpoint(report: Report, package: Package, key: Key) -> Checkpoint:
    note = _bytes_of(package.files, "ledger/checkpoint.txt")
    checkpoint = _open_checkpoint(note, key, "ledger/checkpoint.txt")
    found = f"{_count(checkpoint.size, 'entry', 'entries')}, signed by the ledger's key (Ed25519)"
    report.checks.append(Check("Checkpoint", found))
    return checkpoint


def _open_checkpoint(note: bytes, key: Key, what: str) -> Checkpoint:
    try:
        text, gap, block = note.decode("utf-8").rpartition("\n\n")
    except UnicodeDecodeError as error:
        raise Broken(what, "bytes that are no text", "a signed note") from error
    if not gap or not block.endswith("\n"):
        raise Broken(what, "other text", "a signed note: text, an empty line, signatures")
    signed = (text + "\n").encode()
    _check_signature(signed, block, key, what)
    lines = text.split("\n")
    if len(lines) < 3 or not re.fullmatch(r"0|[1-9][0-9]*", lines[1], re.ASCII):
        raise Broken(what, " / ".join(lines), "the ledger's name, its size, its root")
    if lines[0] != key.name:
        raise Broken(f"{what}: the ledger's name", lines[0], key.name)
    root = _unbase64(lines[2], f"{what}: its root")
    if len(root) != 32:
        raise Broken(f"{what}: its root", f"{len(root)} bytes", "32 bytes")
    return Checkpoint(int(lines[1]), root, note)


def _check_signature(signed: bytes, block: str, key: Key, what: str) -> None:
    for line in block[:-1].split("\n"):
        dash, _, rest = line.partition(" ")
        name, _, value = rest.partition(" ")
        if dash != "\u2014":
            raise Broken(f"{what}: a signature", repr(line[:80]), "a dash, a name and base64")
        data = _unbase64(value, f"{what}: a signature")
        if (name, data[:4]) == (key.name, key.id):
            if not ed25519_holds(key.public, signed, data[4:]):
                got = "one that does not hold"
                raise Broken(f"{what}: its signature", got, f"the signature of {key.name}")
            return
    raise Broken(f"{what}: its signature", "none by the ledger's key", f"one by {key.name}")


def _unbase64(text: str, what: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Broken(what, repr(text[:80]), "base64") from error


# ---- the extract of the ledger and its Merkle tree (RFC 6962) -----------------------------------


def _check_entries(report: Report, package: Package, checkpoint: Checkpoint) -> list[Entry]:
    entries = list(_read_entries(read_text(package.files, "ledger/entries.jsonl")))
    proofs = read_json(package.files, "ledger/proofs.json")
    if proofs.get("size") != checkpoint.size:
        raise Broken("ledger/proofs.json: its size", proofs.get("size"), checkpoint.size)
    stated = proofs["proofs"]
    extra = set(stated) - {str(entry.seq) for entry in entries}
    if extra:
        raise Broken("ledger/proofs.json", f"a proof of entry {min(extra)}", "no such entry")
    matter = package.records["matter"]["id"]
    before: Entry | None = None
    for entry in entries:
        what = f"ledger entry {entry.seq}"
        if entry.value.get("matter") != matter:
            raise Broken(f"{what}: its matter", entry.value.get("matter"), matter)
        _check_entry(entry, before, stated.get(str(entry.seq)) or {}, checkpoint)
        before = entry
    report.checks.append(
        Check(
            "Ledger",
            f"{_count(len(entries), 'entry', 'entries')} of this matter, each unchanged and in "
            "its place in the signed tree, each linked to the one before it",
        )
    )
    return entries


def _read_entries(text: str) -> Iterator[Entry]:
    last = 0
    *lines, end = text.split("\n")
    if end:
        raise Broken("ledger/entries.jsonl: its last line", "no end of line", "a whole line")
    for number, line in enumerate(lines, 1):
        what = f"ledger/entries.jsonl, line {number}"
        value = _parse_json(line, what)
        seq = value.get("seq") if isinstance(value, dict) else None
        if not isinstance(seq, int) or not isinstance(value.get("previous"), str):
            raise Broken(what, repr(line[:80]), "an entry of the ledger")
        if seq <= last:
            raise Broken(f"{what}: its number", seq, f"one above {last}")
        last = seq
        digest = hashlib.sha256(line.encode()).hexdigest()
        yield Entry(seq, digest, value["previous"], str(value.get("kind")), value)


def _check_entry(
    entry: Entry, before: Entry | None, proof: dict[str, Any], checkpoint: Checkpoint
) -> None:
    """Check an entry's place in the tree, its link, and the place of the entry it links to."""
    what = f"ledger entry {entry.seq}"
    leaf = leaf_hash(bytes.fromhex(entry.hash))
    path = _hashes(proof.get("path"), f"{what}: its proof")
    check_inclusion(leaf, entry.seq - 1, checkpoint.size, path, checkpoint.root, what)
    if before and before.seq == entry.seq - 1:
        if before.hash != entry.previous:
            raise Broken(f"{what}: its link to entry {before.seq}", entry.previous, before.hash)
    elif entry.seq == 1:
        if entry.previous != "0" * 64:
            raise Broken(f"{what}: its link", entry.previous, "0" * 64)
    else:
        if not HEX64.fullmatch(entry.previous):
            raise Broken(f"{what}: its link", entry.previous, "a SHA-256")
        leaf = leaf_hash(bytes.fromhex(entry.previous))
        path = _hashes(proof.get("previous"), f"{what}: the proof of its link")
        linked = f"{what}: its link to entry {entry.seq - 1}"
        check_inclusion(leaf, entry.seq - 2, checkpoint.size, path, checkpoint.root, linked)


def _hashes(value: Any, what: str) -> list[bytes]:
    if not isinstance(value, list) or not all(
        isinstance(each, str) and HEX64.fullmatch(each) for each in value
    ):
        raise Broken(what, repr(value)[:80], "a list of SHA-256")
    return [bytes.fromhex(each) for each in value]


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of RFC 6962, section 2.1."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        pairs = [node_hash(a, b) for a, b in zip(level[::2], level[1::2])]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def check_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes, what: str
) -> None:
    """The verification of RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        raise Broken(f"{what}: its number", index + 1, f"1 to {size}")
    place, last, digest = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise Broken(f"{what}: its proof", "too many hashes", "as many as the tree is high")
        if place & 1 or place == last:
            digest = node_hash(sibling, digest)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            digest = node_hash(digest, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise Broken(f"{what}: its proof", "too few hashes", "as many as the tree is high")
    if digest != root:
        raise Broken(f"{what}: the root that its proof leads to", digest.hex(), root.hex())


def check_consistency(
    old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes], what: str
) -> None:
    """The verification of RFC 9162, section 2.1.4.2: the new tree begins with the old one."""
    if not 0 < old <= new:
        raise Broken(f"{what}: its size", old, f"1 to {new}")
    nodes = list(path)
    if old & (old - 1) == 0 or old == new:
        nodes.insert(0, old_root)
    if not nodes:
        raise Broken(f"{what}: its proof", "no hashes", "at least one")
    first, last = old - 1, new - 1
    while first & 1 or (old == new and last):
        first, last = first >> 1, last >> 1
    old_digest = new_digest = nodes[0]
    for sibling in nodes[1:]:
        if last == 0:
            raise Broken(f"{what}: its proof", "too many hashes", "as many as the trees need")
        if first & 1 or first == last:
            old_digest, new_digest = node_hash(sibling, old_digest), node_hash(sibling, new_digest)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            new_digest = node_hash(new_digest, sibling)
        first, last = first >> 1, last >> 1
    if last:
        raise Broken(f"{what}: its proof", "too few hashes", "as many as the trees need")
    if old_digest != old_root:
        raise Broken(f"{what}: its root", old_digest.hex(), old_root.hex())
    if new_digest != new_root:
        raise Broken(f"{what}: the later root", new_digest.hex(), new_root.hex())


# ---- the entry that sealed the package -----------------------------------------------------------


def _check_seal(report: Report, package: Package, entries: list[Entry]) -> None:
    """The last entry commits to everything else, so that rewritten manifests do not help."""
    if not entries or entries[-1].kind != "exported":
        got = entries[-1].kind if entries else "no entry"
        raise Broken("The last entry of the ledger's extract", got, "the export of this package")
    seal = (entries[-1].value.get("details") or {}).get("export") or {}
    sealed = entries[:-1]
    root = tree_root([leaf_hash(bytes.fromhex(entry.hash)) for entry in sealed])
    actual = {
        "manifest_sha256": _sha256_of(package, MANIFEST),
        "records_sha256": _sha256_of(package, "records.json"),
        "report_sha256": _sha256_of(package, "custody-report.pdf"),
        "entries": len(sealed),
        "entries_root": root.hex(),
    }
    for name, value in actual.items():
        if seal.get(name) != value:
            raise Broken(f"What the sealing entry says of {name}", seal.get(name), value)
    for path, digest in (seal.get("annexes") or {}).items():
        if digest != _sha256_of(package, path):
            got = _sha256_of(package, path)
            raise Broken(f"What the sealing entry says of {path}", got, digest)
    found = f"entry {entries[-1].seq} commits to the manifest, the records and the report"
    report.checks.append(Check("Seal", found))


def _sha256_of(package: Package, path: str) -> str:
    return hashlib.sha256(_bytes_of(package.files, path)).hexdigest()


# ---- records against files and ledger ------------------------------------------------------------


def _check_records(report: Report, package: Package, entries: list[Entry]) -> None:
    stated = {entry.seq: entry for entry in entries}
    used: dict[int, str] = {}
    owners: dict[str, str] = {}
    acquisitions = events = 0
    statements = _check_statements(package, stated, used)
    for item in package.records["items"]:
        what = f"records.json, item {item.get('id')}"
        if item.get("file", "") is None:
            report.disposed.append(_check_disposed(item, statements, package, what))
        else:
            _check_item_file(item, package, what)
            owners[item["file"]] = item["id"]
        facts = {name: item.get(name) for name in ITEM_FACTS}
        for each in item["acquisitions"]:
            details = {"acquisition": _without_entry(each), "item": facts}
            _check_stated(each, "acquired", details, stated, used, what)
            acquisitions += 1
        for each in item["custody"]:
            _check_custody(each, item, what)
            _check_stated(each, "custody", {"custody": _without_entry(each)}, stated, used, what)
            events += 1
        if not item["acquisitions"]:
            raise Broken(what, "no acquisition", "at least one")
    for path in sorted(set(package.payload) - set(owners)):
        raise Broken(path, "a file of no item", "an item in records.json")
    for entry in entries:
        if entry.kind in (*RECORDED, *STATED) and entry.seq not in used:
            raise Broken(f"ledger entry {entry.seq}", "no record of it", "one in records.json")
    report.checks.append(
        Check(
            "Records",
            f"{_count(len(package.records['items']), 'item')}, "
            f"{_count(acquisitions, 'acquisition')} and {_count(events, 'custody event')}: "
            "files, records and ledger say the same",
        )
    )
    if statements:
        kinds = sorted({each["kind"] for each in statements})
        found = f"{len(statements):,} of what is no file ({', '.join(kinds)}): as the ledger states"
        report.checks.append(Check("Statements", found))
    if report.disposed:
        files = _count(len(report.disposed), "file")
        found = f"{files} disposed of as two people decided; nothing else is missing"
        report.checks.append(Check("Disposed", found))


RECORDED = ("acquired", "custody")
STATED = {
    "alarm": "alarm",
    "alarm answered": "alarm_answer",
    "disposal decided": "disposal_decision",
    "disposal proposed": "disposal",
    "erased": "erasure",
    "exhibit": "exhibit_event",
    "exhibit received": "exhibit",
    "exhibits handed over": "transfer",
    "hold lifted": "hold_lift",
    "hold placed": "hold",
    "online paper": "online_paper",
    "receipt acknowledged": "acknowledgement",
    "retention set": "retention",
}


def _check_statements(
    package: Package, stated: dict[int, Entry], used: dict[int, str]
) -> list[dict[str, Any]]:
    """Hold each statement against the entry that it names; return them."""
    statements: list[dict[str, Any]] = package.records.get("statements") or []
    for each in statements:
        kind, part = each.get("kind"), each.get("part")
        what = f"records.json, {kind} {each['facts'].get('id')}"
        if kind not in STATED or STATED[kind] != part:
            raise Broken(f"{what}: its part", part, "a kind that this verifier knows")
        _check_stated(each, str(kind), {str(part): each["facts"]}, stated, used, what)
    return statements


def _check_disposed(
    item: dict[str, Any], statements: list[dict[str, Any]], package: Package, what: str
) -> dict[str, str]:
    """Check that a file is missing because two people decided it, after it last came in."""
    last = max((each["entry"] for each in item["acquisitions"]), default=0)
    proposals = {
        each["facts"]["id"]: each["facts"]
        for each in statements
        if each["kind"] == "disposal proposed" and item["id"] in each["facts"]["items"]
    }
    for each in reversed(statements):
        decision = each["facts"]
        proposal = proposals.get(decision.get("disposal"))
        if each["kind"] != "disposal decided" or not proposal or each["entry"] < last:
            continue
        if decision["approved"] is not True or decision["decided_by"] == proposal["proposed_by"]:
            continue
        if not any(event["kind"] == "disposed" for event in item["custody"]):
            break
        names = {person["id"]: person["name"] for person in package.records["people"]}
        erased = any(
            one["kind"] == "erased" and one["facts"]["item"] == item["id"] and one["entry"] > last
            for one in statements
        )
        return {
            "path": item["path"],
            "sha256": item["sha256"],
            "at": shown(decision["recorded_at"]),
            "proposed_by": names.get(proposal["proposed_by"], proposal["proposed_by"]),
            "decided_by": names.get(decision["decided_by"], decision["decided_by"]),
            "ground": proposal["ground"],
            "reference": proposal["reference"],
            "reason": proposal["reason"],
            "entry": str(each["entry"]),
            "bytes": "destroyed" if erased else "no longer held for this matter",
        }
    raise Broken(f"{what}: its file", "none", "a file, or its disposal as two people decided")


ITEM_FACTS = ("id", "parent", "path", "name", "sha256", "blake3", "size", "received_at")


def _check_item_file(item: dict[str, Any], package: Package, what: str) -> None:
    file = package.payload.get(item.get("file", ""))
    if file is None:
        raise Broken(f"{what}: its file", item.get("file"), "a file under data/")
    if item.get("sha256") != file.sha256:
        raise Broken(f"{what}: its SHA-256", item.get("sha256"), file.sha256)
    if item.get("size") != file.size:
        raise Broken(f"{what}: its size", item.get("size"), file.size)
    if file.blake3 and item.get("blake3") != file.blake3:
        raise Broken(f"{what}: its BLAKE3", item.get("blake3"), file.blake3)


def _check_custody(event: dict[str, Any], item: dict[str, Any], what: str) -> None:
    for name in ("hash_before", "hash_after"):
        if event.get(name) not in ("", item["sha256"]):
            raise Broken(f"{what}, {event.get('kind')}: {name}", event.get(name), item["sha256"])


def _check_stated(
    record: dict[str, Any],
    kind: str,
    details: dict[str, Any],
    stated: dict[int, Entry],
    used: dict[int, str],
    what: str,
) -> None:
    """Hold a record against the entry that it names, field by field."""
    entry = stated.get(record.get("entry", 0))
    if entry is None or entry.kind != kind or entry.seq in used:
        raise Broken(f"{what}: its entry", record.get("entry"), f"an entry of kind {kind}, its own")
    used[entry.seq] = what
    said = entry.value.get("details") or {}
    for part, fields in details.items():
        theirs = said.get(part) or {}
        for name in sorted(set(fields) | set(theirs)):
            if fields.get(name) != theirs.get(name) or (name in fields) != (name in theirs):
                got, expected = repr(fields.get(name)), repr(theirs.get(name))
                raise Broken(f"{what}: {name}, held against entry {entry.seq}", got, expected)


def _without_entry(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != "entry"}


# ---- time stamps (RFC 3161) ----------------------------------------------------------------------


class TimeStamp(NamedTuple):
    """What a time stamping authority's response says."""

    at: datetime
    imprint_algorithm: str
    imprint: bytes
    serial: int
    policy: str
    nonce: int | None
    signer: str
    certificate: bytes
    signed: bytes
    signature: bytes
    signature_algorithm: str
    digest_algorithm: str
    content: bytes
    content_digest: bytes


class Refused(Exception):
    """The authority answered without a stamp; the text is its own."""


RSA_PSS_OID = "1.2.840.113549.1.1.10"
SHA256_OID = "2.16.840.1.101.3.4.2.1"
HASHES = {
    SHA256_OID: "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}


def _check_stamps(
    report: Report, package: Package, key: Key, checkpoint: Checkpoint, ca: Path | None
) -> None:
    if "timestamps/index.json" not in package.files:
        report.remarks.append("The package carries no time stamp: only its own clock says when.")
        return
    for stated in read_json(package.files, "timestamps/index.json"):
        what = str(stated.get("response"))
        stamped = _open_checkpoint(
            _bytes_of(package.files, str(stated.get("checkpoint"))), key, str(stated["checkpoint"])
        )
        path = _hashes(stated.get("consistency"), f"{stated['checkpoint']}: its proof")
        check_consistency(
            stamped.size, stamped.root, checkpoint.size, checkpoint.root, path, stated["checkpoint"]
        )
        response = _bytes_of(package.files, what)
        stamp = check_stamp(response, hashlib.sha256(stamped.note).digest(), what)
        trusted = "not followed to an authority (give --ca)"
        if ca:
            _follow_with_openssl(response, stamp, ca, what)
            trusted = "leads to the authority that you trust"
        if not HAS_CRYPTOGRAPHY:
            trusted = trusted + "; its signature was not checked without the package cryptography"
        report.stamps.append(
            {
                "at": shown(stamp.at.isoformat()),
                "covers": str(stamped.size),
                "signer": stamp.signer,
                "trust": trusted,
            }
        )
    count = _count(len(report.stamps), "time stamp")
    report.checks.append(Check("Time stamps", f"{count} of checkpoints of this ledger"))


def check_stamp(response: bytes, digest: bytes, what: str) -> TimeStamp:
    """Check that a response stamps ``digest`` (SHA-256), unchanged since its signer signed it."""
    try:
        stamp = parse_stamp(response)
    except Refused as refused:
        raise Broken(what, f"a refusal ({refused})", "a granted time stamp") from refused
    except (ValueError, IndexError) as error:
        raise Broken(what, f"{len(response)} other bytes ({error})", "a TimeStampResp") from error
    if stamp.imprint_algorithm != SHA256_OID:
        raise Broken(f"{what}: its digest's algorithm", stamp.imprint_algorithm, SHA256_OID)
    if stamp.imprint != digest:
        raise Broken(f"{what}: the digest that it stamps", stamp.imprint.hex(), digest.hex())
    algorithm = HASHES.get(stamp.digest_algorithm)
    if algorithm is None:
        raise Broken(f"{what}: its algorithm", stamp.digest_algorithm, "SHA-256, 384 or 512")
    content = hashlib.new(algorithm, stamp.content).digest()
    if content != stamp.content_digest:
        raise Broken(f"{what}: its content", content.hex(), stamp.content_digest.hex())
    if HAS_CRYPTOGRAPHY and stamp.certificate and not _stamp_signature_holds(stamp, algorithm):
        raise Broken(f"{what}: its signature", "one that does not hold", stamp.signer)
    return stamp


def _stamp_signature_holds(stamp: TimeStamp, algorithm: str) -> bool:
    kinds = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
    kind = kinds[algorithm]
    try:
        public = x509.load_der_x509_certificate(stamp.certificate).public_key()
        if isinstance(public, rsa.RSAPublicKey):
            salted = padding.PSS(padding.MGF1(kind), padding.PSS.AUTO)
            plain = padding.PKCS1v15()
            padded = salted if stamp.signature_algorithm == RSA_PSS_OID else plain
            public.verify(stamp.signature, stamp.signed, padded, kind)
        elif isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(stamp.signature, stamp.signed, ec.ECDSA(kind))
        elif isinstance(public, ed25519.Ed25519PublicKey):
            public.verify(stamp.signature, stamp.signed)
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


def _follow_with_openssl(response: bytes, stamp: TimeStamp, ca: Path, what: str) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        raise Unanswerable("--ca needs the program openssl, which is not installed.")
    if not ca.is_file():
        raise Unanswerable(f"There is no file {ca}.")
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder, "stamp.tsr")
        answer.write_bytes(response)
        moment = str(int(stamp.at.timestamp()))
        arguments = ["ts", "-verify", "-digest", stamp.imprint.hex(), "-in", str(answer)]
        done = subprocess.run(
            [openssl, *arguments, "-CAfile", str(ca), "-attime", moment],
            capture_output=True,
            check=False,
        )
    if done.returncode != 0:
        words = " ".join(done.stderr.decode("utf-8", "replace").split())[:300]
        raise Broken(f"{what}: its authority", words, f"a chain to {ca}")


def parse_stamp(response: bytes) -> TimeStamp:
    """Read a TimeStampResp (RFC 3161, section 2.4.2); ValueError when it is none, or Refused."""
    status, *token = Der.whole(response).children()
    code, *said = status.children()
    if code.integer() not in (0, 1) or not token:
        words = [each.text() for group in said if group.tag == 0x30 for each in group.children()]
        raise Refused("; ".join(words) or f"status {code.integer()}")
    signed_data = token[0].children()[1].children()[0]
    parts = signed_data.children()
    content = parts[2].children()[1].children()[0].value
    certificates = [each for part in parts[3:] if part.tag == 0xA0 for each in part.children()]
    signer_info = parts[-1].children()[0].children()
    return _stamp(content, certificates, signer_info)


def _stamp(content: bytes, certificates: list[Der], signer_info: list[Der]) -> TimeStamp:
    _version, policy, imprint, serial, at, *rest = Der.whole(content).children()
    imprint_algorithm, digest = imprint.children()
    nonces = [each.integer() for each in rest if each.tag == 0x02]
    _version, signer_id, digest_algorithm, attributes, algorithm, signature = signer_info[:6]
    certificate = next((c for c in certificates if _is_of(c, signer_id)), None)
    return TimeStamp(
        at=_generalized_time(at.text()),
        imprint_algorithm=imprint_algorithm.children()[0].oid(),
        imprint=digest.value,
        serial=serial.integer(),
        policy=policy.oid(),
        nonce=nonces[0] if nonces else None,
        signer=_subject(certificate) if certificate else "an authority that it does not name",
        certificate=certificate.whole_bytes if certificate else b"",
        signed=b"\x31" + attributes.whole_bytes[1:],
        signature=signature.value,
        signature_algorithm=algorithm.children()[0].oid(),
        digest_algorithm=digest_algorithm.children()[0].oid(),
        content=content,
        content_digest=_message_digest(attributes),
    )


def _is_of(certificate: Der, signer_id: Der) -> bool:
    """Whether a certificate has the issuer and serial number that the signer names."""
    if signer_id.tag != 0x30:
        return False
    fields = [each for each in certificate.children()[0].children() if each.tag != 0xA0]
    issuer, serial = signer_id.children()
    return (fields[0].value, fields[2].whole_bytes) == (serial.value, issuer.whole_bytes)


def _subject(certificate: Der) -> str:
    """The common name and organisation of a certificate's subject."""
    fields = [each for each in certificate.children()[0].children() if each.tag != 0xA0]
    names: dict[str, str] = {}
    for group in fields[4].children():
        for pair in group.children():
            oid, value = pair.children()
            names[oid.oid()] = value.text()
    known = [names[oid] for oid in ("2.5.4.3", "2.5.4.10") if oid in names]
    return ", ".join(known) or "an authority without a name"


def _message_digest(attributes: Der) -> bytes:
    for attribute in attributes.children():
        oid, values = attribute.children()
        if oid.oid() == "1.2.840.113549.1.9.4":
            return values.children()[0].value
    raise ValueError("no digest of the content is signed")


def _generalized_time(text: str) -> datetime:
    found = re.fullmatch(r"(\d{14})(?:\.(\d+))?Z", text, re.ASCII)
    if not found:
        raise ValueError(f"the time {text!r}")
    moment = datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
    return moment + timedelta(seconds=float(f"0.{found[2] or 0}"))


class Der:
    """One element of a DER (or definite-length BER) structure."""

    def __init__(self, data: bytes, at: int) -> None:
        self.tag, self._start = data[at], at + 2
        length = data[at + 1]
        if self.tag & 0x1F == 0x1F or length in (0x80, 0xFF) or length > 0x84:
            raise ValueError("an encoding that a time stamp does not use")
        if length > 0x80:
            count = length & 0x7F
            length = int.from_bytes(data[at + 2 : at + 2 + count], "big")
            self._start += count
        self.end = self._start + length
        if self.end > len(data):
            raise ValueError("an element that is cut off")
        self.value = data[self._start : self.end]
        self.whole_bytes = data[at : self.end]

    @classmethod
    def whole(cls, data: bytes) -> Der:
        element = cls(data, 0)
        if element.end != len(data):
            raise ValueError("bytes after the end")
        return element

    def children(self) -> list[Der]:
        found, at = [], 0
        while at < len(self.value):
            found.append(Der(self.value, at))
            at = found[-1].end
        return found

    def integer(self) -> int:
        return int.from_bytes(self.value, "big", signed=True)

    def text(self) -> str:
        return self.value.decode("utf-16-be" if self.tag == 0x1E else "utf-8", "replace")

    def oid(self) -> str:
        numbers, value = [], 0
        for byte in self.value:
            value = value << 7 | byte & 0x7F
            if not byte & 0x80:
                numbers.append(value)
                value = 0
        first = min(numbers[0] // 40, 2)
        return ".".join(map(str, [first, numbers[0] - 40 * first, *numbers[1:]]))


# ---- Ed25519 (RFC 8032), used where the package cryptography is not installed --------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def ed25519_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` is that of ``public`` on ``message``."""
    if not HAS_CRYPTOGRAPHY:
        return ed25519_holds_slowly(public, message, signature)
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def ed25519_holds_slowly(public: bytes, message: bytes, signature: bytes) -> bool:
    """The same by the arithmetic of RFC 8032, section 5.1.7 and appendix A."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, commitment = _decompress(public), _decompress(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    base = _decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    if key is None or commitment is None or base is None or scalar >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    left = _multiply(scalar, base)
    right = _add(commitment, _multiply(challenge, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (
        left[1] * right[2] - right[1] * left[2]
    ) % P == 0


def _add(a: Point, b: Point) -> Point:
    first = (a[1] - a[0]) * (b[1] - b[0]) % P
    second = (a[1] + a[0]) * (b[1] + b[0]) % P
    third, fourth = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = second - first, fourth - third, fourth + third, second + first
    return e * f % P, g * h % P, f * g % P, e * h % P


def _multiply(scalar: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = _add(result, point)
        point, scalar = _add(point, point), scalar >> 1
    return result


def _decompress(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


# ---- the report ----------------------------------------------------------------------------------


def print_report(report: Report) -> None:
    """The report for a person."""
    print(f"Verification of a sealed package of evidence (verifier {VERSION})\n")
    _print_fact("Package", report.place)
    for name, value in report.facts.items():
        _print_fact(name.capitalize(), grouped(value) if name == "fingerprint" else value)
    print()
    for check in report.checks:
        _print_wrapped(f"  holds   {check.name}: ", f"{check.found}.")
    for gone in report.disposed:
        _print_wrapped("          - ", _disposed_words(gone))
    for stamp in report.stamps:
        said = f"entries 1 to {stamp['covers']} existed on {stamp['at']}, says {stamp['signer']};"
        _print_wrapped("          - ", f"{said} {stamp['trust']}.")
    if report.broken:
        broken = report.broken
        _print_wrapped("  BROKEN  ", f"{broken.what}:")
        _print_wrapped("            got      ", broken.got)
        _print_wrapped("            expected ", broken.expected)
        print("\nThis package is not what was sealed. The first broken thing is named above;")
        print("nothing after it was checked.")
        return
    print("\nThis package is whole, and nothing in it was changed since it was sealed.")
    print("It does not tell whether what the evidence says is true.")
    for remark in report.remarks:
        print()
        _print_wrapped("Note: ", remark)


def _disposed_words(gone: dict[str, str]) -> str:
    """One disposed file in a sentence."""
    of = f" {gone['reference']}" if gone["reference"] else ""
    return (
        f"{gone['path']}: disposed of on {gone['at']} by decision of {gone['decided_by']}, as "
        f"{gone['proposed_by']} had proposed ({gone['ground']}{of}: {gone['reason']}); "
        f"its bytes are {gone['bytes']}; entry {gone['entry']}, SHA-256 {gone['sha256']}"
    )


def _print_fact(name: str, value: str) -> None:
    _print_wrapped(f"  {name:<12} ", value)


def _print_wrapped(start: str, text: str) -> None:
    """Print within 88 columns; what a stranger named cannot move the cursor of a terminal."""
    plain = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    indent = " " * (12 if start.startswith("  ") else 6)
    lines = textwrap.wrap(
        plain, 88, initial_indent=start, subsequent_indent=indent, break_on_hyphens=False
    )
    print("\n".join(lines or [start.rstrip()]))


def shown(moment: str) -> str:
    """A moment in UTC for people: 2026-11-21 10:00:00 UTC."""
    return f"{moment[:10]} {moment[11:19]} UTC"


def grouped(fingerprint: str) -> str:
    return " ".join(fingerprint[i : i + 4] for i in range(0, len(fingerprint), 4))


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _bytes(size: int) -> str:
    number, units = float(size), ["bytes", "kB", "MB", "GB", "TB"]
    while number >= 1000 and len(units) > 1:
        number, units = number / 1000, units[1:]
    return f"{number:,.0f} {units[0]}" if units[0] == "bytes" else f"{number:,.1f} {units[0]}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verify a sealed package of evidence, offline.")
    here = Path(__file__).resolve().parent
    parser.add_argument(
        "package", nargs="?", type=Path, default=here, help="its folder, or a zip of it"
    )
    parser.add_argument("--fingerprint", default="", help="the key that you expect (SHA-256)")
    parser.add_argument("--ca", type=Path, help="certificates (PEM) that time stamps must lead to")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        report = verify_package(options.package, fingerprint=options.fingerprint, ca=options.ca)
    except (Unanswerable, OSError) as error:
        print(f"verify.py: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        print_report(report)
    return 3 if report.broken else 0


if __name__ == "__main__":
    sys.exit(main())
