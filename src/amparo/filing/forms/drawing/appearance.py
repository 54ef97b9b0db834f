"""What a filled field looks like: an appearance of its own, with fonts that are embedded.

Viewers draw a field's appearance as it is (ISO 32000-2, 12.5.5), so the form looks the same
everywhere. Each glyph has a code of its own for each stretch of letters that it stands for, so that
the text of the page is exactly the text that was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from amparo.filing.forms.drawing.faces import Face
from amparo.filing.forms.drawing.fitting import Placed
from amparo.filing.forms.drawing.letters import Glyph, shape

__all__ = ["Pen"]

_MOST_CODES = 65_000
_FLAG_SYMBOLIC = 4
_UNSEEN = "\u2060"  # the word joiner: no width, no letter, and no break in Arabic joining


class Pen:
    """Draws into one document; ``finish`` embeds the fonts that were used."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._fonts: dict[int, _Embedded] = {}

    def appearance(self, placed: Sequence[Placed], width: float, height: float) -> pikepdf.Object:
        """A form XObject, ``width`` by ``height`` points, that shows the lines."""
        used: dict[str, pikepdf.Object] = {}
        parts = [f"/Tx BMC\nq\n0 0 {width:.2f} {height:.2f} re W n\nBT\n0 g\n"]
        for line in placed:
            parts.append(f"1 0 0 1 {line.x:.2f} {line.y:.2f} Tm\n")
            parts += self._line(line, used)
        parts.append("ET\nQ\nEMC\n")
        drawn = self._pdf.make_stream("".join(parts).encode("ascii"))
        drawn.Type, drawn.Subtype = Name.XObject, Name.Form
        drawn.BBox = Array([0, 0, round(width, 3), round(height, 3)])
        drawn.Resources = Dictionary(Font=Dictionary({f"/{k}": v for k, v in used.items()}))
        return self._pdf.make_indirect(drawn)

    def finish(self) -> None:
        """Embed every font that was drawn with, with the glyphs that were used and no others."""
        for font in self._fonts.values():
            font.complete(self._pdf)

    def _line(self, line: Placed, used: dict[str, pikepdf.Object]) -> Iterable[str]:
        current: _Embedded | None = None
        rise = 0.0
        waiting: list[str] = []
        for glyph in shape(line.text).glyphs:
            font = self._font(glyph.face)
            used[font.name] = font.reference
            up = glyph.up * line.size
            if font is not current or abs(up - rise) > 0.001:
                yield _shown(waiting)
                waiting = []
                yield f"/{font.name} {line.size:g} Tf\n{up:.3f} Ts\n"
                current, rise = font, up
            waiting += font.move(glyph)
        yield _shown(waiting)
        if rise:
            yield "0 Ts\n"

    def _font(self, face: Face) -> _Embedded:
        key = id(face)
        if key not in self._fonts:
            empty = self._pdf.make_indirect(Dictionary(Type=Name.Font))
            self._fonts[key] = _Embedded(face, f"Am{len(self._fonts)}", empty)
        return self._fonts[key]


def _shown(parts: Sequence[str]) -> str:
    return f"[{''.join(parts)}] TJ\n" if parts else ""


class _Embedded:
    """One font in the document: the codes given out so far."""

    def __init__(self, face: Face, name: str, reference: pikepdf.Object) -> None:
        self.face, self.name, self.reference = face, name, reference
        self._codes: dict[tuple[int, str], int] = {}

    def move(self, glyph: Glyph) -> Iterable[str]:
        """The parts of a TJ array that place one glyph and go on to the next."""
        own = self.face.advance(glyph.number) / self.face.units
        if abs(glyph.right) > 0.0005:
            yield f"{-1000 * glyph.right:.1f}"
        yield f"<{self._code(glyph):04X}>"
        after = glyph.advance - own - glyph.right
        if abs(after) > 0.0005:
            yield f"{-1000 * after:.1f}"

    def _code(self, glyph: Glyph) -> int:
        key = (glyph.number, glyph.letters)
        if key not in self._codes:
            if len(self._codes) >= _MOST_CODES:
                key = (glyph.number, next(k[1] for k in self._codes if k[0] == glyph.number))
            else:
                self._codes[key] = len(self._codes) + 1
        return self._codes[key]

    def complete(self, pdf: pikepdf.Pdf) -> None:
        """Fill the font's dictionary: a composite font with TrueType outlines (9.7.4)."""
        base = f"{_tag(len(self._codes))}+{self.face.name}"
        program = pdf.make_stream(self.face.subset({glyph for glyph, _ in self._codes}))
        descriptor = pdf.make_indirect(
            Dictionary(
                Type=Name.FontDescriptor,
                FontName=Name(f"/{base}"),
                Flags=_FLAG_SYMBOLIC,
                FontBBox=Array([-1000, -1000, 3000, 2000]),
                ItalicAngle=0,
                Ascent=round(1000 * self.face.ascent),
                Descent=round(-1000 * self.face.descent),
                CapHeight=714,
                StemV=80,
                FontFile2=program,
            )
        )
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name(f"/{base}"),
            CIDSystemInfo=Dictionary(
                Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
            ),
            FontDescriptor=descriptor,
            DW=1000,
            W=Array([1, Array([self._width(glyph) for glyph, _ in self._codes])]),
            CIDToGIDMap=pdf.make_stream(self._glyph_numbers()),
        )
        whole = self.reference
        whole.Subtype, whole.BaseFont = Name.Type0, Name(f"/{base}")
        whole.Encoding = Name("/Identity-H")
        whole.DescendantFonts = Array([pdf.make_indirect(descendant)])
        whole.ToUnicode = pdf.make_stream(self._to_unicode())

    def _width(self, glyph: int) -> float:
        return round(1000 * self.face.advance(glyph) / self.face.units, 2)

    def _glyph_numbers(self) -> bytes:
        numbers = [0, *(glyph for glyph, _ in self._codes)]
        return b"".join(number.to_bytes(2, "big") for number in numbers)

    def _to_unicode(self) -> bytes:
        """The letters of each code (9.10.3).

        A further glyph of the same letters, such as a dot, has a sign that is not seen: for a code
        without any, readers take the code itself, and 35 reads as ``#``.
        """
        rows = [
            f"<{code:04X}> <{(letters or _UNSEEN).encode('utf-16-be').hex().upper()}>"
            for (_, letters), code in self._codes.items()
        ]
        blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
        body = "\n".join(
            f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
        )
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")


def _tag(seed: int) -> str:
    """Six capital letters, which mark a font as a subset (9.9.2)."""
    letters = []
    for _ in range(6):
        seed, rest = divmod(seed * 7 + 11, 26)
        letters.append(chr(65 + rest))
    return "".join(letters)
