"""Speech written down by a program on this computer: decoded in the reading room, then heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BufferedIOBase
from typing import cast

import numpy as np

from amparo.accounts.web.models import User
from amparo.base.errors import UnreadableFile, UsageError
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.models import Item
from amparo.extract.reading import Child, Limits
from amparo.extract.recordings.speech import SECTION, Engine, Sound
from amparo.extract.recordings.transcripts import Line
from amparo.extract.sandbox import Sandbox
from amparo.extract.sandbox.reception import Reception
from amparo.extract.web.actions.transcripts import Origin, keep_transcript
from amparo.extract.web.models import Transcript
from amparo.matters.access import Verb
from amparo.matters.web.access import require

__all__ = ["recognise_speech"]

_LIMITS = Limits(seconds=900, cpu_seconds=900, ratio=100_000)
_SHORTEST = 1600


def recognise_speech(
    item: Item,
    engine: Engine,
    *,
    language: str,
    room: Sandbox,
    safe: Safe,
    acting_user: User,
    on_line: Callable[[Line], None] = lambda _line: None,
) -> Transcript:
    """Write down what is said in a recording; ``on_line`` hears each line, and may end the work.

    UnreadableFile when there is no sound; UsageError when no speech was heard in it.
    """
    require(acting_user, Verb.ADD, item)
    lines: list[Line] = []
    start = 0.0
    while len(sound := _sound(item, start, room, safe)) > _SHORTEST:
        for line in engine.hear(sound, language):
            moved = replace(line, start=line.start + start, end=line.end + start)
            lines.append(moved)
            on_line(moved)
        start += SECTION
    if not lines:
        raise UsageError("No speech was heard in it.", next_step="Listen to it, and type it.")
    origin = Origin(
        Transcript.Made.RECOGNISED, engine.tool, engine.tool_version, dict(engine.settings)
    )
    return keep_transcript(item, lines, language=language, origin=origin, acting_user=acting_user)


def _sound(item: Item, start: float, room: Sandbox, safe: Safe) -> Sound:
    """A section of the recording's sound, decoded in the reading room; none after its end."""
    heard: list[bytes] = []

    def take(child: Child) -> None:
        heard.append(cast(BufferedIOBase, child.data).read())

    reception = Reception(_LIMITS, on_child=take)
    with safe.open(item.object.object_name) as source:
        room.run(
            "amparo.extract.recordings.samples:samples",
            source,
            name="",
            arguments={"start": start, "length": SECTION},
            reception=reception,
        )
    found = reception.reading()
    if found.status == "failed":
        raise UnreadableFile(found.reason)
    whole = np.frombuffer(b"".join(heard), dtype=np.int16)
    return cast(Sound, whole.astype(np.float32) / 32768)
