"""The body diagram of the sample's medical certificate."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from amparo.site.sample.brushes import font

__all__ = ["injury_chart"]


def injury_chart() -> bytes:
    """The PNG of a body diagram with the findings of the medical certificate marked on it."""
    page = Image.new("RGB", (1100, 1500), (252, 251, 248))
    draw = ImageDraw.Draw(page)
    for left, label in ((100, "Anterior"), (610, "Posterior")):
        _body(draw, left)
        draw.text((left + 195, 1290), label, fill=(90, 90, 96), font=font(26), anchor="mm")
    draw.text((60, 50), "Esquema corporal", fill=(40, 40, 46), font=font(40))
    draw.text((60, 106), "A. Talmarin · 3/10/2022 · 2022/118", fill=(90, 90, 96), font=font(24))
    marks = (
        (1, (676, 700), "Callo óseo, 3 cm"),
        (2, (690, 760), "Cicatrices paralelas, 4,5 cm"),
        (3, (375, 560), "Costillas 7 y 8"),
    )
    for number, place, _ in marks:
        _mark(draw, place, str(number))
    for row, (number, _, said) in enumerate(marks):
        y = 1360 + 42 * row
        _mark(draw, (90, y), str(number))
        draw.text((130, y), said, fill=(40, 40, 46), font=font(26), anchor="lm")
    made = io.BytesIO()
    page.save(made, "PNG", optimize=True)
    return made.getvalue()


def _body(draw: ImageDraw.ImageDraw, left: int) -> None:
    """The outline of a standing person, front or back."""
    line, width = (120, 124, 132), 4
    x = left + 195
    draw.ellipse((x - 58, 190, x + 58, 340), outline=line, width=width)
    half = [(20, 330), (24, 388), (112, 418), (138, 480), (156, 640), (172, 790), (170, 850),
            (146, 846), (128, 700), (103, 560), (98, 660), (108, 780), (98, 960), (82, 1130),
            (80, 1200), (98, 1240), (44, 1244), (34, 1200), (26, 980), (0, 830)]  # fmt: skip
    for side in (-1, 1):
        path = [(x + side * dx, y) for dx, y in _smooth(half)]
        draw.line(path, fill=line, width=width, joint="curve")


def _smooth(points: list[tuple[int, int]]) -> list[tuple[float, float]]:
    """A Catmull-Rom curve through the points."""
    padded = [points[0], *points, points[-1]]
    curve = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(12):
            t = step / 12
            curve.append(
                tuple(
                    0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t
                           + (3 * q - p - 3 * r + s) * t**3)
                    for p, q, r, s in zip(a, b, c, d, strict=True)
                )
            )  # fmt: skip
    return [*((x, y) for x, y in curve), points[-1]]


def _mark(draw: ImageDraw.ImageDraw, place: tuple[int, int], number: str) -> None:
    x, y = place
    draw.ellipse((x - 17, y - 17, x + 17, y + 17), outline=(176, 52, 48), width=4)
    draw.text((x, y), number, fill=(176, 52, 48), font=font(22), anchor="mm")
