"""Verification: the filled form is opened again as a stranger's file and compared with the blank.

Nothing is taken from the filling but what it meant (``Entry``). Two witnesses are heard: qpdf says
what is in the file, pdfium how the pages look. A form that fails any check is not offered.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Dictionary, Name, Stream

from amparo.filing.forms.blank.fields import Field, brings_its_letters, inherited, widgets
from amparo.filing.forms.filling.overflow import Remainder
from amparo.filing.forms.filling.planning import Entry
from amparo.filing.forms.verification.findings import Comparing, Report
from amparo.filing.forms.verification.rendered import compare_pages

__all__ = ["verify"]

_WHOLE = ("", 0)


def verify(
    blank: bytes, filled: bytes, entries: Sequence[Entry], sheets: Sequence[Remainder] = ()
) -> Report:
    """Compare a filled form with its blank and with what was meant."""
    comparing = Comparing()
    try:
        before, after = _opened(blank), _opened(filled)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError) as error:
        comparing.expect("opens", False, _WHOLE, f"it does not open: {error}", "a PDF that opens")
        return comparing.report()
    with before, after:
        redrawn = bool(before.Root.get("/AcroForm", Dictionary()).get("/NeedAppearances", False))
        pages, found = len(before.pages), len(after.pages)
        comparing.expect("opens", _enough(pages, found, sheets), _WHOLE, found, pages)
        _freed(after, comparing)
        blanks, filleds = list(widgets(before)), list(widgets(after))
        same = len(blanks) == len(filleds)
        comparing.expect("opens", same, _WHOLE, f"{len(filleds)} fields", f"{len(blanks)} fields")
        meant = {entry.field.key: entry for entry in entries}
        drawn = _as_stored(before) if redrawn else blank
        for blank_one, filled_one in zip(blanks, filleds, strict=False):
            if blank_one[0].key in meant:
                _field(meant[blank_one[0].key], blank_one, filled_one, comparing)
    if found >= pages:
        compare_pages(drawn, filled, pages, entries, sheets, comparing, redrawn=redrawn)
    return comparing.report()


def _opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def _as_stored(blank: pikepdf.Pdf) -> bytes:
    """The blank without its wish that viewers draw its fields anew, which would lose barcodes."""
    del blank.Root.AcroForm["/NeedAppearances"]
    out = io.BytesIO()
    blank.save(out, encryption=False)
    return out.getvalue()


def _enough(pages: int, found: int, sheets: Sequence[Remainder]) -> bool:
    return found > pages if sheets else found == pages


def _freed(pdf: pikepdf.Pdf, comparing: Comparing) -> None:
    form = pdf.Root.get("/AcroForm", Dictionary())
    left = [key for key in ("/XFA", "/SigFlags", "/NeedAppearances") if key in form]
    left += [key for key in ("/Perms", "/NeedsRendering") if key in pdf.Root]
    left += ["/Encrypt"] if pdf.is_encrypted else []
    comparing.expect("freed", not left, _WHOLE, ", ".join(left), "none of these")


def _field(
    entry: Entry,
    before: tuple[Field, pikepdf.Object],
    after: tuple[Field, pikepdf.Object],
    comparing: Comparing,
) -> None:
    where = (entry.field.key, entry.field.page)
    (blank, blank_widget), (field, widget) = before, after
    if blank.kind == "barcode":
        _barcode(blank_widget, widget, where, comparing)
        return
    meant = _meant(entry, blank)
    comparing.expect("value", field.value == meant, where, field.value, meant)
    comparing.expect("value", field.rect == blank.rect, where, field.rect, blank.rect)
    if entry.status == "ticked":
        state = _stored(widget)
        comparing.expect("value", state == entry.state, where, state, entry.state)
        shows = entry.state in field.states and _shows_tick(widget, entry.state)
        comparing.expect("appearance", shows, where, "no tick of its own", entry.state)
    elif entry.shown:
        shows = _shows_text(widget)
        comparing.expect("appearance", shows, where, "no appearance", "an appearance with text")


def _meant(entry: Entry, blank: Field) -> str:
    if entry.status == "ticked":
        return entry.state
    if entry.status == "unticked":
        return ""
    if not entry.shown:
        return blank.value
    return entry.state if blank.kind == "choice" else entry.shown


def _stored(widget: pikepdf.Object) -> str:
    """The value of a box's field, without its slash."""
    value = inherited(widget, "/V")
    return str(value)[1:] if isinstance(value, Name) else str(value or "")


def _shows_text(widget: pikepdf.Object) -> bool:
    """Whether the appearance shows text with fonts that are embedded."""
    appearances = widget.get("/AP")
    normal = appearances.get("/N") if isinstance(appearances, Dictionary) else None
    if not isinstance(normal, Stream) or b"TJ" not in normal.read_bytes():
        return False
    return brings_its_letters(normal)


def _shows_tick(widget: pikepdf.Object, state: str) -> bool:
    """Whether the tick is seen in every viewer, with fonts of its own or none."""
    look = widget.AP.N.get(f"/{state}")
    return look is not None and brings_its_letters(look)


def _barcode(
    before: pikepdf.Object, after: pikepdf.Object, where: tuple[str, int], comparing: Comparing
) -> None:
    """Value and every byte of the appearance, pictures included."""
    values = [str(inherited(each, "/V") or "") for each in (before, after)]
    comparing.expect("barcode", values[0] == values[1], where, values[1], values[0])
    had, has = (list(_streams(each.get("/AP"))) for each in (before, after))
    comparing.expect("barcode", had == has, where, f"{len(has)} other streams", "the blank's")


def _streams(value: object, depth: int = 0) -> Iterator[bytes]:
    """The decoded bytes of all streams below an appearance, in order."""
    if depth > 8:
        return
    if isinstance(value, Stream):
        yield value.read_bytes()
    if isinstance(value, Dictionary | Stream):
        for key in sorted(value.keys()):
            if key not in ("/Parent", "/P"):
                yield from _streams(value[key], depth + 1)
