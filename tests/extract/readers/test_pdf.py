"""Text, places, facts, forms, comments and files of PDFs; locked and damaged ones."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Encryption, Name, OutlineItem, Permissions, String

from amparo.base.errors import UnreadableFile
from amparo.extract.readers.pdf import read
from amparo.extract.reading import Limits, PageText, Reading
from tests.extract.pdf.samples import letter, page, pdf_bytes, text


def reading_of(data: bytes, **options) -> Reading:
    """Read, and gather what comes piece by piece."""
    found = read(io.BytesIO(data), "x.pdf", Limits(), **options)
    pages = tuple(found.pages)
    return replace(found, pages=pages, children=tuple(found.children))


def only_page(data: bytes, **options) -> PageText:
    (found,) = reading_of(data, **options).pages
    return found


def placed(found: PageText) -> dict[str, tuple[int, ...]]:
    return {
        found.text[word.start : word.end]: tuple(round(side) for side in word.box)
        for word in found.words
    }


def test_words_stand_where_they_are_seen() -> None:
    found = only_page(letter())
    assert (found.text, found.width, found.height) == ("Habeas corpus now", 612.0, 792.0)
    boxes = placed(found)
    assert list(boxes) == ["Habeas", "corpus", "now"]
    x0, y0, x1, y1 = boxes["Habeas"]
    assert x0 == 72
    assert y0 < 72 < y1  # the baseline is one inch from the top
    assert x1 < boxes["corpus"][0] < boxes["corpus"][2] < boxes["now"][0]


@pytest.mark.parametrize(
    ("options", "size", "corner"),
    [
        ({}, (612, 792), (72, 62)),
        ({"Rotate": 90}, (792, 612), (717, 72)),
        ({"Rotate": 180}, (612, 792), (499, 717)),
        ({"Rotate": 270}, (792, 612), (62, 499)),
        ({"CropBox": Array([50, 100, 562, 760])}, (512, 660), (22, 30)),
        ({"box": (-100, -100, 512, 692)}, (612, 792), (172, -38)),
    ],
)
def test_rotation_and_crop_are_respected(options, size, corner) -> None:
    found = only_page(letter("Habeas", **options))
    assert (found.width, found.height) == size
    x0, y0, *_ = placed(found)["Habeas"]
    assert abs(x0 - corner[0]) <= 2
    assert abs(y0 - corner[1]) <= 4


def test_lines_end_with_one_character_and_words_still_match() -> None:
    content = text("first line", 72, 720) + text("second line", 72, 700) + text("third", 72, 680)
    found = only_page(pdf_bytes(lambda pdf: page(pdf, content)))
    assert found.text.split("\n") == ["first line", "second line", "third"]
    boxes = placed(found)
    assert boxes["first"][3] <= boxes["second"][3] - 15
    assert boxes["third"][1] > boxes["second"][1] + 15


def test_without_words_the_text_is_the_same() -> None:
    assert only_page(letter(), words=False).text == only_page(letter()).text
    assert len(only_page(letter(), words=False).words) == 0


def picture_page(pdf: pikepdf.Pdf, content: str, side: int = 500) -> None:
    image = pdf.make_stream(b"\x80", Width=1, Height=1, BitsPerComponent=8)
    image.Type, image.Subtype, image.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
    made = page(pdf, f"q {side} 0 0 {side} 50 50 cm /Im Do Q\n{content}")
    made.Resources.XObject = Dictionary(Im=image)


@pytest.mark.parametrize(
    ("build", "needed"),
    [
        (lambda pdf: page(pdf, ""), False),
        (lambda pdf: page(pdf, text("A few words", 72, 720)), False),
        (lambda pdf: picture_page(pdf, ""), True),
        (lambda pdf: picture_page(pdf, text("EXHIBIT 4", 72, 20)), True),
        (lambda pdf: picture_page(pdf, text("A letter with a logo", 72, 720), side=90), False),
        (lambda pdf: page(pdf, "".join(f"{n} 100 m {n} 120 l S\n" for n in range(90))), True),
    ],
    ids=["blank", "text", "scan", "scan with a stamp", "logo", "outlines"],
)
def test_pages_that_need_ocr_are_known(build, needed: bool) -> None:
    assert only_page(pdf_bytes(build)).needs_ocr is needed


def test_text_without_a_mapping_is_not_believed() -> None:
    def build(pdf: pikepdf.Pdf) -> None:
        made = page(pdf, text("".join(f"\\{n:03o}" for n in range(1, 8)) * 20, 72, 720))
        font = made.Resources.Font.F1
        font.Encoding = Dictionary(
            Type=Name.Encoding,
            Differences=Array([1, *[Name(f"/g{n}") for n in range(1, 8)]]),
        )

    found = only_page(pdf_bytes(build))
    assert (found.needs_ocr, found.source) == (True, "none")


def test_facts_are_told_with_dates_as_edtf() -> None:
    def build(pdf: pikepdf.Pdf) -> None:
        page(pdf, "")
        pdf.docinfo["/Title"] = "Declaración"
        pdf.docinfo["/CreationDate"] = "D:20210304050607-05'00'"
        pdf.docinfo["/ModDate"] = "D:202103"

    found = reading_of(pdf_bytes(build)).metadata
    assert found["title"] == "Declaración"
    assert (found["created"], found["modified"]) == ("2021-03-04T05:06:07-05:00", "2021-03")


def test_the_outline_is_told_and_may_run_in_circles() -> None:
    def build(pdf: pikepdf.Pdf) -> None:
        page(pdf, "")
        page(pdf, "")
        with pdf.open_outline() as outline:
            chapter = OutlineItem("Chapter", 0)
            chapter.children.append(OutlineItem("Part", 1))
            outline.root.append(chapter)
        pdf.Root.Outlines.First.Next = pdf.Root.Outlines.First

    outline = reading_of(pdf_bytes(build)).outline
    assert [(entry.level, entry.title, entry.page) for entry in outline] == [
        (1, "Chapter", 1),
        (2, "Part", 2),
    ]


def test_attached_and_pinned_files_come_out() -> None:
    def build(pdf: pikepdf.Pdf) -> None:
        made = page(pdf, "")
        pdf.attachments["photo.txt"] = b"attached"
        spec = pikepdf.AttachedFileSpec(pdf, b"pinned", filename="note.txt").obj
        made.Annots = Array(
            [
                pdf.make_indirect(
                    Dictionary(
                        Type=Name.Annot,
                        Subtype=Name.FileAttachment,
                        Rect=Array([10, 10, 30, 30]),
                        FS=spec,
                    )
                )
            ]
        )

    children = reading_of(pdf_bytes(build)).children
    assert [(child.path, child.data) for child in children] == [
        ("photo.txt", b"attached"),
        ("note.txt", b"pinned"),
    ]


def form(pdf: pikepdf.Pdf) -> None:
    made = page(pdf, text("Family name", 72, 720))
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("family"),
            V=String("Núñez"),
            Rect=Array([200, 700, 400, 720]),
            F=4,
        )
    )
    comment = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Text,
            Contents=String("Ask her again"),
            Rect=Array([500, 700, 520, 720]),
        )
    )
    made.Annots = Array([field, comment])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def test_form_values_and_comments_are_text_in_their_place() -> None:
    found = reading_of(pdf_bytes(form))
    (only,) = found.pages
    assert only.text == "Family name\nNúñez\nAsk her again"
    assert placed(only)["Núñez"] == (200, 72, 400, 92)
    assert found.metadata["field:family"] == "Núñez"


def test_a_form_that_only_adobe_draws_still_tells_what_was_filled_in() -> None:
    data = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
    <xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><form>
    <family>N\xc3\xba\xc3\xb1ez</family><child>Ana</child><child>Luz</child><x>&e;</x>
    </form></xfa:data></xfa:datasets>"""

    def build(pdf: pikepdf.Pdf) -> None:
        page(pdf, text("Please wait", 72, 720))
        packets = Array([String("datasets"), pdf.make_stream(data)])
        pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=packets)
        pdf.Root.NeedsRendering = True

    found = reading_of(pdf_bytes(build))
    (only,) = found.pages
    assert only.text == "Please wait\nform.family: Núñez\nform.child: Ana\nform.child (2): Luz"
    assert found.metadata["field:form.family"] == "Núñez"
    assert found.status == "partial"
    assert "Adobe" in found.reason


