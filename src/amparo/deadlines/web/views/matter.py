"""A matter's deadlines, and setting one: choose the rule, say the facts, see the day."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from amparo.accounts.web.guards import person
from amparo.base.errors import UsageError
from amparo.base.web.htmx import by_htmx
from amparo.deadlines import Rule
from amparo.deadlines.web.actions import change_deadline, set_deadline
from amparo.deadlines.web.forms import DeadlineForm, FindForm
from amparo.deadlines.web.given import rule_of
from amparo.deadlines.web.guards import of_deadline
from amparo.deadlines.web.models import Deadline
from amparo.deadlines.web.queries import deadlines_of, lines, rules_by_body
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter

__all__ = ["change", "choose", "deadlines", "new"]


@require_safe
@of_matter(Verb.VIEW)
def deadlines(request: HttpRequest, matter: Matter) -> HttpResponse:
    """The matter's deadlines, the open ones first."""
    context = {
        "matter": matter,
        "tab": "deadlines",
        "verbs": verbs_of(person(request), matter),
        "lines": lines(deadlines_of(matter), timezone.localdate()),
    }
    return render(request, "deadlines/matter.html", context)


@require_safe
@of_matter(Verb.EDIT)
def choose(request: HttpRequest, matter: Matter) -> HttpResponse:
    """The rulebook, to choose the rule that a new deadline follows."""
    form = FindForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    context = {"matter": matter, "form": form, "bodies": rules_by_body(text)}
    if by_htmx(request):
        return render(request, "deadlines/parts/choice.html", context)
    return render(request, "deadlines/choose.html", context)


@require_http_methods(["GET", "POST"])
@of_matter(Verb.EDIT)
def new(request: HttpRequest, matter: Matter, rule: str) -> HttpResponse:
    """Say the facts of a new deadline; while they are typed, htmx asks for the day."""
    book_rule = rule_of(rule)
    form = DeadlineForm(_posted(request), rule=book_rule, matter=matter)
    if by_htmx(request):
        return _preview(request, form)
    if form.is_valid():
        try:
            row = set_deadline(matter, form.facts(), form.said(), acting_user=person(request))
        except UsageError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The deadline is kept. Here is why it is that day."))
            return redirect("deadlines:why", row.pk)
    return _form(request, matter, book_rule, form)


@require_http_methods(["GET", "POST"])
@of_deadline(Verb.EDIT)
def change(request: HttpRequest, row: Deadline) -> HttpResponse:
    """Say the facts of a deadline anew."""
    book_rule = rule_of(row.rule)
    form = DeadlineForm(_posted(request), rule=book_rule, matter=row.matter, row=row)
    if by_htmx(request):
        return _preview(request, form)
    if form.is_valid():
        try:
            change_deadline(row, form.facts(), form.said(), acting_user=person(request))
        except UsageError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The deadline is changed."))
            return redirect("deadlines:why", row.pk)
    return _form(request, row.matter, book_rule, form, row)


def _posted(request: HttpRequest) -> object | None:
    return request.POST if request.method == "POST" else None


def _preview(request: HttpRequest, form: DeadlineForm) -> HttpResponse:
    outcome, problem = None, ""
    if form.is_valid():
        try:
            outcome = form.facts().outcome()
        except UsageError as error:
            problem = error.message
    context = {"outcome": outcome, "problem": problem, "form": form}
    return render(request, "deadlines/parts/preview.html", context)


def _form(
    request: HttpRequest,
    matter: Matter,
    rule: Rule,
    form: DeadlineForm,
    row: Deadline | None = None,
) -> HttpResponse:
    context = {"matter": matter, "rule": rule, "form": form, "row": row}
    status = 422 if form.errors else 200
    return render(request, "deadlines/form.html", context, status=status)
