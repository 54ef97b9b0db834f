import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from amparo.base.digests import Digests
from amparo.base.errors import VerificationError
from amparo.base.keys import Keyring
from amparo.evidence.intake.ingest import Sealed, seal_bytes
from amparo.evidence.store import place_of
from amparo.evidence.store.chunks import BLOCK, CHUNK
from amparo.evidence.store.fixity import check_object
from amparo.evidence.store.local import LocalStore
from amparo.evidence.store.safe import Safe

KEYRING = Keyring.from_data_key(bytes(range(32)))


@pytest.fixture
def safe(tmp_path: Path) -> Safe:
    return Safe.of(LocalStore(tmp_path), KEYRING)


def digests(sealed: Sealed) -> Digests:
    return Digests(sealed.sha256, sealed.blake3, sealed.size)


def path_of(root: Path, sealed: Sealed) -> Path:
    path = root / place_of(sealed.object_name)
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("size", [0, 1, CHUNK, BLOCK, 20 * BLOCK + 3])
def test_what_is_whole_passes(safe: Safe, size: int) -> None:
    sealed = seal_bytes(os.urandom(size), safe)
    check_object(safe, sealed.object_name, digests(sealed))


@pytest.mark.parametrize("size", [0, 60])
def test_a_flip_in_any_byte_of_a_small_object_is_named(
    safe: Safe, tmp_path: Path, size: int
) -> None:
    sealed = seal_bytes(os.urandom(size), safe)
    path = path_of(tmp_path, sealed)
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << at % 8)]) + whole[at + 1 :])
        with pytest.raises(VerificationError, match=sealed.object_name[:12]) as caught:
            check_object(safe, sealed.object_name, digests(sealed))
        assert caught.value.next_step
        assert "header" in caught.value.what or "chunk 1 of 1" in caught.value.what


def test_damage_in_the_middle_names_its_chunk(safe: Safe, tmp_path: Path) -> None:
    sealed = seal_bytes(os.urandom(40 * CHUNK), safe)
    path = path_of(tmp_path, sealed)
    with path.open("r+b") as file:
        file.seek(184 + 33 * (CHUNK + 16) + 100)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises(VerificationError, match="chunk 34 of 40"):
        check_object(safe, sealed.object_name, digests(sealed))


@pytest.mark.parametrize("change", [-1, -CHUNK, +1])
def test_a_cut_or_lengthened_object_gives_both_sizes(
    safe: Safe, tmp_path: Path, change: int
) -> None:
    sealed = seal_bytes(os.urandom(3 * CHUNK), safe)
    path = path_of(tmp_path, sealed)
    size = path.stat().st_size
    os.truncate(path, size + change)
    with pytest.raises(VerificationError, match="its size in bytes") as caught:
        check_object(safe, sealed.object_name, digests(sealed))
    assert (caught.value.got, caught.value.expected) == (size + change, size)


def test_a_missing_object_is_a_failed_verification(safe: Safe) -> None:
    with pytest.raises(VerificationError, match="got nothing") as caught:
        check_object(safe, "ab" * 32, Digests("00" * 32, "00" * 32, 7))
    assert caught.value.exit_code == 3


def test_another_files_object_under_the_name_is_noticed(safe: Safe, tmp_path: Path) -> None:
    sealed, other = seal_bytes(b"one", safe), seal_bytes(b"two", safe)
    shutil.copy(path_of(tmp_path, other), path_of(tmp_path, sealed))
    with pytest.raises(VerificationError, match="SHA-256") as caught:
        check_object(safe, sealed.object_name, digests(sealed))
    assert (caught.value.got, caught.value.expected) == (other.sha256, sealed.sha256)


def test_both_digests_are_held_against_the_record(safe: Safe) -> None:
    sealed = seal_bytes(b"x", safe)
    wrong = replace(digests(sealed), blake3="00" * 32)
    with pytest.raises(VerificationError, match="BLAKE3"):
        check_object(safe, sealed.object_name, wrong)
