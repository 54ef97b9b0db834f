"""The fonts that answers are drawn with: those of our packages, then the system's Noto.

Each letter is drawn with the first font that has it. A letter that no font here has is not drawn
as a box or a question mark: ``face_of`` gives None, and the answer is refused by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

import uharfbuzz as hb

__all__ = ["Face", "face_of"]

_PACKAGES = (
    ("fontpkg_noto_sans", "NotoSans["),
    ("fontpkg_noto_sans_arabic", "NotoSansArabic["),
    ("fontpkg_amiri", "Amiri-Regular."),
)
_SYSTEM = (
    "/usr/share/fonts/truetype/noto",
    "/usr/share/fonts/google-noto",
    "/usr/share/fonts/google-noto-vf",
    "/usr/share/fonts/noto",
)
_OUTLINES = ("glyf", "loca")
_DROPPED = ("GSUB", "GPOS", "GDEF", "STAT", "name", "MATH", "meta")  # only shaping needs them


class Face:
    """One font: what it can draw, how wide each glyph is, and its own bytes."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem.partition("[")[0].replace(" ", "")
        self.face = hb.Face(hb.Blob.from_file_path(str(path)))
        self.font = hb.Font(self.face)
        self.units = int(self.face.upem)
        self.letters = frozenset(self.face.unicodes)
        extents = self.font.get_font_extents("ltr")
        self.ascent = extents.ascender / self.units
        self.descent = -extents.descender / self.units

    @property
    def is_outline(self) -> bool:
        """Whether it has TrueType outlines, the kind that is embedded here."""
        return all(table in self.face.table_tags for table in _OUTLINES)

    def advance(self, glyph: int) -> int:
        """The width of a glyph in the font's units."""
        return int(self.font.get_glyph_h_advance(glyph))

    def subset(self, glyphs: set[int]) -> bytes:
        """The font with these glyphs only, under their own numbers."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update({0, *glyphs})
        wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING
        wanted.drop_table_tag_set.update(map(_tag, _DROPPED))
        if self.face.axis_infos:
            wanted.pin_all_axes_to_default(self.face)
        made: bytes = hb.subset(self.face, wanted).blob.data
        return made


def face_of(letter: str) -> Face | None:
    """The first font that has the letter; None when there is none on this computer."""
    return _face_of(ord(letter))


@cache
def _face_of(code: int) -> Face | None:
    for face in _shipped():
        if code in face.letters:
            return face
    return next((face for face in _system() if code in face.letters), None)


@cache
def _shipped() -> tuple[Face, ...]:
    found = []
    for package, start in _PACKAGES:
        folder = Path(str(resources.files(package) / "files"))
        found += [Face(path) for path in folder.iterdir() if path.name.startswith(start)]
    return tuple(found)


@cache
def _system() -> tuple[Face, ...]:
    return tuple(face for face in map(Face, _regulars()) if face.is_outline)


def _regulars() -> Iterator[Path]:
    for folder in map(Path, _SYSTEM):
        if folder.is_dir():
            yield from sorted(folder.glob("NotoSans*-Regular.ttf"))
            yield from sorted(folder.glob("NotoSerif*-Regular.ttf"))


def _tag(name: str) -> int:
    """A table's name as HarfBuzz counts it."""
    return int.from_bytes(name.encode("ascii"), "big")
