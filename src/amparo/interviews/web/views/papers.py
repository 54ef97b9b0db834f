"""A questionnaire on paper, in the language of who fills it in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import Http404
from django.views.decorators.http import require_safe

from amparo.accounts.web.guards import person
from amparo.base.languages import INTERFACE_LANGUAGES
from amparo.interviews.loading import NAMES, load
from amparo.interviews.paper import on_paper
from amparo.interviews.web.actions import note_paper
from amparo.interviews.web.guards import of_known_matter
from amparo.interviews.web.queries import given_answers
from amparo.interviews.web.views.overview import page_language
from amparo.matters.access import Verb
from amparo.matters.web.models import Matter

__all__ = ["paper"]

_CODES = frozenset(each.code for each in INTERFACE_LANGUAGES)


@require_safe
@of_known_matter(Verb.VIEW)
def paper(request: HttpRequest, matter: Matter, questionnaire: str) -> HttpResponse:
    """The questionnaire as a PDF: empty, or with what is known so far (``answers=yes``)."""
    language = request.GET.get("language") or page_language()
    beside = request.GET.get("beside", "")
    if questionnaire not in NAMES or language not in _CODES or beside not in {*_CODES, ""}:
        raise Http404
    filled = request.GET.get("answers") == "yes"
    note_paper(matter, questionnaire, filled=filled, acting_user=person(request))
    answers = given_answers(matter) if filled else {}
    data = on_paper(
        load(questionnaire), language, beside=beside, answers=answers, matter=matter.number
    )
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{questionnaire}-{language}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
