"""The fields of an AcroForm as values, one for each place on a page (ISO 32000-2, 12.7)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pikepdf
from pikepdf import Array, Dictionary, Name

__all__ = [
    "Field",
    "Kind",
    "Option",
    "Rect",
    "brings_its_letters",
    "inherited",
    "read_fields",
    "seen_boxes",
    "widgets",
]

Kind = Literal["text", "check", "radio", "choice", "barcode", "signature", "button"]
Rect = tuple[float, float, float, float]
"""``x0, y0, x1, y1`` in points from the lower left corner of the page, as PDF counts."""

_READ_ONLY, _MULTILINE, _RADIO, _PUSH, _EDIT, _COMB = 1, 1 << 12, 1 << 15, 1 << 16, 1 << 18, 1 << 24
_BARCODE = re.compile(r"PDF417|BarCode", re.IGNORECASE)
_ROOTS = re.compile(r"^(?:form\d*|topmostSubform|F)\[0\]\.", re.IGNORECASE)
_SIZE = re.compile(r"([\d.]+)\s+Tf")
_DEEPEST = 32
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a list: the value that is stored, and the words that are shown."""

    stored: str
    shown: str


@dataclass(frozen=True, slots=True)
class Field:
    """One place to write or tick.

    ``key`` is the page and the field's name without its root, unique in the form, with ``#n`` where
    one field stands in several places. ``states`` are the values that tick a box. ``size`` is the
    form's own letter size in points, 0 when it leaves that to the program. ``align``: 0 left,
    1 centre, 2 right. ``value`` is what is in it now. ``scripted`` says that it has a format of its
    own, in its own words.
    """

    key: str
    page: int
    name: str
    kind: Kind
    rect: Rect
    tooltip: str = ""
    value: str = ""
    max_length: int | None = None
    comb: bool = False
    multiline: bool = False
    read_only: bool = False
    editable: bool = False
    align: int = 0
    size: float = 0.0
    states: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    scripted: str = ""

    @property
    def width(self) -> float:
        """In points."""
        return self.rect[2] - self.rect[0]

    @property
    def height(self) -> float:
        """In points."""
        return self.rect[3] - self.rect[1]


def read_fields(pdf: pikepdf.Pdf) -> tuple[Field, ...]:
    """Every field of the form, page after page, in the order of the file."""
    return tuple(field for field, _ in widgets(pdf))


def seen_boxes(pdf: pikepdf.Pdf) -> tuple[Rect, ...]:
    """What is seen of each page: its crop box (ISO 32000-2, 14.11.2)."""
    return tuple(_corners(page.cropbox) for page in pdf.pages)


def widgets(pdf: pikepdf.Pdf) -> Iterator[tuple[Field, pikepdf.Object]]:
    """Each field with the annotation that draws it."""
    seen: Counter[str] = Counter()
    for number, page in enumerate(pdf.pages, 1):
        for annotation in _items(page.obj.get("/Annots")):
            if not _is_widget(annotation):
                continue
            name = _name(annotation)
            key = f"{number}:{_ROOTS.sub('', name)}"
            seen[key] += 1
            if sum(seen.values()) > _MOST:
                return
            if seen[key] > 1:
                key = f"{key}#{seen[key]}"
            yield _field(key, number, name, annotation), annotation


def inherited(field: pikepdf.Object, key: str) -> pikepdf.Object | None:
    """A field's attribute, its own or that of a field above it."""
    for _ in range(_DEEPEST):
        if key in field:
            return field[key]
        above = field.get("/Parent")
        if not isinstance(above, Dictionary):
            return None
        field = above
    return None


def _field(key: str, page: int, name: str, annotation: pikepdf.Object) -> Field:
    flags = _whole(inherited(annotation, "/Ff")) or 0
    kind = _kind(annotation, name, flags)
    length = _whole(inherited(annotation, "/MaxLen"))
    size = _SIZE.search(_text(inherited(annotation, "/DA")))
    return Field(
        key=key,
        page=page,
        name=name,
        kind=kind,
        rect=_rect(annotation),
        tooltip=" ".join(_text(inherited(annotation, "/TU")).split()),
        value=_value(annotation, kind),
        max_length=length if length and length > 0 else None,
        comb=kind == "text" and bool(flags & _COMB) and bool(length),
        multiline=kind == "text" and bool(flags & _MULTILINE),
        read_only=bool(flags & _READ_ONLY),
        editable=kind == "choice" and bool(flags & _EDIT),
        align=_whole(inherited(annotation, "/Q")) or 0,
        size=float(size[1]) if size else 0.0,
        states=_states(annotation) if kind in ("check", "radio") else (),
        options=tuple(_options(annotation)) if kind == "choice" else (),
        scripted=_script(annotation),
    )


