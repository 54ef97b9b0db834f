"""Forms about readings and pinpoints."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.base.languages import language

__all__ = ["AreaForm", "PassageForm", "RecogniseForm", "page_numbers"]

OCR_LANGUAGES = ("ar", "en", "es", "fr", "ru", "uk")
_RANGE = re.compile(r"(\d+)(?:[-–](\d+))?")


class PassageForm(forms.Form):
    """A stretch of a page's text, as offsets of characters."""

    page = forms.IntegerField(min_value=1)
    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)
    reading = forms.UUIDField(required=False)
    note = forms.CharField(required=False, max_length=2000)


class AreaForm(forms.Form):
    """A rectangle of a page, in points from its top left corner."""

    page = forms.IntegerField(min_value=1)
    x0 = forms.FloatField(min_value=0)
    y0 = forms.FloatField(min_value=0)
    x1 = forms.FloatField(min_value=0)
    y1 = forms.FloatField(min_value=0)
    note = forms.CharField(required=False, max_length=2000)


class RecogniseForm(forms.Form):
    """Which pages are recognised again, and in which languages."""

    pages = forms.CharField(
        label=gettext_lazy("Pages"),
        required=False,
        help_text=gettext_lazy("1, 4-6; empty for all that wait."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        required=False,
        help_text=gettext_lazy("None chosen: found page by page."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, last: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._last = last
        choices = [(code, language(code).own) for code in OCR_LANGUAGES]
        self.fields["languages"].choices = choices  # type: ignore[attr-defined]

    def clean_pages(self) -> list[int]:
        """The pages as numbers, in order, each once."""
        numbers = page_numbers(self.cleaned_data["pages"], self._last)
        if numbers is None:
            raise forms.ValidationError(
                _("Write pages as 1, 4-6; the last page is %(last)s.") % {"last": self._last}
            )
        return numbers


def page_numbers(text: str, last: int) -> list[int] | None:
    """Read ``1, 4-6`` as numbers up to ``last``; None for anything else."""
    numbers: set[int] = set()
    for part in re.sub(r"\s*([-–])\s*", r"\1", text).replace("،", ",").replace(",", " ").split():
        match = _RANGE.fullmatch(part)
        if not match:
            return None
        first, final = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= final <= last:
            return None
        numbers.update(range(first, final + 1))
    return sorted(numbers)
