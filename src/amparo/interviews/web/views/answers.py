"""The answers of a matter, each with where it comes from, and what was said before."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.actions import audit
from amparo.accounts.web.guards import confirmed_lately, person
from amparo.base import sheets
from amparo.base.web.downloads import as_attachment
from amparo.interviews.answers import Answer, Source
from amparo.interviews.asking import Question, question_of, standing
from amparo.interviews.deriving import derived
from amparo.interviews.loading import load_all
from amparo.interviews.web.actions import Said, keep_answers
from amparo.interviews.web.forms import AnswerForm
from amparo.interviews.web.guards import of_known_matter
from amparo.interviews.web.pages import AnswerLine, answer_lines, question_words, shown
from amparo.interviews.web.queries import (
    given_answers,
    history_of,
    latest_of,
    rows_of,
    said_otherwise,
)
from amparo.interviews.web.views.overview import page_language
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of
from amparo.matters.web.models import Matter

__all__ = ["answer", "answers", "answers_csv", "say"]


@require_safe
@of_known_matter(Verb.VIEW)
def answers(request: HttpRequest, matter: Matter) -> HttpResponse:
    """All that is known, in the order in which it is asked."""
    language, rows, today = page_language(), list(rows_of(matter)), timezone.localdate()
    given = latest_of(rows)
    used = standing(load_all(), given, today)
    known = {q: each for q, each in used.items() if not each.is_unknown}
    following = {q: each for q, each in derived(known, today).items() if q not in given}
    context = {
        "matter": matter,
        "tab": "intake",
        "verbs": verbs_of(person(request), matter),
        "lines": answer_lines(given, language, said_otherwise(rows)),
        "unused": given.keys() - used.keys(),
        "following": answer_lines(following, language),
    }
    return render(request, "interviews/answers.html", context)


@require_safe
@of_known_matter(Verb.EXPORT)
@confirmed_lately
def answers_csv(request: HttpRequest, matter: Matter) -> HttpResponse:
    """The same as a table to take away."""
    heads = [
        _("Question"),
        _("Answer"),
        _("Who says so"),
        _("When"),
        _("Where it comes from"),
        "id",
    ]
    lines = answer_lines(given_answers(matter), page_language())
    audit("export list of answers", acting_user=person(request), matter_id=matter.pk)
    table = sheets.write(heads, [_row(line) for line in lines])
    answer = HttpResponse(table, content_type="text/csv; charset=utf-8")
    return as_attachment(answer, "answers.csv")


@require_safe
@of_known_matter(Verb.VIEW)
def answer(request: HttpRequest, matter: Matter, question: str) -> HttpResponse:
    """One answer: what was said, when and by whom."""
    return _answer(request, matter, _asked(question))


@require_POST
@of_known_matter(Verb.EDIT)
def say(request: HttpRequest, matter: Matter, question: str) -> HttpResponse:
    """Say an answer anew, or out of a document."""
    asked = _asked(question)
    form = AnswerForm(request.POST, matter=matter, question=asked, language=page_language())
    if not form.is_valid():
        return _answer(request, matter, asked, form)
    said = {question: Said(form.cleaned_data["value"], form.cleaned_data["pinpoint"])}
    who = form.cleaned_data["who"]
    changed = keep_answers(matter, said, who=who, acting_user=person(request))
    messages.success(request, _("It is kept.") if changed else _("Nothing was changed."))
    return redirect("interviews:answer", matter.pk, question)


def _row(line: AnswerLine) -> tuple[str, ...]:
    source, says = line.answer.source or Source(), line.says
    passage = source.passage
    place = f"{passage.name}, {passage.page}" if passage and passage.page else ""
    if passage and not place:
        place = passage.name
    question = f"{line.heading}: {says}" if line.heading else says
    return question, line.shown, source.who, source.when, place, line.answer.question


def _answer(
    request: HttpRequest, matter: Matter, asked: Question, form: AnswerForm | None = None
) -> HttpResponse:
    rows, language = history_of(matter, asked.id), page_language()
    now = rows[0] if rows else None
    values = (now.values if len(now.values) > 1 else "".join(now.values)) if now else ""
    first = {"value": values, "pinpoint": now.pinpoint_id if now else None}
    context = {
        "matter": matter,
        "tab": "intake",
        "verbs": verbs_of(person(request), matter),
        "question": asked,
        "says": question_words(asked.id, language),
        "rows": [
            (row, shown(asked, Answer(asked.id, tuple(row.values)), language)) for row in rows
        ],
        "form": form or AnswerForm(matter=matter, question=asked, language=language, initial=first),
    }
    return render(request, "interviews/answer.html", context, status=422 if form else 200)


def _asked(question: str) -> Question:
    found = question_of(question, *load_all())
    if found is None:
        raise Http404
    return found
