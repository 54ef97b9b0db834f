"""A field that the forms of several slices share: a date as people give it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from amparo.base import dates
from amparo.base.errors import UsageError

__all__ = ["GivenDate"]


class GivenDate(forms.CharField):
    """A date that is kept as EDTF, as inexact as it was given; "" when none was.

    What can be read in two ways is asked back.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 80, **kwargs})

    def clean(self, value: Any) -> str:
        """The date as EDTF."""
        typed: str = super().clean(value)
        try:
            return dates.from_person(typed).text if typed else ""
        except UsageError as error:
            raise ValidationError(str(error)) from error
