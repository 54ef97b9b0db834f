import csv
import hashlib
import io
import mailbox
import zipfile
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from amparo.base.dates import parse
from amparo.site.sample import exhibit_index, generate

NAMES = ("Mohammad", "محمد", "Мохаммад")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sample")


@pytest.fixture(scope="module")
def sample(folder):
    return generate(folder)


def fingerprints(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_files_are_those_of_the_plan(sample, folder):
    assert set(fingerprints(folder)) == {file.path for file in sample.files}
    assert 35 <= len(sample.files) <= 50


def test_the_same_bytes_each_time(sample, folder, tmp_path):
    generate(tmp_path)
    assert fingerprints(tmp_path) == fingerprints(folder)


def test_a_file_is_as_old_as_its_paper(sample, folder):
    for file in sample.files:
        assert (folder / file.path).stat().st_mtime == file.modified.timestamp()


def test_one_exact_duplicate_under_another_name(sample, folder):
    prints = fingerprints(folder)
    same = [path for path in prints if list(prints.values()).count(prints[path]) > 1]
    assert sorted(same) == [
        "Photographs/IMG_20210306_071204.jpg",
        "Sent to Samir/the door.jpg",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Declarations/Declaration of Amal Talmarin.pdf",
        "Medical/Certificado médico.pdf",
        "Fanal/Disparaître à Sorvin.pdf",
    ],
)
def test_typed_pages_have_text(sample, folder, name):
    assert "Talmarin" in text_of(folder / name)


def test_arabic_pages_have_text(sample, folder):
    assert "محمد" in text_of(folder / "Declarations/First statement (Arabic).pdf")


def test_scans_are_pictures_only(sample, folder):
    scans = [file.path for file in sample.files if file.make == "scan"]
    assert len(scans) == 5
    for path in scans:
        assert not text_of(folder / path).strip()


def test_unreadable_files_are_unreadable(sample, folder):
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(folder / "Medical/Extracto septiembre.pdf")
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(folder / "Letters/Reference (broken).pdf")


def test_the_name_stands_in_three_scripts_and_in_papers_without_text(sample, folder):
    from amparo.site.sample import pages

    for script, paper in zip(NAMES[1:], ("family_register_ar", "summons_ru"), strict=True):
        assert script in str(pages.text(paper))


def test_photographs_say_when_and_where(sample, folder):
    with Image.open(folder / "Photographs/IMG_20210306_071204.jpg") as picture:
        exif = picture.getexif()
    assert exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] == "2021:03:06 07:12:04"
    assert exif[Base.Model] == "N3"
    assert exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitudeRef] == "N"


def test_mail_carries_its_attachments(sample, folder):
    message = message_from_bytes(
        (folder / "Mail/Demande de pièces.eml").read_bytes(), policy=default
    )
    names = [part.get_filename() for part in message.iter_attachments()]
    assert names == ["visits log.pdf", "IMG_20210306_071231.jpg"]
    photograph = list(message.iter_attachments())[1].get_content()
    assert photograph == (folder / "Photographs/IMG_20210306_071231.jpg").read_bytes()
    assert "تلمارين" in message["Subject"]


def test_the_mailbox_has_four_letters(sample, folder):
    letters = list(mailbox.mbox(folder / "Mail/September.mbox"))
    assert len(letters) == 4
    assert "محمد" in letters[0].get_payload(decode=True).decode()


def test_the_archive_has_another_inside(sample, folder):
    with zipfile.ZipFile(folder / "From her telephone/export.zip") as outer:
        inner = zipfile.ZipFile(io.BytesIO(outer.read("export/backup/старе.zip")))
    assert inner.namelist() == ["список.txt", "повістка.jpg"]


@pytest.mark.parametrize(
    ("name", "encoding", "word"),
    [("записка.txt", "cp1251", "Мохаммад"), ("ملاحظات.txt", "cp1256", "محمد")],
)
def test_old_encodings(sample, folder, name, encoding, word):
    data = (folder / "From her telephone" / name).read_bytes()
    assert word in data.decode(encoding)
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")


def test_the_fax_has_three_pages(sample, folder):
    with Image.open(folder / "Official/Fax of 11 May 2021.tif") as fax:
        assert (fax.n_frames, fax.mode) == (3, "1")


def test_pages_come_in_many_sizes(sample, folder):
    sizes = set()
    for path in folder.rglob("*.pdf"):
        try:
            with pypdfium2.PdfDocument(path) as document:
                sizes.add(tuple(round(side) for side in document[0].get_size()))
        except pypdfium2.PdfiumError:
            continue
    letter, a4, a4_wide, a5 = (612, 792), (595, 842), (842, 595), (420, 595)
    assert {letter, a4, a4_wide, a5} <= sizes


def test_the_index_names_files_and_dates_that_are_there(sample, folder):
    rows = list(csv.DictReader(io.StringIO(exhibit_index(sample))))
    assert [row["tab"] for row in rows] == list("ABCDEFGHIJKL")
    for row in rows:
        assert (folder / row["file"]).is_file()
        parse(row["date"])
    assert any(len(row["date"]) != 10 for row in rows)


def test_office_files_are_whole_packages(sample, folder):
    for path in [*folder.rglob("*.docx"), *folder.rglob("*.xlsx")]:
        with zipfile.ZipFile(path) as package:
            assert package.testzip() is None
            assert "[Content_Types].xml" in package.namelist()
