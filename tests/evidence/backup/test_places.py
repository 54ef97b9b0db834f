from __future__ import annotations

from pathlib import Path

import pytest

from amparo.base.errors import UsageError, VerificationError
from amparo.base.keys import Keyring
from amparo.evidence.backup import snapshots
from amparo.evidence.backup.manifest import digest_of_keys
from amparo.evidence.backup.places import Place, open_place
from tests.evidence.backup.test_manifest import MADE

KEYS = Keyring.from_data_key(bytes(32))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = open_place(str(tmp_path / "disk" / "backup"))
    made.prepare()
    return made


def test_a_small_file_is_written_once(place: Place) -> None:
    place.write("a.age", b"first")
    with pytest.raises(FileExistsError):
        place.write("a.age", b"second")
    assert place.read("a.age") == b"first"
    place.remove("a.age")
    with pytest.raises(FileNotFoundError):
        place.read("a.age")


def test_a_snapshot_counts_once_it_is_whole(place: Place) -> None:
    from dataclasses import replace

    manifest = replace(MADE, keys_sha256=digest_of_keys(b"keys"))
    place.write(f"{MADE.name}.toml", b"keys")
    assert snapshots.names(place) == []
    place.remove(f"{MADE.name}.toml")
    snapshots.write(place, manifest, b"keys", KEYS)
    assert snapshots.names(place) == [MADE.name]
    assert snapshots.read(place, MADE.name, KEYS) == manifest


@pytest.mark.parametrize("suffix", [".age", ".toml"])
def test_a_changed_byte_of_a_snapshot_is_named(place: Place, tmp_path: Path, suffix: str) -> None:
    from dataclasses import replace

    manifest = replace(MADE, keys_sha256=digest_of_keys(b"keys"))
    snapshots.write(place, manifest, b"keys", KEYS)
    (file,) = tmp_path.rglob(f"*{suffix}")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(VerificationError, match=f"Snapshot {MADE.name}"):
        snapshots.read(place, MADE.name, KEYS)


def test_where_there_is_no_backup_it_says_so(tmp_path: Path, place: Place) -> None:
    with pytest.raises(UsageError, match="no backup"):
        snapshots.choose(open_place(str(tmp_path / "nowhere")), None)
    snapshots.write(place, MADE, b"keys", KEYS)
    with pytest.raises(UsageError, match=r"There are: 2026"):
        snapshots.choose(place, "another")


def test_other_schemes_are_refused() -> None:
    with pytest.raises(UsageError, match="no place"):
        open_place("ftp://host/backup")
