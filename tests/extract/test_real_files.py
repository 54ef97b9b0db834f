"""The real inputs, through the sandbox: every file is read, or says in words why not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from amparo.evidence.intake.detect import media_type
from amparo.extract.reading import Child, Reading
from amparo.extract.sandbox import Sandbox

pytestmark = pytest.mark.shared_data

# What cannot be read in full, and a word of the reason that its owner is given.
LOCKED = re.compile(r"password|locked")
EXPLAINED = {
    "ingest-f__password-hunter2.pdf": LOCKED,
    "ingest-f__password_protected.xls": LOCKED,
    "ingest-f__encypted_by_libreoffice.odt": LOCKED,
    "pikepdf__graph-encrypted.pdf": LOCKED,
    "unstruct__password_protected.xlsx": LOCKED,
    "unstruct__fake-encrypted.eml": re.compile("encrypted"),
}
_RECORDING = (".mp3", ".m4a", ".wav", ".mp4", ".mov")


def _read(room: Sandbox, file: Path) -> tuple[Reading, int]:
    children = []

    def take(child: Child) -> None:
        children.append(child.path)

    with file.open("rb") as stream:
        kind = media_type(stream, file.name)
        stream.seek(0)
        return room.read(stream, name=file.name, media_type=kind, on_child=take), len(children)


def test_every_real_file_is_read_or_explained(shared_data: Path) -> None:
    files = sorted((shared_data / "evidence").iterdir())
    read, told = 0, {}
    with Sandbox() as room:
        for file in files:
            reading, _ = _read(room, file)
            read += reading.status == "read"
            assert reading.status == "read" or len(reading.reason) > 20, file.name
            assert "Traceback" not in reading.reason, file.name
            assert "The reader stopped" not in reading.reason, file.name
            told[file.name] = reading
    assert read >= 0.9 * len(files)
    for name, reason in EXPLAINED.items():
        if name in told:
            assert reason.search(told[name].reason), name
    recordings = [name for name in told if name.lower().endswith(_RECORDING)]
    assert all(told[name].metadata for name in recordings)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mail-par__mail_outlook_1.msg", "Prüfung Personalwesen"),
        ("ingest-f__piste.msg", "Ab auf die Piste"),
        ("ingest-f__rom.xls", "Şcoala de Meserii"),
        ("unstruct__simple.doc", "favorite things"),
        ("unstruct__fake-power-point.ppt", "Adding a Bullet Slide"),
        ("markitdo__test_mskanji.csv", "佐藤太郎"),
        ("unstruct__email-no-utf8-2008-07-16.062410.eml", "מקצועי"),
        ("dangerzo__license.rtf", "AFFERO"),
    ],
)
def test_words_of_real_files(shared_data: Path, name: str, words: str) -> None:
    file = shared_data / "evidence" / name
    if not file.exists():
        pytest.skip(f"{name} is not among the real inputs")
    with Sandbox() as room:
        reading, _ = _read(room, file)
    assert words in "\n".join(page.text for page in reading.pages)


@pytest.mark.parametrize(
    ("name", "least"),
    [("ingest-f__testPST.pst", 6), ("ingest-f__test-documents.tar", 9),
     ("ingest-f__500_pages.7z", 1), ("py-wacz__example-iana.warc", 20),
     ("mail-par__mail_malformed_1.eml", 1)],
)  # fmt: skip
def test_children_of_real_files(shared_data: Path, name: str, least: int) -> None:
    file = shared_data / "evidence" / name
    if not file.exists():
        pytest.skip(f"{name} is not among the real inputs")
    with Sandbox() as room:
        _, children = _read(room, file)
    assert children >= least
