"""Transcripts: lines of speech with their seconds and speakers, as values and as text.

Two forms are read and written: the one that people edit, a line of speech a line of text ::

    [0:12.500 - 0:15.000] Amal: We were told to leave.

and subtitles, WebVTT (W3C) and SubRip. Errors name the line of the text that is wrong.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from amparo.base.errors import UsageError
from amparo.extract.recordings.timecodes import clock, parse

__all__ = [
    "UNWRITTEN",
    "Line",
    "by_minute",
    "digest",
    "from_subtitles",
    "from_text",
    "said_between",
    "to_plain",
    "to_srt",
    "to_text",
    "to_vtt",
]

UNWRITTEN = "What is said in it is not written down yet."
"""Why a recording counts as read in part."""

_MOST_LINES = 100_000
_LONGEST = 4_000
_EDITED = re.compile(r"\[\s*([^\]\s]+)\s*(?:-->|[-–—])\s*([^\]\s]+)\s*\]\s*(.*)")
_SPEAKER = re.compile(r"([^:.!?\d]{1,60}):\s+(\S.*)", re.DOTALL)
_TIMES = re.compile(r"\s*([\d:.,]+)\s*-->\s*([\d:.,]+)(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<\d[\d:.]*>|\{\\[^}]*\}")


@dataclass(frozen=True, slots=True)
class Line:
    """What is said from ``start`` to ``end``, in seconds from the recording's start."""

    start: float
    end: float
    text: str
    speaker: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise UsageError(
                f"A line from {clock(self.start, exact=True)} to {clock(self.end, exact=True)}"
                " does not end after its start."
            )


def from_text(text: str) -> list[Line]:
    """Read the form that people edit; UsageError names the line that is wrong.

    A line without times goes on with the one above.
    """
    lines: list[Line] = []
    for number, row in enumerate(text.splitlines(), 1):
        if not row.strip():
            continue
        found = _EDITED.fullmatch(row.strip())
        if found:
            lines.append(_line(number, *found.groups()))
        elif lines:
            last = lines[-1]
            lines[-1] = Line(last.start, last.end, f"{last.text} {row.strip()}", last.speaker)
        else:
            raise UsageError(
                f"Line {number} has no times.",
                next_step="Begin it with the seconds from and to, as [0:12.5 - 0:15].",
            )
    return _checked(lines)


def to_text(lines: Sequence[Line]) -> str:
    """The form that people edit."""
    return "\n".join(
        f"[{clock(line.start, exact=True)} - {clock(line.end, exact=True)}] {_said(line)}"
        for line in lines
    )


def from_subtitles(text: str) -> list[Line]:
    """Read WebVTT or SubRip; what they say of colours and places on the screen is left out.

    UsageError names the line that is wrong, or says that there is no line of speech at all.
    """
    rows = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines: list[Line] = []
    at = 0
    while at < len(rows):
        times = _TIMES.fullmatch(rows[at])
        at += 1
        if not times:
            if "-->" in rows[at - 1] and not rows[at - 1].startswith("NOTE"):
                raise _wrong(at, "its times cannot be read")
            continue
        said: list[str] = []
        first = at
        while at < len(rows) and rows[at].strip():
            said.append(rows[at])
            at += 1
        words = "\n".join(said)
        if _plain(words):
            lines.append(_subtitle(first, times[1], times[2], words))
    if not lines:
        raise UsageError(
            "There is no line of speech with times in it.",
            next_step="Give a SubRip (.srt) or WebVTT (.vtt) file.",
        )
    return _checked(lines)


def to_vtt(lines: Sequence[Line]) -> str:
    """The lines as WebVTT."""
    return "WEBVTT\n\n" + "\n".join(
        f"{_stamp(line.start, '.')} --> {_stamp(line.end, '.')}\n{_voiced(line)}\n"
        for line in lines
    )


def to_srt(lines: Sequence[Line]) -> str:
    """The lines as SubRip."""
    return "\n".join(
        f"{number}\n{_stamp(line.start, ',')} --> {_stamp(line.end, ',')}\n{_said(line)}\n"
        for number, line in enumerate(lines, 1)
    )


def to_plain(lines: Sequence[Line]) -> str:
    """The words alone, a line of speech a line."""
    return "\n".join(_said(line) for line in lines)


def by_minute(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """The words of each minute that has any, counted from 1: what the search is given."""
    minutes: dict[int, list[str]] = {}
    for line in lines:
        minutes.setdefault(int(line.start // 60) + 1, []).append(_said(line))
    for minute, said in sorted(minutes.items()):
        yield minute, "\n".join(said)


def said_between(lines: Sequence[Line], start: float, end: float) -> str:
    """The words of the lines that are spoken, at least in part, from ``start`` to ``end``."""
    return " ".join(line.text for line in lines if line.start < end and line.end > start)


def digest(lines: Sequence[Line]) -> str:
    """SHA-256 of the lines as WebVTT in UTF-8."""
    return hashlib.sha256(to_vtt(lines).encode()).hexdigest()


def _line(number: int, start: str, end: str, said: str) -> Line:
    try:
        speaker, words = _parted(said)
        return Line(parse(start), parse(end), words, speaker)
    except UsageError as error:
        raise _wrong(number, error.message) from error


def _subtitle(number: int, start: str, end: str, words: str) -> Line:
    try:
        voice = _VOICE.search(words)
        speaker, said = (unescape(voice[1]).strip(), _plain(words)) if voice else ("", "")
        if not voice:
            speaker, said = _parted(_plain(words))
        return Line(parse(start), parse(end), said, speaker)
    except UsageError as error:
        raise _wrong(number, error.message) from error


def _wrong(number: int, why: str) -> UsageError:
    return UsageError(f"Line {number}: {why}", next_step="Correct it and keep again.")


def _parted(said: str) -> tuple[str, str]:
    """Speaker and words; a speaker stands before a colon and has neither digits nor stops."""
    found = _SPEAKER.fullmatch(said.strip())
    return (found[1].strip(), found[2].strip()) if found else ("", said.strip())


def _plain(words: str) -> str:
    return " ".join(unescape(_MARKUP.sub("", words)).split())


def _said(line: Line) -> str:
    return f"{line.speaker}: {line.text}" if line.speaker else line.text


def _voiced(line: Line) -> str:
    text = line.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    speaker = line.speaker.replace(">", "").replace("&", "&amp;")
    return f"<v {speaker}>{text}" if speaker else text


def _stamp(at: float, point: str) -> str:
    thousandths = round(at * 1000)
    hours, left = divmod(thousandths, 3_600_000)
    minutes, left = divmod(left, 60_000)
    whole, rest = divmod(left, 1000)
    return f"{hours:02}:{minutes:02}:{whole:02}{point}{rest:03}"


def _checked(lines: list[Line]) -> list[Line]:
    """In the order of time, and within bounds."""
    if len(lines) > _MOST_LINES:
        raise UsageError(f"There are {len(lines):,} lines; {_MOST_LINES:,} are taken.")
    for line in lines:
        if len(line.text) > _LONGEST:
            raise UsageError(
                f"The line at {clock(line.start)} is longer than {_LONGEST:,} characters.",
                next_step="Part it where the speaker pauses.",
            )
    return sorted(lines, key=lambda line: (line.start, line.end))
