"""``amparo bundle`` in a real process: from an index to checked volumes, or to named rows."""

from __future__ import annotations

import json
import random
import shutil
from importlib import resources
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.begun import PASSPHRASE, begin
from tests.cli.conftest import Amparo, runner
from tests.filing.bundle.builders import pdf, picture

MATTER = "A. v. State"
HEADER = "tab,file,description,date\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a few files in a matter, made once by the program; gives its home."""
    place = tmp_path_factory.mktemp("made")
    folder = place / "received"
    for path, data in {
        "letters/سند.pdf": pdf(2),
        "court/scan.pdf": pdf(1, content="BT /F1 9 Tf 72 300 Td (court) Tj ET"),
        "client/scan.pdf": pdf(3, content="BT /F1 9 Tf 72 300 Td (client) Tj ET"),
        "door.png": picture(),
        "message.txt": b"I will come on Monday.",
        "broken.pdf": b"%PDF-1.7 nothing",
    }.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    (place / "passphrase").write_text(PASSPHRASE)
    amparo = runner(place, place / "passphrase")
    begin(place)
    added = amparo("add", folder, "--matter", MATTER)
    assert added.returncode == 0, added.stderr
    return place / "home"


@pytest.fixture
def filled(made: Path, tmp_path: Path) -> Path:
    """A copy of it where ``amparo`` looks."""
    return Path(shutil.copytree(made, tmp_path / "home"))


def index(tmp_path: Path, rows: str) -> Path:
    path = tmp_path / "index.csv"
    path.write_text(HEADER + rows, "utf-8-sig")
    return path


def test_a_bundle_is_made_as_the_contract_says(
    amparo: Amparo, filled: Path, tmp_path: Path
) -> None:
    rows = "A,letters/سند.pdf,شهادة الأم,2021-03~\nB,door.png,The door,\nC,message.txt,Message,\n"
    out = tmp_path / "bundle.pdf"
    done = amparo("bundle", MATTER, "--index", index(tmp_path, rows), "--profile", "eoir",
                  "--out", out)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"{out}  pages 1 to 10"
    assert "all of them hold" in done.stderr
    with pikepdf.open(out) as document:
        assert len(document.pages) == 10
        assert str(document.docinfo.Title) == MATTER
    verified = amparo("verify")
    assert verified.returncode == 0, verified.stderr


def test_json_tells_of_volumes_and_exhibits(amparo: Amparo, filled: Path, tmp_path: Path) -> None:
    rows = ",court/scan.pdf,One,\n,broken.pdf,Two,\n"
    out = tmp_path / "b.pdf"
    done = amparo("bundle", MATTER, "--index", index(tmp_path, rows), "--out", out, "--json",
                  "--language", "es", "--title", "Caso A.", "--field", "counsel=Rosa Ortega",
                  "--certificate", "translation")  # fmt: skip
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    said = json.loads(line)
    assert [volume["path"] for volume in said["volumes"]] == [str(out)]
    assert [(each["tab"], each["slip"]) for each in said["exhibits"]] == [
        ("A", None),
        ("B", "damaged"),
    ]
    assert said["compared"]["number"] == said["pages"] == 7


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("A,scan.pdf,x,\n", "may be 2 files: “client/scan.pdf”, “court/scan.pdf”"),
        ("A,nowhere.pdf,x,\n", "Row 2: No file of the matter is called “nowhere.pdf”"),
        ("A,door.png,,\n", "Row 2: The description is empty"),
        ("A,door.png,x,03/04/2021\n", "can be read in two ways"),
        ("", "There are no exhibits"),
    ],
)
def test_wrong_rows_are_named_and_nothing_is_made(
    rows: str, says: str, amparo: Amparo, filled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "bundle.pdf"
    done = amparo("bundle", MATTER, "--index", index(tmp_path, rows), "--out", out)
    assert done.returncode == 2
    assert says in done.stderr
    assert not out.exists()


def test_what_is_there_is_not_written_over(amparo: Amparo, filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "bundle.pdf"
    out.write_text("mine")
    words = ("bundle", MATTER, "--index", index(tmp_path, "A,door.png,x,\n"), "--out", out)
    done = amparo(*words)
    assert done.returncode == 2
    assert "is there already" in done.stderr
    assert out.read_text() == "mine"
    assert amparo(*words, "--force").returncode == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--profile", "nowhere"), "There is no profile 'nowhere'"),
        (("--profile", "eoir", "--language", "ar"), "does not take the language 'ar'"),
        (("--field", "judge"), "has no value"),
        (("--certificate", "birth"), "no certificate 'birth'"),
    ],
)
def test_wrong_options_say_what_there_is(
    words: tuple[str, ...], says: str, amparo: Amparo, filled: Path, tmp_path: Path
) -> None:
    rows = index(tmp_path, "A,door.png,x,\n")
    done = amparo("bundle", MATTER, "--index", rows, "--out", tmp_path / "b.pdf", *words)
    assert done.returncode == 2
    assert says in done.stderr


def test_volumes_lead_into_one_another_by_the_names_that_they_have(
    amparo: Amparo, filled: Path, tmp_path: Path
) -> None:
    profile = tmp_path / "small.yaml"
    own = (resources.files("amparo.filing.bundle.profiles") / "generic.yaml").read_text("utf-8")
    profile.write_text(own.replace("megabytes: 0", "megabytes: 1"), "utf-8")
    noise = tmp_path / "noise"
    noise.mkdir()
    for number in range(3):
        save_noise(noise / f"{number}.png", number)
    assert amparo("add", noise, "--matter", MATTER, "--no-ocr").returncode == 0
    rows = "".join(f",{number}.png,Noise {number},\n" for number in range(3))
    out = tmp_path / "court.pdf"
    done = amparo("bundle", MATTER, "--index", index(tmp_path, rows), "--out", out,
                  "--profile", profile)  # fmt: skip
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in tmp_path.glob("court*.pdf"))
    assert names == ["court-1.pdf", "court-2.pdf", "court-3.pdf"]
    with pikepdf.open(tmp_path / "court-1.pdf") as document:
        files = {str(link.A.F.F) for link in document.pages[1].obj.Annots if "/A" in link}
    assert files == {"court-2.pdf", "court-3.pdf"}


def save_noise(path: Path, seed: int) -> None:
    """A picture that does not become smaller than about 0.7 MB."""
    data = random.Random(seed).randbytes(480 * 480 * 3)
    Image.frombytes("RGB", (480, 480), data).save(path)
