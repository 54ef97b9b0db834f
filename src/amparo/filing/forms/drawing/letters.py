"""Shaping: a line of text in any script becomes glyphs in the order in which they are seen.

Direction is that of the Unicode Bidirectional Algorithm (UAX 9; python-bidi), shapes and places of
glyphs are HarfBuzz's. Every glyph remembers the letters that it stands for, so that the text can
be read back from the page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

import uharfbuzz as hb
from bidi import algorithm as bidi

from amparo.base.errors import UsageError
from amparo.base.languages import is_right_to_left
from amparo.filing.forms.drawing.faces import Face, face_of

__all__ = ["Glyph", "Line", "NoLetters", "clusters", "shape"]

_INVISIBLE = {"Cf", "Cc"}


class NoLetters(UsageError):
    """No font on this computer has some letters of a text."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph of ``face``: widths and offsets in ems, and the letters it stands for.

    ``letters`` is "" for a further glyph of the same letters, such as a mark.
    """

    face: Face
    number: int
    letters: str
    advance: float
    right: float = 0.0
    up: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs from left to right; ``width`` in ems."""

    glyphs: tuple[Glyph, ...]
    width: float


def clusters(text: str) -> list[str]:
    """The text in the units that a reader sees: a letter with the marks that belong to it."""
    found: list[str] = []
    for letter in text:
        if found and (unicodedata.combining(letter) or unicodedata.category(letter) == "Mn"):
            found[-1] += letter
        else:
            found.append(letter)
    return found


@lru_cache(maxsize=8192)
def shape(text: str) -> Line:
    """Shape one line. ``NoLetters`` names the letters that no font here has."""
    text = unicodedata.normalize("NFC", text)
    levels = _levels(text)
    faces = _faces(text)
    glyphs: list[Glyph] = []
    for start, end in _visual(levels, _runs(text, levels, faces)):
        glyphs += _shaped(text[start:end], faces[start], from_right=bool(levels[start] % 2))
    return Line(tuple(glyphs), sum(glyph.advance for glyph in glyphs))


def _levels(text: str) -> list[int]:
    """The embedding level of each letter: odd ones run from the right."""
    if not any(unicodedata.bidirectional(each) in ("R", "AL", "AN") for each in text):
        return [0] * len(text)
    storage = bidi.get_empty_storage()
    base = bidi.PARAGRAPH_LEVELS["R" if is_right_to_left(text) else "L"]
    storage["base_level"], storage["base_dir"] = base, ("L", "R")[base]
    bidi.get_embedding_levels(text, storage)
    bidi.explicit_embed_and_overrides(storage)
    bidi.resolve_weak_types(storage)
    bidi.resolve_neutral_types(storage, False)
    bidi.resolve_implicit_levels(storage, False)
    left = [int(each["level"]) for each in storage["chars"]]
    if len(left) == len(text):
        return left
    kept = iter(left)  # letters that the algorithm takes out (rule X9) go with those before them
    level, levels = base, []
    for letter in text:
        if unicodedata.bidirectional(letter) not in bidi.X9_REMOVED:
            level = next(kept, level)
        levels.append(level)
    return levels


def _faces(text: str) -> list[Face]:
    """A face for each letter; blanks, marks and what is not seen keep to the letter before."""
    chosen: list[Face | None] = []
    missing: list[str] = []
    for letter in text:
        before = chosen[-1] if chosen else None
        quiet = unicodedata.category(letter) in _INVISIBLE
        if before is not None and (quiet or ord(letter) in before.letters):
            common = letter.isspace() or not letter.isalnum()
            if quiet or common or face_of(letter) is before:
                chosen.append(before)
                continue
        face = face_of(letter)
        if face is None and not quiet:
            missing.append(letter)
        chosen.append(face or before)
    if missing:
        raise _no_letters(missing)
    found = next((each for each in chosen if each), None) or face_of("a")
    assert found is not None
    return [each or found for each in chosen]


def _no_letters(missing: list[str]) -> NoLetters:
    shown = ", ".join(sorted({f"{each} (U+{ord(each):04X})" for each in missing})[:8])
    return NoLetters(
        f"No font on this computer has these letters: {shown}.",
        next_step="Install the Noto fonts of that script (on Debian: fonts-noto) and try again.",
    )


def _runs(text: str, levels: list[int], faces: list[Face]) -> list[tuple[int, int]]:
    """Stretches of one level, one face and one script."""
    scripts = _scripts(text)
    numbered = [
        (level, id(face), script, index)
        for index, (level, face, script) in enumerate(zip(levels, faces, scripts, strict=True))
    ]
    found = []
    for _, group in groupby(numbered, key=lambda each: each[:3]):
        members = [each[3] for each in group]
        found.append((members[0], members[-1] + 1))
    return found


def _scripts(text: str) -> list[str]:
    """The script of each letter; what belongs to none goes with the letter before."""
    script, found = "", []
    for letter in text:
        if letter.isalpha():
            script = unicodedata.name(letter, " ").partition(" ")[0]
        found.append(script)
    return found


def _visual(levels: list[int], runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The runs in the order in which they are seen from left to right (UAX 9, L2)."""
    ordered = list(runs)
    highest = max(levels, default=0)
    for level in range(highest, 0, -1):
        turned: list[tuple[int, int]] = []
        for deep, group in groupby(ordered, key=lambda run: levels[run[0]] >= level):
            members = list(group)
            turned += reversed(members) if deep else members
        ordered = turned
    return ordered


def _shaped(text: str, face: Face, *, from_right: bool) -> Iterator[Glyph]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if from_right else "ltr"
    hb.shape(face.font, buffer)
    infos, places = buffer.glyph_infos, buffer.glyph_positions
    letters = _letters_of(text, [info.cluster for info in infos])
    for info, place, stands_for in zip(infos, places, letters, strict=True):
        yield Glyph(
            face,
            info.codepoint,
            stands_for,
            place.x_advance / face.units,
            place.x_offset / face.units,
            place.y_offset / face.units,
        )


def _letters_of(text: str, starts: list[int]) -> list[str]:
    """The letters that each glyph stands for: a cluster's first glyph in reading order has all."""
    edges = sorted({*starts, len(text)})
    following = dict(pairwise(edges))
    found = [""] * len(starts)
    for start, following_start in following.items():
        members = [index for index, each in enumerate(starts) if each == start]
        cluster = text[start:following_start]
        if len(members) == len(cluster) > 1:
            falling = members if starts == sorted(starts) else members[::-1]
            for index, letter in zip(falling, cluster, strict=True):
                found[index] = letter
        elif members:
            found[members[0] if starts == sorted(starts) else members[-1]] = cluster
    return found
