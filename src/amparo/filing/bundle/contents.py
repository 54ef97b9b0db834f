"""A page's content: closed off, set on its sheet, and given its number.

The page's own streams are not touched: a stream that saves the state (and sets the page on its
sheet) goes before them, one that restores it and prints the number goes after. What a page leaves
open or closes too often is counted first, so that a number never lands in somebody's rotation.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from amparo.base.errors import UnreadableFile
from amparo.filing.bundle.exhibits import Balance
from amparo.filing.bundle.geometry import Matrix, View, fit, view_of
from amparo.filing.bundle.numbering import STRIP, number_stream
from amparo.filing.bundle.profiles import Place

__all__ = ["EVEN", "Stamper", "balance_of", "content_of"]

EVEN = Balance()
_BLANKS = bytes.maketrans(b"\x00\t\n\x0c\r", b"     ")
_MOST_BYTES = 96 * 2**20
_SURELY_SMALL = _MOST_BYTES // 1032  # deflate makes at most 1,032 bytes of one
_BOMB = f"a page's content is larger than {_MOST_BYTES // 2**20} MiB"


def balance_of(page: pikepdf.Object, content: bytes) -> Balance:
    """Count the saves and restores (``q``, ``Q``) of a page's decoded ``content``.

    A quick look at the words decides for almost every page; only one that looks uneven is parsed.
    """
    spaced = b" " + content.translate(_BLANKS).replace(b" ", b"  ") + b" "
    saves, restores = spaced.count(b" q "), spaced.count(b" Q ")
    if saves == restores and (not saves or spaced.find(b" q ") < spaced.find(b" Q ")):
        return EVEN
    return _counted(page)


def content_of(page: pikepdf.Object) -> bytes | None:
    """Give a page's content, decoded; None when it cannot be.

    Raises UnreadableFile for one that is larger decoded than any page has use for: a bomb.
    """
    try:
        parts = [_decoded(stream) for stream in _streams(page)]
    except (pikepdf.PdfError, RuntimeError, zlib.error):
        return None
    if sum(map(len, parts)) > _MOST_BYTES:
        raise UnreadableFile(_BOMB)
    return b"\n".join(parts)


def _decoded(stream: pikepdf.Object) -> bytes:
    """Decode a stream, measuring first one that could grow beyond measure (as deflate can)."""
    if stream.get("/Filter") == Name.FlateDecode and "/DecodeParms" not in stream:
        raw = stream.read_raw_bytes()
        if len(raw) > _SURELY_SMALL:
            data = zlib.decompressobj().decompress(raw, _MOST_BYTES + 1)
            if len(data) > _MOST_BYTES:
                raise UnreadableFile(_BOMB)
            return data
    return bytes(stream.read_bytes())


def _counted(page: pikepdf.Object) -> Balance:
    depth = below = 0
    try:
        operations = pikepdf.parse_content_stream(pikepdf.Page(page), "q Q")
    except (pikepdf.PdfError, RuntimeError):
        return EVEN
    for operation in operations:
        depth += 1 if str(operation.operator) == "q" else -1
        below = max(below, -depth)
    return Balance(below, depth + below)


def _streams(page: pikepdf.Object) -> list[pikepdf.Object]:
    contents = page.get("/Contents")
    if isinstance(contents, Array):
        return [item for item in contents.as_list() if isinstance(item, Stream)]
    return [contents] if isinstance(contents, Stream) else []


class Stamper:
    """Gives pages their numbers, before they are copied into the bundle.

    ``store`` takes a content and gives what stands for it in the bundle; ``font`` stands for the
    bundle's font; ``sheet`` is the size that pages are set on, or None to leave sizes alone.
    """

    def __init__(
        self,
        store: Callable[[bytes], Name],
        font: Name,
        place: Place,
        sheet: tuple[float, float] | None,
    ) -> None:
        self._store = store
        self._font = font
        self._place: Place = place
        self._sheet = sheet
        self._openings: dict[bytes, Name] = {}
        self._moved: set[tuple[int, int]] = set()

    def stamp_own(self, page: pikepdf.Object, text: str) -> None:
        """Print ``text`` on a sheet that we set, which leaves room for it."""
        self._print(page, b"q\n", b"Q\n", view_of(page), text)

    def stamp(self, page: pikepdf.Object, text: str, balance: Balance = EVEN) -> View:
        """Set a page on its sheet, print ``text`` in the clear strip; give the sheet's view."""
        shown = view_of(page)
        at_top = self._place == "top-right"
        matrix, view = fit(shown, self._sheet, STRIP, at_top=at_top)
        _set_on_sheet(page, view)
        self._move_annotations(page, matrix)
        opening = b"q\n" * (balance.below + 1) + _setting(matrix, shown)
        self._print(page, opening, b"Q\n" * (balance.open + 1), view, text)
        return view

    def _print(
        self, page: pikepdf.Object, opening: bytes, closing: bytes, view: View, text: str
    ) -> None:
        """Put a page's content between two streams of ours, the second with the number."""
        content = b"\n" + closing + number_stream(text, view, self._place, self._name_in(page))
        page.Contents = Array([self._opening(opening), *_streams(page), self._store(content)])

    def _opening(self, content: bytes) -> Name:
        """Store what goes before a page's content; pages that begin alike share it."""
        if content not in self._openings:
            self._openings[content] = self._store(content)
        return self._openings[content]

    def begin(self) -> None:
        """Forget the document before: object numbers of the next one mean other objects."""
        self._moved.clear()

    def _move_annotations(self, page: pikepdf.Object, matrix: Matrix) -> None:
        """Move the page's annotations along with it; one that pages share, once."""
        annotations = page.get("/Annots")
        for annotation in annotations.as_list() if isinstance(annotations, Array) else ():
            if not isinstance(annotation, Dictionary) or annotation.objgen in self._moved:
                continue
            if annotation.is_indirect:
                self._moved.add(annotation.objgen)
            _move(annotation, matrix)

    def _name_in(self, page: pikepdf.Object) -> str:
        """Add the font to the page's resources under a name that nothing else of it uses."""
        resources = page.get("/Resources")
        if not isinstance(resources, Dictionary):
            resources = page.Resources = Dictionary()
        fonts = resources.get("/Font")
        if not isinstance(fonts, Dictionary):
            fonts = resources.Font = Dictionary()
        name = "Amparo"
        while (there := fonts.get(f"/{name}")) is not None and there != self._font:
            name += "o"
        fonts[f"/{name}"] = self._font
        return name


