"""What the pages call roles of columns and comparisons, in the page's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["LAYER_WORDS", "ROLES"]

ROLES: tuple[tuple[str, str | Promise], ...] = (
    ("none", _("not compared")),
    ("id", _("its own number")),
    ("name", _("whole name")),
    ("given", _("given name")),
    ("given2", _("further given name")),
    ("family", _("family name")),
    ("family2", _("further family name")),
    ("father", _("father’s name")),
    ("mother", _("mother’s name")),
    ("birth", _("date of birth")),
    ("birth_year", _("year of birth")),
    ("birth_month", _("month of birth")),
    ("birth_day", _("day of birth")),
    ("event", _("date of what happened")),
    ("sex", _("sex")),
    ("locality", _("place")),
    ("region", _("region")),
    ("country", _("country")),
    ("postcode", _("postcode")),
    ("latitude", _("latitude")),
    ("longitude", _("longitude")),
    ("house", _("house number")),
    ("street", _("street")),
    ("street2", _("second line of the address")),
    ("idno", _("identity number")),
    ("phone", _("telephone")),
    ("email", _("e-mail")),
    ("occupation", _("occupation")),
    ("nationality", _("nationality")),
)
"""Every role of ``records.roles``, and none, with its words."""

LAYER_WORDS: tuple[str | Promise, ...] = (
    _("almost surely apart"),
    _("probably apart"),
    _("probably one person"),
    _("almost surely one person"),
)
"""The layers of ``reviewing.LAYERS`` in words."""
