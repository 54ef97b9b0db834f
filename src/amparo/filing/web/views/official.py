"""Official forms of a matter: brought, answered, filled, looked at field by field, approved."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.accounts.web.guards import confirmed_lately, person
from amparo.base.errors import AmparoError, CallFailed, UnreadableFile, UsageError
from amparo.base.ids import read_id
from amparo.base.web import calling_out
from amparo.evidence.web.safes import open_safe
from amparo.extract.web.models import Pinpoint
from amparo.extract.web.queries.passages import marked_passages
from amparo.extract.web.room import reading_room
from amparo.filing.web.actions import (
    Said,
    approve_form,
    bring_form,
    fetch_form,
    open_form_file,
    prepare_form,
    set_answers,
)
from amparo.filing.web.actions.fetching import PURPOSE
from amparo.filing.web.guards import of_form, of_prepared
from amparo.filing.web.models import OfficialForm, PreparedForm
from amparo.filing.web.queries.filled import field_pages
from amparo.filing.web.queries.official import forms_of, ready_forms
from amparo.filing.web.queries.questions import Question, question_pages
from amparo.filing.web.streams import attachment
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter

__all__ = ["approve", "bring", "download", "fetch", "fields", "forms", "picture", "questions"]

_WIDTH = 1000


@require_safe
@of_matter(Verb.VIEW)
def forms(request: HttpRequest, matter: Matter) -> HttpResponse:
    """The matter's official forms."""
    return _forms(request, matter)


@require_POST
@of_matter(Verb.PRODUCE)
def bring(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Take a blank form that someone brings."""
    file = request.FILES.get("blank")
    try:
        if file is None:
            raise UsageError(_("Choose the PDF of a blank form first."))
        made = bring_form(
            matter,
            file.read(),
            acting_user=person(request),
            room=reading_room(),
            safe=open_safe(),
        )
    except (UsageError, UnreadableFile) as error:
        return _forms(request, matter, problem=error)
    return redirect("filing:form", made.pk)


@require_POST
@of_matter(Verb.PRODUCE)
def fetch(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Fetch the current blank of a form from its agency; what calls out is allowed elsewhere."""
    try:
        made = fetch_form(
            matter,
            request.POST.get("form", ""),
            acting_user=person(request),
            room=reading_room(),
            safe=open_safe(),
        )
    except (UsageError, UnreadableFile, CallFailed) as error:
        return _forms(request, matter, problem=error)
    return redirect("filing:form", made.pk)


@require_http_methods(["GET", "POST"])
@of_form(Verb.PRODUCE)
def questions(request: HttpRequest, form: OfficialForm) -> HttpResponse:
    """What the form asks, with the matter's answers; kept, and filled when that was asked for."""
    pages = question_pages(form)
    if request.method == "POST":
        said = _said(request, [each for page in pages for each in page.questions], form.matter)
        changed = set_answers(form.matter, said, acting_user=person(request))
        if "fill" in request.POST:
            made = prepare_form(
                form, acting_user=person(request), room=reading_room(), safe=open_safe()
            )
            return redirect("filing:form-fields", made.pk)
        messages.success(request, _("It is kept.") if changed else _("Nothing was changed."))
        return redirect("filing:form", form.pk)
    context = {
        "matter": form.matter,
        "tab": "forms",
        "form": form,
        "verbs": verbs_of(person(request), form),
        "pages": pages,
        "passages": marked_passages(form.matter),
        "prepared": form.prepared.all(),
    }
    return render(request, "filing/form.html", context)


@require_safe
@of_prepared(Verb.VIEW)
def fields(request: HttpRequest, prepared: PreparedForm) -> HttpResponse:
    """A filled form, page by page, and of every field where its answer comes from."""
    pages = field_pages(prepared)
    checks = prepared.facts["checks"].values()
    context = {
        "matter": prepared.matter,
        "tab": "forms",
        "prepared": prepared,
        "form": prepared.form,
        "verbs": verbs_of(person(request), prepared),
        "pages": pages,
        "attention": [line for page in pages for line in page.lines if line.needs_a_person],
        "compared": sum(check["compared"] for check in checks),
        "checks": checks,
        "problems": prepared.facts["problems"],
        "unsourced": len(
            {line.question for page in pages for line in page.lines if line.rests_on_nothing}
        ),
    }
    return render(request, "filing/fields.html", context)


@require_safe
@of_prepared(Verb.VIEW)
def picture(_request: HttpRequest, prepared: PreparedForm, number: int) -> HttpResponse:
    """A page of the filled form as it looks; of the blank when it did not pass."""
    kept = prepared.object or prepared.form.blank
    with open_safe().open(kept.object_name) as file:
        drawn = reading_room().render(
            file.read(), media_type="application/pdf", pages=[number], width=_WIDTH
        )
    response = HttpResponse(drawn[0].data, content_type=drawn[0].media_type)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@of_prepared(Verb.EXPORT)
@confirmed_lately
def download(request: HttpRequest, prepared: PreparedForm) -> HttpResponseBase:
    """The filled form as a file; a draft says so in its name."""
    opened = open_form_file(prepared, safe=open_safe(), acting_user=person(request))
    draft = "" if prepared.approved_at else "draft-"
    assert prepared.object is not None
    response: StreamingHttpResponse = attachment(
        opened, f"{draft}{prepared.form.name}-{prepared.number}.pdf", prepared.object.size
    )
    return response


@require_POST
@of_prepared(Verb.REVIEW)
def approve(request: HttpRequest, prepared: PreparedForm) -> HttpResponse:
    """An attorney's approval of a filled form."""
    approve_form(prepared, acting_user=person(request))
    messages.success(request, _("You approved it for filing. That is written into the ledger."))
    return redirect("filing:form-fields", prepared.pk)


def _forms(
    request: HttpRequest, matter: Matter, problem: AmparoError | None = None
) -> HttpResponse:
    verbs = verbs_of(person(request), matter)
    context = {
        "matter": matter,
        "tab": "forms",
        "verbs": verbs,
        "forms": forms_of(matter),
        "ready": ready_forms(matter) if Verb.PRODUCE in verbs else (),
        "may_fetch": calling_out.is_on(PURPOSE.name),
        "problem": problem,
    }
    return render(request, "filing/forms.html", context, status=422 if problem else 200)


def _said(request: HttpRequest, asked: list[Question], matter: Matter) -> dict[str, Said]:
    """The answers of the page; what the page did not hold stays as it is."""
    passages: dict[UUID | None, Pinpoint] = {each.pk: each for each in marked_passages(matter)}
    said = {}
    for question in asked:
        if f"on:{question.id}" not in request.POST:
            continue
        given = (value.strip() for value in request.POST.getlist(f"a:{question.id}"))
        said[question.id] = Said(
            tuple(value for value in given if value),
            passages.get(read_id(request.POST.get(f"p:{question.id}", ""))),
            apart=question.never_automatic,
            decided=f"d:{question.id}" in request.POST,
        )
    return said
