"""Forms about deadlines. They check the shape; actions decide."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.base.web.forms import GivenDate, offer, offer_rows
from amparo.deadlines import Rule
from amparo.deadlines.clocks import Stop
from amparo.deadlines.reminders import DEFAULT_PLAN, parse_plan, plan_words
from amparo.deadlines.rules import Kind
from amparo.deadlines.web.actions import Said
from amparo.deadlines.web.given import Given, given, rule_of, wants_country, wants_filing
from amparo.deadlines.web.models import Deadline
from amparo.extract.web.forms.passages import PassageField
from amparo.extract.web.queries.passages import marked_passages
from amparo.matters.web.models import Matter

__all__ = ["DeadlineForm", "EndForm", "FactsForm", "FindForm", "RunForm", "StopForm"]

_ANY_SCRIPT = {"dir": "auto"}
_BY = {
    "mail": _("by mail"),
    "hand": _("by hand"),
    "electronic": _("electronically"),
}


class FindForm(forms.Form):
    """What to look for among rules or deadlines."""

    q = forms.CharField(label=_("Words"), required=False, widget=forms.TextInput(attrs=_ANY_SCRIPT))


class FactsForm(forms.Form):
    """The facts that one rule is computed from; it asks only what that rule needs."""

    trigger = GivenDate(
        required=False,
        widget=forms.TextInput(attrs=_ANY_SCRIPT),
        help_text=_("A day (14 March 2025), or as much as is known: March 2025, 2025."),
    )
    served_by = forms.ChoiceField(label=_("How it was served"), required=False)
    filing = forms.ChoiceField(
        label=_("How you file"),
        required=False,
        choices=[
            ("", _("Not known: show both")),
            ("electronic", _("electronically")),
            ("paper", _("on paper")),
        ],
    )
    country = forms.CharField(
        label=_("Whose holidays"),
        max_length=2,
        min_length=2,
        required=False,
        help_text=_("The State’s two letters, such as ES or FR."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "characters"}),
    )
    fixed_on = forms.DateField(
        label=_("Day that a judge or a notice set"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("It wins over every rule."),
    )
    fixed_by = forms.CharField(
        label=_("Who set it"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=_ANY_SCRIPT),
    )

    def __init__(self, *args: Any, rule: Rule, row: Deadline | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        self.stops = given(row).stops if row else ()
        if row is not None:
            self._begin_with(row)
        self.fields["trigger"].label = _("Counted from")
        if rule.kind is Kind.STATED:
            del self.fields["trigger"]
            self.fields["fixed_on"].required = True
        if rule.extensions:
            ways = ["hand", "electronic", *(each.by for each in rule.extensions)]
            known = [(way, _BY.get(way, way)) for way in dict.fromkeys(ways)]
            offer(self, "served_by", [("", _("Not known: show each")), *known])
        else:
            del self.fields["served_by"]
        if not wants_filing(rule):
            del self.fields["filing"]
        if not wants_country(rule):
            del self.fields["country"]

    def clean(self) -> dict[str, Any] | None:
        """Either the trigger or a set day."""
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("trigger") or cleaned.get("fixed_on")):
            raise ValidationError(
                _("Give the date that it is counted from, or a day that was set.")
            )
        return cleaned

    def facts(self) -> Given:
        """What was said, as values."""
        data = self.cleaned_data
        return Given(
            rule=self.rule.id,
            trigger=data.get("trigger", ""),
            served_by=data.get("served_by", ""),
            filing=data.get("filing", ""),
            country=data.get("country", "").upper(),
            fixed_on=data.get("fixed_on"),
            fixed_by=data.get("fixed_by", ""),
            stops=self.stops,
        )

    def _begin_with(self, row: Deadline) -> None:
        for name in self.fields:
            if hasattr(row, name):
                self.initial.setdefault(name, getattr(row, name))


class DeadlineForm(FactsForm):
    """The facts, and what a person says besides."""

    pinpoint = PassageField(
        label=_("Where that date stands"),
        empty_label=_("No passage yet"),
        help_text=_("Mark the passage in the file first; then it can be chosen here."),
    )
    fixed_pinpoint = PassageField(
        label=_("Where the set day stands"),
        empty_label=_("No passage yet"),
    )
    title = forms.CharField(
        label=_("Called"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs=_ANY_SCRIPT),
        help_text=_("Empty: as the rule is called."),
    )
    responsible = forms.ModelChoiceField(
        label=_("Who sees to it"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
    )
    reminders = forms.CharField(
        label=_("Reminders, in days before"),
        initial=plan_words(DEFAULT_PLAN),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, **_ANY_SCRIPT}),
    )
    field_order = (
        "trigger",
        "pinpoint",
        "served_by",
        "filing",
        "country",
        "fixed_on",
        "fixed_by",
        "fixed_pinpoint",
        "title",
        "responsible",
        "reminders",
        "note",
    )

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        row: Deadline | None = kwargs.get("row")
        super().__init__(*args, **kwargs)
        newest_first = marked_passages(matter).order_by("-made_at")
        for name in ("pinpoint", "fixed_pinpoint"):
            offer_rows(self, name, newest_first)
        team = User.objects.filter(memberships__matter=matter, is_active=True)
        offer_rows(self, "responsible", team)
        if row is not None:
            self.initial["reminders"] = plan_words(row.plan)
            self.initial["title"] = "" if row.title == rule_of(row.rule).title else row.title

    def clean_reminders(self) -> tuple[int, ...]:
        """The plan as days before."""
        try:
            return parse_plan(self.cleaned_data["reminders"])
        except UsageError as error:
            raise ValidationError(str(error)) from error

    def said(self) -> Said:
        """What was said besides the facts."""
        data = self.cleaned_data
        return Said(
            title=data["title"],
            note=data["note"],
            pinpoint=data["pinpoint"],
            fixed_pinpoint=data["fixed_pinpoint"],
            plan=data["reminders"],
            responsible=data["responsible"],
        )


class EndForm(forms.Form):
    """How a deadline ended."""

    status = forms.ChoiceField(
        label=_("What became of it"),
        choices=[
            (Deadline.Status.DONE, Deadline.Status.DONE.label),
            (Deadline.Status.DROPPED, Deadline.Status.DROPPED.label),
        ],
    )
    words = forms.CharField(
        label=_("In a sentence"),
        widget=forms.Textarea(attrs={"rows": 2, **_ANY_SCRIPT}),
        help_text=_("What was filed, when and how; or why it is no longer needed."),
    )


class StopForm(forms.Form):
    """Days on which a clock stands."""

    first = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty while it still stands."),
    )
    reason = forms.CharField(
        label=_("Why"), max_length=300, widget=forms.TextInput(attrs=_ANY_SCRIPT)
    )

    def clean(self) -> dict[str, Any] | None:
        """The days must be in order."""
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                self.stop()
            except UsageError as error:
                raise ValidationError(str(error)) from error
        return cleaned

    def stop(self) -> Stop:
        """The stop as a value."""
        data = self.cleaned_data
        return Stop(data["first"], data.get("last"), data["reason"])


class RunForm(forms.Form):
    """The last day of a stop that was open."""

    number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    last = forms.DateField(
        label=_("Stood until"), initial=date.today, widget=forms.DateInput(attrs={"type": "date"})
    )
