"""The form about keys that are trusted. It checks the shape; the action decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

__all__ = ["KeyForm"]

_LONGEST = 2 * 1024 * 1024


class KeyForm(forms.Form):
    """A public key or certificate, pasted or as a file."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy("Whose it is, as your team says it. Pages show this name."),
    )
    text = forms.CharField(
        label=gettext_lazy("Key or certificate"),
        max_length=_LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "dir": "ltr"}),
        help_text=gettext_lazy(
            "Certificates (PEM), such as the trust list of an authority, an OpenPGP public key or "
            "a minisign public key. Ask its owner by another way, by telephone or in person, "
            "whether its fingerprint is right."
        ),
    )
    file = forms.FileField(label=gettext_lazy("Or as a file"), required=False)

    def clean(self) -> dict[str, Any]:
        """Take the text from the file when one is given."""
        cleaned: dict[str, Any] = super().clean() or {}
        given = cleaned.get("file")
        if given is not None:
            if given.size > _LONGEST:
                raise ValidationError(_("The file is far too large for a key."))
            cleaned["text"] = given.read().decode("utf-8", "replace")
        if not cleaned.get("text", "").strip():
            self.add_error("text", _("Paste the key, or choose its file."))
        return cleaned
