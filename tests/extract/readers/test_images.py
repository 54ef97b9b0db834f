"""Pictures: pages, sizes, what the camera said, and what is too large or torn."""

from __future__ import annotations

import io
import struct
import zlib

import pillow_heif
import pytest
from PIL import Image

from amparo.base.errors import UnreadableFile
from amparo.extract.readers import images
from tests.extract.builders import pages_of, picture, read_with, words_of


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "JPEG2000"])
def test_a_picture_is_a_page_that_wants_ocr(kind: str) -> None:
    (page,) = pages_of(read_with(images, picture(kind)))
    assert (page.needs_ocr, page.source, page.text) == (True, "none", "")


def test_the_size_comes_from_the_resolution() -> None:
    (page,) = pages_of(read_with(images, picture("PNG", (600, 300), dpi=(150, 150))))
    assert (round(page.width), round(page.height)) == (288, 144)


def test_each_page_of_a_fax_is_a_page() -> None:
    sheets = [Image.new("1", (300, 200), 1) for _ in range(3)]
    out = io.BytesIO()
    sheets[0].save(out, "TIFF", save_all=True, append_images=sheets[1:])
    reading = read_with(images, out.getvalue())
    assert [page.number for page in reading.pages] == [1, 2, 3]
    assert reading.page_count == 3


def test_each_picture_of_a_telephone_is_a_page() -> None:
    shots = pillow_heif.HeifFile()
    for colour in ("red", "blue"):
        shots.add_from_pillow(Image.new("RGB", (200, 100), colour))
    out = io.BytesIO()
    shots.save(out)
    reading = read_with(images, out.getvalue())
    assert [page.number for page in reading.pages] == [1, 2]
    assert reading.metadata["image:format"] == "HEIF"


def test_frames_of_a_moving_picture_are_counted() -> None:
    frames = [Image.new("RGB", (50, 50), color) for color in ("red", "blue", "green", "white")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    reading = read_with(images, out.getvalue())
    assert (len(pages_of(reading)), reading.metadata["image:frames"]) == (1, "4")


def _photograph() -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112], exif[0x8298] = "Nokia", 6, "Amal"
    exif.get_ifd(0x8769).update({0x9003: "2021:03:01 10:20:30", 0x9011: "+02:00"})
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (50.0, 27.0, 0.0), 3: "E", 4: (30.0, 31.0, 12.0), 7: (8.0, 20.0, 30.0),
         29: "2021:03:01"}
    )  # fmt: skip
    return picture("JPEG", (120, 80), exif=exif.tobytes())


def test_what_the_camera_said_is_kept_as_stated() -> None:
    reading = read_with(images, _photograph())
    assert reading.metadata["created"] == "2021-03-01T10:20:30+02:00"
    assert reading.metadata["exif:Make"] == "Nokia"
    assert reading.metadata["rights"] == "Amal"
    assert reading.metadata["coordinates"] == "50.450000, 30.520000"
    assert reading.metadata["exif:GPSLatitude"] == "50.0 27.0 0.0"
    assert reading.metadata["satellite time"] == "2021-03-01T08:20:30Z"
    (page,) = pages_of(reading)
    assert page.height > page.width  # it was held upright


def test_xmp_is_kept() -> None:
    packet = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:p="p/" p:City="Kyiv">'
        b"<dc:creator><rdf:Seq><rdf:li>Amal</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    metadata = read_with(images, picture("WEBP", xmp=packet)).metadata
    assert (metadata["xmp:City"], metadata["xmp:creator"]) == ("Kyiv", "Amal")


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    checked = b"IHDR" + header
    chunk = struct.pack(">I", 13) + checked + struct.pack(">I", zlib.crc32(checked))
    with pytest.raises(UnreadableFile, match="60,000 by 60,000 pixels"):
        read_with(images, b"\x89PNG\r\n\x1a\n" + chunk + bytes(4) + b"IDAT")


def test_a_torn_picture_is_told_and_kept() -> None:
    noise = Image.effect_noise((400, 300), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG")
    reading = read_with(images, out.getvalue()[:6000])
    assert reading.status == "partial"
    assert "breaks off" in reading.reason
    assert len(pages_of(reading)) == 1


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\xd7\xcd\xc6\x9a" + bytes(60)])
def test_what_is_no_picture_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_with(images, data)


def test_a_drawing_gives_its_words() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><text x="1">The bridge</text></svg>'
    assert "The bridge" in words_of(read_with(images, drawing, "map.svg"))
