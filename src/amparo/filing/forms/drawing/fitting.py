"""What fits into a field, measured with the font that draws it, and where each line stands.

Widths are exact: they come from the shaped line. Letters become smaller down to ``SMALLEST`` before
anything counts as too long; what is too long is never cut but goes elsewhere (``continuation``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from amparo.base.languages import is_right_to_left
from amparo.filing.forms.blank.fields import Field
from amparo.filing.forms.drawing.letters import clusters, shape

__all__ = ["SMALLEST", "Placed", "fits", "place", "take", "wrap"]

SMALLEST = 6.5
_SMALLEST_PROSE = 8.0
_USUAL, _LARGEST = 10.0, 12.0
_EDGE = 2.0
_LEADING = 1.2
_STEP = 0.5
_BASELINE = 0.36  # of the letter size, from the middle of a line down to its baseline
_SPACES = re.compile(r"[ \t\u00a0]+")


@dataclass(frozen=True, slots=True)
class Placed:
    """One line: its text, its size in points, and where its baseline begins in the field."""

    text: str
    size: float
    x: float
    y: float


def place(text: str, field: Field) -> tuple[Placed, ...] | None:
    """The lines that show ``text`` in ``field``; None when it does not fit whole."""
    if field.max_length is not None and len(text.replace("\n", " ")) > field.max_length:
        return None
    if field.comb:
        return _combed(text, field)
    if field.multiline:
        return _prose(text, field)
    if "\n" in text:
        return None
    for size in _sizes(field, SMALLEST):
        width = shape(text).width * size
        if width <= field.width - 2 * _EDGE:
            return (Placed(text, size, _start(text, width, field), _middle(field, size)),)
    return None


def fits(text: str, field: Field) -> bool:
    """Whether ``text`` fits into ``field`` whole."""
    return place(text, field) is not None


def take(text: str, field: Field) -> tuple[str, str] | None:
    """The beginning of a long text that a field of many lines holds, and what remains.

    Both are whole words, and one line stays free to say where the rest is. None when the field has
    room for less than three lines.
    """
    if not field.multiline or field.max_length is not None:
        return None
    size = max(min(field.size or _USUAL, _LARGEST), _SMALLEST_PROSE)
    room = _rows(field, size)
    if room < 3:
        return None
    lines = list(_flow(text, (field.width - 2 * _EDGE) / size))
    used = lines[: room - 1][-1][1]
    return text[:used].rstrip(), text[used:].lstrip()


def wrap(text: str, width: float) -> list[str]:
    """The lines of a text, each at most ``width`` ems wide."""
    return [line for line, _ in _flow(text, width)]


def _flow(text: str, width: float) -> Iterator[tuple[str, int]]:
    """Each line, and how far into the text it comes."""
    at = 0
    for paragraph in text.split("\n"):
        words = [(match[0], at + match.end()) for match in re.finditer(r"[^ \t\u00a0]+", paragraph)]
        yield from _filled(words, width, at)
        at += len(paragraph) + 1


def _filled(words: list[tuple[str, int]], width: float, at: int) -> Iterator[tuple[str, int]]:
    blank = shape(" ").width
    line, wide, end = "", 0.0, at
    for word, word_end in words:
        long = shape(word).width
        if line and wide + blank + long <= width:
            line, wide, end = f"{line} {word}", wide + blank + long, word_end
            continue
        if line:
            yield line, end
        if long <= width:
            line, wide, end = word, long, word_end
            continue
        *pieces, last = _broken(word, width)
        reached = word_end - len(word)
        for piece in pieces:
            reached += len(piece)
            yield piece, reached
        line, wide, end = last, shape(last).width, word_end
    yield line, end


def _broken(word: str, width: float) -> list[str]:
    """A word that is wider than a line, in pieces that are not."""
    pieces, piece, wide = [], "", 0.0
    for cluster in clusters(word):
        more = shape(cluster).width
        if piece and wide + more > width:
            pieces.append(piece)
            piece, wide = "", 0.0
        piece, wide = piece + cluster, wide + more
    return [*pieces, piece]


def _prose(text: str, field: Field) -> tuple[Placed, ...] | None:
    for size in _sizes(field, _SMALLEST_PROSE):
        lines = wrap(text, (field.width - 2 * _EDGE) / size)
        if len(lines) <= _rows(field, size):
            return tuple(_rows_of(lines, field, size))
    return None


def _rows(field: Field, size: float) -> int:
    """How many lines of a size a field of many lines holds."""
    return max(1, int((field.height - 2 * _EDGE + (_LEADING - 1) * size) / (_LEADING * size)))


def _rows_of(lines: list[str], field: Field, size: float) -> Iterator[Placed]:
    top = field.height - _EDGE - size * (0.5 + _BASELINE)
    for number, line in enumerate(lines):
        if line:
            start = _start(line, shape(line).width * size, field)
            yield Placed(line, size, start, top - number * _LEADING * size)


def _combed(text: str, field: Field) -> tuple[Placed, ...] | None:
    """One letter in the middle of each cell."""
    assert field.max_length is not None
    letters = clusters(text)
    cell = field.width / field.max_length
    first = {0: 0, 1: (field.max_length - len(letters)) // 2, 2: field.max_length - len(letters)}
    size = max(SMALLEST, min(field.size or _USUAL, 0.8 * field.height))
    widths = [shape(letter).width * size for letter in letters]
    if len(letters) > field.max_length or any(width > cell for width in widths):
        return None
    start = first.get(field.align, 0)
    return tuple(
        Placed(letter, size, (start + number + 0.5) * cell - width / 2, _middle(field, size))
        for number, (letter, width) in enumerate(zip(letters, widths, strict=True))
        if letter.strip()
    )


def _sizes(field: Field, smallest: float) -> Iterator[float]:
    """The form's own letter size first, then smaller ones."""
    automatic = min(_USUAL if field.multiline else _LARGEST, 0.75 * field.height)
    size = (
        min(field.size or automatic, 0.82 * field.height)
        if not field.multiline
        else (field.size or automatic)
    )
    size = max(size, smallest if field.height > smallest else 0.75 * field.height)
    while size >= smallest:
        yield size
        size -= _STEP
    if field.height <= smallest / 0.82:
        yield 0.75 * field.height


def _start(text: str, width: float, field: Field) -> float:
    free = field.width - width
    if field.align == 1:
        return free / 2
    if field.align == 2 or is_right_to_left(text):
        return free - _EDGE
    return _EDGE


def _middle(field: Field, size: float) -> float:
    return field.height / 2 - _BASELINE * size
