"""Opening a form: only what can be filled truly is opened, and everything else is refused aloud."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name

from amparo.base.errors import UnreadableFile
from amparo.filing.forms.blank.fields import inherited, widgets

__all__ = ["free", "open_form"]

_AGAIN = "Fetch the blank form again from the agency's own site."


def open_form(data: bytes, *, filling: bool = False) -> pikepdf.Pdf:
    """Open a form from its bytes; with ``filling`` also refuse what may not be changed.

    Raises UnreadableFile with a sentence for a person.
    """
    if b"%PDF-" not in data[:8192]:
        raise UnreadableFile("This is not a PDF: the header of a PDF is missing.", next_step=_AGAIN)
    try:
        pdf = pikepdf.open(io.BytesIO(data))
        pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise UnreadableFile(
            "The form is locked with a password.",
            next_step="The agencies' own forms need none: fetch the blank form from their site.",
        ) from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise UnreadableFile(
            "The PDF is damaged and cannot be opened.", next_step=_AGAIN
        ) from error
    if not pages:
        raise UnreadableFile("The PDF has no pages.", next_step=_AGAIN)
    damaged = any("damaged" in str(each).lower() for each in pdf.get_warnings())
    if damaged and (filling or next(widgets(pdf), None) is None):
        raise UnreadableFile(
            "The PDF is damaged; parts of the form may be missing, so it is not filled.",
            next_step=_AGAIN,
        )
    _refuse_without_fields(pdf)
    if filling and _is_signed(pdf):
        raise UnreadableFile(
            "The form carries a digital signature, which any change would break.",
            next_step="Start again from a blank form.",
        )
    return pdf


def _refuse_without_fields(pdf: pikepdf.Pdf) -> None:
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/XFA" in form and _draws_itself(pdf):
        raise UnreadableFile(
            "The form draws its pages only in Adobe's own reader (dynamic XFA).",
            next_step="Ask the agency for a version with ordinary fields, or fill it in there.",
        )
    if next(widgets(pdf), None) is None:
        raise UnreadableFile(
            "The PDF has no fields to fill in: it was flattened, printed or scanned.",
            next_step=_AGAIN,
        )


def _draws_itself(pdf: pikepdf.Pdf) -> bool:
    """Whether the pages are made from XFA alone: no field stands on any page."""
    return bool(pdf.Root.get("/NeedsRendering", False)) or next(widgets(pdf), None) is None


def _is_signed(pdf: pikepdf.Pdf) -> bool:
    """Whether a signature field has a value, or the document is certified."""
    permissions = pdf.Root.get("/Perms")
    if isinstance(permissions, Dictionary) and "/DocMDP" in permissions:
        return True
    for field, annotation in widgets(pdf):
        if field.kind == "signature" and inherited(annotation, "/V") is not None:
            return True
    return False


def free(pdf: pikepdf.Pdf) -> None:
    """Take away what makes viewers show a filled form as blank or redraw it.

    XFA (viewers that know it ignore the fields), usage rights (broken by any change, they make
    Adobe's reader refuse), signature flags, and the wish for new appearances, which would destroy
    the barcodes.
    """
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        _drop(form, "/XFA", "/SigFlags", "/NeedAppearances", "/CO")
    _drop(pdf.Root, "/Perms", "/NeedsRendering", "/Extensions")
    _quiet_start(pdf)


def _quiet_start(pdf: pikepdf.Pdf) -> None:
    """No script runs when the filled form is opened: it could clear or change what was written."""
    for key in ("/OpenAction", "/AA"):
        action = pdf.Root.get(key)
        if action is not None and not isinstance(action, Array):
            del pdf.Root[key]
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary):
        _drop(names, "/JavaScript")
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", Array()):
            if isinstance(annotation, Dictionary) and annotation.get("/Subtype") == Name.Widget:
                _drop(annotation, "/AA", "/A")


def _drop(holder: pikepdf.Object, *keys: str) -> None:
    for key in keys:
        if key in holder:
            del holder[key]
