"""The pages of estimates: choose lists and see the checks, wait, read the result, take it away."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.accounts.web.guards import confirmed_lately, person
from amparo.base.errors import UsageError
from amparo.base.web.jobs import cancel, retry
from amparo.base.web.models import Job
from amparo.evidence.web.models import Item
from amparo.extract.web.guards import of_item
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing, verbs_of
from amparo.matters.web.guards import of_what
from amparo.patterns import estimate
from amparo.patterns.web.actions import Asked, ask_for_estimate, take_estimate
from amparo.patterns.web.forms import EstimateForm
from amparo.patterns.web.methods import METHODS
from amparo.patterns.web.models import Estimation
from amparo.patterns.web.queries import (
    Sheet,
    estimation_for,
    estimations_of,
    filled_strata_of,
    line_of,
    lists_of,
    sheet_of,
    strata_of,
)
from amparo.patterns.web.told.estimates import look_at, snippet, tell
from amparo.patterns.web.told.notebook import of_checks

__all__ = ["again", "choose", "result", "stop", "taken"]

FILES = {"json": "application/json", "svg": "image/svg+xml", "txt": "text/plain; charset=utf-8"}


@require_http_methods(["GET", "HEAD", "POST"])
@of_item(Verb.VIEW)
def choose(request: HttpRequest, item: Item) -> HttpResponse:
    """Choose the lists of a table and see what it can bear; then have it estimated."""
    if request.method == "POST":
        require_knowing(person(request), Verb.PRODUCE, item)
    context = _of_item(request, item)
    try:
        sheet = sheet_of(item, request.GET.get("sheet", ""))
        form = EstimateForm(_data(request), records=sheet.records)
        context |= {"sheet": sheet, "form": form}
        if request.method == "POST" and form.is_valid():
            made = _ask(request, item, sheet, form)
            return redirect("patterns:estimated", made.pk)
        context |= _look(sheet, form)
    except UsageError as error:
        context["problem"] = error
    wrong = "problem" in context or (request.method == "POST")
    return render(request, "patterns/estimate.html", context, status=422 if wrong else 200)


@require_safe
@of_what(estimation_for, Verb.VIEW)
def result(request: HttpRequest, asked: Estimation) -> HttpResponse:
    """An estimate: how far it is, or what came of it."""
    line = line_of(asked)
    context = _of_item(request, asked.item) | {"asked": asked, "line": line, "job": line.job}
    if request.htmx and line.is_under_way:  # type: ignore[attr-defined]
        return render(request, "patterns/parts/estimating.html", context)
    if line.result:
        told = tell(asked, line.result)
        context |= {
            "told": told,
            "look": look_at(estimate.table_of(line.result.record)),
            "picture": mark_safe(told.picture),  # noqa: S308 our own drawing, its words escaped
            "snippet": snippet(asked),
            "files": FILES,
        }
    answer = render(request, "patterns/estimated.html", context)
    if request.htmx:  # type: ignore[attr-defined]
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@of_what(estimation_for, Verb.PRODUCE, require_knowing)
def stop(request: HttpRequest, asked: Estimation) -> HttpResponse:
    """Stop an estimate: at once when it waits, at its next step when it runs."""
    job = Job.objects.filter(pk=asked.job_id).first()
    if job and not job.is_over:
        cancel(job)
        messages.info(request, _("The estimate is being stopped."))
    return redirect("patterns:estimated", asked.pk)


@require_POST
@of_what(estimation_for, Verb.PRODUCE, require_knowing)
def again(request: HttpRequest, asked: Estimation) -> HttpResponse:
    """Queue an estimate again that failed or was stopped."""
    job = Job.objects.filter(pk=asked.job_id).first()
    if job and not line_of(asked).result:
        retry(job)
        messages.info(request, _("The estimate is queued again."))
    return redirect("patterns:estimated", asked.pk)


@require_safe
@of_what(estimation_for, Verb.EXPORT, require_knowing)
@confirmed_lately
def taken(request: HttpRequest, asked: Estimation, form: str) -> HttpResponse:
    """The file that gives it again, the picture, or the paragraph."""
    line = line_of(asked)
    if form not in FILES or not line.result:
        raise Http404
    told = tell(asked, line.result)
    text = {"json": line.result.record, "svg": told.picture, "txt": f"{told.paragraph}\n"}[form]
    take_estimate(asked, form, acting_user=person(request))
    answer = HttpResponse(text, content_type=FILES[form])
    day = line.result.made_at.date().isoformat()
    answer["Content-Disposition"] = f'attachment; filename="estimate-{day}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _of_item(request: HttpRequest, item: Item) -> dict[str, Any]:
    return {
        "matter": item.matter,
        "tab": "patterns",
        "item": item,
        "methods": METHODS.values(),
        "verbs": verbs_of(person(request), item),
        "earlier": estimations_of(item),
    }


def _data(request: HttpRequest) -> Any:
    """What was chosen, by form or by address; None when the page is opened first."""
    if request.method == "POST":
        return request.POST
    return request.GET if "lists" in request.GET else None


def _look(sheet: Sheet, form: EstimateForm) -> dict[str, Any]:
    """The checks of what is chosen, and how a notebook makes them; nothing when there are not two
    lists yet."""
    if form.is_bound:
        chosen = cast(QueryDict, form.data)
        lists = [name for name in chosen.getlist("lists") if name in sheet.records.columns]
        count = chosen.get("count", "")
    else:
        lists, count = list(form.found), str(form.fields["count"].initial or "")
    if len(lists) < 2:
        return {}
    counted = count if count in sheet.records.columns else ""
    look = look_at(lists_of(sheet, lists, counted))
    return {"look": look, "snippet": of_checks(sheet, lists, counted)}


def _ask(request: HttpRequest, item: Item, sheet: Sheet, form: EstimateForm) -> Estimation:
    """Queue what the form says; a table that cannot be read is refused now, not in the queue."""
    told = form.cleaned_data
    lists_of(sheet, told["lists"], told["count"])
    if told["filled"]:
        filled_strata_of(sheet, told["lists"], told["stratum"], times=2, seed=told["seed"])
    else:
        strata_of(sheet, told["lists"], told["count"], told["stratum"])
    asked = Asked(
        lists=told["lists"],
        group=told["group"].strip().rstrip("."),
        sheet=sheet.name if request.GET.get("sheet") else "",
        count=told["count"],
        stratum=told["stratum"],
        filled=told["filled"],
        seed=told["seed"],
    )
    return ask_for_estimate(item, asked, acting_user=person(request))
