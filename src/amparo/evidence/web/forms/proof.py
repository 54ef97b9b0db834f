"""Forms about custody and packages. They check the shape; actions decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from amparo.base import dates
from amparo.base.errors import UsageError
from amparo.evidence.custody import vocabulary
from amparo.evidence.web.words import kind_label

__all__ = ["CustodyForm", "ExportForm", "ImportForm"]

_ANY_SCRIPT = {"dir": "auto"}


class CustodyForm(forms.Form):
    """Something that was done with a file outside the program."""

    kind = forms.ChoiceField(label=_("What was done"))
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs=_ANY_SCRIPT),
        help_text=_("Why, and to or from whom."),
    )
    by_whom = forms.CharField(
        label=_("By whom, if not by you"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs=_ANY_SCRIPT),
    )
    occurred_at = forms.CharField(
        label=_("When"),
        max_length=80,
        required=False,
        help_text=_("As exactly as you know: 3 May 2026, May 2026, about 2026. Empty: now."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        kinds = [kind.name for kind in vocabulary().values() if kind.by == "person"]
        field.choices = [(kind, kind_label(kind)) for kind in kinds]

    def clean_occurred_at(self) -> str:
        """The date as EDTF."""
        typed: str = self.cleaned_data["occurred_at"]
        if not typed:
            return ""
        try:
            return dates.from_person(typed).text
        except UsageError as error:
            raise ValidationError(str(error)) from error


class ExportForm(forms.Form):
    """What a package is for."""

    purpose = forms.CharField(
        label=_("What for"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs=_ANY_SCRIPT),
        help_text=_("It is written into the package and into the ledger."),
    )


class ImportForm(forms.Form):
    """Someone else's package, as one zip file."""

    package = forms.FileField(label=_("The package, as a zip file"))
    fingerprint = forms.CharField(
        label=_("Fingerprint of the sender's key"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "As the sender gave it to you by another way. Without it, anybody could have sealed it."
        ),
    )
