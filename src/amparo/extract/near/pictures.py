"""What a picture is like in 64 bits: the perceptual hash of Buchner's imagehash (``phash``).

The picture in grey, 32 by 32, its discrete cosine transform, the 8 by 8 lowest frequencies, one
bit for each that is above their median (after N. Krawetz, "Looks Like It", 2011). Bit for bit what
``imagehash.phash`` gives, by two products with a fixed matrix instead of a transform a picture.
The distance of two pictures is how many of the 64 bits differ.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.fft import dct

__all__ = ["BITS", "MOST_APART", "MOST_APART_AS_PAGES", "distance", "mark"]

BITS = 64
MOST_APART = 9
"""Pictures that differ in more bits are not shown as alike."""

MOST_APART_AS_PAGES = 6
"""Pages of writing look alike from afar, so they must be closer."""

_SIDE, _KEPT = 32, 8
_PLAIN = 2.0
_LOW: NDArray[np.float64] = dct(np.eye(_SIDE), axis=0)[:_KEPT]


def mark(picture: Image.Image) -> bytes | None:
    """The 64 bits of a picture, 8 bytes; None for one that shows next to nothing, as a blank page.

    Decode it first, as small as the format can (``draft``) but not below 32 by 32.
    """
    small = picture.convert("L").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    pixels = np.asarray(small, dtype=np.float64)
    if pixels.std() < _PLAIN:
        return None
    low = _LOW @ pixels @ _LOW.T
    return np.packbits(low.ravel() > np.median(low)).tobytes()


def distance(one: bytes, other: bytes) -> int:
    """How many of the 64 bits differ."""
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).bit_count()
