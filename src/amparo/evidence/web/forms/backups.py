"""Forms about backups: which to try, and when one is too old."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.base.web.forms import offer
from amparo.evidence.web.backups.account import LONGEST_DAYS

__all__ = ["BackupAlarmForm", "DrillForm"]


class DrillForm(forms.Form):
    """The place of the backup to try; only one that a backup was made to."""

    place = forms.ChoiceField(label=_("Place"), widget=forms.Select(attrs={"dir": "ltr"}))

    def __init__(self, *args: Any, places: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "place", [(place, place) for place in places])


class BackupAlarmForm(forms.Form):
    """After how many days without a backup there is an alarm."""

    alarm_days = forms.IntegerField(
        label=_("Alarm after so many days without a backup"), min_value=1, max_value=LONGEST_DAYS
    )
