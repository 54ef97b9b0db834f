"""A page is turned upright and straightened, and its words find the way back."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from amparo.extract.ocr.scan import Scan, skew


def _ruled(angle: float = 0.0) -> Image.Image:
    """A page of even lines of ink, turned by ``angle`` degrees counter-clockwise."""
    page = Image.new("L", (800, 1000), 255)
    draw = ImageDraw.Draw(page)
    for top in range(100, 900, 30):
        draw.rectangle((100, top, 700, top + 8), fill=0)
    return page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255) if angle else page


@pytest.mark.parametrize("angle", [-5.0, -2.0, 1.5, 4.0])
def test_skew_is_measured(angle: float) -> None:
    assert skew(_ruled(angle)) == pytest.approx(-angle, abs=0.4)


@pytest.mark.parametrize("page", [_ruled(), Image.new("L", (300, 300), 255)])
def test_a_level_or_empty_page_is_left(page: Image.Image) -> None:
    assert skew(page) == 0.0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_box_finds_its_way_back(turn: int) -> None:
    """Ink at (60..160, 200..230) of the page is found there, however the page was turned."""
    page = Image.new("L", (400, 600), 255)
    ImageDraw.Draw(page).rectangle((60, 200, 160, 230), fill=0)
    prepared = Scan(page, 2.0).prepared(turn)
    left, top, right, bottom = Image.eval(prepared.image, lambda v: 255 - v).getbbox() or (0,) * 4
    found = prepared.on_page((left, top, right, bottom))
    assert found == pytest.approx((30, 100, 80.5, 115.5), abs=1.0)


def test_a_box_finds_its_way_back_from_a_straightened_page() -> None:
    page = _ruled(3.0)
    prepared = Scan(page, 1.0).prepared(0)
    assert prepared.angle == pytest.approx(-3.0, abs=0.4)
    centre = prepared.image.width / 2, prepared.image.height / 2
    box = (int(centre[0]) - 1, int(centre[1]) - 1, int(centre[0]) + 1, int(centre[1]) + 1)
    x0, y0, x1, y1 = prepared.on_page(box)
    assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx((400, 500), abs=3)
