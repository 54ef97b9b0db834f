"""Pictures stand upright and whole on their sheet, never blown up."""

import io

import numpy
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from amparo.base.errors import UnreadableFile
from amparo.filing.bundle.geometry import LETTER
from amparo.filing.bundle.pictures import TooLarge, picture_pdf
from tests.filing.bundle.builders import picture


def set_picture(data):
    return picture_pdf(io.BytesIO(data), LETTER)


def drawn(data, scale=1.0):
    return pypdfium2.PdfDocument(data)[0].render(scale=scale).to_pil().convert("RGB")


def quarters(size=(40, 60)):
    """A picture whose quarters have four colours."""
    image = Image.new("RGB", size, "red")
    half = (size[0] // 2, size[1] // 2)
    image.paste("lime", (half[0], 0, size[0], half[1]))
    image.paste("blue", (0, half[1], half[0], size[1]))
    image.paste("yellow", (half[0], half[1], *size))
    return image


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_stands_upright_however_it_was_taken(orientation, kind):
    upright = quarters((200, 300))
    inverse = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[orientation]
    taken = upright if inverse is None else upright.transpose(Image.Transpose(inverse))
    exif = Image.Exif()
    exif[274] = orientation
    out = io.BytesIO()
    taken.save(out, kind, exif=exif, **({"quality": 95} if kind == "JPEG" else {}))
    data, _, _ = set_picture(out.getvalue())
    page = drawn(data)
    box = numpy.argwhere(numpy.asarray(page.convert("L")) < 250)
    (top, left), (bottom, right) = box.min(0), box.max(0)
    assert (right - left, bottom - top) == pytest.approx((200, 300), abs=2)
    seen = [
        page.getpixel((int(left + x * 200), int(top + y * 300)))
        for x, y in ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75))
    ]
    wanted = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)]
    assert numpy.abs(numpy.array(seen) - numpy.array(wanted)).max() < 20


def test_a_jpeg_goes_in_byte_for_byte():
    data = picture(kind="JPEG")
    pdf, _, _ = set_picture(data)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (image,) = document.pages[0].obj.Resources.XObject.values()
        assert image.read_raw_bytes() == data


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("PNG", "1"), ("PNG", "L"), ("PNG", "P"), ("PNG", "RGBA"), ("PNG", "LA"), ("PNG", "I;16"),
        ("TIFF", "CMYK"), ("JPEG", "CMYK"), ("JPEG", "L"), ("GIF", "P"), ("BMP", "RGB"),
        ("WEBP", "RGBA"), ("TIFF", "F"),
    ],
)  # fmt: skip
def test_takes_every_kind_of_pixel(kind, mode):
    data, count, _ = set_picture(picture(kind=kind, mode=mode))
    assert count == 1
    assert drawn(data).size == (792, 612)


def test_transparent_is_white():
    data, _, _ = set_picture(picture((300, 400), mode="RGBA", colour=(255, 0, 0, 0)))
    assert drawn(data).getpixel((306, 396)) == (255, 255, 255)


def test_cmyk_is_not_inverted():
    data, _, _ = set_picture(picture((300, 400), "JPEG", "CMYK", (0, 255, 255, 0)))
    red, green, blue = drawn(data).getpixel((306, 396))
    assert red > 180
    assert max(green, blue) < 90


def test_a_lying_picture_lies():
    data, _, _ = set_picture(picture((400, 300)))
    with pikepdf.open(io.BytesIO(data)) as document:
        assert list(document.pages[0].mediabox) == [0, 0, 792, 612]


def test_a_small_picture_is_not_blown_up_and_a_large_one_fits():
    small = numpy.argwhere(
        numpy.asarray(drawn(set_picture(picture((50, 50)))[0]).convert("L")) < 99
    )
    assert (numpy.ptp(small, axis=0) <= 51).all()
    large = numpy.argwhere(
        numpy.asarray(drawn(set_picture(picture((3000, 4000)))[0]).convert("L")) < 99
    )
    assert large[:, 0].min() > 30
    assert large[:, 0].max() < 792 - 45


def test_every_page_of_a_tiff_is_a_page():
    frames = [Image.new("L", (20, 20), shade) for shade in (0, 100, 200)]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    assert set_picture(out.getvalue())[1] == 3


def test_an_animation_shows_its_first_frame_and_says_so():
    frames = [Image.new("RGB", (20, 20), shade) for shade in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    _, count, notices = set_picture(out.getvalue())
    assert count == 1
    assert [(notice.code, notice.values["count"]) for notice in notices] == [("frames", "2")]


@pytest.mark.parametrize("data", [b"", b"not a picture", picture(kind="JPEG")[:300]])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(UnreadableFile):
        set_picture(data)


def test_too_many_pixels_are_refused_before_they_are_decoded():
    with pytest.raises(TooLarge, match="pixels"):
        set_picture(picture((20_000, 10_000), mode="1"))
