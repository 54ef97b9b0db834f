import errno
import hashlib
import io
import os
import sys
from dataclasses import replace
from io import FileIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from obstore.store import MemoryStore

from amparo.base import child, files, side_by_side
from amparo.base.child import Child
from amparo.base.digests import digest
from amparo.base.errors import StorageFull, UnreadableFile
from amparo.base.keys import Keyring
from amparo.evidence.intake import folder
from amparo.evidence.intake.folder import GROUP, SMALL, seal_sources, seal_together
from amparo.evidence.intake.ingest import Sealed, seal_bytes
from amparo.evidence.intake.sources import Source, sources
from amparo.evidence.store.chunks import BLOCK
from amparo.evidence.store.local import LocalStore
from amparo.evidence.store.remote import RemoteStore
from amparo.evidence.store.safe import Safe

KEYRING = Keyring.from_data_key(bytes(range(32)))


@pytest.fixture(params=["folder", "bucket"])
def safe(request: pytest.FixtureRequest, tmp_path: Path) -> Safe:
    if request.param == "bucket":
        return Safe.of(RemoteStore(MemoryStore()), KEYRING)
    return Safe.of(LocalStore(tmp_path / "objects"), KEYRING)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "many"
    made.mkdir()
    return made


def data_of(size: int) -> bytes:
    return hashlib.shake_128(size.to_bytes(8, "big")).digest(size)


def contents(safe: Safe, name: str) -> bytes:
    with safe.open(name) as opened:
        return opened.read()


def sealed_of(safe: Safe, root: Path) -> dict[str, Sealed | UnreadableFile]:
    return {source.name: outcome for source, outcome in seal_sources(sources(root), safe)}


SIZES = [0, 1, SMALL - 1, SMALL, SMALL + 1, 3 * SMALL, 5, 2 * SMALL]


def test_small_and_large_files_are_sealed_alike(safe: Safe, root: Path) -> None:
    for number, size in enumerate(SIZES):
        (root / str(number)).write_bytes(data_of(size))
    outcomes = sealed_of(safe, root)
    assert list(outcomes) == [str(number) for number in range(len(SIZES))]
    for number, size in enumerate(SIZES):
        sealed, expected = outcomes[str(number)], digest(data_of(size))
        assert isinstance(sealed, Sealed)
        assert (sealed.sha256, sealed.blake3, sealed.size) == (
            expected.sha256,
            expected.blake3,
            expected.size,
        )
        assert sealed.created
        assert sealed.object_name == safe.name_of(sealed.sha256)
        assert contents(safe, sealed.object_name) == data_of(size)


def test_a_folder_is_sealed_in_its_order_with_an_outcome_for_each(safe: Safe, root: Path) -> None:
    for number in range(2 * GROUP):
        (root / f"{number:03}").write_bytes(bytes([number % 20]) * 1000)
    (root / "005").unlink()
    (root / "005").symlink_to("/etc/passwd")
    outcomes = list(seal_sources(sources(root), safe))
    assert [source.name for source, _ in outcomes] == [f"{n:03}" for n in range(2 * GROUP)]
    sealed = [outcome for _, outcome in outcomes if isinstance(outcome, Sealed)]
    assert len(sealed) == 2 * GROUP - 1
    assert sum(outcome.created for outcome in sealed) == 20
    assert isinstance(outcomes[5][1], UnreadableFile)


def test_stopping_in_the_middle_of_a_folder_leaves_whole_objects(
    root: Path, tmp_path: Path
) -> None:
    safe = Safe.of(LocalStore(tmp_path / "objects"), KEYRING)
    for number in range(20 * GROUP):
        (root / str(number)).write_bytes(data_of(number))
    outcomes = seal_sources(sources(root), safe)
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    kept = list(safe.store.names())
    assert 1 <= len(kept) < 20 * GROUP
    assert len({contents(safe, name) for name in kept}) == len(kept)
    assert not list((tmp_path / "objects" / "drafts").iterdir())


def test_a_small_zip_is_looked_into(safe: Safe, root: Path) -> None:
    with ZipFile(root / "letter", "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", "<w/>")
    sealed = sealed_of(safe, root)["letter"]
    assert isinstance(sealed, Sealed)
    assert sealed.media_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize("more", [b"more", b"x" * SMALL])
def test_a_small_file_that_grows_under_way_is_refused_alone(
    safe: Safe, root: Path, monkeypatch: pytest.MonkeyPatch, more: bytes
) -> None:
    for name in "abc":
        (root / name).write_bytes(name.encode())

    class Growing(FileIO):
        def readinto(self, room: memoryview) -> int:  # type: ignore[override]
            if self.name == "b":
                with (root / "b").open("ab") as file:
                    file.write(more)
            return super().readinto(room)

    opened = folder.open_source

    def growing(source: Source) -> FileIO:
        file = Growing(source.root / source.path)
        file.name = source.name  # type: ignore[misc]
        return file

    monkeypatch.setattr(folder, "open_source", growing)
    outcomes = sealed_of(safe, root)
    monkeypatch.setattr(folder, "open_source", opened)
    assert isinstance(outcomes["b"], UnreadableFile)
    assert "changed" in outcomes["b"].message
    assert [type(outcomes[name]) for name in "ac"] == [Sealed, Sealed]
    assert len(list(safe.store.names())) == 2


