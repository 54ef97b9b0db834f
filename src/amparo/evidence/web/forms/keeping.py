"""Forms about keeping: holds, periods, disposal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.base.web.forms import offer
from amparo.evidence.custody import disposal, retention
from amparo.evidence.web.forms.fields import FilesField, line, offer_files, text
from amparo.matters.web.models import Matter

__all__ = ["DecisionForm", "DisposalForm", "HoldForm", "LiftForm", "RetentionForm"]


class HoldForm(forms.Form):
    """A legal hold on the whole matter or some of its files."""

    reason = text(_("Why"), required=True, rows=2)
    reference = line(_("Reference"), most=200)
    items = FilesField(
        _("Only these files"), _("None chosen: the whole matter, with all that comes.")
    )

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_files(self, "items", matter)


class LiftForm(forms.Form):
    """Why a hold ends."""

    reason = line(_("Why it ends"), most=2000, required=True)


class RetentionForm(forms.Form):
    """How long the matter's evidence is kept."""

    rule = forms.ChoiceField(label=_("Rule"))
    months = forms.IntegerField(
        label=_("Months, for a period of our own"), required=False, min_value=1, max_value=1200
    )
    source = line(_("Who says so, for a period of our own"), most=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = retention.rules().values()
        offer(self, "rule", [(rule.name, gettext(rule.title)) for rule in rules])


class DisposalForm(forms.Form):
    """Why something is to be destroyed."""

    ground = forms.ChoiceField(label=_("Ground"))
    reference = line(
        _("Reference"), most=200, help_text=_("The number of the order, or the name of the rule.")
    )
    reason = text(_("Reason"), required=True, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = disposal.grounds().values()
        offer(self, "ground", [(each.name, gettext(each.label)) for each in grounds])


class DecisionForm(forms.Form):
    """A remark to a decision."""

    note = line(_("Remark"), most=2000)
