"""What the forms of several slices share: dates as people give them, choices known only then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from amparo.base import dates
from amparo.base.errors import UsageError

__all__ = ["GivenDate", "offer", "offer_rows", "problems"]


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


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let the field ``name`` choose among pairs of value and label."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def offer_rows(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let the field ``name`` choose among ``rows``, such as those that the person may see."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def problems(form: forms.BaseForm) -> str:
    """What is wrong with a form, in one line, where the page has no place for it beside fields."""
    return " ".join(str(error) for errors in form.errors.values() for error in errors)
