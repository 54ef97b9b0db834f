"""The shape of a recording's sound: the loudest sample of each of a thousand stretches.

Runs in workers; ``outline`` draws it and runs anywhere. A recording longer than an hour is
sampled: a tenth of a second of each stretch is heard, so that ten hours cost what one does.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from amparo.extract.recordings.containers import seconds

if TYPE_CHECKING:
    from av.container import InputContainer

__all__ = ["BUCKETS", "decode", "encode", "outline", "peaks"]

BUCKETS = 1000
_RATE = 8000
_HEARD_WHOLE = 3600.0
_SLICE = 0.1

Block = np.ndarray[tuple[int], np.dtype[np.int16]]


def peaks(container: InputContainer) -> bytes:
    """The loudest sample of each stretch, 0 to 255; empty when there is no sound to decode."""
    import av

    length = seconds(container)
    if not container.streams.audio:
        return b""
    loudest = np.zeros(BUCKETS, dtype=np.int32)
    with suppress(av.FFmpegError):  # what was heard before a damaged place stays
        if 0 < length <= _HEARD_WHOLE:
            _hear(container, loudest, length)
        elif length:
            _sample(container, loudest, length)
    container.seek(0)
    if not loudest.any():
        return b""
    return bytes((np.minimum(loudest, 32767) * 255 // 32767).astype(np.uint8))


def encode(found: bytes) -> str:
    """The peaks as text, for a reading's facts."""
    return base64.b64encode(found).decode()


def decode(text: str) -> bytes:
    """The peaks of such a text; none for anything else."""
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return found if len(found) == BUCKETS else b""


def outline(found: bytes) -> str:
    """An SVG path in a box of 1,000 by 100, the same above and below the middle."""
    if not found:
        return ""
    heights = [max(0.5, 50 * (each / 255) ** 0.6) for each in found]
    above = " ".join(f"{x},{50 - height:.1f}" for x, height in enumerate(heights))
    below = " ".join(f"{x},{50 + height:.1f}" for x, height in reversed(list(enumerate(heights))))
    return f"M{above} {below}Z"


def _hear(container: InputContainer, loudest: np.ndarray, length: float) -> None:
    """All of the sound, decoded once."""
    import av

    resampler = av.AudioResampler(format="s16", layout="mono", rate=_RATE)
    at = 0
    for frame in container.decode(container.streams.audio[0]):
        for block in _blocks(resampler, frame):
            _raise(loudest, block, at, length * _RATE)
            at += len(block)


def _sample(container: InputContainer, loudest: np.ndarray, length: float) -> None:
    import av

    for bucket in range(BUCKETS):
        resampler = av.AudioResampler(format="s16", layout="mono", rate=_RATE)
        start = bucket * length / BUCKETS
        container.seek(int(start * 1_000_000))
        wanted = int(_RATE * _SLICE)
        for frame in container.decode(container.streams.audio[0]):
            for block in _blocks(resampler, frame):
                peak = int(np.abs(block.astype(np.int32)).max(initial=0))
                loudest[bucket] = max(loudest[bucket], peak)
                wanted -= len(block)
            if wanted <= 0:
                break


def _blocks(resampler: object, frame: object) -> Iterator[Block]:
    for made in resampler.resample(frame):  # type: ignore[attr-defined]
        yield made.to_ndarray().reshape(-1)


def _raise(loudest: np.ndarray, block: Block, at: int, total: float) -> None:
    """Let a block that begins with sample ``at`` raise the stretches that it lies in."""
    if not len(block):
        return
    loud = np.abs(block.astype(np.int32))
    where = np.minimum((np.arange(at, at + len(block)) * BUCKETS / total).astype(int), BUCKETS - 1)
    firsts = np.flatnonzero(np.diff(where, prepend=where[0] - 1))
    np.maximum.at(loudest, where[firsts], np.maximum.reduceat(loud, firsts))
