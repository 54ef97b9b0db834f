"""Forms of the methods that relate columns: persons and kinds, places and times, other tables."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.base.errors import UsageError
from amparo.extract.web.queries.tables import Table
from amparo.patterns.tables.units import units
from amparo.patterns.web.forms.choosing import ChoosingForm, refuse_undated, unit_choices
from amparo.patterns.web.queries import Sheet, sheet_of
from amparo.patterns.web.words import EAST, NORTH, PEOPLE

__all__ = [
    "ClustersForm",
    "ExposureForm",
    "FlowsForm",
    "PeopledForm",
    "RatesForm",
    "TogetherForm",
]

_KINDS = ("violation", "act", "type", "event_type", "violación", "violencia", "acto", "tipo")
_PLACES = ("place", "district", "province", "municipality", "lugar", "distrito", "municipio")
_UNITS = ("unit", "perpetrator", "unidad", "perpetrador", "unité", "подразделение", "підрозділ")


class TogetherForm(ChoosingForm):
    """Which kinds come together within which groups."""

    what = forms.ChoiceField(label=_("What comes together"))
    within = forms.ChoiceField(label=_("on the same"))

    def choose(self) -> None:
        columns = self.columns()
        self.set_choices("what", columns, self.called(*_KINDS) or self.few())
        self.set_choices("within", columns, self.called(*_persons()))


class FlowsForm(ChoosingForm):
    """What followed what, for whom."""

    who = forms.ChoiceField(label=_("For each"))
    what = forms.ChoiceField(label=_("which"))
    when = forms.ChoiceField(label=_("by the date"))

    def choose(self) -> None:
        refuse_undated(self.dates)
        self.set_choices("who", self.columns(), self.called(*_persons()))
        self.set_choices("what", self.columns(), self.called(*_KINDS) or self.few())
        self.set_choices("when", [(name, name) for name in self.dates])


class ClustersForm(ChoosingForm):
    """Where and when there was more than elsewhere."""

    x = forms.ChoiceField(label=_("Longitude"))
    y = forms.ChoiceField(label=_("Latitude"))
    by = forms.ChoiceField(label=_("and time"))

    def choose(self) -> None:
        refuse_undated(self.dates)
        across = self.called(*EAST)
        along = self.called(*NORTH)
        if not (across and along):
            raise UsageError(
                "This table has no columns of longitude and latitude.",
                next_step="Add them, in decimal degrees, and name them so.",
            )
        self.set_choices("x", self.columns(), across)
        self.set_choices("y", self.columns(), along)
        self.set_choices("by", self.periods(), f"{self.dates[0]}:month")


class _BesideForm(ChoosingForm):
    """A form with another table of the matter."""

    other = forms.ChoiceField()

    def choose(self) -> None:
        if not self.others:
            raise UsageError(
                "The matter has no other table to set beside this one.",
                next_step=self.wanted,
            )
        choices = [
            (f"{place}", f"{source.item}{' · ' if source.sheet else ''}{source.sheet}")
            for place, source in enumerate(self.others)
        ]
        fitting = (place for place, source in enumerate(self.others) if self.fits(source))
        self.set_choices("other", choices, str(next(fitting, 0)))

    wanted = ""
    heads: tuple[str, ...] = ()

    def fits(self, source: Table) -> bool:
        """Whether the table has one of the columns that tell what it is."""
        return bool({name.casefold() for name in source.head} & set(self.heads))

    def alike(self) -> str:
        """The column that is called as the first one of a fitting table, which names its groups."""
        heads = [str(source.head[0]).casefold() for source in self.others if self.fits(source)]
        return self.called(*heads)

    def clean_other(self) -> Sheet:
        """The chosen table itself."""
        source: Table = self.others[int(self.cleaned_data["other"])]
        return sheet_of(source.item, source.sheet)


class RatesForm(_BesideForm):
    """Counts per people of each group."""

    wanted = (
        "Add one whose first column names the groups and whose column population counts people."
    )
    heads = PEOPLE
    unit = forms.ChoiceField(label=_("Count"))
    rows = forms.ChoiceField(label=_("by"))
    field_order = ("unit", "rows", "other")

    def choose(self) -> None:
        super().choose()
        self.fields["other"].label = _("per people of")
        self.set_choices("unit", unit_choices(), "act")
        self.set_choices("rows", self.groups(), self.alike() or self.few())


class PeopledForm(_BesideForm):
    """Where and when there was more than people account for."""

    wanted = "Add one whose first column names the places, with longitude, latitude and population."
    heads = PEOPLE
    place = forms.ChoiceField(label=_("Place"))
    by = forms.ChoiceField(label=_("and time"), required=False)
    field_order = ("place", "by", "other")

    def choose(self) -> None:
        super().choose()
        self.fields["other"].label = _("among the people of")
        named = self.alike() or self.called(*_PLACES) or self.few()
        self.set_choices("place", self.columns(), named)
        self.set_choices("by", [("", gettext("all time together")), *self.periods()])

    def fits(self, source: Table) -> bool:
        heads = {name.casefold() for name in source.head}
        return super().fits(source) and bool(heads & set(EAST)) and bool(heads & set(NORTH))


class ExposureForm(_BesideForm):
    """Acts by unit, and up the chain of command."""

    wanted = "Add a table of units with the columns unit and above, and from and to if known."
    heads = ("above",)
    counted = forms.ChoiceField(label=_("Count"))
    unit = forms.ChoiceField(label=_("by the unit in"))
    when = forms.ChoiceField(label=_("at the date"), required=False)
    field_order = ("counted", "unit", "when", "other")

    def choose(self) -> None:
        super().choose()
        self.fields["other"].label = _("with the chain of command in")
        self.set_choices("counted", unit_choices(), "act")
        self.set_choices("unit", self.columns(), self.called(*_UNITS) or self.few())
        self.set_choices("when", [(name, name) for name in self.dates])


def _persons() -> tuple[str, ...]:
    """How columns that tell persons apart are called."""
    return units()["victim"].columns
