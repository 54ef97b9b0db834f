"""Writing a plan into the form: values, appearances and states, and nothing else of the file."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from amparo.filing.forms.blank.fields import Field, brings_its_letters, widgets
from amparo.filing.forms.blank.opening import free
from amparo.filing.forms.drawing.appearance import Pen
from amparo.filing.forms.drawing.fitting import place
from amparo.filing.forms.filling.planning import Entry

__all__ = ["save", "write_plan"]

_HIDDEN, _PRINT, _NO_VIEW = 2, 4, 32
_CROSS = b"q\n0 G\n1.2 w\n%.2f %.2f m\n%.2f %.2f l\n%.2f %.2f m\n%.2f %.2f l\nS\nQ\n"


def write_plan(pdf: pikepdf.Pdf, entries: Sequence[Entry]) -> None:
    """Write the entries into an open form and free it of what would hide or redraw them."""
    by_key = {entry.field.key: entry for entry in entries}
    pen = Pen(pdf)
    found = list(widgets(pdf))
    _part_namesakes(pdf, found, by_key)
    for field, annotation in found:
        _write(pdf, annotation, field, by_key, pen)
    if bool(pdf.Root.AcroForm.get("/NeedAppearances", False)):
        _draw_boxes(pdf, found)
    pen.finish()
    free(pdf)


def save(pdf: pikepdf.Pdf, sheets: bytes | None = None) -> bytes:
    """The form as bytes, without encryption, with continuation sheets behind its pages."""
    if sheets:
        with pikepdf.open(io.BytesIO(sheets)) as more:
            pdf.pages.extend(more.pages)
    out = io.BytesIO()
    pdf.save(out, encryption=False, deterministic_id=True)
    return out.getvalue()


def _write(
    pdf: pikepdf.Pdf,
    annotation: pikepdf.Object,
    field: Field,
    entries: Mapping[str, Entry],
    pen: Pen,
) -> None:
    entry = entries[field.key]
    if entry.status == "ticked":
        _tick(pdf, annotation, field, entry.state)
    elif entry.status == "unticked":
        _untick(annotation, field)
    elif entry.shown:
        _draw(annotation, field, entry, pen)


def _part_namesakes(
    pdf: pikepdf.Pdf, found: Sequence[tuple[Field, pikepdf.Object]], entries: Mapping[str, Entry]
) -> None:
    """Part fields of one name, which share one value, where they are to show different texts."""
    texts: dict[str, set[str]] = {}
    for field, _ in found:
        if field.kind in ("text", "choice"):
            texts.setdefault(field.name, set()).add(entries[field.key].shown)
    for number, (field, annotation) in enumerate(found):
        if "#" in field.key and len(texts.get(field.name, ())) > 1:
            own = str(annotation.T) if "/T" in annotation else "place"
            annotation.T = String(f"{own} {number}")
            annotation.V = String("")
            annotation.AP = Dictionary(N=_form(pdf, field, b""))


def _draw_boxes(pdf: pikepdf.Pdf, found: Sequence[tuple[Field, pikepdf.Object]]) -> None:
    """Boxes whose form asks viewers to draw them are drawn here, for nobody will later."""
    for field, annotation in found:
        if field.kind in ("check", "radio") and field.states:
            look = annotation.get("/MK", Dictionary())
            framed = "/BC" in look
            states = {"/Off": _box(pdf, field, framed=framed, ticked=False)}
            states |= {
                f"/{each}": _box(pdf, field, framed=framed, ticked=True) for each in field.states
            }
            annotation.AP = Dictionary(N=Dictionary(states))


def _box(pdf: pikepdf.Pdf, field: Field, *, framed: bool, ticked: bool) -> pikepdf.Object:
    width, height = field.width, field.height
    parts = [b"1 g\n0 0 %.2f %.2f re f\n" % (width, height) if framed else b""]
    parts.append(b"0 G\n1 w\n0.5 0.5 %.2f %.2f re S\n" % (width - 1, height - 1) if framed else b"")
    parts.append(_lines((0, 0, width, height)) if ticked else b"")
    return _form(pdf, field, b"".join(parts))


def _form(pdf: pikepdf.Pdf, field: Field, contents: bytes) -> pikepdf.Object:
    """An appearance of the field's size."""
    drawn = pdf.make_stream(contents)
    drawn.Type, drawn.Subtype = Name.XObject, Name.Form
    drawn.BBox = Array([0, 0, round(field.width, 3), round(field.height, 3)])
    return pdf.make_indirect(drawn)


