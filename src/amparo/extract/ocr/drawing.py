"""Pages drawn in grey for recognition: a PDF's at one resolution, a picture's as they are.

Small pictures are enlarged, because letters of few pixels are not recognised; sizes are looked at
before anything is drawn.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import djvu_rs
import pi_heif
import pypdfium2
from PIL import Image, ImageOps

from amparo.base.errors import UnreadableFile
from amparo.extract.ocr.scan import Scan
from amparo.extract.pdf.documents import open_document
from amparo.extract.readers.djvu import open_djvu, size_in_points
from amparo.extract.readers.images import points
from amparo.extract.reading import Limits

__all__ = ["RESOLUTION", "draw"]

Image.MAX_IMAGE_PIXELS = None  # the limit is ours, looked at before a page is drawn
pi_heif.register_heif_opener()

RESOLUTION = 300
_MOST_PIXELS = 40_000_000


def draw(
    file: BinaryIO, media_type: str, pages: Sequence[int] | None, limits: Limits
) -> Iterator[tuple[int, float, float, Scan]]:
    """Give page number, width and height in points, and the page drawn in grey."""
    if media_type == "application/pdf":
        return _drawn_pdf(file, pages)
    if media_type == "image/vnd.djvu":
        return _drawn_djvu(file, pages)
    if media_type.startswith("image/"):
        return _drawn_image(file, pages, limits)
    raise UnreadableFile(f"Files of type {media_type} have no pages to recognise.")


def _drawn_pdf(
    file: BinaryIO, pages: Sequence[int] | None
) -> Iterator[tuple[int, float, float, Scan]]:
    readable = open_document(file)
    data = bytes(readable.data)
    readable.close()
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    for number in pages or range(1, len(document) + 1):
        if not 1 <= number <= len(document):
            raise UnreadableFile(f"There is no page {number}; the last is {len(document)}.")
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(RESOLUTION / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        try:
            drawn = page.render(scale=scale, grayscale=True).to_pil().convert("L")
        except pypdfium2.PdfiumError as error:
            raise UnreadableFile(f"Page {number} cannot be drawn.") from error
        finally:
            page.close()
        yield number, width, height, Scan(drawn, scale)


def _drawn_djvu(
    file: BinaryIO, pages: Sequence[int] | None
) -> Iterator[tuple[int, float, float, Scan]]:
    document = open_djvu(file)
    for number in pages or range(1, document.page_count() + 1):
        if not 1 <= number <= document.page_count():
            raise UnreadableFile(f"There is no page {number}; the last is {document.page_count()}.")
        try:
            page = document.page(number - 1)
            width, height = size_in_points(page)
            scale = min(RESOLUTION / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
            pixels = page.render(size=(round(width * scale) or 1, round(height * scale) or 1))
        except djvu_rs.Error as error:
            raise UnreadableFile(f"Page {number} cannot be drawn.") from error
        drawn = Image.frombytes("RGBA", (pixels.width, pixels.height), pixels.data())
        yield number, width, height, Scan(drawn.convert("L"), scale)


def _drawn_image(
    file: BinaryIO, pages: Sequence[int] | None, limits: Limits
) -> Iterator[tuple[int, float, float, Scan]]:
    try:
        image = Image.open(file)
        count = int(getattr(image, "n_frames", 1)) if image.format in ("TIFF", "MPO", "HEIF") else 1
    except (OSError, ValueError, SyntaxError) as error:
        raise UnreadableFile("The picture cannot be opened.") from error
    for number in pages or range(1, count + 1):
        try:
            image.seek(number - 1)
            if image.width * image.height > limits.pixels:
                raise UnreadableFile(f"Page {number} has more pixels than are drawn.")
            width, height = points(image)
            flat = _flat(ImageOps.exif_transpose(image))
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise UnreadableFile(f"Page {number} of the picture is damaged.") from error
        yield number, width, height, _sized(flat, width)


def _flat(image: Image.Image) -> Image.Image:
    """Bring a picture to grey on white."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        image = Image.alpha_composite(ground, layered)
    return image.convert("L")


def _sized(image: Image.Image, width: float) -> Scan:
    """Enlarge small pictures, whose letters would be too few pixels high, and shrink huge ones."""
    factor = 1.0
    if max(image.size) < 1600:
        factor = min(3.0, 2400 / max(image.size))
    if image.width * image.height * factor**2 > _MOST_PIXELS:
        factor = (_MOST_PIXELS / (image.width * image.height)) ** 0.5
    if factor != 1.0:
        size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
        image = image.resize(size, Image.Resampling.LANCZOS)
    return Scan(image, image.width / max(width, 1.0))
