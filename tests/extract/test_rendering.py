"""Pages as pixels, with their size known before they are drawn."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from amparo.base.errors import UnreadableFile
from amparo.extract.reading import Limits, Picture
from amparo.extract.rendering import render
from tests.extract.pdf.samples import letter, page, pdf_bytes


def drawn(data: bytes, media_type: str, *, number: int = 1, width: int = 200, limits=None):
    pictures = render(
        io.BytesIO(data),
        "x",
        limits or Limits(),
        media_type=media_type,
        pages=[number],
        width=width,
    )
    (picture,) = pictures
    return picture, Image.open(io.BytesIO(picture.data)).convert("RGB")


def image_bytes(image: Image.Image, kind: str = "PNG", **save) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **save)
    return out.getvalue()


def test_a_pdf_page_is_drawn_at_the_width_asked_for() -> None:
    picture, image = drawn(letter(), "application/pdf", width=306)
    assert isinstance(picture, Picture)
    assert (picture.page, picture.width, picture.height) == (1, 306, 396)
    assert image.size == (306, 396)
    darkest, lightest = image.convert("L").getextrema()
    assert darkest < 128 < lightest


@pytest.mark.parametrize("number", [0, 2])
def test_a_page_that_is_not_there_is_named(number: int) -> None:
    with pytest.raises(UnreadableFile, match="There is no page"):
        drawn(letter(), "application/pdf", number=number)


def test_a_page_of_any_shape_stays_within_the_pixels() -> None:
    tall = pdf_bytes(lambda pdf: page(pdf, "", box=(0, 0, 10, 14_000)))
    picture, _ = drawn(tall, "application/pdf", width=1000, limits=Limits(pixels=100_000))
    assert picture.width * picture.height < 110_000
    assert picture.height <= 16_000


def test_a_picture_with_too_many_pixels_is_not_decoded() -> None:
    data = image_bytes(Image.new("1", (4000, 4000)))
    with pytest.raises(UnreadableFile, match="4,000 by 4,000 pixels"):
        drawn(data, "image/png", limits=replace(Limits(), pixels=1_000_000))


def test_a_photograph_is_turned_as_its_camera_was_held() -> None:
    image = Image.new("RGB", (40, 20), "white")
    exif = image.getexif()
    exif[0x0112] = 6
    picture, _ = drawn(image_bytes(image, "JPEG", exif=exif), "image/jpeg")
    assert (picture.width, picture.height) == (20, 40)


def test_each_page_of_a_tiff_is_drawn() -> None:
    pages = [Image.new("RGB", (20, 20), colour) for colour in ("white", "black")]
    data = image_bytes(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert drawn(data, "image/tiff", number=2)[1].getpixel((5, 5)) == (0, 0, 0)
    with pytest.raises(UnreadableFile, match="no page 3"):
        drawn(data, "image/tiff", number=3)


def test_what_is_transparent_is_white_and_16_bits_become_8() -> None:
    clear = image_bytes(Image.new("RGBA", (10, 10), (0, 0, 0, 0)))
    assert min(drawn(clear, "image/png")[1].getpixel((5, 5))) > 250
    deep = Image.new("I;16", (10, 10))
    deep.putpixel((0, 0), 60_000)
    drawn(image_bytes(deep, "TIFF"), "image/tiff")


@pytest.mark.parametrize("media_type", ["image/png", "application/pdf"])
def test_what_is_damaged_says_so(media_type: str) -> None:
    with pytest.raises(UnreadableFile):
        drawn(b"nothing of the kind", media_type)


def test_other_types_have_no_pages() -> None:
    with pytest.raises(UnreadableFile, match="no pages to draw"):
        drawn(b"", "audio/mpeg")