def test_a_password_is_named_and_one_for_owners_only_does_not_stop_us() -> None:
    locked = pdf_bytes(lambda pdf: page(pdf, ""), encryption=Encryption(user="a", owner="b"))
    with pytest.raises(UnreadableFile, match="locked with a password"):
        reading_of(locked)
    assert reading_of(locked, password="a").status == "read"
    no_copying = Encryption(user="", owner="b", allow=Permissions(extract=False))
    open_one = reading_of(
        pdf_bytes(lambda pdf: page(pdf, text("Open", 72, 720)), encryption=no_copying)
    )
    assert next(iter(open_one.pages)).text == "Open"
    assert "copying" in open_one.metadata["pdf:Not allowed by its author"]


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "empty"), (b"<html></html>", "not one"), (b"%PDF-1.4\n" + bytes(500), "damaged")],
)
def test_what_cannot_be_read_says_why(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        reading_of(data)


def test_a_file_that_is_cut_off_is_partly_read() -> None:
    whole = letter()
    found = reading_of(whole[: whole.rindex(b"xref")])
    assert found.status == "partial"
    assert "cut off" in found.reason
    assert next(iter(found.pages)).text == "Habeas corpus now"


def test_a_lost_page_is_named() -> None:
    def build(pdf: pikepdf.Pdf) -> None:
        for number in range(3):
            page(pdf, text(f"page {number + 1}", 72, 720))
        pdf.Root.Pages.Kids[1] = pdf.make_indirect(Array([]))

    pages = iter(read(io.BytesIO(pdf_bytes(build)), "x", Limits()).pages)
    assert next(pages).text == "page 1"
    with pytest.raises(UnreadableFile, match=r"Page 2 of . could not be read"):
        list(pages)
