"""The methods that pages offer: one list of what is asked, what is chosen, and what tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.patterns.findings import Finding
from amparo.patterns.web import forms, told
from amparo.patterns.web.queries import Sheet

__all__ = ["METHODS", "Method"]


@dataclass(frozen=True, slots=True)
class Method:
    """A page of a table. ``asks`` is the question that it answers; ``draws`` says that ``tell``
    takes ``chance``, False when no number needs to be drawn at random."""

    name: str
    title: str | Promise
    asks: str | Promise
    form: type[forms.ChoosingForm]
    teller: Callable[..., Finding]
    draws: bool = False

    def tell(self, sheet: Sheet, asked: Mapping[str, Any], *, chance: bool = True) -> Finding:
        """What it finds in ``sheet``; UsageError where it cannot say."""
        if self.draws:
            return self.teller(sheet, asked, chance=chance)
        return self.teller(sheet, asked)


_ALL = (
    Method(
        "quality",
        _("Data quality"),
        _("What can this table bear before anything is counted?"),
        forms.QualityForm,
        told.quality,
    ),
    Method(
        "missing",
        _("Missing values"),
        _("What would the counts be if silent cells were like those that speak?"),
        forms.FillingForm,
        told.filled,
        draws=True,
    ),
    Method(
        "counts",
        _("Counts"),
        _("How many, of what, by what?"),
        forms.CountsForm,
        told.counts,
    ),
    Method(
        "trend",
        _("Over time"),
        _("Did it rise or fall, and when did it change?"),
        forms.TrendForm,
        told.trend,
        draws=True,
    ),
    Method(
        "together",
        _("Together"),
        _("What comes together, and which combinations repeat?"),
        forms.TogetherForm,
        told.together,
    ),
    Method(
        "flows",
        _("In sequence"),
        _("What followed what for the same person?"),
        forms.FlowsForm,
        told.flows,
    ),
    Method(
        "clusters",
        _("Clusters"),
        _("Where and when was there more than elsewhere?"),
        forms.ClustersForm,
        told.clusters,
        draws=True,
    ),
    Method(
        "peopled",
        _("Clusters per people"),
        _("Where was there more than the people who live there account for?"),
        forms.PeopledForm,
        told.peopled,
        draws=True,
    ),
    Method(
        "rates",
        _("Rates"),
        _("How many for each 100,000 people?"),
        forms.RatesForm,
        told.rates,
    ),
    Method(
        "exposure",
        _("Chain of command"),
        _("Which units are named, and who stood above them then?"),
        forms.ExposureForm,
        told.exposure,
    ),
)

METHODS: Mapping[str, Method] = {method.name: method for method in _ALL}
