"""Words that forms and findings share: units, labels, parts of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from amparo.patterns.rights import LANGUAGES, vocabulary
from amparo.patterns.tables.parts import ADULT, CHILD
from amparo.patterns.tables.touching import (
    NO_INDICATOR,
    NO_RIGHT,
    NOT_ENOUGH,
    NOT_KNOWN,
    NOT_STATED,
)

__all__ = [
    "COUNTS",
    "EAST",
    "NEEDS",
    "NORTH",
    "PEOPLE",
    "UNITS",
    "WHOM",
    "Words",
    "group_words",
    "label_words",
    "language_here",
    "part_words",
    "per_cent",
    "touched_words",
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

NEEDS: Mapping[str, str | Promise] = {
    "conflict": _("Part of an armed conflict"),
    "verified": _("The case was verified"),
    "defender": _("The victim was a journalist, trade unionist or human rights defender"),
    "because": _("Done because of that work, or during it"),
    "detected": _("The authorities identified the person as a victim"),
}
"""What SDG indicators need to be said of an act."""

COUNTS: Mapping[str, str | Promise] = {
    "16.1.1": _(
        "people who were killed unlawfully and on purpose, outside an armed conflict, for each "
        "100,000 people and year"
    ),
    "16.1.2": _(
        "people who died in an armed conflict, of whom a verified record exists, for each 100,000 "
        "people and year; so far direct deaths alone are reported"
    ),
    "16.2.2": _(
        "people whom the authorities identified as trafficked, for each 100,000 people and year; "
        "those whom nobody identified are not in it"
    ),
    "16.10.1": _(
        "victims of verified cases in twelve months; who suffered several things in one incident "
        "is counted once, under the gravest: killing, torture, enforced disappearance, arbitrary "
        "detention, kidnapping"
    ),
}
"""What the indicators count that can be counted from cases."""

WHOM: Mapping[str, str | Promise] = {
    "under 18": _("under 18"),
    "women and girls": _("women and girls"),
    "refugees": _("refugees"),
}
"""Whom an article protects, where not everybody."""

_LABELS: Mapping[str, str | Promise] = {
    NOT_STATED: _("(not stated)"),
    NOT_KNOWN: _("(not in the vocabulary)"),
    NO_RIGHT: _("(no right of the vocabulary)"),
    NO_INDICATOR: _("(no indicator)"),
    NOT_ENOUGH: _("(not enough is said)"),
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
    "right": _("right touched (%(column)s)"),
    "sdg": _("SDG indicator (%(column)s)"),
}


def label_words(label: str) -> str:
    """A label of a table as the page says it: what the file says stays as it is."""
    return str(_LABELS.get(label, label))


def touched_words(label: str) -> str:
    """A label of a side that was made by the vocabulary: a right's name in the language of the
    page, an indicator's number with its name."""
    told, language = vocabulary(), language_here()
    for right in told.rights.values():
        if right.label == label:
            return right.names[language]
    if label in told.indicators:
        return f"{label} {told.indicators[label].names[language]}"
    return label_words(label)


def language_here() -> str:
    """The language of the page, as the vocabulary knows it."""
    code = (get_language() or "en").partition("-")[0]
    return code if code in LANGUAGES else "en"


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
