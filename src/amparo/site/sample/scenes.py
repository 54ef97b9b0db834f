"""The scenes of the sample's photographs: quiet, without people, of places that do not exist."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

from amparo.site.sample.brushes import SIZE, Colour, font, lettering, shaded, stained

__all__ = ["SCENES"]

_CM = 24  # pixels, in the picture of the tracks


def _house(chance: random.Random) -> Image.Image:
    """A house of one floor in early light, its green door broken open."""
    wall = stained(SIZE, (205, 178, 138), chance, 34)
    draw = ImageDraw.Draw(wall)
    draw.rectangle((0, 0, 1600, 120), fill=(96, 70, 58))
    for x in range(0, 1600, 58):
        draw.arc((x - 4, 86, x + 62, 152), 180, 360, fill=(70, 50, 42), width=14)
    draw.rectangle((0, 960, 1600, 1040), fill=(150, 128, 104))
    _paste_ground(wall, 1030, (112, 101, 90), chance)
    _cracks(draw, chance, (164, 138, 104))
    _window(draw, (980, 330, 1360, 760))
    _broken_door(draw, chance)
    draw.rounded_rectangle((860, 400, 930, 460), 6, fill=(38, 62, 118))
    draw.text((895, 430), "14", fill=(240, 240, 236), font=font(38), anchor="mm")
    return shaded(wall, [(1250, -200, 900), (1580, 500, 520)], 0.36)


def _broken_door(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    draw.rectangle((410, 300, 810, 1010), fill=(122, 104, 84))
    draw.rectangle((436, 326, 784, 1010), fill=(20, 18, 20))
    hanging = [(470, 340), (770, 326), (784, 1010), (520, 1032)]
    draw.polygon(hanging, fill=(52, 92, 70))
    for step in range(1, 6):
        top, bottom = 470 + step * 52, 520 + step * 45
        draw.line((top, 336, bottom, 1028), fill=(34, 66, 50), width=5)
    for y in (430, 640, 880):
        draw.line((478 + (y - 340) * 0.07, y, 778, y - 8), fill=(40, 76, 58), width=16)
    for _ in range(30):  # splinters where the lock was
        left, middle = 500 + chance.uniform(0, 44), 690 + chance.uniform(-70, 70)
        tip = (left - chance.uniform(10, 46), middle + chance.uniform(-26, 26))
        draw.polygon([(left, middle - 5), tip, (left + 6, middle + 6)], fill=(196, 164, 118))
    draw.ellipse((512, 664, 548, 716), fill=(26, 30, 28))
    draw.rectangle((436, 1004, 800, 1034), fill=(134, 120, 104))


def _window(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    draw.rectangle((left - 24, top - 24, right + 24, bottom + 30), fill=(176, 152, 120))
    middle = (left + right) // 2
    for one, two in ((left, middle - 4), (middle + 4, right)):
        draw.rectangle((one, top, two, bottom), fill=(74, 98, 122))
        for y in range(top + 18, bottom - 10, 22):
            draw.line((one + 14, y, two - 14, y), fill=(54, 74, 96), width=8)


def _tracks(chance: random.Random) -> Image.Image:
    """Tyre tracks in mud, seen from above, with a measuring angle laid beside them."""
    mud = stained(SIZE, (108, 88, 68), chance, 60)
    draw = ImageDraw.Draw(mud, "RGBA")
    for _ in range(2600):
        x, y, size = chance.uniform(0, 1600), chance.uniform(0, 1200), chance.uniform(1, 6)
        shade = chance.choice([(70, 56, 44, 120), (150, 128, 104, 110)])
        draw.ellipse((x, y, x + size, y + size * 0.7), fill=shade)
    for y in range(-40, 1240, 4):
        _tread(draw, 440 + 46 * math.sin(y / 520), y)
    _measuring_angle(draw)
    puddle = stained((520, 300), (150, 158, 164), chance, 22)
    shape = Image.new("L", (520, 300))
    ImageDraw.Draw(shape).ellipse((20, 40, 480, 250), fill=190)
    mud.paste(puddle, (1060, 120), shape.filter(ImageFilter.GaussianBlur(18)))
    return shaded(mud, [(-200, 1200, 900)], 0.3)


def _tread(draw: ImageDraw.ImageDraw, x: float, y: int) -> None:
    """One thin slice of a track 21.5 cm wide with three grooves and slanting blocks."""
    half = round(21.5 * _CM / 2)
    draw.line((x - half, y, x + half, y), fill=(62, 48, 38, 150), width=4)
    for groove in (-0.5, 0, 0.5):
        middle = x + groove * half
        draw.line((middle - 17, y, middle + 17, y), fill=(130, 108, 84, 150), width=4)
    if (y // 4) % 14 < 5:
        slant = (y % 56) * 0.8
        for block in (-0.75, -0.25, 0.25, 0.75):
            left = x + block * half - 46 + slant
            draw.line((left, y, left + 52, y), fill=(142, 118, 92, 130), width=4)


def _measuring_angle(draw: ImageDraw.ImageDraw) -> None:
    """An angle of 15 by 15 cm, as photographers of evidence lay beside a trace."""
    white, black, length = (244, 243, 238), (20, 20, 20), 15 * _CM
    left, top, right, bottom = 860, 980 - length - 10, 860 + length + 10, 980
    draw.rectangle((left - 62, bottom, right, bottom + 62), fill=white)
    draw.rectangle((left - 62, top, left, bottom + 62), fill=white)
    for step in range(16):
        x, y = left + step * _CM, bottom - step * _CM
        tall = 26 if step % 5 == 0 else 14
        draw.line((x, bottom, x, bottom + tall), fill=black, width=3)
        draw.line((left - tall, y, left, y), fill=black, width=3)
        if step % 5 == 0 and step:
            draw.text((x, bottom + 44), str(step), fill=black, font=font(20), anchor="mm")
            draw.text((left - 44, y), str(step), fill=black, font=font(20), anchor="mm")
    draw.text((left - 34, bottom + 36), "cm", fill=black, font=font(18), anchor="mm")


def _shop(chance: random.Random) -> Image.Image:
    """A small printing shop with its shutter down and a paper seal across it."""
    front = stained(SIZE, (188, 182, 172), chance, 30)
    draw = ImageDraw.Draw(front)
    draw.rectangle((180, 330, 1420, 1020), fill=(70, 72, 76))
    for y in range(340, 1016, 26):
        draw.rectangle((196, y, 1404, y + 18), fill=(142, 148, 152))
        draw.line((196, y + 18, 1404, y + 18), fill=(92, 96, 100), width=4)
    draw.rectangle((140, 120, 1460, 318), fill=(122, 44, 40))
    sign = lettering(
        "#set page(width: 1240pt, height: 170pt, margin: 0pt, fill: rgb(122, 44, 40))\n"
        '#set text(font: ("Noto Serif", "Noto Sans Arabic"), fill: rgb(246, 236, 214))\n'
        "#align(center + horizon, stack(spacing: 26pt, "
        'text(size: 68pt, weight: "bold")[TALMARIN], '
        "text(size: 34pt)[Друкарня #h(1em) مطبعة #h(1em) Типография]))"
    )
    front.paste(sign.resize((1240, 170)), (180, 134))
    notice = Image.new("RGB", (420, 96), (236, 232, 218))
    ImageDraw.Draw(notice).text(
        (210, 48), "ОПЕЧАТАНО", fill=(160, 30, 36), font=font(50), anchor="mm"
    )
    turned = notice.convert("RGBA").rotate(7, expand=True, resample=Image.Resampling.BICUBIC)
    front.paste(turned, (600, 600), turned)
    _paste_ground(front, 1020, (120, 116, 110), chance)
    return shaded(front, [(-100, 200, 700)], 0.3)


def _road(chance: random.Random) -> Image.Image:
    """The coast road at the hour before sunrise, a striped barrier across it."""
    sky = Image.new("RGB", (1, 256))
    sky.putdata([(60 + y * 3 // 4, 74 + y * 5 // 8, 108 + y * 3 // 8) for y in range(256)])
    scene = sky.resize(SIZE, resample=2)
    draw = ImageDraw.Draw(scene)
    draw.rectangle((0, 560, 1600, 760), fill=(72, 96, 116))
    for _ in range(240):
        x, y = chance.uniform(700, 1600), chance.uniform(566, 750)
        draw.line((x, y, x + chance.uniform(10, 60), y), fill=(112, 138, 154), width=2)
    hill = [(0, 420), *((x, 430 + 130 * (x / 900) ** 2 + 16 * math.sin(x / 70)) for x in
            range(0, 900, 20)), (900, 620), (0, 780)]  # fmt: skip
    draw.polygon(hill, fill=(52, 60, 62))
    draw.polygon([(0, 700), (1600, 740), (1600, 1200), (0, 1200)], fill=(84, 80, 70))
    draw.polygon([(700, 716), (830, 716), (1420, 1200), (120, 1200)], fill=(66, 66, 70))
    for step in range(9):
        near, far = 0.11 * step, 0.11 * step + 0.05
        draw.polygon(
            [_along(near, -0.012), _along(near, 0.012), _along(far, 0.012), _along(far, -0.012)],
            fill=(196, 192, 180),
        )
    draw.rectangle((1180, 560, 1400, 850), fill=(110, 112, 104))
    draw.polygon([(1160, 570), (1290, 500), (1420, 570)], fill=(60, 58, 58))
    draw.rectangle((1230, 640, 1310, 730), fill=(214, 190, 120))
    for piece in range(14):
        left = 330 + piece * 62
        colour = (178, 48, 44) if piece % 2 else (232, 230, 224)
        draw.polygon(
            [(left, 826 - piece * 3), (left + 62, 823 - piece * 3), (left + 62, 851 - piece * 3),
             (left, 854 - piece * 3)],
            fill=colour,
        )  # fmt: skip
    draw.rectangle((1160, 770, 1200, 900), fill=(70, 72, 74))
    return shaded(scene, [(200, 1300, 800)], 0.25)


def _along(distance: float, aside: float) -> tuple[float, float]:
    """A point on the road: 0 is near, 1 is the horizon; ``aside`` in road widths."""
    y = 1200 - 484 * (1 - (1 - distance) ** 2.2)
    width = 130 + 1170 * (y - 716) / 484
    return 767 + width * aside + 3 * (y - 716) / 484, y


def _wall(chance: random.Random) -> Image.Image:
    """A wall with sheets of paper, one for each missing person; the frames are left empty."""
    bricks = stained(SIZE, (150, 92, 74), chance, 40)
    draw = ImageDraw.Draw(bricks)
    for row, y in enumerate(range(0, 1200, 54)):
        draw.line((0, y, 1600, y), fill=(176, 150, 132), width=6)
        for x in range(-60 + 70 * (row % 2), 1600, 140):
            draw.line((x, y, x, y + 54), fill=(176, 150, 132), width=6)
    for place in range(14):
        x, y = 110 + (place % 5) * 290, 120 + (place // 5) * 340
        sheet = _missing_sheet(chance, place)
        bricks.paste(sheet, (x, y), sheet)
    _candles(ImageDraw.Draw(bricks), chance)
    return shaded(bricks, [(1500, -100, 900)], 0.34)


def _missing_sheet(chance: random.Random, place: int) -> Image.Image:
    sheet = Image.new("RGBA", (220, 290), (240, 236, 226, 255))
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((40, 30, 180, 190), outline=(120, 116, 110), width=3, fill=(222, 217, 206))
    draw.ellipse((86, 62, 134, 116), outline=(160, 154, 146), width=3)
    draw.arc((66, 118, 154, 230), 180, 360, fill=(160, 154, 146), width=3)
    word = ("Where?", "Де?", "Где?")[place % 3]
    draw.text((110, 222), word, fill=(60, 54, 50), font=font(30), anchor="mm")
    draw.line((50, 254, 170, 254), fill=(120, 116, 110), width=3)
    return sheet.rotate(chance.uniform(-5, 5), expand=True, resample=Image.Resampling.BICUBIC)


def _candles(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    for x in range(80, 1560, 118):
        top = 1118 - chance.randint(0, 34)
        draw.rectangle((x, top, x + 26, 1200), fill=(236, 228, 208))
        draw.ellipse((x + 5, top - 34, x + 21, top + 2), fill=(252, 214, 120))


def _paste_ground(scene: Image.Image, top: int, colour: Colour, chance: random.Random) -> None:
    scene.paste(stained((1600, 1200 - top), colour, chance, 40), (0, top))


def _cracks(draw: ImageDraw.ImageDraw, chance: random.Random, colour: Colour) -> None:
    for _ in range(5):
        x, y = chance.uniform(0, 1600), chance.uniform(160, 500)
        for _ in range(14):
            step = (x + chance.uniform(-14, 14), y + chance.uniform(8, 30))
            draw.line((x, y, *step), fill=colour, width=2)
            x, y = step


SCENES: dict[str, Callable[[random.Random], Image.Image]] = {
    "house": _house,
    "tracks": _tracks,
    "shop": _shop,
    "road": _road,
    "wall": _wall,
}
