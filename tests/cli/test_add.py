"""``amparo add`` in a real process: several readers at once, one line a file, again and again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.begun import begin
from tests.cli.conftest import Amparo
from tests.extract.pdf.samples import letter


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "from the client"
    root.mkdir()
    for number in range(12):
        (root / f"{number}.pdf").write_bytes(letter(f"Letter number {number}"))
    (root / "same.pdf").write_bytes(letter("Letter number 3"))
    (root / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    return root


def added(amparo: Amparo, folder: Path) -> list[dict[str, object]]:
    done = amparo("add", folder, "--matter", "A. v. State", "--json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_folder_is_added_and_added_again(amparo: Amparo, folder: Path, tmp_path: Path) -> None:
    begin(tmp_path)
    lines = added(amparo, folder)
    assert {tuple(line) for line in lines} == {
        ("path", "sha256", "type", "status", "reason", "pages")
    }
    by_path = {line["path"]: line for line in lines}
    assert len(by_path) == 14
    assert by_path["broken.pdf"]["status"] == "failed"
    assert by_path["broken.pdf"]["reason"]
    assert by_path["same.pdf"]["status"] == "duplicate"
    assert by_path["0.pdf"] | {"sha256": ""} == {
        "path": "0.pdf",
        "sha256": "",
        "type": "application/pdf",
        "status": "added",
        "reason": "",
        "pages": 1,
    }
    again = added(amparo, folder)
    assert {line["status"] for line in again} == {"duplicate"}


def test_words_for_people(amparo: Amparo, folder: Path, tmp_path: Path) -> None:
    begin(tmp_path)
    done = amparo("add", folder, "--matter", "A. v. State")
    assert "added     0.pdf" in done.stdout
    assert "Opened matter" in done.stderr
    assert "14 files: 12 added, 1 duplicate, 1 failed." in done.stderr


def test_a_folder_that_is_not_there_is_named(amparo: Amparo, tmp_path: Path) -> None:
    begin(tmp_path)
    done = amparo("add", tmp_path / "nowhere", "--matter", "A. v. State")
    assert done.returncode == 2
    assert "nowhere" in done.stderr
