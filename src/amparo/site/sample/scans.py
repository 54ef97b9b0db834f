"""Pages as a scanner or a fax machine leaves them: pictures of text, to be read by OCR only."""

from __future__ import annotations

import io
import random

import pikepdf
import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

__all__ = ["fax", "photographed", "render", "scan"]

_DOTS = 200  # per inch, the usual setting of an office scanner
_FAX_DOTS = (204, 196)


def scan(pdf: bytes, *, seed: str, quality: int = 62) -> bytes:
    """An image-only PDF of the pages: a little crooked, soft, grey and dirty, as scans are."""
    chance = random.Random(seed)  # noqa: S311  # dirt on paper, not a secret
    pages = [_scanned(page, chance) for page in render(pdf, _DOTS)]
    return _pdf_of_pictures([_jpeg(page, quality) for page in pages], [p.size for p in pages])


def fax(pdf: bytes, *, header: str, seed: str) -> bytes:
    """A TIFF of several black and white pages, each with the line that a fax machine adds."""
    chance = random.Random(seed)  # noqa: S311
    pages = [
        _faxed(page, f"{header}   P.{number:02}", chance)
        for number, page in enumerate(render(pdf, _FAX_DOTS[0]), start=1)
    ]
    made = io.BytesIO()
    pages[0].save(
        made,
        "TIFF",
        save_all=True,
        append_images=pages[1:],
        compression="group4",
        dpi=_FAX_DOTS,
    )
    return made.getvalue()


def photographed(picture: Image.Image, *, seed: str, table: tuple[int, int, int]) -> Image.Image:
    """A paper lying askew on a table, as somebody photographs it with a telephone."""
    chance = random.Random(seed)  # noqa: S311
    width, height = (round(side * 1.25) for side in picture.size)
    ground = _mottled((width, height), table, chance, 10)
    paper = picture.convert("RGBA").rotate(
        chance.uniform(-4, -2), expand=True, resample=Image.Resampling.BICUBIC
    )
    place = ((width - paper.width) // 2, (height - paper.height) // 2)
    shadow = Image.new("RGBA", (width, height))
    shadow.paste((0, 0, 0, 110), (place[0] + 14, place[1] + 18), paper.getchannel("A"))
    ground = ground.convert("RGBA")
    ground.alpha_composite(shadow.filter(ImageFilter.GaussianBlur(14)))
    ground.alpha_composite(paper, place)
    light = _slope((width, height), 255, 205)
    return ImageChops.multiply(ground.convert("RGB"), Image.merge("RGB", (light,) * 3))


def render(pdf: bytes, dots: int) -> list[Image.Image]:
    """The pages as pictures in RGB, at ``dots`` per inch."""
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dots / 72).to_pil().convert("RGB") for page in opened]
    finally:
        opened.close()


def _scanned(page: Image.Image, chance: random.Random) -> Image.Image:
    """Crooked and soft, on grained yellowish paper, darker towards one side."""
    soft = page.filter(ImageFilter.GaussianBlur(0.7))
    angle = chance.choice([-1, 1]) * chance.uniform(0.25, 0.8)
    turned = soft.rotate(angle, resample=Image.Resampling.BILINEAR, fillcolor=(255, 255, 255))
    light = ImageChops.multiply(
        _grain(page.size, chance, 16), _slope(page.size, 252, chance.randint(226, 240))
    )
    red = chance.uniform(0.985, 1)
    tints = (red, red - chance.uniform(0.005, 0.02), red - chance.uniform(0.05, 0.09))
    paper = Image.merge("RGB", [light.point(lambda v, t=tint: round(v * t)) for tint in tints])
    scanned = ImageChops.multiply(turned, paper)
    _add_fold(scanned, chance)
    _add_specks(scanned, chance)
    return scanned


