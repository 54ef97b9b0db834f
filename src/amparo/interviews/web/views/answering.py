"""Going through a questionnaire: begun, section after section, finished."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amparo.accounts.web.guards import person
from amparo.base import dates
from amparo.base.web.htmx import by_htmx
from amparo.interviews.answers import Answers
from amparo.interviews.asking import asked as asked_in
from amparo.interviews.asking import section_of
from amparo.interviews.deriving import derived
from amparo.interviews.loading import NAMES, load
from amparo.interviews.schema import Section
from amparo.interviews.web.actions import Said, finish_interview, keep_answers, open_interview
from amparo.interviews.web.forms import BeginForm, Typed, read_section
from amparo.interviews.web.guards import of_interview, of_known_matter
from amparo.interviews.web.models import Interview
from amparo.interviews.web.queries import given_answers
from amparo.interviews.web.sections import View, clusters_of, sections_of
from amparo.interviews.web.views.overview import page_language
from amparo.interviews.wording import wording
from amparo.matters.access import Verb
from amparo.matters.web.models import Matter

__all__ = ["begin", "finish", "section"]


@require_http_methods(["GET", "POST"])
@of_known_matter(Verb.EDIT)
def begin(request: HttpRequest, matter: Matter, questionnaire: str) -> HttpResponse:
    """Say who answers, in which language, when; then the first section."""
    if questionnaire not in NAMES:
        raise Http404
    today = dates.from_day(timezone.localdate())
    first = {"held_on": dates.display(today, page_language()), **_client(matter)}
    form = BeginForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        made = open_interview(
            matter, questionnaire, acting_user=person(request), **form.cleaned_data
        )
        return redirect("interviews:section", made.pk, load(questionnaire).sections[0].id)
    context = {
        "matter": matter,
        "tab": "intake",
        "form": form,
        "said": wording(page_language()).questionnaires[questionnaire],
    }
    return render(request, "interviews/begin.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@of_interview(Verb.EDIT)
def section(request: HttpRequest, interview: Interview, section: str) -> HttpResponse:
    """One section: its questions as the answers so far branch; kept, and on to the next."""
    questionnaire = load(interview.questionnaire)
    asked = section_of(questionnaire, section)
    if asked is None:
        raise Http404
    if request.method == "GET":
        more = frozenset(request.GET.getlist("more"))
        return _section(request, interview, asked, Typed(), more)
    typed = read_section(request.POST, questionnaire)
    more = frozenset(request.POST.getlist("room"))
    if by_htmx(request):
        return _section(request, interview, asked, typed, more)
    if typed.problems:
        return _section(request, interview, asked, typed, more, status=422)
    before = given_answers(interview.matter)
    said = {q: Said(values) for q, values in typed.changed(before).items()}
    keep_answers(interview.matter, said, interview=interview, acting_user=person(request))
    return _onward(request, interview, asked, before, frozenset(typed.texts))


@require_POST
@of_interview(Verb.EDIT)
def finish(request: HttpRequest, interview: Interview) -> HttpResponse:
    """Say that the questionnaire was gone through."""
    finish_interview(interview, acting_user=person(request))
    messages.success(request, _("The conversation is finished. Its answers can still be changed."))
    return redirect("interviews:matter", interview.matter_id)


def _section(
    request: HttpRequest,
    interview: Interview,
    section: Section,
    typed: Typed,
    more: frozenset[str],
    status: int = 200,
) -> HttpResponse:
    questionnaire, language = load(interview.questionnaire), page_language()
    answers, today = given_answers(interview.matter), timezone.localdate()
    known = typed.over(answers)
    said = {q: each for q, each in known.items() if not each.is_unknown}
    view = View(answers, derived(said, today), typed, today, language, interview.language, more)
    context = {
        "matter": interview.matter,
        "tab": "intake",
        "interview": interview,
        "said": wording(language).questionnaires[questionnaire.id],
        "section": section,
        "section_said": wording(language).section(questionnaire.id, section.id),
        "sections": sections_of(questionnaire, known, today, language),
        "clusters": clusters_of(section, view),
        "more": more,
        "problems": len(typed.problems),
        "next": _next(interview, section, known, today),
        "spoken": interview.language if interview.language != language else "",
    }
    page = "interviews/parts/section.html" if by_htmx(request) else "interviews/section.html"
    return render(request, page, context, status=status)


def _onward(
    request: HttpRequest,
    interview: Interview,
    section: Section,
    before: Answers,
    seen: frozenset[str],
) -> HttpResponse:
    """To the next section; back to this one for another member, or for what is asked only now and
    was not ``seen``."""
    here = reverse("interviews:section", args=[interview.pk, section.id])
    if stem := request.POST.get("more"):
        return redirect(f"{here}?more={stem}#more-{stem.replace('.', '-')}")
    today, answers = timezone.localdate(), given_answers(interview.matter)
    opened = _ids(section, answers, today) - _ids(section, before, today) - seen
    if opened:
        messages.info(request, _("It is kept. More is asked now because of what was said."))
        return redirect(here)
    if "stay" in request.POST:
        messages.success(request, _("It is kept."))
        return redirect(here)
    following = _next(interview, section, answers, today)
    if following:
        return redirect("interviews:section", interview.pk, following)
    messages.success(request, _("That was the last section."))
    return redirect("interviews:matter", interview.matter_id)


def _ids(section: Section, answers: Answers, today: date) -> set[str]:
    """The questions of a section that are asked now, by id."""
    return {q.id for cluster in asked_in(section, answers, today) for q in cluster.questions}


def _next(interview: Interview, section: Section, answers: Answers, today: date) -> str:
    """The id of the next section that asks something now, "" after the last."""
    questionnaire = load(interview.questionnaire)
    ids = [each.id for each in questionnaire.sections]
    open_now = {each.id for each in sections_of(questionnaire, answers, today, "en")}
    rest = ids[ids.index(section.id) + 1 :]
    return next((each for each in rest if each in open_now), "")


def _client(matter: Matter) -> dict[str, str]:
    """Who most likely answers: the client."""
    party = matter.parties.filter(role="client").first()
    return {"who": party.name} if party else {}
