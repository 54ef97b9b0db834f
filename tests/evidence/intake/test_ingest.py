import errno
import hashlib
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from obstore.store import MemoryStore

from amparo.base.digests import digest
from amparo.base.errors import StorageFull, UnreadableFile
from amparo.base.keys import Keyring
from amparo.evidence.intake.ingest import (
    seal_bytes,
    seal_source,
    seal_stream,
    sealing,
)
from amparo.evidence.intake.sources import Source, sources
from amparo.evidence.store.chunks import BLOCK, CHUNK
from amparo.evidence.store.local import LocalStore
from amparo.evidence.store.remote import RemoteStore
from amparo.evidence.store.safe import Safe

KEYRING = Keyring.from_data_key(bytes(range(32)))


@pytest.fixture
def safe(tmp_path: Path) -> Safe:
    return Safe.of(LocalStore(tmp_path / "objects"), KEYRING)


@pytest.fixture
def source(tmp_path: Path) -> Source:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"word " * 1000)
    (only,) = sources(tmp_path / "in")
    return only


def data_of(size: int) -> bytes:
    return hashlib.shake_128(size.to_bytes(8, "big")).digest(size)


def contents(safe: Safe, name: str) -> bytes:
    with safe.open(name) as opened:
        return opened.read()


@pytest.mark.parametrize("size", [0, 1, CHUNK, BLOCK - 1, BLOCK, BLOCK + 1, 9 * BLOCK + 5])
def test_what_is_sealed_has_its_digests_and_comes_back(safe: Safe, size: int) -> None:
    data = data_of(size)
    sealed = seal_stream(io.BytesIO(data), safe)  # type: ignore[arg-type]
    expected = digest(data)
    assert (sealed.sha256, sealed.blake3, sealed.size) == (
        expected.sha256,
        expected.blake3,
        expected.size,
    )
    assert sealed.created
    assert sealed.object_name == safe.name_of(expected.sha256)
    assert contents(safe, sealed.object_name) == data


@given(st.lists(st.integers(0, 3 * BLOCK), max_size=6))
@settings(max_examples=15, deadline=None)
def test_pieces_of_any_length_make_one_file(lengths: list[int]) -> None:
    safe = Safe.of(RemoteStore(MemoryStore()), KEYRING)
    pieces = [data_of(length) for length in lengths]
    with sealing(safe) as under_way:
        for piece in pieces:
            under_way.write(piece)
        sealed = under_way.keep()
    assert sealed.sha256 == hashlib.sha256(b"".join(pieces)).hexdigest()
    assert contents(safe, sealed.object_name) == b"".join(pieces)


def test_the_same_bytes_are_kept_once(safe: Safe) -> None:
    first, second = seal_bytes(b"x", safe), seal_bytes(b"x", safe)
    assert (first.created, second.created) == (True, False)
    assert first.object_name == second.object_name
    assert list(safe.store.names()) == [first.object_name]


def test_the_type_is_found_by_content_and_by_name_among_text(safe: Safe) -> None:
    assert seal_bytes(b"%PDF-1.7\n", safe, name="x.txt").media_type == "application/pdf"
    assert seal_bytes(b"a,b\n", safe, name="x.csv").media_type == "text/csv"


def test_the_type_of_a_large_file_is_looked_for_in_the_sealed_object(safe: Safe) -> None:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("media/large", data_of(3 * BLOCK))
        archive.writestr("word/document.xml", "x")
    assert seal_bytes(out.getvalue(), safe).media_type.endswith("wordprocessingml.document")


def test_what_is_not_kept_leaves_nothing(safe: Safe, tmp_path: Path) -> None:
    with sealing(safe) as under_way:
        under_way.write(data_of(3 * BLOCK))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_no_word_of_it_lies_on_the_disk(safe: Safe, source: Source, tmp_path: Path) -> None:
    sealed = seal_source(source, safe)
    for path in (tmp_path / "objects").rglob("*"):
        assert sealed.sha256[:16] not in str(path)
        assert not path.is_file() or b"word" not in path.read_bytes()


def test_a_source_is_only_read(safe: Safe, source: Source) -> None:
    path = source.root / source.path
    before = path.stat()
    sealed = seal_source(source, safe)
    after = path.stat()
    assert contents(safe, sealed.object_name) == path.read_bytes()
    assert (before.st_mtime_ns, before.st_ctime_ns, before.st_mode, before.st_size) == (
        after.st_mtime_ns,
        after.st_ctime_ns,
        after.st_mode,
        after.st_size,
    )


def test_a_source_that_changes_under_way_is_refused(
    safe: Safe, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    from amparo.evidence.intake.ingest import Sealing

    read_from = Sealing.read_from

    def and_append(self: Sealing, stream: io.RawIOBase) -> None:
        read_from(self, stream)
        with (source.root / source.path).open("ab") as file:
            file.write(b"more")

    monkeypatch.setattr(Sealing, "read_from", and_append)
    with pytest.raises(UnreadableFile, match="changed"):
        seal_source(source, safe)
    assert list(safe.store.names()) == []


def test_a_disk_error_while_reading_is_said(safe: Safe, source: Source) -> None:
    class Broken(io.RawIOBase):
        def readinto(self, buffer: object) -> int:
            raise OSError(errno.EIO, "Input/output error")

    from amparo.evidence.intake import ingest

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            ingest.Sealing, "read_from", lambda self, stream: Broken().readinto(bytearray(1))
        )
        with pytest.raises(UnreadableFile, match="Input/output error"):
            seal_source(source, safe)


def test_a_full_disk_is_said_and_leaves_nothing(
    safe: Safe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Small(io.FileIO):
        def write(self, block: memoryview, /) -> int:  # type: ignore[override]
            if self.tell() > 2 * BLOCK:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return super().write(block)

    monkeypatch.setattr("amparo.evidence.store.local.FileIO", Small)
    with pytest.raises(StorageFull) as caught:
        seal_bytes(data_of(5 * BLOCK), safe)
    assert "Free some space" in caught.value.next_step
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_process_killed_in_the_middle_leaves_nothing_that_is_seen(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from amparo.base.keys import Keyring
from amparo.evidence.intake.ingest import sealing
from amparo.evidence.store.local import LocalStore
from amparo.evidence.store.safe import Safe
with sealing(Safe.of(LocalStore(Path(sys.argv[1])), Keyring.from_data_key(bytes(32)))) as under_way:
    for turn in range(10**6):
        under_way.write(bytes(1 << 20))
        turn == 5 and print("going", flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", program, tmp_path], stdout=-1) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == b"going\n"
        writer.send_signal(signal.SIGKILL)
    store = LocalStore(tmp_path)
    assert list(store.names()) == []
    store.sweep()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