def _lines(box: Sequence[float]) -> bytes:
    """The strokes of a cross in a box of two corners."""
    x0, y0, x1, y1 = box
    left, bottom = x0 + (x1 - x0) * 0.2, y0 + (y1 - y0) * 0.2
    right, top = x0 + (x1 - x0) * 0.8, y0 + (y1 - y0) * 0.8
    return _CROSS % (left, bottom, right, top, left, top, right, bottom)


def _draw(annotation: pikepdf.Object, field: Field, entry: Entry, pen: Pen) -> None:
    placed = place(entry.shown, _drawn_like(field))
    if placed is None:
        raise AssertionError(f"{field.key}: planned to fit and does not")
    owner = _owner(annotation)
    owner.V = String(entry.state if field.kind == "choice" else entry.shown)
    for key in ("/RV", "/I"):
        if key in owner:
            del owner[key]
    annotation.AP = Dictionary(N=pen.appearance(placed, field.width, field.height))
    _show(annotation)


def _drawn_like(field: Field) -> Field:
    """A list is drawn as a line of text: its longest choice is longer than its stored values."""
    return replace(field, max_length=None) if field.kind == "choice" else field


def _tick(pdf: pikepdf.Pdf, annotation: pikepdf.Object, field: Field, state: str) -> None:
    name = Name(f"/{state}")
    if not field.states:
        annotation.AP = Dictionary(
            N=Dictionary({f"/{state}": _box(pdf, field, framed=False, ticked=True)})
        )
    _cross_for_letter(pdf, annotation, f"/{state}")
    annotation.AS = name
    _owner(annotation).V = name
    _show(annotation)


def _cross_for_letter(pdf: pikepdf.Pdf, annotation: pikepdf.Object, state: str) -> None:
    """A tick that is a letter of a font outside the file becomes a cross of strokes.

    A viewer or printer without that font (ZapfDingbats, most often) shows an empty box.
    """
    looks = annotation.AP.N
    look = looks.get(state)
    if look is None or brings_its_letters(look):
        return
    own = pdf.make_stream(_without_letters(look) + b"\n" + _lines([float(x) for x in look.BBox]))
    own.Type, own.Subtype, own.BBox = Name.XObject, Name.Form, look.BBox
    if "/Matrix" in look:
        own.Matrix = look.Matrix
    looks[state] = pdf.make_indirect(own)


def _without_letters(look: pikepdf.Object) -> bytes:
    """What an appearance draws before and after its letters: its frame and ground."""
    kept, inside = [], False
    for step in pikepdf.parse_content_stream(look):
        operator = str(step.operator)
        inside = inside or operator == "BT"
        if not inside:
            kept.append(step)
        inside = inside and operator != "ET"
    return pikepdf.unparse_content_stream(kept)


def _untick(annotation: pikepdf.Object, field: Field) -> None:
    annotation.AS = Name.Off
    if field.kind == "check" and "/T" in annotation:
        annotation.V = Name.Off


def _owner(annotation: pikepdf.Object) -> pikepdf.Object:
    """The field that has the value: the annotation itself, or the one above that names it."""
    return annotation if "/T" in annotation else annotation.get("/Parent", annotation)


def _show(annotation: pikepdf.Object) -> None:
    """A filled field is seen and printed."""
    flags = int(annotation.get("/F", 0))
    annotation.F = (flags | _PRINT) & ~(_HIDDEN | _NO_VIEW)
