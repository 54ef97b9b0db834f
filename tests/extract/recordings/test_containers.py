"""What a recording says of itself, the shape of its sound, and pictures out of it."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from amparo.base.errors import UnreadableFile
from amparo.extract.readers import media
from amparo.extract.recordings import containers, waveform
from amparo.extract.recordings.stills import stills
from amparo.extract.recordings.transcripts import UNWRITTEN
from tests.extract.builders import LIMITS, pages_of, read_with
from tests.extract.recordings.films import COLOURS, film, sound


def test_a_film_tells_its_tracks_dates_and_key_frames() -> None:
    said = (("title", "The bridge"), ("creation_time", "2021-03-01T08:20:30.000000Z"))
    reading = read_with(media, film(container="mp4", metadata=said))
    facts = reading.metadata
    assert facts["media:track 1"] == "video, mpeg4, 160 by 120, 10.00 pictures a second"
    assert facts["media:track 2"] == "audio, aac, 48000 a second, mono"
    assert (facts["title"], facts["created"]) == ("The bridge", "2021-03-01T08:20:30Z")
    assert facts["media:key frames"] == "0,1,2,3"
    assert float(facts["media:seconds"]) == pytest.approx(4, abs=0.1)
    text = pages_of(reading)[0].text
    assert "title: The bridge" in text
    assert "media:waveform" not in text


def test_a_recording_waits_for_its_words_and_a_silent_film_does_not() -> None:
    heard = read_with(media, sound())
    assert (heard.status, heard.reason) == ("partial", UNWRITTEN)
    assert read_with(media, film(1, sound=False)).status == "read"


@pytest.mark.parametrize("kind", ["wav", "mp3", "ogg", "flac"])
def test_the_shape_of_the_sound_is_low_and_then_high(kind: str) -> None:
    rate = 8000 if kind == "wav" else 48000
    facts = read_with(media, sound(container=kind, rate=rate)).metadata
    found = waveform.decode(facts["media:waveform"])
    assert len(found) == waveform.BUCKETS
    assert max(found[:450]) < 20 < 120 < min(found[600:950])


def test_a_long_recording_is_sampled(monkeypatch) -> None:
    monkeypatch.setattr(waveform, "_HEARD_WHOLE", 1.0)
    with containers.opened(io.BytesIO(sound(4))) as container:
        found = waveform.peaks(container)
    assert max(found[:450]) < 20 < 120 < max(found[600:950])


def test_the_outline_is_a_path_and_silence_has_none() -> None:
    path = waveform.outline(bytes(range(250)) * 4)
    assert path.startswith("M0,49.5 1,")
    assert path.endswith("Z")
    assert waveform.outline(b"") == ""
    assert waveform.decode("not base 64") == b""


@pytest.mark.parametrize(("at", "expected"), [(0.0, 0), (1.5, 1), (3.9, 3), (99.0, 3)])
def test_a_still_shows_the_second_asked_for(at: float, expected: int) -> None:
    data = io.BytesIO(film())
    (picture,) = stills(data, "", LIMITS, at=[at], width=80, exact=True)
    assert (picture.width, picture.height) == (80, 60)
    pixel = Image.open(io.BytesIO(picture.data)).convert("RGB").getpixel((40, 30))
    assert all(abs(got - want) < 40 for got, want in zip(pixel, COLOURS[expected], strict=True))


def test_sound_has_no_stills() -> None:
    with pytest.raises(UnreadableFile, match="no moving pictures"):
        list(stills(io.BytesIO(sound()), "", LIMITS, at=[0], width=80, exact=False))


@pytest.mark.parametrize("data", [b"", b"not a recording at all", film()[:60]])
def test_what_is_no_recording_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_with(media, data)


def test_without_pyav_the_file_is_kept_and_waits(monkeypatch) -> None:
    monkeypatch.setattr(containers, "is_present", lambda: False)
    reading = read_with(media, sound())
    assert (reading.status, reading.tool) == ("partial", "iscc-tika")


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2021-03-01T08:20:30.000000Z", "2021-03-01T08:20:30Z"),
        ("2025-08-22T21:39:57-0700", "2025-08-22T21:39:57-07:00"),
        ("2020", "2020"),
        ("1904-01-01T00:00:00.000000Z", ""),
        ("soon", ""),
    ],
)
def test_dates_are_kept_as_stated(written: str, edtf: str) -> None:
    assert containers._date(written) == edtf


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("+50.4500+030.5200+120.000/", "50.450000, 30.520000"),
        ("-33.1-070.5/", "-33.100000, -70.500000"),
        ("+00.0000+000.0000/", ""),
        ("+99.0+000.1/", ""),
        ("Kyiv", ""),
    ],
)
def test_places_are_iso_6709(written: str, place: str) -> None:
    assert containers._place(written) == place