def _setting(matrix: Matrix, view: View) -> bytes:
    """Give the operators that set a page on its sheet and hide what the page did not show."""
    numbers = " ".join(f"{number:.5f}" for number in matrix)
    width, height = view.x1 - view.x0, view.y1 - view.y0
    return (f"{numbers} cm\n{view.x0:.3f} {view.y0:.3f} {width:.3f} {height:.3f} re W n\n").encode()


def _set_on_sheet(page: pikepdf.Object, view: View) -> None:
    """Give the page the boxes of its sheet."""
    box = (view.x0, view.y0, view.x1, view.y1)
    page.MediaBox = Array([round(number, 3) for number in box])
    for key in ("/CropBox", "/UserUnit"):
        if key in page:
            del page[key]


def _move(annotation: pikepdf.Object, matrix: Matrix) -> None:
    """Move the coordinates of an annotation (12.5.2 and 12.5.6)."""
    for key in ("/Rect", "/QuadPoints", "/L", "/Vertices", "/CL"):
        if isinstance(points := annotation.get(key), Array):
            annotation[key] = _moved(points, matrix)
    if isinstance(strokes := annotation.get("/InkList"), Array):
        annotation.InkList = Array(
            [_moved(points, matrix) for points in strokes.as_list() if isinstance(points, Array)]
        )


def _moved(points: pikepdf.Array, matrix: Matrix) -> Array:
    scale, _, _, _, left, bottom = matrix
    numbers = [float(number) for number in points.as_list()]
    moved = (n * scale + (bottom if i % 2 else left) for i, n in enumerate(numbers))
    return Array([round(number, 3) for number in moved])
