"""A workspace of every version that was ever kept opens in this one, whole.

``tools/keep_workspace.py`` keeps one at each release.
"""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest
from tools.keep_workspace import FILES, PASSPHRASE

from tests.cli.conftest import Amparo, runner

KEPT = sorted(Path(__file__).parent.glob("*.tar.xz"))


@pytest.fixture(params=KEPT, ids=lambda path: path.name.removesuffix(".tar.xz"))
def amparo(request: pytest.FixtureRequest, tmp_path: Path) -> Amparo:
    """This version of the program on the workspace of another."""
    with tarfile.open(request.param) as packed:
        packed.extractall(tmp_path, filter="data")
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE)
    return runner(tmp_path, secret)


def test_there_is_one() -> None:
    assert KEPT


def test_it_is_brought_up_to_date_and_is_whole(amparo: Amparo, tmp_path: Path) -> None:
    found = amparo("search", "حداد", "--json")
    assert found.returncode == 0, found.stderr
    assert len(found.stdout.splitlines()) >= 3
    (tmp_path / "new.txt").write_text("A new letter of Haddad.")
    added = amparo("add", tmp_path / "new.txt", "--matter", "Haddad", "--no-ocr")
    assert added.returncode == 0, added.stderr
    verified = amparo("verify", "--json")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    parts = [json.loads(line) for line in verified.stdout.splitlines()][:-1]
    checked = {part["part"]: part["checked"] for part in parts}
    assert checked["objects"] >= len(FILES) + 1


def test_its_backup_is_restored(amparo: Amparo, tmp_path: Path) -> None:
    place = tmp_path / "place"
    assert amparo("backup", place).returncode == 0
    drilled = amparo("restore", place, "--drill")
    assert drilled.returncode == 0, drilled.stderr
