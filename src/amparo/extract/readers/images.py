"""Pictures: their size and pages, and what they say of themselves (EXIF, IPTC, XMP).

Sizes are looked at before anything is decoded; then each page is decoded once, so that a picture
that breaks off is said to. Words in a picture are the business of OCR, which each page asks for.
Places and times are kept as the camera states them.
"""

from __future__ import annotations

import warnings
from importlib.metadata import version
from typing import BinaryIO

import pi_heif
from PIL import Image, UnidentifiedImageError

from amparo.base.errors import UnreadableFile
from amparo.extract.readers import camera
from amparo.extract.readers.text import read as read_text
from amparo.extract.reading import Limits, PageText, Reading

__all__ = ["points", "read"]

Image.MAX_IMAGE_PIXELS = None  # the limit is ours, and names itself
pi_heif.register_heif_opener()

_SMALLEST_WITH_WORDS = 40
_USUAL_RESOLUTION = 96.0
_PAGED = frozenset({"TIFF", "MPO", "DCX", "HEIF"})
_METAFILES = (b"\x01\x00\x00\x00", b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00")
_DAMAGED = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError)


def read(file: BinaryIO, name: str, limits: Limits) -> Reading:
    """Read a picture; UnreadableFile when it is damaged, unknown or larger than allowed."""
    head = file.read(512)
    file.seek(0)
    if not head:
        raise UnreadableFile("The file is empty.")
    if head.lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
        return _drawing(file, name, limits)
    image = _opened(file, head)
    _check_size(image, limits)
    metadata = _facts(image, file)  # before pages, which may be decoded smaller
    pages, problems = _pages(image, limits)
    return Reading(
        status="partial" if problems else "read",
        reason=" ".join(dict.fromkeys(problems)),
        pages=pages,
        page_count=_count(image),
        metadata=metadata,
        tool="Pillow",
        tool_version=version("pillow"),
    )


def points(image: Image.Image) -> tuple[float, float]:
    """Give a picture's size as shown, in points, by its stated resolution where that is sane."""
    stated = image.info.get("dpi", (0, 0))
    try:
        across, down = float(stated[0]), float(stated[1])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        across = down = 0.0
    if not (50 <= across <= 1200 and 50 <= down <= 1200):
        across = down = _USUAL_RESOLUTION
    width, height = image.width * 72 / across, image.height * 72 / down
    turned = camera.orientation(image) in (5, 6, 7, 8)
    return (height, width) if turned else (width, height)


def _opened(file: BinaryIO, head: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Image.open(file)
    except UnidentifiedImageError as error:
        if head.startswith(_METAFILES):
            raise UnreadableFile(
                "It is a drawing of the Windows metafile kind, which is not drawn here; "
                "it is kept and sealed."
            ) from error
        raise UnreadableFile(
            "The picture cannot be opened: it is damaged from its beginning, or of a kind that "
            "is not read here yet. It is kept and sealed."
        ) from error
    except _DAMAGED as error:
        raise UnreadableFile("The picture is damaged from its beginning.") from error


def _check_size(image: Image.Image, limits: Limits) -> None:
    if image.width * image.height > limits.pixels:
        raise UnreadableFile(
            f"The picture unfolds to {image.width:,} by {image.height:,} pixels, more than the "
            f"{limits.pixels / 1e6:,.0f} million that are decoded. It is kept and sealed.",
        )


def _count(image: Image.Image) -> int:
    return int(getattr(image, "n_frames", 1)) if image.format in _PAGED else 1


def _pages(image: Image.Image, limits: Limits) -> tuple[list[PageText], list[str]]:
    """Decode each page once, small where the format can, to know that it is whole."""
    pages: list[PageText] = []
    problems: list[str] = []
    for number in range(1, min(_count(image), limits.pages) + 1):
        try:
            image.seek(number - 1)
            _check_size(image, limits)
            width, height = points(image)
            worded = min(image.width, image.height) >= _SMALLEST_WITH_WORDS
            image.draft("L", (image.width // 8, image.height // 8))
            image.load()
        except UnreadableFile as error:
            problems.append(f"Page {number}: {error.message}")
            continue
        except _DAMAGED as error:
            where = f"Page {number} of the picture" if number > 1 else "The picture"
            problems.append(f"{where} is damaged or breaks off ({error}).")
            if number == 1 and not _is_shown(image):
                raise UnreadableFile(problems[0]) from error
        pages.append(PageText(number, width, height, "", source="none", needs_ocr=worded))
    return pages, problems


def _is_shown(image: Image.Image) -> bool:
    """Say whether a damaged picture still has a part that can be looked at."""
    return image.format in ("JPEG", "PNG", "TIFF", "MPO") and image.width > 0


def _facts(image: Image.Image, file: BinaryIO) -> dict[str, str]:
    facts = {
        "image:format": image.format or "",
        "image:pixels": f"{image.width} by {image.height}",
        "image:mode": image.mode,
    }
    if image.format not in _PAGED and getattr(image, "n_frames", 1) > 1:
        facts["image:frames"] = str(getattr(image, "n_frames", 1))
    comment = image.info.get("comment")
    if comment:
        facts["description"] = camera.words(comment)[:4000]
    for key, value in image.info.items():
        if isinstance(value, str) and image.format == "PNG" and "xmp" not in str(key):
            facts.setdefault(f"png:{str(key)[:80]}", value[:4000])
    facts.update(camera.facts(image))
    if _holds(file, b"jumdc2pa"):
        facts["content credentials"] = "present (C2PA)"
    return {key: value for key, value in facts.items() if value}


def _holds(file: BinaryIO, mark: bytes) -> bool:
    """Say whether a file holds some bytes anywhere."""
    file.seek(0)
    rest = b""
    while block := file.read(2**20):
        if mark in rest + block:
            return True
        rest = block[1 - len(mark) :]
    return False


def _drawing(file: BinaryIO, name: str, limits: Limits) -> Reading:
    """Read the words of an SVG as those of any XML; its lines are drawn when it is shown."""
    return read_text(file, name if name.lower().endswith(".svg") else f"{name}.svg", limits)
