"""Words that forms and findings share: units, labels, parts of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from amparo.patterns.tables.crossing import NOT_STATED
from amparo.patterns.tables.parts import ADULT, CHILD

__all__ = [
    "EAST",
    "NORTH",
    "PEOPLE",
    "UNITS",
    "Words",
    "group_words",
    "label_words",
    "part_words",
    "per_cent",
]


PEOPLE = ("population", "people", "población", "poblacion", "personnes", "население", "населення")
"""How a column that counts people may be called."""

AGES = ("age", "edad", "âge", "вік", "возраст", "العمر")
"""How a column of ages may be called."""

EAST = ("longitude", "lon", "long", "x", "longitud")
NORTH = ("latitude", "lat", "y", "latitud")
"""How columns of coordinates may be called."""


@dataclass(frozen=True, slots=True)
class Words:
    """A unit in words."""

    one: str | Promise
    many: str | Promise


UNITS: Mapping[str, Words] = {
    "act": Words(_("act"), _("acts")),
    "event": Words(_("event"), _("events")),
    "victim": Words(_("victim"), _("victims")),
    "deprivation": Words(_("deprivation of liberty"), _("deprivations of liberty")),
    "perpetrator": Words(_("perpetrator"), _("perpetrators")),
    "row": Words(pgettext_lazy("of a table", "row"), pgettext_lazy("of a table", "rows")),
}

_LABELS: Mapping[str, str | Promise] = {
    NOT_STATED: _("(not stated)"),
    "several years": _("several years"),
    "several quarters": _("several quarters"),
    "several months": _("several months"),
    CHILD: _("under 18"),
    ADULT: _("18 and over"),
}

_PARTS: Mapping[str, str | Promise] = {
    "year": _("year of %(column)s"),
    "quarter": _("quarter of %(column)s"),
    "month": _("month of %(column)s"),
    "ten": _("%(column)s by ten years"),
    "adult": _("%(column)s, under 18 or not"),
}


def label_words(label: str) -> str:
    """A label of a table as the page says it: what the file says stays as it is."""
    return str(_LABELS.get(label, label))


def part_words(column: str, part: str) -> str:
    """A part of a column of dates: "year of arrest"."""
    return str(_PARTS[part]) % {"column": column}


def group_words(name: str) -> str:
    """What is counted by, in words: a column, or a part of one."""
    column, _colon, part = name.rpartition(":")
    return part_words(column, part) if column and part in _PARTS else name


def per_cent(part: float, digits: int = 0) -> str:
    """A share from 0 to 1 as per cent."""
    return gettext("%(number)s %%") % {"number": f"{100 * part:.{digits}f}"}
