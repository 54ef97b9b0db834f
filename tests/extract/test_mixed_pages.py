"""One PDF of typed, scanned, turned and half-scanned pages: each gives its words in their place."""

from __future__ import annotations

import io
import re
from collections import Counter

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

from amparo.base import programs
from amparo.extract import ocr
from amparo.extract.ocr.merging import beside
from amparo.extract.readers import pdf as reader
from amparo.extract.reading import PageText, Word
from tests.extract.builders import LIMITS, pages_of, read_with
from tests.extract.pdf.samples import page, pdf_bytes, text

needs_tesseract = pytest.mark.skipif(
    not programs.is_present("tesseract"), reason="tesseract is not installed"
)
SCANNED = (
    "The officer of the northern post wrote the order",
    "and signed it before the two witnesses of the",
    "village, who were not told what it said and",
    "could not read the language it was written in.",
)
TYPED = [
    f"{number}. The court notes that the applicant was heard in public on that day" for number in
    range(1, 6)
]  # fmt: skip


def scan(turn: int = 0) -> Image.Image:
    """A drawn sheet of four lines, turned clockwise."""
    sheet = Image.new("L", (1700, 900), 255)
    pen = ImageDraw.Draw(sheet)
    for row, line in enumerate(SCANNED):
        pen.text((120, 100 + 150 * row), line, fill=0, font=ImageFont.load_default(size=62))
    return sheet.rotate(-turn, expand=True)


def put(made: pikepdf.Page, pdf: pikepdf.Pdf, image: Image.Image) -> None:
    stream = pdf.make_stream(
        image.tobytes(), Width=image.width, Height=image.height, BitsPerComponent=8
    )
    stream.Type, stream.Subtype, stream.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
    made.Resources.XObject = Dictionary(Im=stream)


def scanned(pdf: pikepdf.Pdf, *, turn: int = 0, typed: str = "", **extra: object) -> None:
    image = scan(turn)
    width = 540 if turn % 180 == 0 else 340
    height = width * image.height / image.width
    put(page(pdf, f"{typed}q {width} 0 0 {height} 36 60 cm /Im Do Q\n", **extra), pdf, image)


def lines() -> str:
    return "".join(text(line, 60, 740 - 20 * row) for row, line in enumerate(TYPED))


def binder(pdf: pikepdf.Pdf) -> None:
    page(pdf, lines())
    scanned(pdf)
    scanned(pdf, turn=90)
    scanned(pdf, turn=180)
    scanned(pdf, Rotate=90)
    scanned(pdf, typed=lines())
    page(pdf, lines(), Rotate=270)


BINDER = pdf_bytes(binder)


def share(wanted: str, found: str) -> float:
    words, there = (Counter(re.findall(r"\w+", each)) for each in (wanted, found))
    return (words & there).total() / words.total()


def test_pages_that_show_more_than_they_hold_are_known() -> None:
    pages = pages_of(read_with(reader, BINDER, "binder.pdf"))
    assert [each.needs_ocr for each in pages] == [False, True, True, True, True, True, False]
    assert share(" ".join(TYPED), pages[5].text) == 1
    assert share(" ".join(TYPED), pages[6].text) == 1
    assert pages[6].width > pages[6].height


@needs_tesseract
def test_every_page_gives_its_words() -> None:
    reading = ocr.recognise(
        io.BytesIO(BINDER), "binder.pdf", LIMITS, media_type="application/pdf",
        pages=[2, 3, 4, 5, 6],
    )  # fmt: skip
    pages = {each.number: each for each in reading.pages}
    for number, found in pages.items():
        assert share(" ".join(SCANNED), found.text) >= 0.9, f"page {number}"
        assert all(found.text[word.start : word.end].strip() for word in found.words)
        assert all(-1 <= word.box[0] < word.box[2] <= found.width + 1 for word in found.words)
    assert share(" ".join(TYPED), pages[6].text) == 1
    assert pages[6].text.index("northern") > pages[6].text.index("5. The court")
    assert reading.metadata["page 6"].endswith("beside its own text")


def test_a_scan_with_its_own_hidden_text_is_left_alone() -> None:
    hidden = "".join(f"3 Tr {text(line, 60, 300 - 20 * row)}" for row, line in enumerate(SCANNED))
    data = pdf_bytes(lambda pdf: scanned(pdf, typed=lines() + hidden))
    (only,) = pages_of(read_with(reader, data, "a.pdf"))
    assert not only.needs_ocr


def test_a_small_picture_is_left_alone() -> None:
    def letterhead(pdf: pikepdf.Pdf) -> None:
        put(page(pdf, lines() + "q 120 0 0 80 36 60 cm /Im Do Q\n"), pdf, scan())

    (only,) = pages_of(read_with(reader, pdf_bytes(letterhead), "a.pdf"))
    assert not only.needs_ocr


def test_the_layer_stays_and_what_it_lacks_follows() -> None:
    layer = PageText(1, 100, 100, "typed", (Word(0, 5, (10, 10, 40, 20)),))
    found = PageText(
        1, 100, 100, "tvped\n\nscanned here\nbelow",
        (Word(0, 5, (11, 10, 40, 20)), Word(7, 14, (10, 50, 40, 60)),
         Word(15, 19, (45, 50, 60, 60)), Word(20, 25, (10, 70, 40, 80))), "ocr",
    )  # fmt: skip
    merged = beside(layer, found)
    assert merged.text == "typed\n\nscanned here\nbelow"
    assert [merged.text[word.start : word.end] for word in merged.words] == [
        "typed", "scanned", "here", "below",
    ]  # fmt: skip
