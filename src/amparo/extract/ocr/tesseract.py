"""Tesseract: the words in a picture, which way up it is, and which languages are installed.

One call a picture, through ``base.programs``, the picture by pipe; nothing is written anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image

from amparo.base import programs
from amparo.base.errors import ProgramFailed

__all__ = ["Found", "Upright", "installed", "look", "tool_version", "words"]

_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
_MEMORY = 900 * 2**20
_LEVEL_WORD = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A word in pixels of the picture: where it stands in the layout, and 0 to 100 how sure."""

    text: str
    box: tuple[int, int, int, int]
    confidence: float
    block: int
    paragraph: int
    line: int


@dataclass(frozen=True, slots=True)
class Upright:
    """How a page lies: degrees to turn it clockwise, how sure (0 up), and its script."""

    turn: int
    confidence: float
    script: str


@cache
def tool_version() -> str:
    """Give tesseract's version; ProgramMissing when it is not installed."""
    told = programs.run(["tesseract", "--version"], timeout=30).stdout.decode("utf-8", "replace")
    found = re.search(r"tesseract v?(\S+)", told)
    return found[1] if found else ""


@cache
def installed() -> frozenset[str]:
    """Give the languages (ISO 639-2/T, with variants) whose data is there."""
    told = programs.run(["tesseract", "--list-langs"], timeout=30).stdout.decode("utf-8", "replace")
    return frozenset(line.strip() for line in told.splitlines()[1:] if line.strip())


def look(image: Image.Image, *, timeout: float) -> Upright | None:
    """Say which way up a page is and in which script; None when it has too few letters."""
    if "osd" not in installed():
        return None
    try:
        told = _run(image, ["--psm", "0", "-l", "osd"], timeout).decode("utf-8", "replace")
    except ProgramFailed:
        return None
    values = dict(re.findall(r"^([A-Za-z ]+): *(\S+) *$", told, re.MULTILINE))
    try:
        confidence = float(values["Orientation confidence"])
        return Upright(int(values["Rotate"]), confidence, values["Script"])
    except (KeyError, ValueError):
        return None


def words(
    image: Image.Image, languages: Sequence[str], *, resolution: int, timeout: float
) -> list[Found]:
    """Recognise the words of an upright page in the given languages, in reading order."""
    options = ["--psm", "3", "--dpi", str(resolution), "-l", "+".join(languages), "tsv"]
    told = _run(image, options, timeout).decode("utf-8", "replace")
    found: list[Found] = []
    for line in told.splitlines()[1:]:
        cells = line.split("\t")
        if len(cells) == 12 and int(cells[0]) == _LEVEL_WORD and cells[11].strip():
            block, paragraph, row = (int(cell) for cell in cells[2:5])
            left, top, width, height = (int(cell) for cell in cells[6:10])
            box = (left, top, left + width, top + height)
            found.append(Found(cells[11].strip(), box, float(cells[10]), block, paragraph, row))
    return found


def _run(image: Image.Image, options: Sequence[str], timeout: float) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PPM")
    argv = ["tesseract", "stdin", "stdout", *options]
    done = programs.run(
        argv, input=buffer.getvalue(), timeout=timeout, memory=_MEMORY, environment=_ONE_THREAD
    )
    return done.stdout
