"""Pages of a check for conflicts of interest: a matter's, one hit's, and what is to be decided."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.accounts.web.guards import confirmed_lately, person
from amparo.accounts.web.models import User
from amparo.linkage.web.actions.conflicts import (
    ask_for_decision,
    check_conflicts,
    require_ruling,
    rule_on,
)
from amparo.linkage.web.forms.conflicts import CheckForm, RequestForm, RulingForm
from amparo.linkage.web.notebook import of_conflict, of_conflicts, of_pairs
from amparo.linkage.web.queries.conflicts import (
    hit_for,
    latest_check,
    line_of,
    may_rule,
    reading_of,
    summary_of,
    to_decide,
)
from amparo.matters.access import Verb
from amparo.matters.web.access import can, knows, verbs_of
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter

__all__ = ["ask", "check", "conflicts", "home_panel", "matter_panel", "one_hit", "open_hits"]


ON_THE_FIRST_PAGE = 5


@require_safe
@of_matter(Verb.VIEW)
def conflicts(request: HttpRequest, matter: Matter) -> HttpResponse:
    """What was checked, what was found, and how it stands."""
    user, made = person(request), latest_check(matter)
    may_read = made is not None and knows(user, matter)
    reading = reading_of(user, made) if made and may_read else None
    context = {
        "matter": matter,
        "tab": "overview",
        "verbs": verbs_of(user, matter),
        "summary": summary_of(matter),
        "reading": reading,
        "snippet": of_conflicts([line.name for line in reading.names]) if reading else "",
        "check_form": CheckForm(),
        "request_form": RequestForm(),
    }
    return render(request, "linkage/conflicts.html", context)


@require_POST
@of_matter(Verb.EDIT)
def check(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Look for the names of the matter among the parties of all matters."""
    form = CheckForm(request.POST)
    further = form.cleaned_data["further"].splitlines() if form.is_valid() else []
    check_conflicts(matter, further, acting_user=person(request))
    messages.success(request, _("The names are checked."))
    return redirect("linkage:conflicts", matter.pk)


@require_POST
@of_matter(Verb.REVIEW)
@confirmed_lately
def ask(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Let those decide who may see what was hit."""
    made, form = latest_check(matter), RequestForm(request.POST)
    if made is None:
        raise Http404
    note = form.cleaned_data["note"] if form.is_valid() else ""
    ask_for_decision(made, note, acting_user=person(request))
    messages.success(request, _("Attorneys who may see the other side are asked to decide."))
    return redirect("linkage:conflicts", matter.pk)


@require_safe
def open_hits(request: HttpRequest) -> HttpResponse:
    """What others ask this person to decide."""
    asked = to_decide(person(request))
    pairs = [(each.line.hit.name, each.line.hit.found_name) for each in asked]
    context = {"asked": asked, "snippet": of_pairs(pairs) if pairs else ""}
    return render(request, "linkage/to_decide.html", context)


@require_http_methods(["GET", "POST"])
def one_hit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Both names side by side, and the decision."""
    user = person(request)
    hit = hit_for(user, pk)
    if hit is None:
        raise Http404
    if request.method == "POST":
        require_ruling(user, hit)
    form = RulingForm(request.POST or None)
    if form.is_valid():
        rule_on(hit, **form.cleaned_data, acting_user=user)
        messages.success(request, _("The decision is kept."))
        return _after(user, hit.check_made.matter)
    asking = hit.check_made.matter
    sees_asking = can(user, Verb.VIEW, asking) and knows(user, asking)
    context = {
        "line": line_of(user, hit),
        "asking": asking if sees_asking else None,
        "note": hit.check_made.requests.first(),
        "snippet": of_conflict(hit.name, hit.found_name),
        "form": form if may_rule(user, hit) else None,
    }
    return render(request, "linkage/hit.html", context, status=422 if form.is_bound else 200)


def _after(user: User, asking: Matter) -> HttpResponse:
    if can(user, Verb.VIEW, asking):
        return redirect("linkage:conflicts", asking.pk)
    return redirect("linkage:open-conflicts")


def matter_panel(request: HttpRequest, matter: Matter) -> SafeString | None:
    """Whether the check is done, and for which names."""
    context = {
        "matter": matter,
        "summary": summary_of(matter),
        "may_check": can(person(request), Verb.EDIT, matter),
        "may_screen": knows(person(request), matter),
    }
    return render_to_string("linkage/parts/conflict_panel.html", context, request)


def home_panel(request: HttpRequest, user: User) -> SafeString | None:
    """What this attorney is asked to decide; nothing when there is nothing."""
    asked = to_decide(user, most=ON_THE_FIRST_PAGE + 1)
    if not asked:
        return None
    shown = {"asked": asked[:ON_THE_FIRST_PAGE], "more": len(asked) > ON_THE_FIRST_PAGE}
    return render_to_string("linkage/parts/conflicts_asked.html", shown, request)
