"""The sound of a recording as a speech model wants it: 16,000 samples a second, one channel.

Runs in workers; what it gives stays in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING, BinaryIO

from amparo.base.errors import UnreadableFile
from amparo.extract.reading import Child, Limits, Reading
from amparo.extract.recordings.containers import opened

if TYPE_CHECKING:
    from av.container import InputContainer

__all__ = ["RATE", "samples"]

RATE = 16_000
_BYTES_A_SAMPLE = 2


def samples(file: BinaryIO, name: str, limits: Limits, *, start: float, length: float) -> Reading:
    """Give the sound from ``start`` on, ``length`` seconds of it, as signed 16-bit samples.

    They are the one child of the reading, in the machine's byte order. UnreadableFile when there
    is no sound.
    """
    del name, limits
    with opened(file) as container:
        if not container.streams.audio:
            raise UnreadableFile("There is no sound in it.")
        heard = b"".join(_blocks(container, start, length))
    child = Child("samples", heard[: int(length * RATE) * _BYTES_A_SAMPLE])
    return Reading(children=[child], tool="PyAV", tool_version=version("av"))


def _blocks(container: InputContainer, start: float, length: float) -> Iterator[bytes]:
    import av

    stream = container.streams.audio[0]
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    if start:
        container.seek(int(start * 1_000_000) + (container.start_time or 0))
    origin = (container.start_time or 0) / 1_000_000
    for frame in container.decode(stream):
        at = (frame.time or 0.0) - origin
        if at >= start + length:
            break
        if at + frame.samples / frame.sample_rate <= start:
            continue
        for made in resampler.resample(frame):
            yield made.to_ndarray().reshape(-1).tobytes()
