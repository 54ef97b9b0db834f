"""What the sample's pictures are painted with: stains, shadows, grain, letters.

Everything is drawn from a seeded source of chance, so that a picture is the same each time.
"""

from __future__ import annotations

import random
from functools import cache
from importlib.resources import files

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from amparo.base.typeset import typeset
from amparo.site.sample.scans import render

__all__ = ["SIZE", "Colour", "developed", "font", "lettering", "shaded", "stained"]

SIZE = (1600, 1200)
Colour = tuple[int, int, int]


def developed(scene: Image.Image, chance: random.Random) -> Image.Image:
    """Soften the drawing and add grain and darker corners, so that it passes for a photograph."""
    soft = scene.filter(ImageFilter.GaussianBlur(1.6))
    noise = Image.frombytes("L", SIZE, chance.randbytes(SIZE[0] * SIZE[1]))
    fine = noise.filter(ImageFilter.GaussianBlur(0.8)).point(lambda v: 255 - abs(v - 128) // 3)
    corners = Image.radial_gradient("L").resize(SIZE).point(lambda v: 255 - v * v // 1500)
    light = ImageChops.multiply(fine, corners)
    return ImageChops.multiply(soft, Image.merge("RGB", (light,) * 3))


def stained(
    size: tuple[int, int], colour: Colour, chance: random.Random, strength: int
) -> Image.Image:
    """A surface of one colour with stains large and small."""
    stains = Image.new("L", size, 128)
    for cells, part in ((8, 0.45), (60, 0.35), (260, 0.3)):
        small = Image.frombytes("L", (cells, cells), chance.randbytes(cells * cells))
        soft = small.resize(size, resample=Image.Resampling.BICUBIC).point(
            lambda v, p=part: round(128 + (v - 128) * p)
        )
        stains = ImageChops.add(stains, soft, offset=-128)
    shades = [
        stains.point(lambda v, c=value: max(0, min(255, c + (v - 128) * strength // 128)))
        for value in colour
    ]
    return Image.merge("RGB", shades)


def shaded(scene: Image.Image, shadows: list[tuple[int, int, int]], depth: float) -> Image.Image:
    """Cast large soft shadows: each a centre and a radius."""
    shade = Image.new("L", (400, 300), 255)
    draw = ImageDraw.Draw(shade)
    for x, y, radius in shadows:
        box = [value // 4 for value in (x - radius, y - radius, x + radius, y + radius)]
        draw.ellipse(box, fill=round(255 * (1 - depth)))
    soft = shade.filter(ImageFilter.GaussianBlur(22)).resize(
        SIZE, resample=Image.Resampling.BICUBIC
    )
    return ImageChops.multiply(scene, Image.merge("RGB", (soft,) * 3))


def lettering(source: str) -> Image.Image:
    """Words in any script, set by typst; Pillow alone would not join Arabic letters."""
    return render(typeset(source, inputs={}), 72)[0]


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    folder = files("fontpkg_noto_sans") / "files"
    return ImageFont.truetype(str(folder / "NotoSans-Regular.ttf"), size)
