"""Pages that are typed in part and scanned in part: a large picture with no text layer over it.

A scan with its own hidden text has words all over the picture; a scan pasted into a typed page has
none there, and its words are missing until they are recognised.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from amparo.extract.pdf.library import call
from amparo.extract.pdf.pages import PACKED, Geometry, bounds_of
from amparo.extract.reading import Words

__all__ = ["has_unread_picture"]

_LARGE = 0.2  # of the page
_FEWEST = 3  # words that lie on a picture whose text is there
_FROM_EACH_END = 48  # objects looked at: pictures stand first or last in nearly all pages
_IMAGE = 3


def has_unread_picture(page: int, geometry: Geometry, words: Words) -> bool:
    """Whether a large picture of a loaded page (pdfium's handle) has no words over it."""
    count = call["FPDFPage_CountObjects"](page)
    near = {*range(min(count, _FROM_EACH_END)), *range(max(0, count - _FROM_EACH_END), count)}
    centres = _centres(words)
    for index in near:
        thing = call["FPDFPage_GetObject"](page, index)
        if call["FPDFPageObj_GetType"](thing) == _IMAGE:
            box = bounds_of(thing)
            if box is not None and _is_unread(geometry.place(box)[0], geometry, centres):
                return True
    return False


def _centres(words: Words) -> Any:
    boxes = np.frombuffer(words.packed, dtype=PACKED)["box"]
    return (boxes[:, :2] + boxes[:, 2:]) / 2


def _is_unread(box: Any, geometry: Geometry, centres: Any) -> bool:
    x0, y0 = max(0.0, float(box[0])), max(0.0, float(box[1]))
    x1, y1 = min(geometry.width, float(box[2])), min(geometry.height, float(box[3]))
    if (x1 - x0) * (y1 - y0) < _LARGE * geometry.width * geometry.height or x1 < x0:
        return False
    inside = (centres > (x0, y0)).all(axis=1) & (centres < (x1, y1)).all(axis=1)
    return int(inside.sum()) < _FEWEST
