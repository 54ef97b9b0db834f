"""Forms of a check for conflicts of interest."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.linkage.web.models import ConflictRuling

__all__ = ["CheckForm", "RequestForm", "RulingForm"]


class CheckForm(forms.Form):
    """What is asked besides the parties' names."""

    further = forms.CharField(
        label=_("Further names, one a line"),
        required=False,
        max_length=5_000,
        help_text=_(
            "Other names of a party, relatives, firms, and whoever else stands behind them."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class RequestForm(forms.Form):
    """What is told to those who decide."""

    note = forms.CharField(
        label=_("A note to them"),
        required=False,
        max_length=1_000,
        help_text=_("They read the names that were hit, who you are, and this note."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class RulingForm(forms.Form):
    """A decision on a hit."""

    verdict = forms.ChoiceField(
        label=_("Decision"), choices=ConflictRuling.Verdict.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
