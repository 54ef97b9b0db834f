"""What kinds, languages and years are called on a page."""

from __future__ import annotations

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from amparo.base.dates import display, parse
from amparo.base.errors import AmparoError
from amparo.base.languages import language

__all__ = ["KIND_LABELS", "date_label", "kind_label", "language_label", "year_label"]

KIND_LABELS = {
    "pdf": _("PDF"),
    "word": _("Text document"),
    "sheet": _("Spreadsheet"),
    "slides": _("Slides"),
    "mail": _("E-mail"),
    "picture": _("Picture"),
    "sound": _("Sound"),
    "video": _("Video"),
    "web": _("Web page"),
    "archive": _("Archive"),
    "text": _("Plain text"),
    "note": _("Note"),
    "calendar": _("Calendar or contacts"),
    "other": _("Other"),
}


def kind_label(kind: str) -> str:
    """The kind in the page's language."""
    return str(KIND_LABELS.get(kind, KIND_LABELS["other"]))


def language_label(code: str) -> str:
    """The language's name in the page's language where it is known, else its English name."""
    return gettext(language(code).english) if code else gettext("Not known")


def year_label(year: int | None) -> str:
    """The year as digits."""
    return str(year) if year is not None else gettext("No date")


def date_label(date: str) -> str:
    """A passage's date in words, as exact as it was given."""
    try:
        return display(parse(date), get_language() or "en") if date else ""
    except AmparoError:
        return date