def test_a_small_file_that_is_large_by_now_is_sealed_as_it_is(safe: Safe, root: Path) -> None:
    (root / "a").write_bytes(b"small")
    listed = list(sources(root))
    (root / "a").write_bytes(b"x" * (SMALL + 5))
    ((_, outcome),) = seal_sources(listed, safe)
    assert isinstance(outcome, Sealed)
    assert outcome.size == SMALL + 5
    assert contents(safe, outcome.object_name) == b"x" * (SMALL + 5)


def test_the_disk_is_asked_for_a_whole_group_before_the_first_is_read(
    safe: Safe, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    ahead, read = files.read_ahead, folder._read

    def asked(file: FileIO) -> None:
        happened.append("asked")
        ahead(file)

    def taken(file: FileIO, room: memoryview) -> memoryview:
        happened.append("read")
        return read(file, room)

    monkeypatch.setattr(files, "read_ahead", asked)
    monkeypatch.setattr(folder, "_read", taken)
    for name in "abc":
        (root / name).write_bytes(name.encode())
    listed = list(sources(root))
    (root / "b").unlink()
    first, gone, last = seal_together(listed, safe)
    assert [type(each) for each in (first, gone, last)] == [Sealed, UnreadableFile, Sealed]
    assert happened == ["asked", "asked", "read", "read"]


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK + 7])
def test_a_file_of_several_blocks_is_sealed_with_others(safe: Safe, root: Path, size: int) -> None:
    (root / "a").write_bytes(data_of(size))
    (outcome,) = seal_together(list(sources(root)), safe)
    assert isinstance(outcome, Sealed)
    assert outcome == replace(seal_bytes(data_of(size), safe, name="a"), created=True)
    assert contents(safe, outcome.object_name) == data_of(size)


def test_what_lies_in_a_zip_of_several_blocks_says_its_type(safe: Safe, root: Path) -> None:
    with ZipFile(root / "a.docx", "w") as made:
        made.writestr("padding", bytes(2 * BLOCK))
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", "<w:document/>")
    (outcome,) = seal_together(list(sources(root)), safe)
    assert isinstance(outcome, Sealed)
    assert outcome.media_type.endswith("wordprocessingml.document")


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process is copied")
def test_many_files_are_sealed_by_children_and_come_in_their_order(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (child, side_by_side):
        monkeypatch.setattr(module, "can_fork", lambda: True)
    monkeypatch.setattr(folder, "cores", lambda: 2)
    asked, ask = [], Child.ask
    monkeypatch.setattr(Child, "ask", lambda self, job: asked.append(self.pid) or ask(self, job))
    names = [f"{number:03}" for number in range(150)]
    for name in names:
        (root / name).write_bytes(name.encode())
    (root / "150").write_bytes(bytes(SMALL + 1))
    safe = Safe.of(LocalStore(tmp_path / "objects"), KEYRING)
    told = list(seal_sources(sources(root), safe))
    assert [source.name for source, _ in told] == [*names, "150"]
    kept = [contents(safe, made.object_name) for _, made in told[:150] if isinstance(made, Sealed)]
    assert kept == [name.encode() for name in names]
    assert asked


def test_a_disk_error_in_one_small_file_is_said_of_it(
    safe: Safe, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "ab":
        (root / name).write_bytes(name.encode())
    read = folder._read

    def broken(file: FileIO, room: memoryview) -> memoryview:
        if bytes(read(file, room)) == b"a":
            raise OSError(errno.EIO, "Input/output error")
        file.seek(0)
        return read(file, room)

    monkeypatch.setattr(folder, "_read", broken)
    outcomes = sealed_of(safe, root)
    assert isinstance(outcomes["a"], UnreadableFile)
    assert "Input/output error" in outcomes["a"].message
    assert isinstance(outcomes["b"], Sealed)


def test_a_full_disk_ends_it_and_leaves_no_draft(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Small(io.FileIO):
        def write(self, block: memoryview, /) -> int:  # type: ignore[override]
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for number in range(10):
        (root / str(number)).write_bytes(data_of(number))
    safe = Safe.of(LocalStore(tmp_path / "objects"), KEYRING)
    monkeypatch.setattr("amparo.evidence.store.local.FileIO", Small)
    with pytest.raises(StorageFull):
        sealed_of(safe, root)
    assert [path for path in (tmp_path / "objects").rglob("*") if path.is_file()] == []
