"""The rulebook: every rule with its sources and how sure it is."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amparo.base.errors import UsageError
from amparo.deadlines.web.forms import FactsForm, FindForm
from amparo.deadlines.web.given import rule_of
from amparo.deadlines.web.queries import rules_by_body

__all__ = ["rule", "rules"]


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """All rules, by body."""
    form = FindForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    context = {"form": form, "bodies": rules_by_body(text)}
    return render(request, "deadlines/rules.html", context)


@require_safe
def rule(request: HttpRequest, name: str) -> HttpResponse:
    """One rule, and what it gives for a date that one tries; nothing is kept."""
    try:
        found = rule_of(name)
    except UsageError as error:
        raise Http404 from error
    form = FactsForm(request.GET or None, rule=found)
    outcome = None
    if form.is_bound and form.is_valid():
        try:
            outcome = form.facts().outcome()
        except UsageError as error:
            form.add_error(None, str(error))
    context = {"rule": found, "form": form, "outcome": outcome}
    return render(request, "deadlines/rule.html", context)
