"""Marks of a file's pages as they are seen: drawn small in a worker, marked, and forgotten."""

from __future__ import annotations

import io
from importlib.metadata import version
from typing import BinaryIO

from PIL import Image

from amparo.base.errors import UnreadableFile
from amparo.extract.near.pictures import mark
from amparo.extract.reading import Limits, Reading
from amparo.extract.rendering import render

__all__ = ["marks"]

_WIDTH = 160


def marks(
    file: BinaryIO, name: str, limits: Limits, *, media_type: str, pages: list[int]
) -> Reading:
    """Give the mark of each page as hexadecimal digits, by its number, in ``metadata``.

    Pages that show next to nothing, and those that cannot be drawn, have none.
    """
    found: dict[str, str] = {}
    for number in pages:
        try:
            (drawn,) = render(
                file, name, limits, media_type=media_type, pages=[number], width=_WIDTH
            )
        except UnreadableFile:
            continue
        bits = mark(Image.open(io.BytesIO(drawn.data)))
        if bits is not None:
            found[str(number)] = bits.hex()
    return Reading(metadata=found, tool="amparo near", tool_version=version("amparo"))
