"""Forms about translations and their certificates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.base.languages import content_languages, language
from amparo.base.web.forms import offer
from amparo.extract.translations.certificate import kinds
from amparo.search.web.labels import language_label

__all__ = ["CertificateForm", "DraftForm", "PasteForm", "WorkForm", "language_choices"]


def language_choices() -> list[tuple[str, str]]:
    """Every language that has a name, by what it is called on the page."""
    named = [(each.code, language_label(each.code)) for each in content_languages()]
    return [("", "—"), *sorted(named, key=lambda pair: pair[1].casefold())]


class WorkForm(forms.Form):
    """Who translated from which language. ``passages`` tells whether the text changed meanwhile."""

    source = forms.ChoiceField(
        label=_("Language of the original"), required=False, choices=language_choices
    )
    translator = forms.CharField(
        label=_("Translator"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("What was changed, and why"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    target = forms.CharField(max_length=12, widget=forms.HiddenInput)
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)
    passages = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_target(self) -> str:
        """A language that there is."""
        code: str = self.cleaned_data["target"]
        if language(code).english == code:
            raise forms.ValidationError(_("There is no such language."))
        return language(code).code


class PasteForm(WorkForm):
    """A whole translation, its paragraphs parted by blank lines."""

    text = forms.CharField(
        label=_("The whole translation"),
        max_length=2_000_000,
        help_text=_("A blank line between paragraphs, in the order of the original's passages."),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "spellcheck": "true"}),
    )
    field_order = ["text", "source", "translator", "note"]


class DraftForm(forms.Form):
    """Which model is to draft what waits for words, of those for these two languages."""

    model = forms.ChoiceField(label=_("Model"))

    def __init__(self, *args: Any, models: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "model", [(each, each) for each in models])


class CertificateForm(forms.Form):
    """What the translator says and is reached by."""

    kind = forms.ChoiceField(label=_("Where it is filed"))
    documents = forms.CharField(
        label=_("The document, as a person would name it"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    translator = forms.CharField(label=_("Name of the translator"), max_length=200)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    telephone = forms.CharField(label=_("Telephone number"), max_length=60, required=False)
    competence = forms.CharField(
        label=_("Why the translator is competent, in their words"),
        max_length=600,
        required=False,
        help_text=_("A sentence in the language of the certificate, or nothing."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    dated = forms.CharField(
        label=_("Date of signing"),
        max_length=60,
        required=False,
        help_text=_("Empty for a line to write on."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(each.id, each.title) for each in kinds().values()]
        offer(self, "kind", titles)
