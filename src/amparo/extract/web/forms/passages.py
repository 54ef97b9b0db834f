"""The field in which a person chooses the passage that something rests on."""

from __future__ import annotations

from django import forms

from amparo.extract.web.models import Pinpoint

__all__ = ["PassageField"]


class PassageField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among marked passages, each shown by its file, page and first words.

    It offers none until the form knows its matter (``marked_passages``).
    """

    def __init__(self, **kwargs: object) -> None:
        super().__init__(Pinpoint.objects.none(), required=False, **kwargs)  # type: ignore[arg-type]

    def label_from_instance(self, obj: Pinpoint) -> str:
        """The passage in words."""
        page = f", {obj.page}" if obj.page else ""
        return f"{obj.item}{page}: {obj.quote[:60]}"
