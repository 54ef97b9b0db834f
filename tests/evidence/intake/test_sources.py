import os
import socket
import subprocess
from pathlib import Path

import pytest

from amparo.base.errors import UnreadableFile, UsageError
from amparo.evidence.intake.sources import Source, open_source, refuse_changed, sources


def read(source: Source) -> bytes:
    with open_source(source) as file:
        return file.read()


def listed(root: Path) -> dict[str, Source]:
    return {source.shown_path: source for source in sources(root)}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "root" / "b").mkdir(parents=True)
    return tmp_path / "root"


def test_every_file_is_listed_in_order_with_its_size(root: Path) -> None:
    for path in ("b/2", "a", "b/1", "c"):
        (root / path).write_bytes(path.encode())
    found = list(sources(root))
    assert [source.shown_path for source in found] == ["a", "b/1", "b/2", "c"]
    assert [source.name for source in found] == ["a", "1", "2", "c"]
    assert [read(source) for source in found] == [b"a", b"b/1", b"b/2", b"c"]
    assert [source.size for source in found] == [1, 3, 3, 1]


def test_one_file_is_a_folder_of_its_own(root: Path) -> None:
    (root / "a").write_bytes(b"x")
    (only,) = sources(root / "a")
    assert (only.shown_path, read(only)) == ("a", b"x")


def test_the_time_of_a_file_is_kept_as_received(root: Path) -> None:
    (root / "a").write_bytes(b"x")
    os.utime(root / "a", (0, 86_400.5))
    assert listed(root)["a"].modified_at == "1970-01-02T00:00:00Z"
    assert Source(root, Path("a"), modified=1e20).modified_at == ""


def test_nothing_there_is_an_error_of_use(root: Path) -> None:
    with pytest.raises(UsageError) as caught:
        list(sources(root / "none"))
    assert caught.value.next_step


def test_the_workspace_inside_the_folder_is_passed_over(root: Path) -> None:
    (root / "a").write_bytes(b"x")
    (root / "b" / "amparo.toml").write_bytes(b"x")
    assert [source.shown_path for source in sources(root, leave_out=root / "b")] == ["a"]


def test_links_inside_the_folder_are_read(root: Path) -> None:
    (root / "a").write_bytes(b"x")
    (root / "b" / "link").symlink_to("../a")
    source = listed(root)["b/link"]
    assert (read(source), source.size, source.name) == (b"x", 1, "link")


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("../../secret", "out of the folder"),
        ("/etc/passwd", "out of the folder"),
        ("none", "to nothing"),
        ("link", "to nothing"),
        ("../b", "link to a folder"),
    ],
)
def test_other_links_are_refused_with_a_reason(root: Path, target: str, reason: str) -> None:
    (root.parent / "secret").write_bytes(b"secret")
    (root / "b" / "link").symlink_to(target)
    source = listed(root)["b/link"]
    assert reason in source.problem
    with pytest.raises(UnreadableFile, match=reason):
        read(source)


def test_what_is_no_file_is_refused_and_never_opened(root: Path) -> None:
    os.mkfifo(root / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(root / "socket"))
    (root / "device").symlink_to("/dev/zero")
    found = listed(root)
    assert found["pipe"].problem == "This is a pipe, not a file."
    assert found["socket"].problem == "This is a socket, not a file."
    assert "out of the folder" in found["device"].problem


@pytest.mark.parametrize("swapped", ["pipe", "link", "folder", "gone"])
def test_a_file_that_is_swapped_after_it_was_listed_leads_nowhere(root: Path, swapped: str) -> None:
    (root.parent / "secret").write_bytes(b"secret")
    (root / "a").write_bytes(b"x")
    source = listed(root)["a"]
    (root / "a").unlink()
    if swapped == "pipe":
        os.mkfifo(root / "a")
    elif swapped == "link":
        (root / "a").symlink_to(root.parent / "secret")
    elif swapped == "folder":
        (root / "a").mkdir()
    with pytest.raises(UnreadableFile):
        read(source)


def test_a_folder_that_becomes_a_link_leads_nowhere(root: Path) -> None:
    (root.parent / "out").mkdir()
    (root.parent / "out" / "a").write_bytes(b"secret")
    (root / "b" / "a").write_bytes(b"x")
    source = listed(root)["b/a"]
    (root / "b").rename(root / "c")
    (root / "b").symlink_to(root.parent / "out")
    with pytest.raises(UnreadableFile):
        read(source)


def test_names_that_are_no_unicode_can_be_shown_and_read(root: Path) -> None:
    path = os.fsencode(root) + b"/caf\xe9.txt"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(b"x")
    (only,) = sources(root)
    assert only.shown_path == "caf\\xe9.txt"
    only.shown_path.encode()
    assert read(only) == b"x"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_said(root: Path) -> None:
    (root / "a").write_bytes(b"x")
    (root / "a").chmod(0)
    (root / "b").chmod(0)
    found = listed(root)
    assert found["b"].problem == "You may not read this folder."
    with pytest.raises(UnreadableFile, match="may not"):
        read(found["a"])
    (root / "b").chmod(0o700)


@pytest.mark.parametrize("change", ["grown", "cut", "touched"])
def test_a_file_that_changes_while_it_is_read_is_noticed(root: Path, change: str) -> None:
    (root / "a").write_bytes(b"0123456789")
    with open_source(listed(root)["a"]) as file:
        before = os.fstat(file.fileno())
        file.read(5)
        if change == "touched":
            os.utime(root / "a", (0, 0))
        else:
            os.truncate(root / "a", 20 if change == "grown" else 5)
        file.readall()
        with pytest.raises(UnreadableFile, match="changed"):
            refuse_changed(file, before)


def test_a_very_deep_folder_ends(root: Path) -> None:
    try:
        folder = os.open(root, os.O_RDONLY)
        for _ in range(1050):
            os.mkdir("d", dir_fd=folder)
            below = os.open("d", os.O_RDONLY, dir_fd=folder)
            os.close(folder)
            folder = below
        os.close(folder)
        (root / "z").write_bytes(b"x")
        assert [source.shown_path[:3] for source in sources(root)][-1] == "z"
    finally:  # pytest's own removal is recursive
        subprocess.run(["rm", "-rf", root], check=True)
