"""Forms about custody and packages. They check the shape; actions decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.base.web.forms import offer
from amparo.evidence.custody import vocabulary
from amparo.evidence.web.forms.fields import LATIN, line, when
from amparo.evidence.web.words import kind_label

__all__ = ["CustodyForm", "ExportForm", "ImportForm"]


class CustodyForm(forms.Form):
    """Something that was done with a file outside the program."""

    kind = forms.ChoiceField(label=_("What was done"))
    purpose = line(_("Purpose"), help_text=_("Why, and to or from whom."))
    by_whom = line(_("By whom, if not by you"))
    occurred_at = when()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind.name for kind in vocabulary().values() if kind.by == "person"]
        offer(self, "kind", [(kind, kind_label(kind)) for kind in kinds])


class ExportForm(forms.Form):
    """What a package is for."""

    purpose = line(
        _("What for"), help_text=_("It is written into the package and into the ledger.")
    )


class ImportForm(forms.Form):
    """Someone else's package, as one zip file."""

    package = forms.FileField(label=_("The package, as a zip file"))
    fingerprint = forms.CharField(
        label=_("Fingerprint of the sender's key"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=LATIN),
        help_text=_(
            "As the sender gave it to you by another way. Without it, anybody could have sealed it."
        ),
    )
