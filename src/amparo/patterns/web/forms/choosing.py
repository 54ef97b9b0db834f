"""Forms that choose columns of a table. They come by address, so that a page can be kept and sent.

Each guesses what is asked first, so that the page opens with an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.base import dates
from amparo.base.errors import UsageError
from amparo.extract.web.queries.tables import Table
from amparo.patterns.rights import Own
from amparo.patterns.tables import Records
from amparo.patterns.tables.parts import PARTS_OF_AGES, PARTS_OF_DATES
from amparo.patterns.tables.touching import ACT_COLUMNS, TOUCHING
from amparo.patterns.tables.units import units
from amparo.patterns.web.words import AGES, UNITS, part_words

__all__ = ["ChoosingForm", "CountsForm", "QualityForm", "TrendForm", "columns_of_acts"]

MOST_GROUPS = 40
MOST_WORDS = 200
_LOOKED_AT = 40
_BELOW = 5

Choices = list[tuple[str, str]]


class ChoosingForm(forms.Form):
    """Choose columns of ``records``; ``started`` are the choices with which the page opens.

    ``others`` are the tables of the same matter that can stand beside this one.
    """

    field_order: Sequence[str] | None = None

    def __init__(self, data: Any = None, *, records: Records, others: Sequence[Table] = ()) -> None:
        self.records, self.others = records, others
        self.dates = date_columns(records)
        super().__init__(data)
        self.choose()

    def choose(self) -> None:
        """Give the fields the columns of the table as choices."""

    def started(self) -> dict[str, list[str]]:
        """The guess for each field, as an address carries it."""
        return {name: [str(field.initial)] for name, field in self.fields.items() if field.initial}

    def columns(self) -> Choices:
        """Every column."""
        return [(name, name) for name in self.records.columns]

    def groups(self) -> Choices:
        """Columns to count by: the parts of dates, each column, and the groups of ages."""
        age = self.called(*AGES)
        ages = [(f"{age}:{part}", part_words(age, part)) for part in PARTS_OF_AGES if age]
        return [*self.periods(), *self.columns(), *ages]

    def periods(self) -> Choices:
        """The parts of each column of dates."""
        return [
            (f"{name}:{part}", part_words(name, part))
            for name in self.dates
            for part in PARTS_OF_DATES
        ]

    def set_choices(self, name: str, choices: Choices, initial: str = "") -> None:
        """Put choices and the first guess into a field."""
        field = self.fields[name]
        field.choices = choices  # type: ignore[attr-defined]
        field.initial = initial or (choices[0][0] if choices else "")

    def called(self, *names: str) -> str:
        """The column that is called one of ``names``; "" where there is none."""
        known = {name.casefold(): name for name in self.records.columns}
        return next((known[name] for name in names if name in known), "")

    def few(self, leave: str = "") -> str:
        """A column whose words repeat, as one counts by; "" where there is none."""
        return next(
            (
                name
                for name, column in self.records.columns.items()
                if 2 <= len(column.words) <= min(MOST_GROUPS, len(column.codes) // 2)
                and name != leave
                and name not in self.dates
            ),
            "",
        )


class CountsForm(ChoosingForm):
    """A cross-table."""

    unit = forms.ChoiceField(label=_("Count"))
    rows = forms.ChoiceField(label=_("by"))
    columns_ = forms.ChoiceField(label=_("and by"), required=False)
    public = forms.BooleanField(label=_("For the public: withhold small counts"), required=False)

    def choose(self) -> None:
        self.set_choices("unit", unit_choices(), "act")
        groups = [*self.groups(), *self.touched()]
        first = groups[0][0] if self.dates else self.few() or groups[0][0]
        self.set_choices("rows", groups, first)
        self.set_choices("columns_", [("", gettext("nothing else")), *groups], self.few(first))

    def touched(self) -> Choices:
        """Rights and indicators, by each column that says of which type an act was."""
        return [
            (f"{name}:{part}", part_words(name, part))
            for name in columns_of_acts(self.records)
            for part in TOUCHING
        ]


class TrendForm(ChoosingForm):
    """A unit by period."""

    unit = forms.ChoiceField(label=_("Count"))
    by = forms.ChoiceField(label=_("by"))

    def choose(self) -> None:
        refuse_undated(self.dates)
        self.set_choices("unit", unit_choices(), "act")
        self.set_choices("by", self.periods(), f"{self.dates[0]}:{self._step()}")

    def _step(self) -> str:
        """Years where there are many, else months."""
        years = [word for word in self.records.column(f"{self.dates[0]}:year").words if word]
        return "year" if len(years) >= 8 else "month"


class QualityForm(ChoosingForm):
    """What is to be looked at: ages, dates, silence by group, sources, coders."""

    age = forms.ChoiceField(label=_("Ages"), required=False)
    day = forms.ChoiceField(label=_("Dates"), required=False)
    source = forms.ChoiceField(label=_("Sources"), required=False)
    by = forms.ChoiceField(label=_("Compare groups of"), required=False)
    coders = forms.MultipleChoiceField(
        label=_("Coders"),
        required=False,
        help_text=_("Two or more columns in which different people coded the same thing."),
        widget=forms.CheckboxSelectMultiple,
    )

    def choose(self) -> None:
        none = ("", gettext("do not look"))
        self.set_choices("age", [none, *self.columns()], self.called(*AGES))
        self.set_choices("day", [none, *self.columns()], self.dates[0] if self.dates else "")
        sources = self.called("source", "fuente", "источник", "джерело", "المصدر")
        self.set_choices("source", [none, *self.columns()], sources)
        self.set_choices("by", [none, *self.groups()], self.few(sources))
        self.set_choices("coders", self.columns())

    def set_choices(self, name: str, choices: Choices, initial: str = "") -> None:
        super().set_choices(name, choices, initial)
        self.fields[name].initial = initial


def columns_of_acts(records: Records) -> list[str]:
    """The columns that are called so, or of whose words the vocabulary or somebody knows one."""
    meant = records.own or Own()
    return [
        name
        for name, column in records.columns.items()
        if name.casefold() in ACT_COLUMNS
        or (
            len(column.words) <= MOST_WORDS
            and any(meant.acts_of(word) is not None for word in column.words)
        )
    ]


def refuse_undated(found: Sequence[str]) -> None:
    """UsageError where no column holds dates."""
    if not found:
        raise UsageError(
            "No column of this table holds dates.",
            next_step="Time can only be counted where a column says when.",
        )


def unit_choices() -> Choices:
    """Every unit, in the plural."""
    return [(name, str(UNITS[name].many)) for name in units()]


def date_columns(records: Records) -> list[str]:
    """The columns whose words are mostly dates."""
    return [name for name, column in records.columns.items() if _are_dates(column.words)]


def _are_dates(words: Sequence[str]) -> bool:
    looked = words[:: max(1, len(words) // _LOOKED_AT)][:_LOOKED_AT]
    return bool(looked) and sum(map(_is_date, looked)) * 2 > len(looked)


def _is_date(word: str) -> bool:
    if len(word) < 4 or not any(sign.isdigit() for sign in word):
        return False
    try:
        told = dates.from_person(word)
    except UsageError:
        return False
    return told.earliest is not None and 1500 <= told.earliest.year <= 2200
