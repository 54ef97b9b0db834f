"""Pages as pixels: what people look at instead of the file itself.

Sizes are known and checked before anything is drawn. Runs in workers only.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import BinaryIO

import djvu_rs
import pi_heif
import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from amparo.base.errors import UnreadableFile
from amparo.extract.pdf.documents import open_document
from amparo.extract.readers.djvu import open_djvu
from amparo.extract.reading import Limits, Picture

__all__ = ["render"]

Image.MAX_IMAGE_PIXELS = None  # the limit is ours, checked before a picture is decoded
pi_heif.register_heif_opener()

_MEDIA_TYPE = "image/webp"
_QUALITY = 80
_TALLEST = 16_000  # pixels; WebP's own limit is 16,383
_WIDEST = 4_000


def render(
    file: BinaryIO, name: str, limits: Limits, *, media_type: str, pages: Sequence[int], width: int
) -> Iterator[Picture]:
    """Draw ``pages`` (from 1) of a PDF or picture, ``width`` pixels wide or less when tall.

    ``UnreadableFile`` when there is no such page, or when a picture has more pixels than allowed.
    """
    del name
    width = max(16, min(width, _WIDEST))
    if media_type == "application/pdf":
        return _pdf_pages(file, pages, width, limits)
    if media_type == "image/vnd.djvu":
        return _djvu_pages(file, pages, width, limits)
    if media_type.startswith("image/"):
        return _image_pages(file, pages, width, limits)
    raise UnreadableFile(f"Files of type {media_type} have no pages to draw.")


def _pdf_pages(
    file: BinaryIO, pages: Sequence[int], width: int, limits: Limits
) -> Iterator[Picture]:
    readable = open_document(file)  # repairs it, or says why not
    document = pypdfium2.PdfDocument(io.BytesIO(readable.data))
    readable.close()
    with suppress(pypdfium2.PdfiumError):
        document.init_forms()
    for number in pages:
        if not 1 <= number <= len(document):
            raise UnreadableFile(f"There is no page {number}; the last is {len(document)}.")
        try:
            page = document[number - 1]
            scale = _scale(page.get_width(), page.get_height(), width, limits)
            bitmap = page.render(scale=scale, rev_byteorder=True)
            drawn = bitmap.to_pil().convert("RGB")
        except pypdfium2.PdfiumError as error:
            raise UnreadableFile(f"Page {number} cannot be drawn.") from error
        yield _picture(number, drawn)
        page.close()


def _scale(page_width: float, page_height: float, width: int, limits: Limits) -> float:
    """Pixels a point, so that the drawing is ``width`` wide and neither too tall nor too large."""
    page_width, page_height = max(page_width, 1.0), max(page_height, 1.0)
    wanted = width / page_width
    by_height = _TALLEST / page_height
    by_pixels = math.sqrt(limits.pixels / (page_width * page_height))
    return min(wanted, by_height, by_pixels)


def _djvu_pages(
    file: BinaryIO, pages: Sequence[int], width: int, limits: Limits
) -> Iterator[Picture]:
    document = open_djvu(file)
    for number in pages:
        if not 1 <= number <= document.page_count():
            raise UnreadableFile(f"There is no page {number}; the last is {document.page_count()}.")
        try:
            page = document.page(number - 1)
            scale = _scale(page.width, page.height, width, limits)
            size = (max(1, round(page.width * scale)), max(1, round(page.height * scale)))
            pixels = page.render(size=size)
        except djvu_rs.Error as error:
            raise UnreadableFile(f"Page {number} cannot be drawn.") from error
        drawn = Image.frombytes("RGBA", (pixels.width, pixels.height), pixels.data())
        yield _picture(number, drawn.convert("RGB"))


def _image_pages(
    file: BinaryIO, pages: Sequence[int], width: int, limits: Limits
) -> Iterator[Picture]:
    try:
        image = Image.open(file)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise UnreadableFile("The picture cannot be opened: it is damaged or unknown.") from error
    with image:
        for number in pages:
            yield _picture(number, _frame(image, number, width, limits))


def _frame(image: Image.Image, number: int, width: int, limits: Limits) -> Image.Image:
    try:
        image.seek(number - 1)
    except (EOFError, ValueError) as error:
        raise UnreadableFile(f"There is no page {number} in the picture.") from error
    if image.width * image.height > limits.pixels:
        raise UnreadableFile(
            f"The picture is {image.width:,} by {image.height:,} pixels, more than the"
            f" {limits.pixels / 1e6:,.0f} million that are drawn."
        )
    scale = _scale(image.width, image.height, width, limits)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    image.draft("RGB", (2 * size[0], 2 * size[1]))
    try:
        upright = ImageOps.exif_transpose(image)
        flat = _flattened(upright)
    except (OSError, ValueError, SyntaxError) as error:
        raise UnreadableFile(f"The picture is damaged: {error}.") from error
    if flat.width <= width:
        return flat
    scale = _scale(flat.width, flat.height, width, limits)
    return flat.resize(
        (max(1, round(flat.width * scale)), max(1, round(flat.height * scale))),
        Image.Resampling.LANCZOS,
    )


def _flattened(image: Image.Image) -> Image.Image:
    """As RGB, on white where it is transparent, 16-bit grey brought down to 8."""
    if image.mode.startswith("I") or image.mode == "F":
        low, high = image.getextrema()
        span = (float(high) - float(low)) or 1.0  # type: ignore[arg-type]
        return image.point(lambda value: (value - float(low)) * (255.0 / span)).convert("L")  # type: ignore
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(ground, layered).convert("RGB")
    return image.convert("RGB")


def _picture(number: int, image: Image.Image) -> Picture:
    if image.height > _TALLEST or image.width > _TALLEST:
        image.thumbnail((_TALLEST, _TALLEST))
    out = io.BytesIO()
    image.save(out, "WEBP", quality=_QUALITY, method=2)
    return Picture(number, image.width, image.height, _MEDIA_TYPE, out.getvalue())
