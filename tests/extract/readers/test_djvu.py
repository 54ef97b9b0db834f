"""DjVu scans: words in their places, pages drawn, and what is damaged is said to be."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from amparo.base.errors import UnreadableFile
from amparo.extract import rendering
from amparo.extract.ocr import drawing
from amparo.extract.readers import djvu
from tests.extract.builders import LIMITS, pages_of, read_with

KIND = "image/vnd.djvu"


@pytest.fixture
def scan(shared_data: Path) -> bytes:
    return (shared_data / "evidence" / "ingest-f__Test_rs20846.djvu").read_bytes()


def test_each_page_has_its_words_in_their_places(scan: bytes) -> None:
    reading = read_with(djvu, scan)
    first = pages_of(reading)[0]
    assert (reading.page_count, round(first.width), round(first.height)) == (11, 540, 756)
    assert first.text.startswith("Executive Orders: Issuance and Revocation\n")
    word = first.words[0]
    assert first.text[word.start : word.end] == "Executive"
    x0, y0, x1, y1 = word.box
    assert 0 < x0 < x1 < first.width
    assert 0 < y0 < y1 < first.height / 2  # the title stands in the upper half


def test_a_page_is_drawn_as_wide_as_asked(scan: bytes) -> None:
    (picture,) = rendering.render(
        io.BytesIO(scan), "", LIMITS, media_type=KIND, pages=[2], width=300
    )
    assert (picture.page, picture.width, picture.media_type) == (2, 300, "image/webp")


def test_a_page_is_drawn_for_recognition(scan: bytes) -> None:
    ((number, width, _height, drawn),) = drawing.draw(io.BytesIO(scan), KIND, [3], LIMITS)
    assert (number, round(width)) == (3, 468)
    assert drawn.image.width == round(width * drawing.RESOLUTION / 72)


def test_a_page_that_is_not_there_is_refused(scan: bytes) -> None:
    with pytest.raises(UnreadableFile, match="no page 12; the last is 11"):
        list(rendering.render(io.BytesIO(scan), "", LIMITS, media_type=KIND, pages=[12], width=99))


def test_a_scan_that_breaks_off_says_so(scan: bytes) -> None:
    with pytest.raises(UnreadableFile, match="damaged or breaks off"):
        read_with(djvu, scan[: len(scan) // 2])


@pytest.mark.parametrize("data", [b"", b"AT&TFORM\x00\x00\x00\x10DJVM", b"not a scan"])
def test_what_is_no_scan_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_with(djvu, data)
