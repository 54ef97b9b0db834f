"""A workspace's life with its secrets, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Amparo


def test_a_lost_passphrase_is_replaced_with_the_recovery_code(
    amparo: Amparo, passphrase_file: Path
) -> None:
    made = amparo("init", "--owner", "ana", "--json")
    assert made.returncode == 0, made.stderr
    code = json.loads(made.stdout)["recovery_code"]

    passphrase_file.write_text("something else\n")
    refused = amparo("user", "list")
    assert refused.returncode == 4
    assert "does not open" in refused.stderr

    assert amparo("key", "recover", stdin=f"{code}\nsomething else\n").returncode == 0
    people = amparo("user", "list")
    assert people.returncode == 0, people.stderr
    assert json.loads(people.stdout)["username"] == "ana"


def test_a_workspace_is_not_made_twice_nor_opened_where_there_is_none(amparo: Amparo) -> None:
    missing = amparo("user", "list")
    assert missing.returncode == 4
    assert "amparo init" in missing.stderr or "no workspace" in missing.stderr.lower()
    assert amparo("init").returncode == 0
    again = amparo("init")
    assert again.returncode == 2
    assert "already" in again.stderr


def test_the_folder_is_its_owners_alone(amparo: Amparo, tmp_path: Path) -> None:
    assert amparo("init").returncode == 0
    for path in (tmp_path / "home").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
