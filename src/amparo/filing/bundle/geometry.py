"""The geometry of a page: what is shown of it, how it is turned, and how it fits on a sheet.

All lengths are points (1/72 inch). A page's own coordinates start at the lower left and do not
turn with ``/Rotate``; "as shown" means after the turn (ISO 32000-2, 8.3.2.3 and table 31).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf

__all__ = ["LETTER", "SHEETS", "Matrix", "View", "fit", "place_as_shown", "view_of"]

Matrix = tuple[float, float, float, float, float, float]
Size = tuple[float, float]

LETTER: Size = (612.0, 792.0)
SHEETS: dict[str, Size] = {"us-letter": LETTER, "a4": (595.276, 841.89)}
_LEAST = 3.0
_LARGEST = 14_400.0  # what viewers take (ISO 32000-2, annex C.2)


@dataclass(frozen=True, slots=True)
class View:
    """What a page shows: a rectangle of its own coordinates, a turn, and the size of a unit."""

    x0: float
    y0: float
    x1: float
    y1: float
    turn: int = 0
    unit: float = 1.0

    @property
    def size(self) -> Size:
        """Width and height as shown."""
        width, height = (self.x1 - self.x0) * self.unit, (self.y1 - self.y0) * self.unit
        return (height, width) if self.turn in (90, 270) else (width, height)


def view_of(page: pikepdf.Object) -> View:
    """Read the view of a page object; broken boxes become US Letter, odd turns none."""
    media = _box(page.get("/MediaBox")) or (0.0, 0.0, *LETTER)
    crop = _box(page.get("/CropBox")) or media
    shown = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    if shown[2] - shown[0] < _LEAST or shown[3] - shown[1] < _LEAST:
        shown = media
    turn = _number(page.get("/Rotate"), 0)
    unit = _number(page.get("/UserUnit"), 1)
    return View(*shown, turn=int(turn) % 360 if turn % 90 == 0 else 0, unit=unit if unit > 0 else 1)


def fit(view: View, sheet: Size | None, strip: float, *, at_top: bool) -> tuple[Matrix, View]:
    """Give the matrix that sets a page on a sheet, and the view of that sheet.

    A strip of ``strip`` points stays clear, at the bottom or the top, so that a number covers
    nothing. The page keeps its turn, lies if it lies, is made smaller when it must be and never
    larger, and stands in the middle. Without a ``sheet`` the page keeps its size and its sheet
    grows by the strip.
    """
    width, height = view.size
    if sheet is None:
        within = min(1.0, _LARGEST / width, (_LARGEST - strip) / height)
        sheet = (width * within, height * within + strip)
    elif width > height:
        sheet = (sheet[1], sheet[0])
    scale = min(1.0, sheet[0] / width, (sheet[1] - strip) / height)
    left = (sheet[0] - width * scale) / 2
    bottom = (0 if at_top else strip) + (sheet[1] - strip - height * scale) / 2
    own = (sheet[1], sheet[0]) if view.turn in (90, 270) else sheet
    new = View(0.0, 0.0, own[0], own[1], turn=view.turn)
    corners = (
        place_as_shown(new, left, bottom),
        place_as_shown(new, left + width * scale, bottom + height * scale),
    )
    by = scale * view.unit
    x = min(corner[4] for corner in corners) - view.x0 * by
    y = min(corner[5] for corner in corners) - view.y0 * by
    return (by, 0.0, 0.0, by, x, y), new


def place_as_shown(view: View, x: float, y: float) -> Matrix:
    """Give the matrix that sets things upright at ``x``, ``y`` from the lower left, as shown."""
    size = 1 / view.unit
    x, y = x * size, y * size
    if view.turn == 90:
        return (0.0, size, -size, 0.0, view.x1 - y, view.y0 + x)
    if view.turn == 180:
        return (-size, 0.0, 0.0, -size, view.x1 - x, view.y1 - y)
    if view.turn == 270:
        return (0.0, -size, size, 0.0, view.x0 + y, view.y1 - x)
    return (size, 0.0, 0.0, size, view.x0 + x, view.y0 + y)


def _box(value: object) -> tuple[float, float, float, float] | None:
    """Read a rectangle with its corners in order; None when it is no rectangle with an area."""
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    try:
        a, b, c, d = (float(number) for number in _numbers(value))
    except (TypeError, ValueError):
        return None
    box = (min(a, c), min(b, d), max(a, c), max(b, d))
    return box if box[2] - box[0] >= _LEAST and box[3] - box[1] >= _LEAST else None


def _numbers(array: pikepdf.Array) -> Sequence[float]:
    return [_number(value, float("nan")) for value in array.as_list()]


def _number(value: object, otherwise: float) -> float:
    """Give a PDF number as a float."""
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return otherwise
