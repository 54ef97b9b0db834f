"""Marks of pictures: those of imagehash, stable when a picture is made smaller or saved again."""

from __future__ import annotations

import io

import imagehash
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance

from amparo.extract.near import drawn, pictures
from tests.extract.builders import LIMITS, picture
from tests.extract.pdf.samples import letter


def scene(seed: int, size: tuple[int, int] = (400, 300)) -> Image.Image:
    """A picture of some large shapes: no two seeds are alike."""
    random = np.random.default_rng(seed)
    made = Image.new("RGB", size, tuple(random.integers(0, 255, 3)))
    pen = ImageDraw.Draw(made)
    for _ in range(12):
        x, y, across, down = random.random(4) * [size[0], size[1], size[0] / 2, size[1] / 2]
        colour = tuple(random.integers(0, 255, 3))
        pen.ellipse((x - across / 2, y - down / 2, x + across / 2, y + down / 2), fill=colour)
    return made


def saved_again(image: Image.Image) -> Image.Image:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=40)
    return Image.open(out)


@pytest.mark.parametrize("seed", range(20))
def test_marks_are_those_of_imagehash(seed: int) -> None:
    made = scene(seed)
    assert pictures.mark(made).hex() == str(imagehash.phash(made))


CHANGES = {
    "smaller": lambda image: image.resize((150, 112)),
    "saved again": saved_again,
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.2),
    "grey": lambda image: image.convert("L"),
    "cut a little": lambda image: image.crop((4, 3, 396, 297)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_copy_stays_near(change: str) -> None:
    apart = [
        pictures.distance(pictures.mark(scene(n)), pictures.mark(CHANGES[change](scene(n))))
        for n in range(20)
    ]
    assert sorted(apart)[17] <= pictures.MOST_APART


def test_other_pictures_are_far() -> None:
    marks = [pictures.mark(scene(n)) for n in range(40)]
    apart = [pictures.distance(a, b) for n, a in enumerate(marks) for b in marks[:n]]
    assert min(apart) > pictures.MOST_APART


def test_a_blank_page_has_no_mark() -> None:
    assert pictures.mark(Image.new("RGB", (600, 800), "white")) is None


def test_pages_of_a_pdf_are_marked_as_they_are_drawn() -> None:
    found = drawn.marks(
        io.BytesIO(letter("The order of the northern post " * 6)),
        "",
        LIMITS,
        media_type="application/pdf",
        pages=[1, 9],
    )
    assert set(found.metadata) == {"1"}  # there is no page 9
    assert len(bytes.fromhex(found.metadata["1"])) == 8


def test_what_cannot_be_drawn_has_no_mark() -> None:
    data = io.BytesIO(b"no picture")
    assert drawn.marks(data, "", LIMITS, media_type="image/png", pages=[1]).metadata == {}
    plain = io.BytesIO(picture("PNG"))
    assert set(drawn.marks(plain, "", LIMITS, media_type="image/png", pages=[1]).metadata) <= {"1"}
