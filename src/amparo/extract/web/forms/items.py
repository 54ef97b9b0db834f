"""Forms about readings and pinpoints."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.base.errors import UsageError
from amparo.base.languages import language
from amparo.base.web.forms import offer
from amparo.extract.recordings.transcripts import from_text

__all__ = [
    "OCR_LANGUAGES",
    "AreaForm",
    "PassageForm",
    "RecogniseForm",
    "SubtitlesForm",
    "TranscriptForm",
    "page_numbers",
]

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
        offer(self, "languages", choices)

    def clean_pages(self) -> list[int]:
        """The pages as numbers, in order, each once."""
        numbers = page_numbers(self.cleaned_data["pages"], self._last)
        if numbers is None:
            raise forms.ValidationError(
                _("Write pages as 1, 4-6; the last page is %(last)s.") % {"last": self._last}
            )
        return numbers


def _spoken_languages() -> list[tuple[str, str]]:
    known = [(code, language(code).own) for code in OCR_LANGUAGES]
    return [("", gettext_lazy("Not known")), *known]  # type: ignore[list-item]


class TranscriptForm(forms.Form):
    """A transcript as people edit it; ``lines`` of the cleaned data are its values."""

    text = forms.CharField(
        label=gettext_lazy("What is said"),
        max_length=4_000_000,
        help_text=gettext_lazy(
            "One line for each stretch of speech: [0:12.5 - 0:15] Speaker: words."
        ),
        widget=forms.Textarea(attrs={"rows": 18, "dir": "auto", "spellcheck": "true"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), required=False, choices=_spoken_languages
    )
    note = forms.CharField(
        label=gettext_lazy("What was changed, and why"), required=False, max_length=300
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Read the lines; the one that is wrong is named."""
        text: str = self.cleaned_data["text"]
        try:
            self.cleaned_data["lines"] = from_text(text)
        except UsageError as error:
            raise forms.ValidationError(f"{error.message} {error.next_step}".strip()) from error
        return text


class SubtitlesForm(forms.Form):
    """A file of subtitles, SubRip or WebVTT."""

    file = forms.FileField(
        label=gettext_lazy("File of subtitles"),
        help_text=gettext_lazy("SubRip (.srt) or WebVTT (.vtt), at most 5 MB."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), required=False, choices=_spoken_languages
    )

    def clean_file(self) -> Any:
        """A file small enough to be subtitles."""
        file = self.cleaned_data["file"]
        if file.size > 5_000_000:
            raise forms.ValidationError(_("The file is larger than 5 MB; subtitles are not."))
        return file


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
