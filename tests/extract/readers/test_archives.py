"""Archives: each file inside, however the archive was packed, torn or meant."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import py7zr
import pytest

from amparo.base.errors import UnreadableFile
from amparo.extract.members import harmless
from amparo.extract.readers import archives
from amparo.extract.reading import Reading
from tests.extract.builders import bytes_of, read_with, tarred, zipped

FILES = {"a.txt": b"one", "in/b.txt": b"two" * 1000}


def _given(reading: Reading) -> dict[str, bytes]:
    """What comes out, as the sandbox takes it: a bad child costs only itself."""
    found = {}
    children = iter(reading.children)
    while True:
        try:
            child = next(children)
        except (StopIteration, UnreadableFile):
            return found
        try:
            found[child.path] = bytes_of(child)
        except UnreadableFile:
            found[child.path] = b"(damaged)"


def _seven_zip(**options: object) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", **options) as archive:  # type: ignore[arg-type]
        for name, data in FILES.items():
            archive.writestr(data, name)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [zipped(FILES), zipped(FILES, stored=True), tarred(FILES), tarred(FILES, "w:gz"),
     tarred(FILES, "w:bz2"), tarred(FILES, "w:xz"), _seven_zip()],
    ids=["zip", "stored zip", "tar", "tar.gz", "tar.bz2", "tar.xz", "7z"],
)  # fmt: skip
def test_every_file_comes_out_whole(data: bytes) -> None:
    reading = read_with(archives, data)
    assert (reading.status, _given(reading)) == ("read", FILES)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_single_packed_file(pack: object) -> None:
    ending = {gzip.compress: ".gz", bz2.compress: ".bz2"}.get(pack, ".xz")  # type: ignore[call-overload]
    reading = read_with(archives, pack(b"words"), f"note.txt{ending}")  # type: ignore[operator]
    assert _given(reading) == {"note.txt": b"words"}


@pytest.mark.parametrize(
    ("stated", "name"),
    [("../../etc/passwd", "etc/passwd"), ("/abs/x", "abs/x"), ("C:\\Users\\a.txt", "Users/a.txt"),
     ("a/./b//c", "a/b/c"), ("..", "unnamed"), ("photo\u202egnp.exe", "photognp.exe"),
     ("a\x00b", "ab"), ("", "unnamed")],
)  # fmt: skip
def test_names_are_made_harmless(stated: str, name: str) -> None:
    assert harmless(stated) == name


def test_a_name_that_points_outside_is_told() -> None:
    reading = read_with(archives, zipped({"../../x.txt": "x", "ok.txt": "y"}))
    children = list(reading.children)
    assert [child.path for child in children] == ["x.txt", "ok.txt"]
    assert children[0].metadata == {"name as stated": "../../x.txt"}
    assert "../../x.txt" in reading.reason


def test_names_of_an_older_system_are_decoded() -> None:
    name = "показания свидетеля.txt".encode("cp866")
    data = zipped({"a" * len(name): "x"}, stored=True).replace(b"a" * len(name), name)
    assert list(_given(read_with(archives, data))) == ["показания свидетеля.txt"]


def test_a_damaged_member_costs_only_itself() -> None:
    data = bytearray(zipped({"a.txt": b"one" * 900, "b.txt": b"two" * 900, "c.txt": b"three"}))
    place = data.find(b"b.txt") + len("b.txt")
    data[place : place + 6] = b"\xff" * 6
    given = _given(read_with(archives, bytes(data)))
    assert (given["a.txt"], given["b.txt"], given["c.txt"]) == (
        b"one" * 900,
        b"(damaged)",
        b"three",
    )


def test_a_torn_zip_gives_what_is_whole() -> None:
    data = zipped({f"{n}.txt": f"file {n} ".encode() * 3000 for n in range(5)})
    reading = read_with(archives, data[: data.find(b"3.txt")])
    assert reading.status == "partial"
    assert sorted(_given(reading)) == ["0.txt", "1.txt", "2.txt"]


def test_a_torn_tar_gives_what_is_whole() -> None:
    whole = tarred({"a.txt": b"a" * 3000, "b.txt": b"b" * 9000})
    reading = read_with(archives, whole[:8000])
    given = _given(reading)
    assert given["a.txt"] == b"a" * 3000


def test_a_locked_member_is_named_and_left() -> None:
    data = bytearray(zipped({"open.txt": "x", "shut.txt": "y"}))
    central = data.rfind(b"PK\x01\x02")
    data[central + 8] |= 1
    reading = read_with(archives, bytes(data))
    assert list(_given(reading)) == ["open.txt"]
    assert "locked by a password, left packed: “shut.txt”" in reading.reason


def test_a_locked_archive_says_so() -> None:
    with pytest.raises(UnreadableFile, match="locked by a password"):
        read_with(archives, _seven_zip(password="secret"))


def test_links_are_not_followed() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("passwd")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    reading = read_with(archives, out.getvalue())
    assert _given(reading) == {}
    assert reading.metadata["links not followed"] == "passwd → /etc/passwd"


@pytest.mark.parametrize("data", [b"", b"no archive at all", b"7z\xbc\xaf\x27\x1c broken"])
def test_what_cannot_be_opened_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_with(archives, data)


def test_an_empty_zip_is_read() -> None:
    out = io.BytesIO()
    zipfile.ZipFile(out, "w").close()
    assert read_with(archives, out.getvalue()).metadata == {"entries": "0"}
