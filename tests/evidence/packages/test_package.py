from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from amparo.base.errors import VerificationError
from amparo.evidence.packages import package
from amparo.evidence.packages.sinks import FolderSink, ZipSink
from tests.evidence import packing


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packing.build(tmp_path_factory.mktemp("package") / "sealed")


def contents_of(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_what_is_written_verifies(sealed: Path) -> None:
    report = package.check(sealed, fingerprint=packing.SIGNER.key.fingerprint)
    assert report.facts["matter"] == "2026-0001  A. v. State"


def test_a_broken_package_is_raised_as_ours(sealed: Path, tmp_path: Path) -> None:
    copy = packing.build(tmp_path / "copy")
    (copy / "data/mail.eml").write_bytes(b"")
    with pytest.raises(VerificationError, match=r"The package, data/mail.eml: its SHA-256: got"):
        package.check(copy)


def test_the_same_input_gives_the_same_bytes(sealed: Path, tmp_path: Path) -> None:
    assert contents_of(packing.build(tmp_path / "again")) == contents_of(sealed)


def test_the_files_lie_under_their_received_names(sealed: Path) -> None:
    data = {path: data for path, data in contents_of(sealed).items() if path.startswith("data/")}
    assert set(data) == {
        "data/letters/سند.pdf",
        "data/mail.eml",
        "data/mail.eml (contents)/photo.jpg",
        "data/.._odd_ 100%.txt",
    }
    assert data["data/letters/سند.pdf"] == packing.FILES["letters/سند.pdf"]


def test_it_is_a_bag(sealed: Path) -> None:
    files = contents_of(sealed)
    assert files["bagit.txt"] == (b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    info = files["bag-info.txt"].decode()
    assert f"Payload-Oxum: {sum(map(len, packing.FILES.values()))}.4\n" in info
    assert "Bagging-Date: 2026-11-21\n" in info
    assert b"100%25.txt" in files["manifest-sha256.txt"]


def test_nothing_of_another_matter_leaves(sealed: Path) -> None:
    for path, data in contents_of(sealed).items():
        assert packing.SECRET.encode() not in data, path
        assert b"m-2" not in data, path


def test_the_readme_names_the_key_and_fills_every_blank(sealed: Path) -> None:
    text = (sealed / "README.txt").read_text("utf-8")
    assert "{" not in text
    assert packing.SIGNER.key.fingerprint[:4] in text
    assert max(map(len, text.splitlines())) <= 96


def test_records_say_where_each_file_came_from_and_lies(sealed: Path) -> None:
    records = json.loads((sealed / "records.json").read_text("utf-8"))
    photo = next(item for item in records["items"] if item["name"] == "photo.jpg")
    assert photo["path"] == "mail.eml/photo.jpg"
    assert photo["file"] == "data/mail.eml (contents)/photo.jpg"
    assert photo["acquisitions"][0]["from_whom"] == "فاطمة، أخت المدعية"
    assert photo["acquisitions"][0]["occurred_at"] == "2021-03~"


def test_an_object_that_is_not_what_its_item_says_stops_the_export(tmp_path: Path) -> None:
    contents = packing.contents(packing.Ledger())
    with pytest.raises(VerificationError, match="its SHA-256"):
        package.write_contents(FolderSink(tmp_path), contents, b"", lambda sha256: [b"other"])


def test_a_zip_of_it_verifies_from_a_stream() -> None:
    stream = io.BytesIO()
    sink = ZipSink(stream, "2026-0001")
    packing.write(sink)
    sink.close()
    package.check(zipfile.ZipFile(stream))
