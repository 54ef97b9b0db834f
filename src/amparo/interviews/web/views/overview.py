"""A matter's intake: what can be asked, what is known, what contradicts; and its panel."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from amparo.accounts.web.guards import person
from amparo.base import dates
from amparo.base.languages import INTERFACE_LANGUAGES
from amparo.interviews.answers import Answer
from amparo.interviews.loading import load
from amparo.interviews.web.guards import of_known_matter
from amparo.interviews.web.models import GivenAnswer, Interview
from amparo.interviews.web.pages import AnswerLine, answer_lines, offers, troubles
from amparo.interviews.web.queries import interviews_of, latest_of, rows_of, said_otherwise
from amparo.interviews.web.screens import summaries
from amparo.interviews.wording import wording
from amparo.matters.access import Verb
from amparo.matters.web.access import knows, verbs_of
from amparo.matters.web.models import Matter

__all__ = ["intake", "matter_panel", "page_language"]


def page_language() -> str:
    """The language of the page, as questionnaires name it."""
    return (get_language() or "en").split("-")[0]


@require_safe
@of_known_matter(Verb.VIEW)
def intake(request: HttpRequest, matter: Matter) -> HttpResponse:
    """The questionnaires with how far they are, what contradicts, screens, safe contact."""
    language, today = page_language(), timezone.localdate()
    rows = list(rows_of(matter))
    given = latest_of(rows)
    apart = {q: answer for q, answer in given.items() if q.startswith("safe.")}
    context = {
        "matter": matter,
        "tab": "intake",
        "verbs": verbs_of(person(request), matter),
        "offers": offers(given, today, language),
        "interviews": [_held(each, language) for each in interviews_of(matter)],
        "troubles": troubles(given, today, language),
        "otherwise": _otherwise(rows, given, language),
        "safe": answer_lines(apart, language),
        "screens": summaries(matter, today, language),
        "answered": len(given),
        "languages": INTERFACE_LANGUAGES,
        "language": language,
    }
    return render(request, "interviews/matter.html", context)


def matter_panel(request: HttpRequest, matter: Matter) -> SafeString | None:
    """How far the intake is, and what contradicts; nothing before it began."""
    user = person(request)
    if not knows(user, matter):
        return None
    rows = list(rows_of(matter))
    given = latest_of(rows)
    if not given:
        return None
    language, today = page_language(), timezone.localdate()
    context = {
        "matter": matter,
        "offers": [each for each in offers(given, today, language) if each.progress.answered],
        "troubles": len(troubles(given, today, language)) + len(said_otherwise(rows)),
    }
    return render_to_string("interviews/parts/overview.html", context, request)


def _held(interview: Interview, language: str) -> dict[str, object]:
    held = interview.held_on
    return {
        "row": interview,
        "title": wording(language).questionnaires[interview.questionnaire]["title"],
        "first": load(interview.questionnaire).sections[0].id,
        "held": dates.display(dates.parse(held), language) if held else "",
    }


def _otherwise(
    rows: list[GivenAnswer], given: Mapping[str, Answer], language: str
) -> list[AnswerLine]:
    """The answers to which others were given before."""
    others = said_otherwise(rows)
    return answer_lines({q: given[q] for q in given if q in others}, language, others)
