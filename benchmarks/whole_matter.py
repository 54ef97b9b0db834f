"""Does a whole matter hold? 5,000 mixed files added, proven, searched, exported, restored.

A laptop's workspace. Real files of many kinds (``AMPARO_SHARED_DATA``, or ``../shared/data``) are
repeated, each time changed without breaking them, until there are enough. The matter is added,
verified, searched, exported and checked by the stand-alone verifier; backed up and restored into a
new folder with nothing but the backup and the passphrase; and there searched, exported and checked
again. Each step says how long it took; the first that fails ends it.

    python benchmarks/whole_matter.py [files] [--ocr]
"""

from __future__ import annotations

import io
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.organisation.conftest import House, plain

WORDS = ("court", "asylum", "derechos", "repetition1")
MARK = "repetition"
ISO_MEDIA = {".mp4", ".m4a", ".mov", ".heic", ".avif"}
ZIPS = {".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub", ".wacz"}
TEXTS = {".eml", ".html", ".csv", ".tsv", ".txt", ".mbox", ".ics", ".vcf"}
A_FOLDER = 250


def changed(data: bytes, suffix: str, number: int) -> bytes:
    """The same file with other bytes, as valid as it was."""
    said = f"{MARK}{number}"
    if suffix == ".pdf":
        return data + f"\n%% {said}\n".encode()
    if suffix in TEXTS:
        return data + f"\n{said}\n".encode()
    if suffix in ZIPS and zipfile.is_zipfile(io.BytesIO(data)):
        out = io.BytesIO(data)
        with zipfile.ZipFile(out, "a") as archive:
            archive.comment = said.encode()
        return out.getvalue()
    if suffix in ISO_MEDIA:  # ISO/IEC 14496-12, 8.1.2: a free space box
        return data + struct.pack(">I", 8 + len(said)) + b"free" + said.encode()
    return data + said.encode()


def repeat(root: Path, originals: Path, files: int) -> int:
    """Write so many files below ``root``; gives how many of them are changed copies."""
    found = sorted(each for each in originals.rglob("*") if each.is_file())
    for number in range(files):
        turn, at = divmod(number, len(found))
        source = found[at]
        folder = root / f"{number // A_FOLDER:03d}"
        folder.mkdir(parents=True, exist_ok=True)
        data = source.read_bytes()
        if turn:
            data = changed(data, source.suffix.lower(), turn)
        (folder / f"{turn:02d} {source.name}").write_bytes(data)
    return max(0, files - len(found))


@contextmanager
def step(what: str) -> Iterator[list[str]]:
    """Say what was done, what came of it and how long it took."""
    begun, said = time.monotonic(), list[str]()
    yield said
    print(f"ok   {what:<34}{time.monotonic() - begun:8.1f} s   {'; '.join(said)}", flush=True)


def lines(told: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told.splitlines()]


def found_in(house: House) -> dict[str, list[tuple[str, int | None]]]:
    """For each word, the passages that are found by it, the best of many: path and page."""
    return {
        word: sorted(
            (hit["path"], hit["page"] or 0)
            for hit in lines(house.run("search", word, "--limit", "1000", "--json"))
        )
        for word in WORDS
    }


def verify_alone(package: Path, fingerprint: str) -> str:
    """What the verifier in the package says, run by itself in an environment of nothing."""
    argv = [sys.executable, "-I", str(package / "verify.py"), "--fingerprint", fingerprint]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, cwd=package, env={})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip().splitlines()[-1]


def export(house: House, out: Path) -> None:
    with step("exported as a package") as said:
        made = json.loads(house.run("export", "Whole", "--out", out, "--json"))
        said.append(f"{made['files']:,} files")
    with step("verified by the stand-alone file") as said:
        said.append(verify_alone(out, made["fingerprint"]))


def add(house: House, folder: Path, files: int, *, ocr: bool) -> None:
    with step("added: sealed, read, proofs looked at") as said:
        words = ("add", str(folder), "--matter", "Whole", "--json", "--ocr" if ocr else "--no-ocr")
        told = lines(house.run(*words))
        counted = Counter(each["status"] for each in told)
        assert len(told) == files, f"{len(told)} lines for {files} files"
        unsaid = [each for each in told if each["status"] in ("failed", "partial")]
        assert all(each["reason"] for each in unsaid), "something failed without a reason"
        said.append(", ".join(f"{count:,} {status}" for status, count in sorted(counted.items())))


def main() -> None:
    numbers = [word for word in sys.argv[1:] if word.isdigit()]
    files = int(numbers[0]) if numbers else 5_000
    here = Path(__file__).parent.parent
    shared = Path(os.environ.get("AMPARO_SHARED_DATA") or here.parent / "shared" / "data")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        copies = repeat(root / "in", shared / "evidence", files)
        size = sum(each.stat().st_size for each in (root / "in").rglob("*") if each.is_file())
        print(f"{files:,} files, {copies:,} of them changed copies, {size / 2**20:,.0f} MiB")
        laptop = House(root / "laptop", plain(root))
        laptop.run("init", "--owner", "maria")
        add(laptop, root / "in", files, ocr="--ocr" in sys.argv)
        with step("proven: all of it verified") as said:
            said.append(laptop.run("verify").strip().splitlines()[-1])
        with step("searched") as said:
            before = found_in(laptop)
            said.append(", ".join(f"{word} {len(hits):,}" for word, hits in before.items()))
        export(laptop, root / "package")
        with step("backed up") as said:
            made = json.loads(laptop.run("backup", root / "disk", "--json"))
            said.append(f"{made['objects']:,} objects")
        shutil.rmtree(laptop.home)
        shutil.rmtree(root / "package")
        new = House(root / "new computer", laptop.environment)
        with step("restored on a new computer, verified") as said:
            back = json.loads(new.run("restore", root / "disk", "--json").splitlines()[-1])
            assert back["ok"], back
            said.append(f"{back['checked']['objects']:,} objects")
        with step("searched there: the same") as said:
            assert found_in(new) == before
            said.append(f"{sum(map(len, before.values())):,} passages")
        export(new, root / "package")
    print("\nok   the whole of it")


if __name__ == "__main__":
    main()
