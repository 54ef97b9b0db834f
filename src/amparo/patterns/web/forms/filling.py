"""The form that says what is to be filled in, and by what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.base.errors import UsageError
from amparo.patterns import imputation
from amparo.patterns.tables.units import units
from amparo.patterns.web.forms.choosing import ChoosingForm, unit_choices
from amparo.patterns.web.words import part_words

__all__ = ["FillingForm"]

_TIMES = ("5", "10", "20", "50")
_MANY_ROWS = 5_000


class FillingForm(ChoosingForm):
    """Columns with silent cells, the columns that help to fill them, and what is counted then."""

    by = forms.ChoiceField(label=_("Count by"))
    unit = forms.ChoiceField(label=_("Count"))
    fill = forms.MultipleChoiceField(
        label=_("Fill in"),
        help_text=_("Columns with empty cells. Several fill each other in."),
        widget=forms.CheckboxSelectMultiple,
    )
    using = forms.MultipleChoiceField(
        label=_("by rows that are alike in"),
        required=False,
        help_text=_("Choose what goes with the value, and what goes with its being silent."),
        widget=forms.CheckboxSelectMultiple,
    )
    times = forms.ChoiceField(label=_("How many times"))
    unknown = forms.BooleanField(label=_("Also cells that say that it is unknown"), required=False)
    field_order = ("unit", "by", "fill", "using", "times", "unknown")

    def choose(self) -> None:
        found = imputation.fillable(self.records)
        if not found:
            raise UsageError(
                "No column of this table has silent cells that could be filled in.",
                next_step="Columns of names, and columns that hardly speak, cannot be filled in.",
            )
        few = set(imputation.fitting(self.records))
        first = max(found, key=lambda name: (name in few, self._empty(name)))
        filled = [(name, name) for name in found]
        self.set_choices("by", filled, first)
        persons = self.called(*units()["victim"].columns)
        self.set_choices("unit", unit_choices(), "victim" if persons else "act")
        self.set_choices("fill", filled)
        helping = [(name, name) for name in imputation.fitting(self.records)]
        helping += [(f"{name}:year", part_words(name, "year")) for name in self._by_years()]
        self.set_choices("using", helping)
        self.set_choices("times", [(number, number) for number in _TIMES], self._often(first))
        self.fields["unknown"].initial = self._empty(first) == 0
        self.fields["fill"].initial = [first]
        self.fields["using"].initial = [name for name, _words in helping if name != first]

    def started(self) -> dict[str, list[str]]:
        begun = super().started()
        chosen = {name: list(self.fields[name].initial) for name in ("fill", "using")}
        return begun | chosen

    def clean(self) -> dict[str, Any]:
        """What is counted by is filled in too."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if {"by", "fill"} <= told.keys():
            told["fill"] = list(dict.fromkeys([told["by"], *told["fill"]]))
        return told

    def _empty(self, name: str) -> int:
        """How many cells of a column are empty."""
        return int((self.records.columns[name].codes < 0).sum())

    def _often(self, name: str) -> str:
        """At least as many times as per cent are silent, where a page can wait for that."""
        much = self._empty(name) > len(self.records) / 5
        return "50" if much and len(self.records) <= _MANY_ROWS else "20"

    def _by_years(self) -> list[str]:
        return [
            name for name in self.dates if 2 <= len(self.records.column(f"{name}:year").words) <= 20
        ]
