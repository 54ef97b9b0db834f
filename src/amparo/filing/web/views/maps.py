"""What each field of a form asks, beside the rendered page; of an unknown edition, decided here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.base.errors import UsageError
from amparo.base.numbers import whole
from amparo.base.web.htmx import by_htmx
from amparo.evidence.web.safes import open_safe
from amparo.extract.web.room import reading_room
from amparo.filing.forms.answers.formats import FORMATS
from amparo.filing.forms.proposing.review import Word, known_questions
from amparo.filing.web.actions import propose_map, read_again, say_of_field
from amparo.filing.web.guards import of_form
from amparo.filing.web.models import OfficialForm
from amparo.filing.web.queries.reviews import (
    MapLine,
    MapPage,
    anchor_of,
    map_page,
    shipped_for,
)
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of

__all__ = ["blank_page", "fields", "finish", "propose", "say"]

_WIDTH = 1000


@require_safe
@of_form(Verb.PRODUCE)
def fields(request: HttpRequest, form: OfficialForm) -> HttpResponse:
    """A page of the form with what each of its fields asks."""
    _read_anew(request, form)
    page = map_page(form, _number(request.GET.get("page"), form))
    if page is None:
        return redirect("filing:form", form.pk)
    return render(request, "filing/map.html", _context(request, form, page))


@require_POST
@of_form(Verb.PRODUCE)
def propose(request: HttpRequest, form: OfficialForm) -> HttpResponse:
    """Have a map proposed for an edition that has none."""
    propose_map(form, acting_user=person(request), room=reading_room(), safe=open_safe())
    return redirect("filing:map", form.pk)


@require_POST
@of_form(Verb.PRODUCE)
def say(request: HttpRequest, form: OfficialForm) -> HttpResponse:
    """A person's word on one field."""
    key, number = request.POST.get("key", ""), _number(request.POST.get("page"), form)
    problem = None
    try:
        say_of_field(form, key, _word(request), acting_user=person(request))
    except UsageError as error:
        problem = error
    page = map_page(form, number)
    line = next((each for each in page.lines if each.key == key), None) if page else None
    if page is None or line is None:
        return redirect("filing:form", form.pk)
    if by_htmx(request):
        return _answer_line(request, form, page, line, problem)
    if problem:
        context = {**_context(request, form, page), "problem": problem}
        return render(request, "filing/map.html", context, status=422)
    return redirect(f"{reverse('filing:map', args=[form.pk])}?page={number}#{anchor_of(key)}")


@require_POST
@of_form(Verb.PRODUCE)
def finish(request: HttpRequest, form: OfficialForm) -> HttpResponse:
    """Read the form again with what was decided, and go on to its questions."""
    read_again(form, acting_user=person(request), room=reading_room(), safe=open_safe())
    return redirect("filing:form", form.pk)


@require_safe
@of_form(Verb.PRODUCE)
def blank_page(_request: HttpRequest, form: OfficialForm, number: int) -> HttpResponse:
    """A page of the blank as it looks."""
    with open_safe().open(form.blank.object_name) as file:
        drawn = reading_room().render(
            file.read(), media_type="application/pdf", pages=[number], width=_WIDTH
        )
    response = HttpResponse(drawn[0].data, content_type=drawn[0].media_type)
    response["Cache-Control"] = "private, max-age=600"
    return response


def _read_anew(request: HttpRequest, form: OfficialForm) -> None:
    """A form that was read by an earlier version of the program says too little of its pages."""
    if not form.read.get("boxes") and form.read.get("fingerprint"):
        read_again(form, acting_user=person(request), room=reading_room(), safe=open_safe())


def _answer_line(
    request: HttpRequest,
    form: OfficialForm,
    page: MapPage,
    line: MapLine,
    problem: UsageError | None,
) -> HttpResponse:
    context = {
        **_context(request, form, page),
        "line": line,
        "page": page,
        "line_problem": problem,
        "out_of_band": True,
    }
    return render(request, "filing/parts/map_line.html", context)


def _context(request: HttpRequest, form: OfficialForm, page: MapPage) -> dict[str, object]:
    shipped = shipped_for(form.name, form.read.get("fingerprint", ""))
    return {
        "matter": form.matter,
        "tab": "forms",
        "form": form,
        "page": page,
        "shipped": shipped,
        "verbs": verbs_of(person(request), form),
        "questions": () if shipped else known_questions(form.name),
        "formats": sorted(FORMATS),
        "numbers": range(1, page.pages + 1),
        "says_done": _("Every field of this page is decided."),
    }


def _word(request: HttpRequest) -> Word:
    posted = request.POST
    return Word(
        verdict=posted.get("verdict", ""),
        questions=posted.get("ask", ""),
        tick=posted.get("tick", ""),
        format=posted.get("as", "text"),
    )


def _number(text: str | None, form: OfficialForm) -> int:
    """A page that the form has."""
    return max(1, min(whole(text, 1), int(form.read.get("pages") or 1)))
