"""Whatever a file is, something stands in its place, and says what must be said."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from amparo.base.errors import ProgramMissing
from amparo.filing.bundle.preparation import prepare
from amparo.filing.bundle.profiles import load
from tests.filing.bundle.builders import exhibit, nothing, pdf, picture

EOIR = load("eoir")


def prepared(data, rendition=nothing, **where):
    return prepare(exhibit(data, **where), EOIR, rendition)


def codes(made):
    return [notice.code for notice in made.notices]


def add_form(document, **field):
    widget = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        Rect=Array([72, 600, 300, 620]),
        T=String("f"),
        **field,
    )
    item = document.make_indirect(widget)
    document.pages[0].obj.Annots = Array([item])
    document.Root.AcroForm = Dictionary(Fields=Array([item]))


def test_a_pdf_stands_as_it_is():
    data = pdf(3)
    made = prepared(data)
    assert (made.pages, made.notices, made.slip) == (3, (), None)
    assert made.open().read() == data


def test_a_pdf_that_only_its_owner_may_change_is_opened_and_says_so():
    lock = pikepdf.Encryption(owner="secret", user="")
    made = prepared(pdf(2, encryption=lock))
    assert (made.pages, codes(made)) == (2, ["opened"])


def test_a_pdf_that_needs_a_password_becomes_a_slip():
    made = prepared(pdf(encryption=pikepdf.Encryption(owner="a", user="b")))
    assert made.slip.code == "password"
    assert made.pages == 1


def test_a_signed_pdf_says_whose_the_signature_is():
    signature = Dictionary(Type=Name.Sig, Contents=String("x"))
    made = prepared(pdf(edit=lambda d: add_form(d, FT=Name.Sig, V=signature)))
    assert codes(made) == ["signed"]


def test_an_unsigned_signature_field_says_nothing():
    assert codes(prepared(pdf(edit=lambda d: add_form(d, FT=Name.Sig)))) == []


def test_a_damaged_pdf_is_repaired_and_says_so():
    data = pdf(2)
    assert codes(prepared(data[: data.rindex(b"xref")])) == ["repaired"]


def test_attached_files_are_named():
    def attach(document):
        document.attachments["ledger.xlsx"] = b"rows"

    (notice,) = prepared(pdf(edit=attach)).notices
    assert (notice.code, notice.values["names"]) == ("attachments", "ledger.xlsx")


def test_a_page_that_cannot_be_decoded_is_named():
    def spoil(document):
        document.pages[1].obj.Contents = Stream(document, b"junk", Filter=Name.FlateDecode)

    (notice,) = prepared(pdf(3, edit=spoil)).notices
    assert (notice.code, notice.values["pages"]) == ("damaged_pages", "2")


@pytest.mark.parametrize(
    ("data", "media_type", "code"),
    [
        (b"", "application/pdf", "damaged"),
        (b"%PDF-1.7 nothing", "application/pdf", "damaged"),
        (b"not a picture", "image/png", "damaged"),
        (b"sound", "audio/mpeg", "not_pages"),
        (b"anything", "application/octet-stream", "not_pages"),
        (picture((20_000, 10_000), mode="1"), "image/png", "too_large"),
    ],
)
def test_what_cannot_be_shown_becomes_a_slip(data, media_type, code):
    made = prepared(data, media_type=media_type)
    assert made.slip.code == code
    with pikepdf.open(made.open()) as document:
        assert len(document.pages) == 1


def test_a_slip_names_nothing_of_this_machine():
    made = prepared(b"not a pdf at all")
    assert "<" not in made.slip.values["detail"]


def test_other_files_come_as_a_rendition_makes_them():
    made = prepared(
        b"words",
        lambda source: io.BytesIO(pdf(4)),
        name="letter.DOCX",
        media_type="application/msword",
    )
    assert made.pages == 4
    assert [(n.code, n.values["kind"]) for n in made.notices] == [("rendered", ".docx")]


def test_a_missing_program_becomes_a_slip_that_says_so():
    def rendition(_source):
        raise ProgramMissing("LibreOffice is not installed.")

    made = prepared(b"words", rendition, media_type="application/msword")
    assert made.slip.values["detail"] == "LibreOffice is not installed"


def test_a_picture_gets_a_page():
    assert prepared(picture(), media_type="image/png").pages == 1


@pytest.mark.shared_data
def test_every_hostile_file_is_shown_or_explained(shared_data):
    for path in sorted((shared_data / "hostile").rglob("*")):
        if path.suffix in (".pdf", ".png"):
            kind = "application/pdf" if path.suffix == ".pdf" else "image/png"
            made = prepared(path.read_bytes(), media_type=kind)
            assert made.pages >= 1
