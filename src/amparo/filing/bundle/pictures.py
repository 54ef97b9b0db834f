"""Picture exhibits: each frame on a page of its own, upright, fitted, never blown up.

A JPEG goes into the page byte for byte; other kinds are stored without loss where that is sane.
"""

from __future__ import annotations

import io
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import pikepdf
from pi_heif import register_heif_opener
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from amparo.base.errors import UnreadableFile
from amparo.filing.bundle.exhibits import Notice

__all__ = ["TooLarge", "picture_pdf"]

register_heif_opener()

_MARGIN = 42.0
_FOOT = 52.0
_MOST_PIXELS = 120_000_000
_MOST_FRAMES = 500
_LOSSLESS_PIXELS = 12_000_000
_QUALITY = 92
_TURNED = (5, 6, 7, 8)
_SPACES = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
_COMPONENTS = {"L": 1, "RGB": 3, "CMYK": 4}
# EXIF orientation (tag 274) to the matrix that turns the unit square upright.
_ORIENTED: dict[int, tuple[int, int, int, int, int, int]] = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}


class TooLarge(UnreadableFile):
    """The picture has more pixels or frames than can be set."""


@dataclass(frozen=True, slots=True)
class _Picture:
    """An image ready for a page: its stream's data and keys, its size upright, its orientation."""

    data: bytes
    keys: dict[str, Any]
    profile: bytes | None
    size: tuple[int, int]
    orientation: int = 1


def picture_pdf(stream: BinaryIO, sheet: tuple[float, float]) -> tuple[bytes, int, list[Notice]]:
    """Set a picture on sheets of ``sheet`` points; give the PDF, its pages, and notices.

    Raises TooLarge, and UnreadableFile when it is not a picture that can be read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # measured here
            with Image.open(stream) as image:
                _measure(image)
                pictures = list(_frames(image, stream))
                notices = _notices(image)
    except Image.DecompressionBombError as error:
        raise TooLarge(f"more than {_MOST_PIXELS // 1_000_000} million pixels") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise UnreadableFile(str(error)) from error
    with pikepdf.new() as pdf:
        for picture in pictures:
            _add_page(pdf, picture, sheet)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue(), len(pictures), notices


def _measure(image: Image.Image) -> None:
    if image.width * image.height > _MOST_PIXELS:
        raise TooLarge(f"{image.width} × {image.height} pixels")


def _notices(image: Image.Image) -> list[Notice]:
    count = getattr(image, "n_frames", 1)
    if count > 1 and image.format not in ("TIFF", "MPO"):
        return [Notice("frames", {"count": str(count)})]
    return []


def _frames(image: Image.Image, stream: BinaryIO) -> Iterator[_Picture]:
    """Give the pages of a TIFF, and the one picture (or first frame) of anything else."""
    if image.format == "TIFF" and getattr(image, "n_frames", 1) > 1:
        if image.n_frames > _MOST_FRAMES:  # type: ignore[attr-defined]
            raise TooLarge(f"{image.n_frames} pages")  # type: ignore[attr-defined]
        for frame in ImageSequence.Iterator(image):
            _measure(frame)
            yield _encoded(ImageOps.exif_transpose(frame))
        return
    orientation = image.getexif().get(274, 1)
    if image.format in ("JPEG", "MPO") and image.mode in _SPACES and orientation in _ORIENTED:
        yield _as_it_is(image, stream, orientation)
        return
    yield _encoded(ImageOps.exif_transpose(image))


def _as_it_is(image: Image.Image, stream: BinaryIO, orientation: int) -> _Picture:
    """Give a JPEG's own bytes; it is decoded once, so that a broken one is found now."""
    image.load()
    stream.seek(0)
    keys: dict[str, Any] = {
        "Width": image.width,
        "Height": image.height,
        "ColorSpace": _SPACES[image.mode],
        "BitsPerComponent": 8,
        "Filter": Name.DCTDecode,
    }
    if image.mode == "CMYK" and "adobe" in image.info:  # Adobe writes it inverted
        keys["Decode"] = Array([1, 0] * 4)
    size = (image.height, image.width) if orientation in _TURNED else image.size
    return _Picture(stream.read(), keys, _profile(image), size, orientation)


