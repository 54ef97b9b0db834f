"""Verifying and exporting, as a person does it in a shell."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.begun import PASSPHRASE, begin
from tests.cli.conftest import Amparo, runner

MATTER = "A. v. State"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two files in a matter, made once by the program; gives its home."""
    place = tmp_path_factory.mktemp("made")
    folder = place / "received"
    (folder / "letters").mkdir(parents=True)
    (folder / "letters" / "سند.txt").write_text("a letter from the mother", "utf-8")
    (folder / "note.txt").write_text("a note " * 30_000)
    (place / "passphrase").write_text(PASSPHRASE)
    amparo = runner(place, place / "passphrase")
    begin(place)
    added = amparo("add", folder, "--matter", MATTER, "--from", "her sister")
    assert added.returncode == 0, added.stderr
    return place / "home"


@pytest.fixture
def filled(made: Path, tmp_path: Path) -> Path:
    """A copy of it where ``amparo`` looks."""
    return Path(shutil.copytree(made, tmp_path / "home"))


def test_a_workspace_verifies(amparo: Amparo, filled: Path) -> None:
    done = amparo("verify", "--json")
    assert done.returncode == 0, done.stderr
    *parts, last = [json.loads(line) for line in done.stdout.splitlines()]
    assert last == {"ok": True, "broken": None, "remarks": []}
    names = ["database", "ledger", "records", "time stamps", "objects"]
    assert [part["part"] for part in parts] == names
    assert "Everything is what was sealed." in amparo("verify").stdout


def test_a_flipped_byte_of_an_object_is_named(amparo: Amparo, filled: Path) -> None:
    path = max(filled.glob("objects/??/*"), key=lambda each: each.stat().st_size)
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[100_000] ^= 1
    path.write_bytes(data)
    done = amparo("verify", "--json")
    assert done.returncode == 3
    broken = json.loads(done.stdout.splitlines()[-1])["broken"]
    assert broken["what"].startswith(f"Object {path.parent.name}{path.name}"[:19])
    assert "got changed bytes, expected those that were sealed" in done.stderr


@pytest.mark.parametrize("part", [0.02, 0.5, 0.98])
def test_a_flipped_byte_of_the_database_is_named(part: float, amparo: Amparo, filled: Path) -> None:
    path = filled / "amparo.db"
    data = bytearray(path.read_bytes())
    data[int(len(data) * part)] ^= 1
    path.write_bytes(data)
    done = amparo("verify", "--json")
    assert done.returncode == 3, done.stderr
    assert "database" in done.stderr
    assert "got " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_matter_is_exported_and_verified_by_the_stand_alone_file(
    amparo: Amparo, filled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "package"
    done = amparo("export", MATTER, "--out", out, "--purpose", "for the court", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["files"] == 2
    assert (out / "data/letters/سند.txt").read_text("utf-8") == "a letter from the mother"
    command = [sys.executable, "-I", out / "verify.py", "--fingerprint", said["fingerprint"]]
    verified = subprocess.run(command, capture_output=True, text=True, check=False)
    assert verified.returncode == 0, verified.stdout
    again = amparo("export", MATTER, "--out", out)
    assert again.returncode == 2
    assert "is there already" in again.stderr
