from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from amparo.base.errors import UsageError
from amparo.evidence.packages.sinks import FolderSink, ZipSink, folder_in_progress


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_appears_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "package"
    with folder_in_progress(target) as part:
        FolderSink(part).write("data/a.txt", [b"a", b"b"], size=2)
        assert not target.exists()
    assert (target / "data/a.txt").read_bytes() == b"ab"
    assert names(tmp_path) == ["package"]


def test_a_failed_run_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with folder_in_progress(tmp_path / "package") as part:
            FolderSink(part).write("a", [b"a"], size=1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert names(tmp_path) == []


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    (tmp_path / ".package.part-999999999" / "data").mkdir(parents=True)
    (tmp_path / f".package.part-{os.getppid()}").mkdir()
    with folder_in_progress(tmp_path / "package"):
        pass
    assert names(tmp_path) == [f".package.part-{os.getppid()}", "package"]


def test_an_empty_folder_may_be_named_a_full_one_may_not(tmp_path: Path) -> None:
    with folder_in_progress(tmp_path / "new" / "package"):
        pass
    with folder_in_progress(tmp_path / "new" / "package"):
        pass
    (tmp_path / "new/package/file").write_text("mine")
    again = folder_in_progress(tmp_path / "new" / "package")
    with pytest.raises(UsageError, match="is there already"), again:
        pass
    assert (tmp_path / "new/package/file").read_text() == "mine"


def test_a_path_is_written_once(tmp_path: Path) -> None:
    sink = FolderSink(tmp_path)
    sink.write("a", [b"1"], size=1)
    with pytest.raises(Exception, match="exists"):
        sink.write("a", [b"2"], size=1)


class Unseekable(io.RawIOBase):
    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, block: bytes) -> int:  # type: ignore[override]
        self.data += block
        return len(block)


def test_a_zip_is_written_in_one_go_and_the_same_every_time() -> None:
    def once() -> bytes:
        stream = Unseekable()
        sink = ZipSink(stream, "top")  # type: ignore[arg-type]
        sink.write("data/سند.txt", [b"a", b"b"], size=2)
        sink.write("empty", [], size=0)
        sink.close()
        return bytes(stream.data)

    assert once() == once()
    with zipfile.ZipFile(io.BytesIO(once())) as archive:
        assert archive.read("top/data/سند.txt") == b"ab"
        assert archive.namelist() == ["top/data/سند.txt", "top/empty"]


def test_a_killed_export_is_never_mistaken_for_a_whole_one(tmp_path: Path) -> None:
    target = tmp_path / "package"
    killed = (
        "import os, sys; from pathlib import Path\n"
        "from amparo.evidence.packages.sinks import FolderSink, folder_in_progress\n"
        "with folder_in_progress(Path(sys.argv[1])) as part:\n"
        "    FolderSink(part).write('bagit.txt', [b'x'], size=1); os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", killed, target], check=False)
    assert done.returncode == -9
    assert not target.exists()
    assert [path.name.startswith(".package.part-") for path in tmp_path.iterdir()] == [True]
    with folder_in_progress(target) as part:
        FolderSink(part).write("bagit.txt", [b"whole"], size=5)
    assert names(tmp_path) == ["package"]
