"""Fields that forms about custody share: lines, texts, moments, files of the matter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.base.web.forms import GivenDate, offer_rows
from amparo.evidence.web.models import Item
from amparo.matters.web.models import Matter

__all__ = ["ANY_SCRIPT", "LATIN", "FilesField", "line", "offer_files", "text", "when"]

ANY_SCRIPT = {"dir": "auto"}
LATIN = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}


def line(label: Any, *, most: int = 300, required: bool = False, help_text: Any = "") -> Any:
    """One line in any script."""
    widget = forms.TextInput(attrs=ANY_SCRIPT)
    return forms.CharField(
        label=label, max_length=most, required=required, widget=widget, help_text=help_text
    )


def text(label: Any, *, required: bool = False, help_text: Any = "", rows: int = 3) -> Any:
    """Several lines in any script."""
    widget = forms.Textarea(attrs={**ANY_SCRIPT, "rows": rows})
    return forms.CharField(
        label=label, max_length=20_000, required=required, widget=widget, help_text=help_text
    )


def when(label: Any = None) -> Any:
    """When it happened, as a person gives it; nothing is the present moment."""
    return GivenDate(
        label=label or _("When"),
        required=False,
        help_text=_("As exactly as you know: 3 May 2026, May 2026, about 2026. Empty: now."),
    )


class FilesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Files of the matter, by name."""

    def __init__(self, label: Any, help_text: Any = "") -> None:
        super().__init__(
            queryset=Item.objects.none(), label=label, required=False, help_text=help_text
        )
        self.widget.attrs["size"] = 6


def offer_files(form: forms.Form, name: str, matter: Matter, *, pictures: bool = False) -> None:
    """Let the field ``name`` choose among the newest files of ``matter``."""
    rows = matter.items.exclude(status=Item.Status.DISPOSED)
    if pictures:
        rows = rows.filter(media_type__startswith="image/")
    newest = list(rows.order_by("-received_at").values_list("pk", flat=True)[:500])
    offer_rows(form, name, Item.objects.filter(pk__in=newest).order_by("-received_at"))
