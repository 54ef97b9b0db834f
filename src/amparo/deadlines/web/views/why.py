"""“Why this date?”: the day, each step, each other reading, the sources; and what if."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.base.errors import UsageError
from amparo.deadlines import Outcome
from amparo.deadlines.clocks import days_run
from amparo.deadlines.reminders import reminders
from amparo.deadlines.web.actions import (
    end_deadline,
    hear_reminder,
    reopen_deadline,
    run_clock,
    stop_clock,
)
from amparo.deadlines.web.forms import EndForm, FactsForm, RunForm, StopForm
from amparo.deadlines.web.given import given, has_clock, outcome_of, rule_of
from amparo.deadlines.web.guards import of_deadline
from amparo.deadlines.web.models import Deadline
from amparo.deadlines.web.queries import Line, lines, moved_since
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of

__all__ = ["end", "heard", "reopen", "run", "stop", "why"]


@require_safe
@of_deadline(Verb.VIEW)
def why(request: HttpRequest, row: Deadline) -> HttpResponse:
    """The whole reason of a day. With facts in the query it says what the day would be."""
    return _why(request, row)


@require_POST
@of_deadline(Verb.EDIT)
def end(request: HttpRequest, row: Deadline) -> HttpResponse:
    """Close the deadline."""
    form = EndForm(request.POST)
    if not form.is_valid():
        return _why(request, row, end_form=form)
    end_deadline(
        row,
        Deadline.Status(form.cleaned_data["status"]),
        form.cleaned_data["words"],
        acting_user=person(request),
    )
    messages.success(request, _("The deadline is closed."))
    return redirect("deadlines:matter", row.matter_id)


@require_POST
@of_deadline(Verb.EDIT)
def reopen(request: HttpRequest, row: Deadline) -> HttpResponse:
    """Open it again."""
    reopen_deadline(row, acting_user=person(request))
    return redirect("deadlines:why", row.pk)


@require_POST
@of_deadline(Verb.EDIT)
def stop(request: HttpRequest, row: Deadline) -> HttpResponse:
    """Add a stop to its clock."""
    form = StopForm(request.POST)
    if not form.is_valid():
        return _why(request, row, stop_form=form)
    stop_clock(row, form.stop(), acting_user=person(request))
    return redirect("deadlines:why", row.pk)


@require_POST
@of_deadline(Verb.EDIT)
def run(request: HttpRequest, row: Deadline) -> HttpResponse:
    """Let its clock run again."""
    form = RunForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        run_clock(row, data["number"], data["last"], acting_user=person(request))
    else:
        messages.error(request, _("Give the last day on which the clock stood."))
    return redirect("deadlines:why", row.pk)


@require_POST
@of_deadline(Verb.VIEW)
def heard(request: HttpRequest, row: Deadline) -> HttpResponse:
    """The person has seen the reminder."""
    hear_reminder(row, timezone.localdate(), acting_user=person(request))
    return redirect("home")


def _why(
    request: HttpRequest,
    row: Deadline,
    *,
    end_form: EndForm | None = None,
    stop_form: StopForm | None = None,
) -> HttpResponse:
    rule, today = rule_of(row.rule), timezone.localdate()
    line: Line = lines([row], today)[0]
    asked = bool(request.GET)
    if_form = FactsForm(request.GET if asked else None, rule=rule, row=row)
    context = {
        "matter": row.matter,
        "verbs": verbs_of(person(request), row),
        "row": row,
        "line": line,
        "rule": rule,
        "outcome": outcome_of(row),
        "moved": moved_since(row),
        "reminders": reminders(row.act_on, row.plan) if row.act_on else (),
        "clock": _clock(row, today) if has_clock(rule) else None,
        "if_form": if_form,
        "if_outcome": _what_if(if_form) if asked else None,
        "end_form": end_form or EndForm(),
        "stop_form": stop_form or StopForm(),
        "today": today,
    }
    failed = any(form is not None and form.errors for form in (end_form, stop_form))
    return render(request, "deadlines/why.html", context, status=422 if failed else 200)


def _what_if(form: FactsForm) -> Outcome | None:
    if not form.is_valid():
        return None
    try:
        return form.facts().outcome()
    except UsageError as error:
        form.add_error(None, str(error))
        return None


def _clock(row: Deadline, today: date) -> dict[str, object]:
    facts = given(row)
    outcome = outcome_of(row)
    start = outcome.steps[0].date if outcome.steps else None
    ran = days_run(start, today, facts.stops) if start else None
    stops = [
        {
            "number": number,
            "stop": each,
            "run_form": None
            if each.last
            else RunForm(initial={"number": number, "last": today}, auto_id=f"run-{number}-%s"),
        }
        for number, each in enumerate(facts.stops)
    ]
    return {"ran": ran, "stops": stops, "stands": any(each.last is None for each in facts.stops)}