def _faxed(page: Image.Image, header: str, chance: random.Random) -> Image.Image:
    narrow = page.convert("L").resize((1728, round(1728 * page.height / page.width)))
    ImageDraw.Draw(narrow).text((70, 14), header, fill=0, font_size=24)
    rough = ImageChops.multiply(
        narrow.filter(ImageFilter.GaussianBlur(0.6)), _grain(narrow.size, chance, 52)
    )
    black_and_white = rough.point(lambda value: 255 if value > 140 else 0)
    draw = ImageDraw.Draw(black_and_white)
    for _ in range(3):  # lines that a tired roller leaves
        y = chance.randrange(narrow.height)
        draw.line([(0, y), (chance.randrange(200, 1728), y)], fill=0)
    return black_and_white.convert("1", dither=Image.Dither.NONE)


def _add_fold(page: Image.Image, chance: random.Random) -> None:
    """The shadow of the fold across the middle of a letter."""
    y = page.height // 2 + chance.randint(-60, 60)
    strip = page.crop((0, y, page.width, y + 5))
    page.paste(strip.point(lambda value: round(value * 0.93)), (0, y))


def _add_specks(page: Image.Image, chance: random.Random) -> None:
    draw = ImageDraw.Draw(page)
    for _ in range(60):
        x, y = chance.randrange(page.width), chance.randrange(page.height)
        size, shade = chance.choice([0, 1, 1, 2]), chance.randint(95, 190)
        draw.ellipse((x, y, x + size, y + size), fill=(shade,) * 3)


def _grain(size: tuple[int, int], chance: random.Random, depth: int) -> Image.Image:
    """Fine noise from 255 - ``depth`` to 255, the same for the same seed (Pillow's own is not)."""
    noise = Image.frombytes("L", (1024, 1024), chance.randbytes(1024 * 1024))
    tile = noise.point(lambda value: 255 - value * depth // 255)
    whole = Image.new("L", size)
    for top in range(0, size[1], 1024):
        for left in range(0, size[0], 1024):
            whole.paste(tile, (left, top))
            tile = tile.transpose(Image.Transpose.ROTATE_90)
    return whole


def _mottled(
    size: tuple[int, int], colour: tuple[int, int, int], chance: random.Random, strength: int
) -> Image.Image:
    """A surface of one colour with soft large stains."""
    small = Image.frombytes("L", (24, 18), chance.randbytes(24 * 18)).resize(
        size, resample=Image.Resampling.BICUBIC
    )
    stains = small.point(lambda value: 128 + (value - 128) * strength // 128)
    return ImageChops.add(
        Image.new("RGB", size, colour), Image.merge("RGB", (stains,) * 3), scale=1, offset=-128
    )


def _slope(size: tuple[int, int], left: int, right: int) -> Image.Image:
    """Light that falls off from the left to the right."""
    row = Image.new("L", (256, 1))
    row.putdata([left + (right - left) * x // 255 for x in range(256)])
    return row.resize(size, resample=Image.Resampling.BILINEAR)


def _jpeg(page: Image.Image, quality: int) -> bytes:
    made = io.BytesIO()
    page.save(made, "JPEG", quality=quality, optimize=True)
    return made.getvalue()


def _pdf_of_pictures(jpegs: list[bytes], sizes: list[tuple[int, int]]) -> bytes:
    """One page a picture, no text: written without dates, so always the same bytes."""
    made, scale = pikepdf.new(), 72 / _DOTS
    for data, (width, height) in zip(jpegs, sizes, strict=True):
        picture = pikepdf.Stream(made, data)
        picture.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=width,
            Height=height,
            ColorSpace=pikepdf.Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        page = made.add_blank_page(page_size=(width * scale, height * scale))
        page.add_resource(picture, pikepdf.Name.XObject, pikepdf.Name.Scan)
        drawing = f"q {width * scale} 0 0 {height * scale} 0 0 cm /Scan Do Q"
        page.contents_add(drawing.encode())
    written = io.BytesIO()
    made.save(written, deterministic_id=True)
    return written.getvalue()
