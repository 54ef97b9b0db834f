"""Backups by the real program: made, made again, damaged, killed, restored elsewhere, drilled."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.begun import PASSPHRASE, begin
from tests.cli.conftest import Amparo, runner

ATTEMPTS = 20  # to kill a program before it is done, on a machine that looks away at times


class Original:
    """A workspace with a few files, its recovery code, and one backup of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.secret = root / "passphrase"
        self.secret.write_text(PASSPHRASE)
        self.amparo: Amparo = runner(root, self.secret)
        self.code = begin(root)
        folder = root / "in"
        folder.mkdir()
        for number in range(12):
            (folder / f"letter {number}.txt").write_text(f"letter {number} of Mohammed Haddad")
        (folder / "photo.bin").write_bytes(os.urandom(300_000))
        self.run("add", str(folder), "--matter", "Haddad", "--no-ocr")
        self.place = root / "backup"
        self.first = json.loads(self.run("backup", str(self.place), "--json"))

    def run(self, *words: str, stdin: str = "") -> str:
        done = self.amparo(*words, stdin=stdin)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    return Original(tmp_path_factory.mktemp("original"))


@pytest.fixture
def elsewhere(tmp_path: Path, original: Original) -> Amparo:
    """The program on another computer, which has nothing but the passphrase."""
    return runner(tmp_path, original.secret)


@pytest.fixture
def copy(tmp_path: Path, original: Original) -> Path:
    """A copy of the backup, to be damaged."""
    return Path(shutil.copytree(original.place, tmp_path / "copy"))


def said(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def files_of(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def test_what_was_kept_is_not_kept_again(original: Original) -> None:
    before = files_of(original.place)
    again = json.loads(original.run("backup", str(original.place), "--json"))
    assert again["new_objects"] == 0
    assert 0 < again["new_blocks"] <= 4
    assert again["objects"] == original.first["objects"] > 0
    after = files_of(original.place)
    assert {name: after[name] for name in before} == before


def test_nothing_in_a_backup_is_readable(original: Original) -> None:
    for name, data in files_of(original.place).items():
        assert b"Haddad" not in data
        assert "letter" not in name


def test_a_drill_proves_it_and_leaves_nothing(
    original: Original, elsewhere: Amparo, tmp_path: Path
) -> None:
    found = said(elsewhere("restore", original.place, "--drill", "--json"))
    assert found["ok"]
    assert found["drill"]
    assert found["checked"]["objects"] == original.first["objects"]
    assert not (tmp_path / "home").exists()
    left = Path(tempfile.gettempdir()).glob("amparo-drill-*/objects")
    assert not [each for each in left if each.resolve() == (original.place / "objects").resolve()]


def test_the_printed_code_opens_a_backup(original: Original, elsewhere: Amparo) -> None:
    words = ("restore", original.place, "--drill", "--recovery-code", "--json")
    assert said(elsewhere(*words, stdin=original.code + "\n"))["ok"]
    wrong = elsewhere(*words, stdin=original.code[:-1] + "\n")
    assert wrong.returncode == 4
    assert "Compare it with the printed sheet" in wrong.stderr


def test_a_workspace_moves_to_another_computer(
    original: Original, elsewhere: Amparo, tmp_path: Path
) -> None:
    assert said(elsewhere("restore", original.place, "--json"))["ok"]
    here = original.run("search", "Haddad", "--json").splitlines()
    there = elsewhere("search", "Haddad", "--json").stdout.splitlines()
    assert sorted(here) == sorted(there)
    assert len(here) > 10
    assert elsewhere("verify").returncode == 0
    assert elsewhere("restore", original.place).returncode == 2
    assert not (tmp_path / "home" / ".restoring").exists()


@pytest.mark.parametrize("part", ["rows", "objects", "snapshots"])
def test_a_changed_byte_is_refused_by_name(elsewhere: Amparo, copy: Path, part: str) -> None:
    files = sorted(path for path in (copy / part).rglob("*") if path.is_file())
    for file in files[-1:] if part == "snapshots" else files:  # others may be of older snapshots
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        file.chmod(0o600)
        file.write_bytes(data)
    done = elsewhere("restore", copy, "--drill")
    assert done.returncode in (3, 4)
    named = {"rows": "Block ", "objects": "Object ", "snapshots": "key file"}[part]
    assert named in done.stderr


def test_a_lost_object_is_named_and_the_rest_is_restored_up_to_it(
    elsewhere: Amparo, copy: Path
) -> None:
    file = next(path for path in (copy / "objects").glob("??/*"))
    file.unlink()
    done = elsewhere("restore", copy, "--drill")
    assert done.returncode == 3
    assert f"Object {file.parent.name}{file.name[:10]}" in done.stderr


def test_old_snapshots_go_and_what_only_they_named(original: Original, tmp_path: Path) -> None:
    place = tmp_path / "kept"
    for _ in range(3):
        original.run("backup", str(place))
    last = json.loads(original.run("backup", str(place), "--keep", "1", "--json"))
    assert last["removed"] == 3
    assert original.run("backup", str(place), "--list").split() == [last["snapshot"]]
    assert json.loads(original.run("restore", str(place), "--drill", "--json"))["ok"]


def test_a_damaged_object_is_left_out_and_named(original: Original, tmp_path: Path) -> None:
    file = next((original.root / "home" / "objects").glob("??/*"))
    whole = file.read_bytes()
    file.chmod(0o600)
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    try:
        done = original.amparo("backup", tmp_path / "place", "--json")
    finally:
        file.write_bytes(whole)
    assert done.returncode == 3
    assert f"Object {file.parent.name}{file.name[:10]}" in done.stderr
    assert len(json.loads(done.stdout)["missing"]) == 1


def kill(original: Original, home: Path, *words: str | Path, when: Callable[[], bool]) -> None:
    """Start the program and kill it as soon as ``when`` holds."""
    argv = [sys.executable, "-c", "from amparo.cli.main import run; run()"]
    argv += ["--home", str(home), *map(str, words)]
    environment = {**os.environ, "AMPARO_PASSPHRASE_FILE": str(original.secret)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(argv, env=environment, **quiet) as process:
        while not when() and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)


def test_a_backup_that_was_killed_is_made_again(original: Original, tmp_path: Path) -> None:
    def is_half_made(place: Path) -> bool:
        return len(list(place.glob("objects/??/*"))) >= original.first["objects"] // 2

    home = original.root / "home"
    for attempt in range(ATTEMPTS):
        place = tmp_path / f"place {attempt}"
        kill(original, home, "backup", place, when=partial(is_half_made, place))
        if not original.run("backup", str(place), "--list"):
            break
    else:
        raise AssertionError("it was always done before it was killed")
    made = json.loads(original.run("backup", str(place), "--json"))
    assert made["new_objects"] < made["objects"]
    assert json.loads(original.run("restore", str(place), "--drill", "--json"))["ok"]


def test_a_restore_that_was_killed_is_done_again(
    original: Original, elsewhere: Amparo, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    for _ in range(ATTEMPTS):
        kill(original, home, "restore", original.place, when=(home / "amparo.db").exists)
        if elsewhere("search", "Haddad").returncode == 4:
            break
        shutil.rmtree(home)
    else:
        raise AssertionError("it was always done before it was killed")
    assert said(elsewhere("restore", original.place, "--json"))["ok"]
