"""``amparo add`` killed at fifty random moments: nothing half-written is seen, and it completes."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from amparo.base.digests import digest
from amparo.base.keys import Keyring
from amparo.base.workspace import open_with
from amparo.evidence.store.local import LocalStore
from amparo.evidence.store.safe import Safe
from tests.begun import PASSPHRASE, begin

HALVES = ("first", "second")
KILLS = 50 // len(HALVES)
MATTER = "A. v. State"

WHOLE = {
    "an item without an acquisition": """
        SELECT count(*) FROM evidence_item i
        WHERE NOT EXISTS (SELECT 1 FROM evidence_acquisition a WHERE a.item_id = i.id)""",
    "an acquisition without its entry": """
        SELECT (SELECT count(*) FROM evidence_acquisition)
             - (SELECT count(*) FROM evidence_ledgerentry WHERE kind = 'acquired')""",
    "an object without an item": """
        SELECT count(*) FROM evidence_storedobject o
        WHERE NOT EXISTS (SELECT 1 FROM evidence_item i WHERE i.object_id = o.sha256)""",
    "a path acquired twice in one intake": """
        SELECT count(*) FROM (
            SELECT 1 FROM evidence_acquisition GROUP BY intake_id, path HAVING count(*) > 1)""",
}


@dataclass
class Place:
    """A fresh workspace, the folder that is added to it, and the program."""

    home: Path
    folder: Path
    environment: dict[str, str]

    def command(self, *words: str) -> list[str]:
        program = "from amparo.cli.main import run; run()"
        return [sys.executable, "-c", program, "--home", str(self.home), *words]

    def start_adding(self) -> subprocess.Popen[str]:
        words = ("add", str(self.folder), "--matter", MATTER, "--no-ocr", "--json")
        return subprocess.Popen(
            self.command(*words),
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words), env=self.environment, capture_output=True, text=True, check=False
        )

    def keyring(self) -> Keyring:
        return open_with(self.home, PASSPHRASE).keyring


def make_folder(root: Path) -> Path:
    """Files small and large, some the same, in folders."""
    chance = random.Random(7)
    for number in range(40):
        path = root / f"day {number % 3}" / f"note {number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"note {number % 35} " * 50)
    for number in range(6):
        (root / f"recording {number}.bin").write_bytes(chance.randbytes(3 * 2**20))
    return root


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "AMPARO_PASSPHRASE_FILE": str(file),
    }


def new_place(root: Path, folder: Path, environment: dict[str, str]) -> Place:
    begin(root)
    return Place(root / "home", folder, environment)


def kill(process: subprocess.Popen[str]) -> None:
    """Kill it and what it started, as a power cut would."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def rows(place: Place, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlcipher.connect(str(place.home / "amparo.db"))
    connection.execute(f"PRAGMA key = \"x'{place.keyring().database_key.hex()}'\"")
    try:
        return list(connection.execute(sql))
    finally:
        connection.close()


def check_nothing_is_half_written(place: Place) -> None:
    """Every object that can be seen is whole and what its name says; every row has its others."""
    safe = Safe.of(LocalStore(place.home / "objects"), place.keyring())
    seen = set(safe.store.names())
    for name in seen:
        with safe.open(name) as file:
            assert safe.name_of(digest(file.read()).sha256) == name
    for what, sql in WHOLE.items():
        assert rows(place, sql) == [(0,)], what
    stored = {name for (name,) in rows(place, "SELECT object_name FROM evidence_storedobject")}
    assert stored <= seen


def received_in(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): digest(path.read_bytes()).sha256
        for path in folder.rglob("*")
        if path.is_file()
    }


def check_told(place: Place, out: str) -> None:
    """Every file is told once, and only true duplicates are called so.

    The recordings are random bytes, which are sealed and which nobody can read: they fail.
    """
    lines = [json.loads(line) for line in out.splitlines()]
    received = received_in(place.folder)
    assert {line["path"]: line["sha256"] for line in lines} == received
    assert len(lines) == len(received)
    assert sum(line["status"] != "duplicate" for line in lines) == len(set(received.values()))
    assert {line["status"] for line in lines} == {"added", "duplicate", "failed"}


def check_complete(place: Place) -> None:
    """Every file is there once, read as far as it can be, and all of it holds."""
    received = received_in(place.folder)
    distinct = len(set(received.values()))
    acquired = rows(
        place,
        "SELECT a.path, i.object_id FROM evidence_acquisition a "
        "JOIN evidence_item i ON i.id = a.item_id",
    )
    assert sorted(acquired) == sorted(received.items())
    assert rows(place, "SELECT count(*) FROM evidence_item WHERE status = 'sealed'") == [(0,)]
    top = "SELECT count(*) FROM evidence_item WHERE parent_id IS NULL"
    assert rows(place, top) == [(distinct,)]
    assert rows(place, "SELECT count(*) FROM evidence_intake") == [(1,)]
    assert rows(place, "SELECT count(*) FROM evidence_intake WHERE finished_at IS NULL") == [(0,)]
    verified = place.run("verify", "--json")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert [path.name for path in (place.home / "objects" / "drafts").iterdir()] == []


def is_finished(place: Place) -> bool:
    """Whether the killed process had closed its intake: all was done, and only the end was cut."""
    finished = "SELECT count(*) FROM evidence_intake WHERE finished_at IS NOT NULL"
    return rows(place, finished) == [(1,)]


@pytest.mark.parametrize("half", HALVES)  # so that two cores share them
def test_killed_at_fifty_random_moments(
    tmp_path: Path, environment: dict[str, str], half: str
) -> None:
    folder = make_folder(tmp_path / "in")
    chance = random.Random()
    print("seed of the moments:", seed := chance.randrange(2**32))
    chance.seed(seed)
    kills, rounds, longest = 0, 0, 4.0
    while kills < KILLS:
        rounds += 1
        place = new_place(tmp_path / str(rounds), folder, environment)
        for _ in range(12):
            process = place.start_adding()
            started = time.monotonic()
            try:
                out, err = process.communicate(timeout=chance.uniform(0, longest))
            except subprocess.TimeoutExpired:
                kill(process)
                kills += 1
                check_nothing_is_half_written(place)
                if is_finished(place):
                    break
                continue
            assert process.returncode == 0, err
            longest = max(1.0, time.monotonic() - started)
            check_told(place, out)
            break
        else:
            out, err = place.start_adding().communicate()
            check_told(place, out)
        check_complete(place)
    assert kills >= KILLS
