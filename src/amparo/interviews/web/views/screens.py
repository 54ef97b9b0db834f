"""Eligibility screens: each criterion with its reason, and an attorney's word over it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.interviews.screening import NAMES, Screen, Verdict, load_screen, screened
from amparo.interviews.web.actions import judge_criterion
from amparo.interviews.web.forms import JudgeForm
from amparo.interviews.web.guards import of_known_matter
from amparo.interviews.web.queries import answers_of
from amparo.interviews.web.screens import criterion_lines
from amparo.interviews.web.views.overview import page_language
from amparo.interviews.wording import wording
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of
from amparo.matters.web.models import Matter

__all__ = ["judge", "screen"]


@require_safe
@of_known_matter(Verb.VIEW)
def screen(request: HttpRequest, matter: Matter, screen: str) -> HttpResponse:
    """A screen with what the answers say of each criterion."""
    return _screen(request, matter, _known(screen))


@require_POST
@of_known_matter(Verb.REVIEW)
def judge(request: HttpRequest, matter: Matter, screen: str) -> HttpResponse:
    """Keep an attorney's word on one criterion."""
    found, answers = _known(screen), answers_of(matter)
    findings = {each.criterion.id: each for each in screened(found, answers, timezone.localdate())}
    criterion = request.POST.get("criterion", "")
    form = JudgeForm(request.POST)
    if not form.is_valid() or criterion not in findings:
        return _screen(request, matter, found, form, criterion)
    judge_criterion(
        matter,
        found,
        findings[criterion],
        cast(Verdict, form.cleaned_data["verdict"]),
        form.cleaned_data["reason"],
        answers=answers,
        acting_user=person(request),
    )
    messages.success(request, _("Your judgement is kept with its reason."))
    return redirect("interviews:screen", matter.pk, screen)


def _screen(
    request: HttpRequest,
    matter: Matter,
    found: Screen,
    form: JudgeForm | None = None,
    criterion: str = "",
) -> HttpResponse:
    language, today = page_language(), timezone.localdate()
    context = {
        "matter": matter,
        "tab": "intake",
        "verbs": verbs_of(person(request), matter),
        "screen": found,
        "said": wording(language).screens[found.id],
        "lines": criterion_lines(found, matter, answers_of(matter), today, language),
        "form": form or JudgeForm(),
        "wrong": criterion if form else "",
    }
    return render(request, "interviews/screen.html", context, status=422 if form else 200)


def _known(name: str) -> Screen:
    if name not in NAMES:
        raise Http404
    return load_screen(name)
