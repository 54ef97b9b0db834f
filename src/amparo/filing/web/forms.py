"""Forms about bundles. They check the shape; actions decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from amparo.base.errors import UsageError
from amparo.base.languages import INTERFACE_LANGUAGES
from amparo.base.web.forms import offer
from amparo.filing.bundle.numbering import letters
from amparo.filing.bundle.profiles import Profile, load, names
from amparo.filing.web.exhibits import PREFIX
from amparo.filing.web.models import Bundle

__all__ = ["BundleForm", "CoverForm", "FindForm", "IndexForm"]

_ANY_SCRIPT = {"dir": "auto"}
_LARGEST_INDEX = 2_000_000


class BundleForm(forms.Form):
    """What a bundle is called and for whom it is."""

    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        widget=forms.TextInput(attrs=_ANY_SCRIPT),
        help_text=_("As it stands on the cover."),
    )
    profile = forms.ChoiceField(label=_("Court or body"))
    language = forms.ChoiceField(
        label=_("Language of cover and index"),
        required=False,
        choices=[("", _("As the court or body wants it"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "profile", [(name, load(name).title) for name in names()])
        languages = [(each.code, each.own) for each in INTERFACE_LANGUAGES]
        offer(self, "language", [("", _("As the court or body wants it")), *languages])

    def clean(self) -> dict[str, Any] | None:
        """The language must be one that the profile takes."""
        cleaned = super().clean() or {}
        try:
            load(cleaned.get("profile", "generic"), cleaned.get("language", ""))
        except UsageError as error:
            raise ValidationError(str(error)) from error
        return cleaned


class CoverForm(forms.Form):
    """The lines of the cover that a profile asks for, and its certificates."""

    def __init__(self, *args: Any, profile: Profile, bundle: Bundle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.profile = profile
        self.certificate_keys = list(profile.certificates)
        for each in profile.cover.fields:
            self.fields[f"field-{each.key}"] = forms.CharField(
                label=each.label or each.key,
                required=False,
                initial=bundle.fields.get(each.key, each.default),
                widget=_widget(each.key),
            )
        self.fields[f"field-{PREFIX}"] = forms.CharField(
            label=_("Before each page’s number"),
            max_length=30,
            required=False,
            initial=bundle.fields.get(PREFIX, ""),
            validators=[_can_be_printed],
            widget=forms.TextInput(attrs={"dir": "ltr", "placeholder": profile.numbering.prefix}),
            help_text=_("Letters, digits and - . / : _ for numbers such as ABC-0001."),
        )
        for key, certificate in profile.certificates.items():
            self.fields[f"certificate-{key}"] = forms.BooleanField(
                label=certificate.title,
                required=False,
                initial=certificate.include or key in bundle.certificates,
                disabled=certificate.include,
            )

    def said(self) -> dict[str, str]:
        """The lines of the cover, by key."""
        data = self.cleaned_data
        keys = [each.key for each in self.profile.cover.fields]
        return {key: data[f"field-{key}"] for key in [*keys, PREFIX]}

    def certificates(self) -> list[str]:
        """The certificates asked for, by key."""
        return [key for key in self.certificate_keys if self.cleaned_data[f"certificate-{key}"]]


class FindForm(forms.Form):
    """What to look for among the matter's files."""

    q = forms.CharField(
        label=_("Name or title"), required=False, widget=forms.TextInput(attrs=_ANY_SCRIPT)
    )


class IndexForm(forms.Form):
    """An index as a spreadsheet's CSV."""

    index = forms.FileField(
        label=_("Index as CSV"), help_text=_("With the columns tab, file, description, date.")
    )

    def clean_index(self) -> bytes:
        """The bytes of the file."""
        upload = self.cleaned_data["index"]
        if upload.size > _LARGEST_INDEX:
            raise ValidationError(_("An index is not larger than 2 MB."))
        return bytes(upload.read())


def _can_be_printed(prefix: str) -> None:
    """Refuse letters that numbers cannot be set in."""
    try:
        letters().require(prefix)
    except UsageError as error:
        raise ValidationError(str(error)) from error


def _widget(key: str) -> forms.Widget:
    if key == "counsel":
        return forms.Textarea(attrs={"rows": 4, **_ANY_SCRIPT})
    return forms.TextInput(attrs=_ANY_SCRIPT)
