"""Pictures out of a film at given seconds, drawn in workers: what is seen before it is played."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from PIL import Image

from amparo.base.errors import UnreadableFile
from amparo.extract.reading import Limits, Picture
from amparo.extract.recordings.containers import film_of, opened

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

__all__ = ["stills"]

_QUALITY = 75
_WIDEST = 1920
_MOST_FRAMES = 600


def stills(
    file: BinaryIO, name: str, limits: Limits, *, at: Sequence[float], width: int, exact: bool
) -> Iterator[Picture]:
    """Draw the film at each of ``at`` (seconds from the start), ``width`` pixels wide.

    ``exact`` decodes up to that very moment; otherwise the key frame before it is drawn.
    ``page`` of each picture counts from 1. UnreadableFile when there is no film to draw.
    """
    del name
    with opened(file) as container:
        film = film_of(container)
        if film is None:
            raise UnreadableFile("There are no moving pictures in it.")
        if film.codec_context.width * film.codec_context.height > limits.pixels:
            raise UnreadableFile("Its pictures are larger than those that are drawn.")
        for number, moment in enumerate(at, 1):
            frame = _frame(container, film, moment, exact)
            yield _picture(number, frame, max(16, min(width, _WIDEST)))


def _frame(container: InputContainer, film: VideoStream, at: float, exact: bool) -> VideoFrame:
    """The last picture that is shown no later than ``at``; the first one when there is none."""
    base = film.time_base
    if not base:
        raise UnreadableFile("The film does not say when its pictures are shown.")
    start = film.start_time or 0
    container.seek(start + int(at / base), stream=film)
    found: VideoFrame | None = None
    for count, frame in enumerate(container.decode(film)):
        when = float(((frame.pts or 0) - start) * base)
        if found is not None and (when > at + 0.0005 or count > _MOST_FRAMES):
            break
        found = frame
        if not exact or when >= at:
            break
    if found is None:
        raise UnreadableFile("The film has no picture at that moment.")
    return found


def _picture(number: int, frame: VideoFrame, width: int) -> Picture:
    turned = frame.rotation % 180 != 0
    across, down = (frame.height, frame.width) if turned else (frame.width, frame.height)
    scale = min(1.0, width / across)
    size = (max(1, round(across * scale)), max(1, round(down * scale)))
    drawn: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
    if frame.rotation:
        drawn = drawn.rotate(frame.rotation, expand=True)
    drawn = drawn.convert("RGB").resize(size, Image.Resampling.BILINEAR)
    out = io.BytesIO()
    drawn.save(out, "WEBP", quality=_QUALITY, method=2)
    return Picture(number, *size, "image/webp", out.getvalue())