def _encoded(image: Image.Image) -> _Picture:
    """Encode an upright image: lossless up to a size, as JPEG beyond; on white if transparent."""
    profile = _profile(image)
    flat = _flat(image)
    keys: dict[str, Any] = {"Width": flat.width, "Height": flat.height}
    if flat.mode == "1":
        keys |= {"ColorSpace": Name.DeviceGray, "BitsPerComponent": 1, "Filter": Name.FlateDecode}
        return _Picture(zlib.compress(flat.tobytes()), keys, None, flat.size)
    keys |= {"ColorSpace": _SPACES[flat.mode], "BitsPerComponent": 8}
    if flat.width * flat.height <= _LOSSLESS_PIXELS:
        keys["Filter"] = Name.FlateDecode
        return _Picture(zlib.compress(flat.tobytes()), keys, profile, flat.size)
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    keys["Filter"] = Name.DCTDecode
    return _Picture(out.getvalue(), keys, profile, flat.size)


def _flat(image: Image.Image) -> Image.Image:
    """Give an image in black and white, grey or RGB, without transparency."""
    if image.mode == "1":
        return image
    if image.mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in image.info:
        over = image.convert("RGBA")
        ground = Image.new("RGBA", over.size, "white")
        return Image.alpha_composite(ground, over).convert("RGB")
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return _eight_bits(image)
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Bring deep greys into eight bits by their darkest and lightest values."""
    deep = image.convert("F")
    low, high = deep.getextrema()
    assert isinstance(low, float)
    assert isinstance(high, float)
    scale = 255 / ((high - low) or 1)
    return deep.point(lambda value: value * scale - low * scale).convert("L")


def _profile(image: Image.Image) -> bytes | None:
    profile = image.info.get("icc_profile")
    return profile if isinstance(profile, bytes) and profile else None


def _add_page(pdf: pikepdf.Pdf, picture: _Picture, sheet: tuple[float, float]) -> None:
    """Add a sheet, lying if the picture lies, with the picture in its middle."""
    lies = picture.size[0] > picture.size[1]
    across, high = (sheet[1], sheet[0]) if lies else sheet
    room = (across - 2 * _MARGIN, high - _MARGIN - _FOOT)
    scale = min(room[0] / picture.size[0], room[1] / picture.size[1], 1.0)
    width, height = picture.size[0] * scale, picture.size[1] * scale
    left, bottom = (across - width) / 2, _FOOT + (room[1] - height) / 2
    turn = " ".join(map(str, _ORIENTED[picture.orientation]))
    content = (
        f"q {width:.3f} 0 0 {height:.3f} {left:.3f} {bottom:.3f} cm {turn} cm /Picture Do Q"
    ).encode()
    page = pdf.add_blank_page(page_size=(across, high))
    page.obj.Contents = Stream(pdf, content)
    page.obj.Resources = Dictionary(XObject=Dictionary(Picture=_image(pdf, picture)))


def _image(pdf: pikepdf.Pdf, picture: _Picture) -> pikepdf.Object:
    """Make the image object, with the colour profile that the file carried."""
    stream = Stream(pdf, picture.data, Type=Name.XObject, Subtype=Name.Image, **picture.keys)
    space = picture.keys["ColorSpace"]
    mode = next(mode for mode, name in _SPACES.items() if name == space)
    if picture.profile and _profile_fits(picture.profile, mode):
        profile = Stream(pdf, picture.profile, N=_COMPONENTS[mode], Alternate=space)
        stream.ColorSpace = Array([Name.ICCBased, pdf.make_indirect(profile)])
    return pdf.make_indirect(stream)


def _profile_fits(profile: bytes, mode: str) -> bool:
    """Whether an ICC profile is for these colours (bytes 16 to 19 of its header)."""
    return profile[16:20] == {"L": b"GRAY", "RGB": b"RGB ", "CMYK": b"CMYK"}[mode]
