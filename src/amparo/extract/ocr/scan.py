"""A drawn page made ready for recognition: turned upright, straightened, and the way back.

Boxes found on the prepared picture are given in points of the page as it is shown, so that a
word stands where the eye sees it, however the paper lay.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image

from amparo.extract.reading import Box

__all__ = ["Scan", "skew"]

_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}  # clockwise degrees to Pillow's counter-clockwise turns
_LOOKED_AT = 700
_MOST_SKEW = 8.0
_LEAST_SKEW = 0.3
_WORTH = 1.15


@dataclass(frozen=True)
class Scan:
    """A page drawn in grey: ``pixels_a_point`` and, once prepared, what was done to it."""

    image: Image.Image
    pixels_a_point: float
    turn: int = 0
    angle: float = 0.0
    drawn: tuple[int, int] = (0, 0)

    def prepared(self, turn: int) -> Scan:
        """Turn the page clockwise by 0, 90, 180 or 270 degrees, then straighten its lines."""
        image = self.image.transpose(_TURNS[turn]) if turn else self.image
        angle = skew(image)
        if angle:
            image = image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
        return Scan(image, self.pixels_a_point, turn, angle, self.image.size)

    def on_page(self, box: tuple[int, int, int, int]) -> Box:
        """Give where a box of the prepared picture stands on the page, in points."""
        left, top, right, bottom = box
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        back = [self._unturned(*self._unstraightened(x, y)) for x, y in corners]
        across = [x / self.pixels_a_point for x, _ in back]
        down = [y / self.pixels_a_point for _, y in back]
        return (max(0.0, min(across)), max(0.0, min(down)), max(across), max(down))

    def _unstraightened(self, x: float, y: float) -> tuple[float, float]:
        if not self.angle:
            return x, y
        width, height = self.drawn if self.turn in (0, 180) else self.drawn[::-1]
        turned = math.radians(self.angle)
        dx, dy = x - self.image.width / 2, y - self.image.height / 2
        return (
            math.cos(turned) * dx - math.sin(turned) * dy + width / 2,
            math.sin(turned) * dx + math.cos(turned) * dy + height / 2,
        )

    def _unturned(self, x: float, y: float) -> tuple[float, float]:
        width, height = self.drawn
        if self.turn == 90:
            return y, height - x
        if self.turn == 180:
            return width - x, height - y
        if self.turn == 270:
            return width - y, x
        return x, y


def skew(image: Image.Image) -> float:
    """Give the degrees to turn a page counter-clockwise so that its lines lie level; 0 if none.

    The angle at which the ink of the rows differs most from row to row, looked for on a small
    copy between -8 and 8 degrees; a page without lines has none.
    """
    small = image.convert("L")
    small.thumbnail((_LOOKED_AT, _LOOKED_AT), Image.Resampling.BOX)
    ink = Image.fromarray(np.where(np.asarray(small) < _ink_level(small), 255, 0).astype(np.uint8))
    level = _sharpness(ink, 0.0)
    coarse = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.5, 1.0), key=lambda a: _sharpness(ink, a))
    fine = max(np.arange(coarse - 0.8, coarse + 0.9, 0.2), key=lambda a: _sharpness(ink, a))
    if not _LEAST_SKEW <= abs(fine) < _MOST_SKEW or _sharpness(ink, fine) < _WORTH * level:
        return 0.0
    return round(float(fine), 2)


def _ink_level(image: Image.Image) -> float:
    values = np.asarray(image, dtype=np.float32)
    return float(values.mean() - 0.7 * values.std())


def _sharpness(ink: Image.Image, angle: float) -> float:
    turned = ink.rotate(float(angle), Image.Resampling.NEAREST, fillcolor=0)
    rows = np.asarray(turned, dtype=np.float32).sum(axis=1)
    return float(np.square(np.diff(rows)).sum())
