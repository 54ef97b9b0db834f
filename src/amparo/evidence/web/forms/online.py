"""The papers of an online investigation, asked as ``online.yaml`` describes them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.evidence.custody import online
from amparo.evidence.web.forms.fields import LATIN, line, text, when

__all__ = ["PaperForm"]


class PaperForm(forms.Form):
    """A paper of ``online.yaml``, its questions in their order."""

    def __init__(self, *args: Any, asked: online.Form, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in asked.fields:
            self.fields[each.key] = _question(each)
        if asked.many:
            self.fields["occurred_at"] = when(_("When it was done"))

    def answers(self) -> dict[str, str]:
        """What was filled in, without the date."""
        told = self.cleaned_data
        return {key: str(value) for key, value in told.items() if key != "occurred_at"}


def _question(field: online.Field) -> forms.Field:
    label, help_text = gettext(field.label), gettext(field.help) if field.help else ""
    if field.kind == "text":
        made: forms.Field = text(label, required=field.required, help_text=help_text)
    elif field.kind == "choice":
        choices = [("", gettext("Choose")), *((each, gettext(each)) for each in field.options)]
        made = forms.ChoiceField(
            label=label, choices=choices, required=field.required, help_text=help_text
        )
    elif field.kind == "line":
        made = line(label, most=2000, required=field.required, help_text=help_text)
    else:
        widget = forms.TextInput(attrs=LATIN)
        made = forms.CharField(
            label=label,
            max_length=2000,
            required=field.required,
            help_text=help_text,
            widget=widget,
        )
    return made
