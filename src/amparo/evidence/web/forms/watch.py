"""Forms about the watch over objects: how often they are read again, what an alarm led to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.evidence.web.forms.fields import line

__all__ = ["AlarmForm", "WatchForm"]


class WatchForm(forms.Form):
    """How often objects are read again."""

    every_days = forms.IntegerField(label=_("Every so many days"), min_value=1, max_value=3650)
    is_on = forms.BooleanField(label=_("Read every file again in its turn"), required=False)


class AlarmForm(forms.Form):
    """What was done about an alarm."""

    said = line(_("What was done about it"), most=2000, required=True)
