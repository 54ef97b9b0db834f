"""What the player of a recording shows: its sound's shape, stills, pinpoints and transcript."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from amparo.base.pinpoints import SecondsSelector
from amparo.evidence.web.models import Item
from amparo.extract.recordings import waveform
from amparo.extract.recordings.timecodes import clock
from amparo.extract.recordings.transcripts import Line
from amparo.extract.web.models import Pinpoint, Reading, Transcript

__all__ = ["Band", "Player", "Said", "Still", "is_recording", "player_of"]

_STILLS = 8
_WIDTH = 1000.0
_MOST_TICKS = 250


@dataclass(frozen=True, slots=True)
class Still:
    """A picture out of a film: when, in seconds, thousandths and as people write it."""

    at: float

    @property
    def thousandths(self) -> int:
        return round(self.at * 1000)

    @property
    def clock(self) -> str:
        return clock(self.at)


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the transcript, and whether a pinpoint stands on it."""

    line: Line
    is_pinned: bool

    @property
    def clock(self) -> str:
        return clock(self.line.start)


@dataclass(frozen=True, slots=True)
class Band:
    """A pinpoint over the waveform, in its box of 1,000 units."""

    pinpoint: Pinpoint
    x: float
    width: float


@dataclass(frozen=True)
class Player:
    """A recording as it is shown. ``facts`` are those of its last reading."""

    item: Item
    facts: Mapping[str, str]
    transcript: Transcript | None
    spans: tuple[tuple[Pinpoint, SecondsSelector], ...]

    @property
    def is_film(self) -> bool:
        """Whether there is something to see."""
        return self.item.media_type.startswith("video/")

    @property
    def has_stills(self) -> bool:
        """Whether pictures can be taken out of it: its container was opened."""
        return self.is_film and "media:track 1" in self.facts and self.seconds > 0

    @property
    def seconds(self) -> float:
        """How long it is; 0 when unknown."""
        try:
            return max(0.0, float(self.facts.get("media:seconds", "0")))
        except ValueError:
            return 0.0

    @property
    def length(self) -> str:
        """How long it is, as people write it."""
        return clock(self.seconds)

    @cached_property
    def outline(self) -> str:
        """The sound's shape as an SVG path, "" when it is not known."""
        return waveform.outline(waveform.decode(self.facts.get("media:waveform", "")))

    @cached_property
    def key_frames(self) -> list[float]:
        """Seconds of the key frames."""
        told = self.facts.get("media:key frames", "")
        return [float(each) for each in told.split(",") if each]

    @property
    def ticks(self) -> list[float]:
        """Where key frames stand in the waveform's box; none where they would cover it."""
        frames = self.key_frames
        if not self.seconds or len(frames) > _MOST_TICKS:
            return []
        return [round(each / self.seconds * _WIDTH, 1) for each in frames]

    @cached_property
    def stills(self) -> list[Still]:
        """Moments spread over the film."""
        if not self.has_stills:
            return []
        return [Still(self.seconds * part / _STILLS) for part in range(_STILLS)]

    @property
    def bands(self) -> list[Band]:
        """The pinpoints over the waveform."""
        if not self.seconds:
            return []
        unit = _WIDTH / self.seconds
        return [
            Band(pin, round(at.start * unit, 1), max(2.0, round((end - at.start) * unit, 1)))
            for pin, at in self.spans
            if (end := at.end if at.end is not None else self.seconds) > at.start
        ]

    @cached_property
    def said(self) -> list[Said]:
        """The transcript's lines."""
        if self.transcript is None:
            return []
        return [Said(line, self._is_pinned(line)) for line in self.transcript.value]

    def _is_pinned(self, line: Line) -> bool:
        return any(
            line.start < (at.end if at.end is not None else self.seconds) and line.end > at.start
            for _pin, at in self.spans
        )


def is_recording(item: Item) -> bool:
    """Whether an item is played rather than paged."""
    return item.media_type.startswith(("audio/", "video/"))


def player_of(item: Item) -> Player:
    """The player of a recording."""
    last = item.readings.filter(kind=Reading.Kind.TEXT).first()
    rows = item.pinpoints.filter(withdrawn_at=None).select_related("item", "made_by")
    spans = [(each, each.place.selector) for each in rows]
    return Player(
        item=item,
        facts=last.metadata if last else {},
        transcript=item.transcripts.select_related("made_by").first(),
        spans=tuple((pin, at) for pin, at in spans if isinstance(at, SecondsSelector)),
    )
