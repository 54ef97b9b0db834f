"""Sound, film and DjVu: what they say of themselves. Their content is not read yet.

Tika reads the facts of the common containers (length, tracks, dates, what made them) without
decoding them. The file is kept and sealed; words are for transcripts, which another tool makes.
"""

from __future__ import annotations

import wave
from importlib.metadata import version
from typing import BinaryIO

from amparo.base.errors import UnreadableFile
from amparo.extract.readers import legacy
from amparo.extract.reading import Limits, PageText, Reading

__all__ = ["read"]

_LARGEST = 256 * 2**20
_DJVU = b"AT&TFORM"


def read(file: BinaryIO, name: str, limits: Limits) -> Reading:  # noqa: ARG001
    """Give the facts of a recording; always ``partial``, because nobody has listened to it."""
    head = file.read(16)
    size = file.seek(0, 2)
    if not head:
        raise UnreadableFile("The file is empty.")
    what = "A DjVu scan" if head.startswith(_DJVU) else "A recording"
    reason = f"{what}: it is kept and sealed; its content is not read yet."
    if size > _LARGEST or head.startswith(_DJVU):
        return Reading(
            status="partial",
            reason=reason,
            pages=[PageText(1, 0.0, 0.0, "", source="none")],
            tool="amparo media",
            tool_version=version("amparo"),
        )
    try:
        found = legacy.tika(file, limits)
    except UnreadableFile:
        found = legacy.Tika([], {}, "")
        reason += " It may be damaged: it says nothing of itself."
    if head[8:12] == b"WAVE":
        found.metadata.update(_length_of_wave(file))
    told = "\n".join(f"{key}: {value}" for key, value in sorted(found.metadata.items()))
    return Reading(
        status="partial",
        reason=reason,
        pages=[
            PageText(1, 0.0, 0.0, told, source="converted", label="what the file says of itself")
        ],
        metadata=found.metadata,
        tool=legacy.TOOL,
        tool_version=legacy.tool_version(),
    )


def _length_of_wave(file: BinaryIO) -> dict[str, str]:
    file.seek(0)
    try:
        with wave.open(file) as sound:
            return {"media:seconds": f"{sound.getnframes() / sound.getframerate():.2f}"}
    except (wave.Error, EOFError, ZeroDivisionError):
        return {}
