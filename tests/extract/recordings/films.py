"""Short recordings that the tests make themselves: a tone, and colours that change each second."""

from __future__ import annotations

import io
from fractions import Fraction
from functools import cache

import av
import numpy as np

COLOURS = ((200, 30, 30), (30, 200, 30), (30, 30, 200), (200, 200, 30))
RATE = 10


@cache
def film(
    length: int = 4,
    *,
    container: str = "webm",
    size: tuple[int, int] = (160, 120),
    sound: bool = True,
    metadata: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """A film of ``length`` seconds; each second has a colour of its own and begins anew."""
    out = io.BytesIO()
    video, audio = ("libvpx", "libopus") if container == "webm" else ("mpeg4", "aac")
    with av.open(out, "w", format=container) as made:
        made.metadata.update(dict(metadata))
        quick = {"deadline": "realtime", "cpu-used": "8"} if container == "webm" else {}
        pictures = made.add_stream(video, rate=RATE, options=quick)
        pictures.width, pictures.height, pictures.pix_fmt = *size, "yuv420p"
        pictures.gop_size = RATE
        heard = made.add_stream(audio, rate=48000, layout="mono") if sound else None
        for number in range(length * RATE):
            pixels = np.full((size[1], size[0], 3), COLOURS[number // RATE % 4], np.uint8)
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            made.mux(pictures.encode(frame))
        made.mux(pictures.encode())
        if heard is not None:
            _sing(made, heard, length, 48000)
    return out.getvalue()


def sound(length: int = 2, *, container: str = "wav", rate: int = 8000) -> bytes:
    """A tone: silent in its first half, loud in its second."""
    out = io.BytesIO()
    codec = {"wav": "pcm_s16le", "mp3": "libmp3lame", "ogg": "libopus", "flac": "flac"}[container]
    with av.open(out, "w", format=container) as made:
        _sing(made, made.add_stream(codec, rate=rate, layout="mono"), length, rate)
    return out.getvalue()


def _sing(made: object, stream: object, length: int, rate: int) -> None:
    at = np.arange(length * rate)
    tone = (np.sin(at * 440 * 2 * np.pi / rate) * 20000 * (at >= len(at) // 2)).astype(np.int16)
    for start in range(0, len(tone), 960):
        frame = av.AudioFrame.from_ndarray(tone[None, start : start + 960], "s16", "mono")
        frame.rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        made.mux(stream.encode(frame))
    made.mux(stream.encode())