def brings_its_letters(look: pikepdf.Object) -> bool:
    """Whether an appearance has no letters, or the file embeds every font that they ask for."""
    if not isinstance(look, pikepdf.Stream) or b"BT" not in look.read_bytes():
        return True
    fonts = look.get("/Resources", Dictionary()).get("/Font", Dictionary())
    return bool(fonts) and all(_is_embedded(font) for _, font in fonts.items())


def _is_embedded(font: pikepdf.Object) -> bool:
    below = font.get("/DescendantFonts")
    descriptor = (font if below is None else below[0]).get("/FontDescriptor", Dictionary())
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _kind(annotation: pikepdf.Object, name: str, flags: int) -> Kind:
    sort = inherited(annotation, "/FT")
    if sort == Name.Tx:
        return "barcode" if _BARCODE.search(name) or "/PMD" in annotation else "text"
    if sort == Name.Btn:
        return "button" if flags & _PUSH else "radio" if flags & _RADIO else "check"
    return "choice" if sort == Name.Ch else "signature"


def _states(annotation: pikepdf.Object) -> tuple[str, ...]:
    """The names of the appearances that tick a box, without their slash; blanks are kept."""
    appearances = annotation.get("/AP")
    normal = appearances.get("/N") if isinstance(appearances, Dictionary) else None
    if not isinstance(normal, Dictionary) or isinstance(normal, pikepdf.Stream):
        return ()
    return tuple(key[1:] for key in normal.keys() if key != "/Off")  # noqa: SIM118


def _options(annotation: pikepdf.Object) -> Iterator[Option]:
    for option in _items(inherited(annotation, "/Opt")):
        pair = [_text(each) for each in _items(option)]
        if len(pair) == 2:
            yield Option(pair[0], pair[1])
        elif not isinstance(option, Array):
            yield Option(_text(option), _text(option))


def _value(annotation: pikepdf.Object, kind: Kind) -> str:
    """What is in the field; for a box the state that it shows, "" when it is not ticked."""
    if kind in ("check", "radio"):
        state = annotation.get("/AS")
        return "" if state is None or state == Name.Off else str(state)[1:]
    return _text(inherited(annotation, "/V"))


def _script(annotation: pikepdf.Object) -> str:
    """The script that formats the field as one types, "" when none."""
    actions = inherited(annotation, "/AA")
    formatting = actions.get("/F") if isinstance(actions, Dictionary) else None
    script = formatting.get("/JS") if isinstance(formatting, Dictionary) else None
    if isinstance(script, pikepdf.Stream):
        return ""
    return _text(script)


def _name(annotation: pikepdf.Object) -> str:
    parts: list[str] = []
    field: pikepdf.Object | None = annotation
    for _ in range(_DEEPEST):
        if not isinstance(field, Dictionary):
            break
        if "/T" in field:
            parts.append(_text(field["/T"]))
        field = field.get("/Parent")
    return ".".join(reversed(parts))


def _rect(annotation: pikepdf.Object) -> Rect:
    return _corners(annotation.get("/Rect"))


def _corners(box: object) -> Rect:
    corners = [float(each) for each in _items(box)]
    if len(corners) != 4:
        return (0.0, 0.0, 0.0, 0.0)
    x0, y0, x1, y1 = corners
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _is_widget(annotation: pikepdf.Object) -> bool:
    return isinstance(annotation, Dictionary) and annotation.get("/Subtype") == Name.Widget


def _items(value: object) -> list[pikepdf.Object]:
    return list(value.as_list()) if isinstance(value, Array) else []


def _whole(value: object) -> int | None:
    try:
        return None if value is None else int(value)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        return None


def _text(value: object) -> str:
    if value is None or isinstance(value, Dictionary | Array | pikepdf.Stream):
        return ""
    text = str(value)
    return text[1:] if isinstance(value, Name) else text
