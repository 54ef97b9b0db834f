"""Photographs of the sample matter, as a telephone saves them.

Each scene is painted, then given the EXIF facts of the telephone that took it. The places do not
exist; the coordinates lie in the open sea.
"""

from __future__ import annotations

import io
import random
from datetime import datetime

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from amparo.site.sample.brushes import developed
from amparo.site.sample.scenes import SCENES

__all__ = ["photograph"]


def photograph(
    scene: str, *, taken: datetime, position: tuple[float, float] | None, device: tuple[str, str]
) -> bytes:
    """The JPEG of a scene; ``taken`` with its zone, ``position`` as latitude and longitude."""
    chance = random.Random(scene)  # noqa: S311  # paint, not a secret
    picture = developed(SCENES[scene](chance), chance)
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=84, exif=_exif(picture, taken, position, device))
    return made.getvalue()


def _exif(
    picture: Image.Image,
    taken: datetime,
    position: tuple[float, float] | None,
    device: tuple[str, str],
) -> Image.Exif:
    exif = picture.getexif()
    stamp = taken.strftime("%Y:%m:%d %H:%M:%S")
    exif[Base.Make], exif[Base.Model] = device
    exif[Base.Orientation] = 1
    exif[Base.DateTime] = stamp
    facts = exif.get_ifd(IFD.Exif)
    facts[Base.DateTimeOriginal] = facts[Base.DateTimeDigitized] = stamp
    facts[Base.OffsetTimeOriginal] = f"{taken:%z}"[:3] + ":" + f"{taken:%z}"[3:]
    facts[Base.ExposureTime], facts[Base.FNumber] = 1 / 120, 1.8
    if position:
        place = exif.get_ifd(IFD.GPSInfo)
        for reference, value, names in (
            (GPS.GPSLatitudeRef, position[0], "NS"),
            (GPS.GPSLongitudeRef, position[1], "EW"),
        ):
            place[reference] = names[value < 0]
            place[reference + 1] = _degrees(abs(value))
    return exif


def _degrees(value: float) -> tuple[float, float, float]:
    minutes = (value % 1) * 60
    return float(int(value)), float(int(minutes)), round((minutes % 1) * 60, 2)
