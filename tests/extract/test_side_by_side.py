"""A real photograph and a real film state their times and places to the comparison."""

from __future__ import annotations

import io

from PIL import Image

from amparo.evidence.proofs import claims
from amparo.evidence.proofs.comparison import compare
from amparo.extract.readers import images, media
from tests.extract.builders import read_with
from tests.extract.recordings.films import film

_EXIF, _GPS = 0x8769, 0x8825


def photograph(taken: str, satellites: tuple[str, tuple[int, int, int]]) -> bytes:
    """A JPEG whose camera says when, and whose satellites say when and where (Paris)."""
    exif = Image.Exif()
    exif.get_ifd(_EXIF)[0x9003] = taken
    day, clock = satellites
    exif.get_ifd(_GPS).update({
        1: "N", 2: (48.0, 51.0, 23.76), 3: "E", 4: (2.0, 21.0, 7.92),
        7: tuple(float(part) for part in clock), 29: day,
    })  # fmt: skip
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "grey").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_cameras_clock_and_its_satellites_agree_by_a_zone() -> None:
    data = photograph("2021:03:01 10:15:00", ("2021:03:01", (9, 15, 3)))
    told = read_with(images, data).metadata
    found = [
        *claims.from_file(told, "image/jpeg"),
        *claims.from_name("IMG_20210301_101500.jpg"),
    ]
    sentences = {pair.sentence: pair.relation for pair in compare(found)}
    assert sentences == {
        "Camera (EXIF) and Satellites (EXIF) agree if the clock was set to +01:00.": "agrees",
        "Camera (EXIF) and File name agree to within two minutes.": "agrees",
        "Satellites (EXIF) and File name agree if the clock was set to +01:00.": "agrees",
    }
    (place,) = [each.place for each in found if each.place]
    assert [round(each, 4) for each in place] == [48.8566, 2.3522]


def test_a_camera_whose_clock_was_wrong_differs() -> None:
    data = photograph("2012:01:01 00:03:00", ("2021:03:01", (9, 15, 3)))
    found = claims.from_file(read_with(images, data).metadata, "image/jpeg")
    (pair,) = compare(found)
    assert (pair.relation, "3,347 days apart, zones aside" in pair.sentence) == ("differs", True)


def test_a_films_container_states_its_time_and_place() -> None:
    said = (("creation_time", "2021-03-01T09:15:00Z"), ("location", "+48.8566+002.3522/"))
    told = read_with(media, film(container="mp4", size=(64, 48), metadata=said)).metadata
    found = claims.from_file(told, "video/mp4")
    assert [(each.time, each.place) for each in found] == [
        ("2021-03-01T09:15:00Z", None),
        ("", (48.8566, 2.3522)),
    ]
