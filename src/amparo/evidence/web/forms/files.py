"""Forms about evidence. They check the shape; actions decide."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.base.web.forms import GivenDate, offer
from amparo.evidence.web.actions.intake import Provenance
from amparo.evidence.web.forms.fields import line
from amparo.evidence.web.models import Item
from amparo.evidence.web.queries import Choices, Filter
from amparo.search.web.labels import kind_label, language_label

__all__ = ["SORTS", "FilterForm", "ProvenanceForm"]

ANY = ("", _("Any"))
SORTS = {
    "newest": _("Newest first"),
    "oldest": _("Oldest first"),
    "name": _("Name, A to Z"),
    "-name": _("Name, Z to A"),
    "type": _("Type"),
    "status": _("Status"),
}


class FilterForm(forms.Form):
    """What the list of a matter's evidence is narrowed to."""

    q = forms.CharField(label=_("Name"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Type"), required=False)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[ANY, *Item.Status.choices]
    )
    tag = forms.ChoiceField(label=_("Tag"), required=False)
    collection = forms.ChoiceField(label=_("Collection"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    order = forms.ChoiceField(label=_("Sorted by"), required=False, choices=list(SORTS.items()))
    intake = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: object, *, there: Choices) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self._narrow("kind", [(kind, kind_label(kind)) for kind in there.kinds])
        self._narrow("tag", [(tag.name, tag.name) for tag in there.tags])
        self._narrow("collection", [(each.name, each.name) for each in there.collections])
        languages = [(each.code, language_label(each.code)) for each in there.languages]
        self._narrow("language", languages)
        self.fields["q"].widget.attrs["dir"] = "auto"

    def wanted(self) -> Filter:
        """The filter; what is not a choice does not narrow."""
        self.is_valid()
        chosen = self.cleaned_data
        return Filter(
            text=chosen.get("q", ""),
            kind=chosen.get("kind", ""),
            status=chosen.get("status", ""),
            tag=chosen.get("tag", ""),
            language=chosen.get("language", ""),
            intake=str(chosen.get("intake") or ""),
            collection=chosen.get("collection", ""),
        )

    def _narrow(self, name: str, choices: list[tuple[str, str]]) -> None:
        offer(self, name, [ANY, *choices])


class ProvenanceForm(forms.Form):
    """How a delivery came."""

    from_whom = line(_("From whom"))
    occurred_at = GivenDate(
        label=_("When it was received"),
        required=False,
        help_text=_("As exactly as you know: 3 May 2026, May 2026, about 2026."),
    )
    place = line(_("Where"))
    method = line(_("How"), most=120, help_text=_("In person, by mail, from a telephone."))
    device = line(_("Device or medium"), most=200)
    is_reconstruction = forms.BooleanField(
        label=_("I write this down later, from memory or notes"), required=False
    )

    def provenance(self) -> Provenance:
        """What was said; call it when the form is valid."""
        return Provenance(**self.cleaned_data)
