"""Sound and film as FFmpeg (PyAV) opens them: tracks, dates, places, key frames.

Runs in workers only. Dates and places are what the file says of itself: ISO/IEC 14496-12 gives
``creation_time`` without a zone of its own (UTC by the standard, local time in many telephones);
QuickTime's ``creationdate`` carries its zone, and ``location.ISO6709`` the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, BinaryIO

from amparo.base.errors import UnreadableFile

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.stream import Stream
    from av.video.stream import VideoStream

__all__ = [
    "FOR_THE_PLAYER", "facts", "film_of", "is_present", "key_frames", "opened", "seconds",
]  # fmt: skip

FOR_THE_PLAYER = ("media:waveform", "media:key frames")
"""Facts that draw the player and are not for reading."""

_NO_DATE = ("1904-01-01", "1970-01-01", "0000-00-00")
_PLACE = re.compile(r"([+-]\d{1,3}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)")
_DATES = ("com.apple.quicktime.creationdate", "creation_time", "date")
_PLACES = ("com.apple.quicktime.location.iso6709", "location", "location-eng")
_PLAIN = {"title": "title", "artist": "creator", "comment": "description", "encoder": "producer"}
_SAID_ELSEWHERE = {"language", *_PLAIN}
_SCANNED = 64 * 2**20
_MOST_KEY_FRAMES = 2_000


def is_present() -> bool:
    """Whether PyAV is installed (``amparo[media]``)."""
    return find_spec("av") is not None


@contextmanager
def opened(file: BinaryIO) -> Iterator[InputContainer]:
    """Open a recording; UnreadableFile when it is none, or is damaged from its beginning."""
    import av

    av.logging.set_level(None)
    file.seek(0)
    try:
        with av.open(file, mode="r", metadata_errors="replace") as container:
            if not any(stream.type in ("audio", "video") for stream in container.streams):
                raise UnreadableFile("The file holds neither sound nor film.")
            yield container
    except av.FFmpegError as error:
        raise UnreadableFile(
            "The recording is damaged, or of a kind that cannot be played here.",
            next_step="Open the original in the program that made it, or ask for it again.",
        ) from error


def seconds(container: InputContainer) -> float:
    """How long the recording is; 0 when the file does not say."""
    return max(0.0, (container.duration or 0) / 1_000_000)


def film_of(container: InputContainer) -> VideoStream | None:
    """The first moving pictures, if there are any: a cover picture is none."""
    for stream in container.streams.video:
        if not _is_cover(stream):
            return stream
    return None


def key_frames(container: InputContainer, size: int) -> list[float]:
    """Seconds from the start at which a picture stands by itself, at most 2,000 of them.

    From the file's own index; small files without one are looked through. Empty when unknown.
    """
    film = film_of(container)
    if film is None or not film.time_base:
        return []
    base, start = film.time_base, film.start_time or 0
    times = [entry.timestamp for entry in film.index_entries if entry.is_keyframe]
    if not times and size <= _SCANNED:
        packets = container.demux(film)
        times = [each.pts for each in packets if each.is_keyframe and each.pts is not None]
        container.seek(0)
    found = sorted({max(0.0, round(float((time - start) * base), 3)) for time in times})
    return found[:_MOST_KEY_FRAMES]


def facts(container: InputContainer) -> dict[str, str]:
    """What the container says of itself: dates as EDTF, each track in a line of its own."""
    told = {key.lower(): _clean(value) for key, value in container.metadata.items()}
    said = {"media:format": container.format.long_name, **_measures(container)}
    said |= {plain: told[key] for key, plain in _PLAIN.items() if told.get(key)}
    date = next((found for name in _DATES if (found := _date(told.get(name, "")))), "")
    if date:
        said["created"] = date
    place = next((found for name in _PLACES if (found := _place(told.get(name, "")))), "")
    if place:
        said["coordinates"] = place
    for stream in container.streams:
        said |= _track(stream)
    said |= {f"media:{key}": value for key, value in told.items() if key not in _SAID_ELSEWHERE}
    return {key: value for key, value in said.items() if value}


def _measures(container: InputContainer) -> dict[str, str]:
    length, rate = seconds(container), container.bit_rate
    film = film_of(container)
    return {
        "media:seconds": f"{length:.2f}" if length else "",
        "media:bits a second": str(rate) if rate else "",
        "media:width": str(film.codec_context.width) if film else "",
        "media:height": str(film.codec_context.height) if film else "",
    }


def _track(stream: Stream) -> dict[str, str]:
    """One line on a track, and its own dates and names."""
    name = f"media:track {stream.index + 1}"
    told = {key.lower(): _clean(value) for key, value in stream.metadata.items()}
    parts = [_kind(stream), *_make(stream)]
    if stream.language and stream.language != "und":
        parts.append(stream.language)
    facts = {name: ", ".join(part for part in parts if part)}
    if created := _date(told.get("creation_time", "")):
        facts[f"{name} created"] = created
    kept = ("title", "handler_name", "encoder", "timecode", "rotate")
    return facts | {f"{name} {key}": told[key] for key in kept if told.get(key)}


def _kind(stream: Stream) -> str:
    return "picture" if stream.type == "video" and _is_cover(stream) else stream.type


def _make(stream: Stream) -> list[str]:
    from av import AudioStream, VideoStream

    if isinstance(stream, VideoStream):
        rate = stream.average_rate
        size = f"{stream.codec_context.width} by {stream.codec_context.height}"
        often = f"{float(rate):.2f} pictures a second" if rate and not _is_cover(stream) else ""
        return [stream.codec_context.name, size, often]
    if isinstance(stream, AudioStream):
        context = stream.codec_context
        return [context.name, f"{context.sample_rate} a second", context.layout.name]
    return []


def _is_cover(stream: Stream) -> bool:
    from av.stream import Disposition

    return bool(stream.disposition & (Disposition.attached_pic | Disposition.still_image))


def _date(text: str) -> str:
    """A date as EDTF; "" for none and for the zero of an unset clock."""
    match = re.match(
        r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d)(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?)?$", text
    )
    if not match or match[1] in _NO_DATE:
        return text if re.fullmatch(r"(19|20)\d\d", text) else ""
    day, time, zone = match.groups()
    if zone and zone != "Z" and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{day}T{time}{zone or ''}" if time else day


def _place(text: str) -> str:
    """Latitude and longitude of an ISO 6709 place in decimal degrees, "" for anything else."""
    match = _PLACE.match(text)
    if not match:
        return ""
    latitude, longitude = float(match[1]), float(match[2])
    sane = abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude or longitude)
    return f"{latitude:.6f}, {longitude:.6f}" if sane else ""


def _clean(value: str) -> str:
    with suppress(ValueError):
        return "".join(each for each in value if each.isprintable()).strip()[:2000]
    return ""
