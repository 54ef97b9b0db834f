"""The work under way in the background, and what could not be read."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.base.web.htmx import by_htmx
from amparo.base.web.jobs import cancel, retry
from amparo.base.web.models import Job
from amparo.extract.web.queries import jobs_for, troubled_items
from amparo.extract.web.room import how_held
from amparo.matters.access import Verb
from amparo.matters.web.access import require, visible_matters

__all__ = ["again", "stop", "work"]

OVER_SHOWN = 30
TROUBLED_ON_A_PAGE = 50


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """What is being done, what was done lately, and which files are not readable."""
    rows = jobs_for(person(request))
    under_way = rows.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])
    over = rows.exclude(state__in=[Job.State.QUEUED, Job.State.RUNNING])
    context: dict[str, object] = {
        "under_way": under_way.order_by("state", "created_at")[:200],
        "over": over.order_by("-finished_at")[:OVER_SHOWN],
        "matters": {each.pk: each for each in visible_matters(person(request))},
    }
    if by_htmx(request):
        return render(request, "extract/parts/jobs.html", context)
    troubled = Paginator(troubled_items(person(request)), TROUBLED_ON_A_PAGE)
    context["held"] = how_held()
    context["page"] = troubled.get_page(request.GET.get("page"))
    return render(request, "extract/jobs.html", context)


@require_POST
def stop(request: HttpRequest, job_pk: UUID) -> HttpResponse:
    """Stop a job: at once when it waits, at its next step when it runs."""
    cancel(_job(request, job_pk))
    return redirect("extract:jobs")


@require_POST
def again(request: HttpRequest, job_pk: UUID) -> HttpResponse:
    """Put a failed or stopped job back in the queue."""
    retry(_job(request, job_pk))
    return redirect("extract:jobs")


def _job(request: HttpRequest, pk: UUID) -> Job:
    """A job that this person may know of, in a matter that they may add to."""
    job = get_object_or_404(jobs_for(person(request)), pk=pk)
    if job.matter_id:
        matter = get_object_or_404(visible_matters(person(request)), pk=job.matter_id)
        require(person(request), Verb.ADD, matter)
    return job
