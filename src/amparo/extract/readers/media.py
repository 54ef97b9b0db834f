"""Sound and film: tracks, dates, places, key frames, and the shape of the sound.

With PyAV (``amparo[media]``) the containers are opened and their sound is decoded once; without it
Tika tells what the common containers say of themselves. What is said in a recording is not read
here: it becomes a transcript, made, imported or typed (``extract/recordings``).
"""

from __future__ import annotations

from importlib.metadata import version
from typing import BinaryIO

from amparo.base.errors import UnreadableFile
from amparo.extract.readers import legacy
from amparo.extract.reading import Limits, PageText, Reading, Status
from amparo.extract.recordings import containers, waveform
from amparo.extract.recordings.transcripts import UNWRITTEN

__all__ = ["read"]

_LARGEST_FOR_TIKA = 256 * 2**20


def read(file: BinaryIO, name: str, limits: Limits) -> Reading:  # noqa: ARG001
    """Give the facts of a recording; ``partial`` while what is said in it is not written down."""
    size = file.seek(0, 2)
    if not size:
        raise UnreadableFile("The file is empty.")
    if not containers.is_present():
        return _by_tika(file, size, limits)
    with containers.opened(file) as container:
        facts = containers.facts(container)
        frames = containers.key_frames(container, size)
        has_sound = bool(container.streams.audio)
        shape = waveform.encode(waveform.peaks(container))
    if frames:
        facts["media:key frames"] = ",".join(f"{each:g}" for each in frames)
    if shape:
        facts["media:waveform"] = shape
    return Reading(
        status="partial" if has_sound else "read",
        reason=UNWRITTEN if has_sound else "",
        pages=[_told(facts)],
        metadata=facts,
        tool="PyAV",
        tool_version=version("av"),
    )


def _told(facts: dict[str, str]) -> PageText:
    """The facts as a page of text, so that they are found; measures for the player stay out."""
    told = sorted(
        (key, value) for key, value in facts.items() if key not in containers.FOR_THE_PLAYER
    )
    text = "\n".join(f"{key}: {value}" for key, value in told)
    return PageText(1, 0.0, 0.0, text, source="converted", label="what the file says of itself")


def _by_tika(file: BinaryIO, size: int, limits: Limits) -> Reading:
    facts: dict[str, str] = {}
    status: Status = "partial"
    reason = UNWRITTEN
    if size <= _LARGEST_FOR_TIKA:
        try:
            facts = legacy.tika(file, limits).metadata
        except UnreadableFile:
            reason = "The recording may be damaged: it says nothing of itself."
    return Reading(
        status=status,
        reason=reason,
        pages=[_told(facts)],
        metadata=facts,
        tool=legacy.TOOL,
        tool_version=legacy.tool_version(),
    )
