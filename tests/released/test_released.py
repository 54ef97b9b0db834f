"""A workspace and a backup of every version that was ever kept open in this one, whole.

``tools/keep_workspace.py`` keeps one at each release.
"""

from __future__ import annotations

import json
import re
import tarfile
from importlib.metadata import version
from pathlib import Path

import pytest
from tools.keep_workspace import BACKUP, FILES, PASSPHRASE

from amparo.base.workspace import unlock_key_file
from amparo.evidence.backup import snapshots
from amparo.evidence.backup.places import open_place
from tests.cli.conftest import Amparo, runner

ROOT = Path(__file__).parent.parent.parent
KEPT = sorted(Path(__file__).parent.glob("*.tar.xz"))


def unpacked(packed: Path, place: Path) -> Amparo:
    """This version of the program on what another one left."""
    with tarfile.open(packed) as opened:
        opened.extractall(place, filter="data")
    secret = place / "passphrase"
    secret.write_text(PASSPHRASE)
    return runner(place, secret)


def has_backup(packed: Path) -> bool:
    with tarfile.open(packed) as opened:
        return BACKUP in opened.getnames()


WITH_BACKUP = [path for path in KEPT if has_backup(path)]


@pytest.fixture(params=KEPT, ids=lambda path: path.name.removesuffix(".tar.xz"))
def amparo(request: pytest.FixtureRequest, tmp_path: Path) -> Amparo:
    """This version of the program on the workspace of another."""
    return unpacked(request.param, tmp_path)


def test_every_release_is_kept() -> None:
    """Each version that CHANGELOG names, and the one that this would be."""
    told = re.findall(r"^## \[?(\d[^\s\]]*)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    kept = {path.name.removesuffix(".tar.xz") for path in KEPT}
    assert {*told, version("amparo")} <= kept, "run tools/keep_workspace.py"


@pytest.mark.parametrize("packed", WITH_BACKUP, ids=lambda path: path.name)
def test_a_backup_that_an_earlier_version_made_is_restored(packed: Path, tmp_path: Path) -> None:
    """Its tables are made as they were, filled, and brought up to date."""
    amparo = unpacked(packed, tmp_path)
    place = open_place(str(tmp_path / BACKUP))
    name = snapshots.choose(place, None)
    keyring = unlock_key_file(snapshots.key_file(place, name), passphrase=PASSPHRASE)
    then = set(snapshots.read(place, name, keyring).migrations)
    (tmp_path / "home").rename(tmp_path / "the old computer")
    restored = amparo("restore", place.address, "--json")
    assert restored.returncode == 0, restored.stderr
    assert json.loads(restored.stdout.splitlines()[-1])["checked"]["objects"] >= len(FILES)
    found = amparo("search", "حداد", "--json")
    assert len(found.stdout.splitlines()) >= 3
    again = amparo("backup", place.address)
    assert again.returncode == 0, again.stderr
    now = set(snapshots.read(place, snapshots.choose(place, None), keyring).migrations)
    assert then < now


def test_there_is_a_backup_of_an_earlier_version() -> None:
    assert WITH_BACKUP


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
