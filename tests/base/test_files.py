import errno
import os
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest

from amparo.base import files
from amparo.base.errors import StorageError, StorageFull


def refuse(code: int) -> NoReturn:
    raise OSError(code, os.strerror(code))


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_new_file_is_private_and_alone(tmp_path: Path) -> None:
    files.write_new(tmp_path / "a", b"1")
    assert (tmp_path / "a").read_bytes() == b"1"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["a"]


def test_a_taken_name_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    with pytest.raises(FileExistsError):
        files.write_new(tmp_path / "a", b"2")
    assert (tmp_path / "a").read_bytes() == b"1"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("taken", [False, True])
def test_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: bool) -> None:
    monkeypatch.setattr(os, "link", lambda *_: refuse(errno.ENOTSUP))
    if taken:
        (tmp_path / "a").write_bytes(b"1")
        with pytest.raises(FileExistsError):
            files.write_new(tmp_path / "a", b"2")
    else:
        files.write_new(tmp_path / "a", b"1")
    assert (tmp_path / "a").read_bytes() == b"1"
    assert names(tmp_path) == ["a"]


def test_replacing_leaves_one_file(tmp_path: Path) -> None:
    files.replace(tmp_path / "a", b"1")
    files.replace(tmp_path / "a", b"2")
    assert (tmp_path / "a").read_bytes() == b"2"
    assert names(tmp_path) == ["a"]


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.replace(tmp_path / "a", b"1")
    monkeypatch.setattr(os, "fsync", lambda _: refuse(errno.ENOSPC))
    with pytest.raises(OSError):
        files.replace(tmp_path / "a", b"2")
    assert (tmp_path / "a").read_bytes() == b"1"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.ENOSPC, StorageFull),
        (errno.EDQUOT, StorageFull),
        (errno.EACCES, StorageError),
        (errno.EIO, StorageError),
    ],
)
def test_the_systems_errors_get_a_next_step(code: int, kind: type[StorageError]) -> None:
    with pytest.raises(kind) as caught, files.storage_errors("the safe"):
        refuse(code)
    assert type(caught.value) is kind
    assert "the safe" in caught.value.message
    assert caught.value.next_step


def test_an_unnamed_file_is_there_when_it_gets_its_name(tmp_path: Path) -> None:
    descriptor = files.open_unnamed(tmp_path, 0o400)
    if descriptor is None:
        pytest.skip("this system has no unnamed files")
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        os.write(descriptor, b"x")
        assert names(tmp_path) == []
        files.put_unnamed(descriptor, folder, "a")
        assert names(tmp_path) == ["a"]
        with pytest.raises(FileExistsError):
            files.put_unnamed(descriptor, folder, "a")
    finally:
        os.close(folder)
        os.close(descriptor)
    assert (tmp_path / "a").read_bytes() == b"x"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o400


def test_a_file_system_without_unnamed_files_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "open", lambda *_: refuse(errno.EOPNOTSUPP))
    assert files.open_unnamed(tmp_path, 0o400) is None


def test_a_full_disk_is_not_taken_for_one_without_unnamed_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "open", lambda *_: refuse(errno.ENOSPC))
    with pytest.raises(OSError):
        files.open_unnamed(tmp_path, 0o400)


def test_flushing_all_says_what_the_disk_says(tmp_path: Path) -> None:
    folder = os.open(tmp_path, os.O_RDONLY)
    can = files.flush_all(folder)
    os.close(folder)
    if not can:
        pytest.skip("this system cannot flush a whole file system")
    with pytest.raises(OSError) as caught:
        files.flush_all(folder)
    assert caught.value.errno == errno.EBADF


@pytest.mark.parametrize("release", ["4.19.0-amd64", "5.7", "a kernel of one's own"])
def test_a_kernel_that_hides_failed_writes_is_not_asked_to_flush_all(
    monkeypatch: pytest.MonkeyPatch, release: str
) -> None:
    files._syncfs.cache_clear()
    monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(release=release))
    assert not files.flush_all(0)
    files._syncfs.cache_clear()
