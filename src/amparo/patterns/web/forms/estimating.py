"""The form that says which columns are lists, and who is counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.patterns.estimate.histories import COUNT_COLUMNS, list_columns
from amparo.patterns.imputation import fillable
from amparo.patterns.tables import Records

__all__ = ["EstimateForm"]

_MOST_STRATA = 40
_TIMES = (20, 50)


class EstimateForm(forms.Form):
    """Choose the lists; the columns that hold nothing but 0 and 1 are chosen at first."""

    lists = forms.MultipleChoiceField(
        label=_("Lists"),
        help_text=_("Columns with 1 where the list names the person, 0 where it does not."),
        widget=forms.CheckboxSelectMultiple,
    )
    group = forms.CharField(
        label=_("Who is counted"),
        max_length=200,
        help_text=_("As the report will say it: “people who disappeared in Sorvin, 2019 to 2022”."),
    )
    count = forms.ChoiceField(
        label=_("Each row is"),
        required=False,
        help_text=_("One person, or as many as a column says."),
    )
    stratum = forms.ChoiceField(
        label=_("Also estimate apart, by"),
        required=False,
        help_text=_("Groups in which people are alike; each needs 25 people or more."),
    )
    filled = forms.ChoiceField(
        label=_("People whose group is not stated"),
        required=False,
        help_text=_(
            "Filled in by the lists and by every column of few values; see Missing values."
        ),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=1,
        max_value=2_000_000_000,
        initial=1,
        help_text=_("Where the random numbers start. The same seed gives the same result."),
    )

    def __init__(self, data: Any = None, *, records: Records) -> None:
        super().__init__(data)
        self.found = list_columns(records)
        columns = list(records.columns)
        counts = [name for name in columns if name.casefold() in COUNT_COLUMNS]
        self._offer("lists", [(name, name) for name in columns], [*self.found])
        one = ("", gettext("one person"))
        as_many = gettext("as many people as “%(column)s” says")
        self._offer("count", [one, *((n, as_many % {"column": n}) for n in counts)], *counts[:1])
        strata = [name for name in columns if 2 <= len(records.column(name).words) <= _MOST_STRATA]
        strata = [name for name in strata if name not in self.found]
        self._offer("stratum", [("", gettext("nothing")), *((n, n) for n in strata)])
        self.silent = [name for name in fillable(records) if name in strata]
        own = ("", gettext("a group of their own"))
        times = gettext("filled in %(count)s times, and combined")
        self._offer("filled", [own, *((f"{n}", times % {"count": n}) for n in _TIMES)])
        for name in ("count",) * (not counts) + ("filled",) * (not self.silent):
            self.fields[name].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Strata are filled in row by row: each row must be one person, its stratum silent in
        some."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        told["filled"] = int(told.get("filled") or 0)
        if told["filled"] and told.get("count"):
            raise forms.ValidationError(
                gettext("A group can only be filled in where each row is one person.")
            )
        if told.get("stratum") not in self.silent:
            told["filled"] = 0
        return told

    def _offer(self, name: str, choices: Sequence[tuple[str, str]], initial: Any = "") -> None:
        field = self.fields[name]
        field.choices = choices  # type: ignore[attr-defined]
        field.initial = initial
