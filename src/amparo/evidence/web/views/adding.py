"""Adding files from the browser: straight into the safe, one request a file or all in one."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from amparo.accounts.web.guards import person
from amparo.base.errors import UsageError
from amparo.evidence.web import hearers
from amparo.evidence.web.actions.acquiring import Arrival, Taken, acquire
from amparo.evidence.web.actions.intake import finish_intake, open_intake
from amparo.evidence.web.actions.uploads import SealedUpload, SealingHandler
from amparo.evidence.web.forms import ProvenanceForm
from amparo.evidence.web.models import Intake
from amparo.evidence.web.safes import open_safe
from amparo.matters.access import Verb
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter

__all__ = ["add", "begin", "finish", "receive"]

BROWSER = "browser"
MOST_SHOWN = 400


@csrf_exempt  # asked for in _add: the token is inside what the handler seals
@require_http_methods(["GET", "POST"])
@of_matter(Verb.ADD)
def add(request: HttpRequest, matter: Matter) -> HttpResponseBase:
    """The page that adds files; without JavaScript it receives all of them at once."""
    with SealingHandler(request, open_safe()) as handler:
        if request.method == "POST":
            request.upload_handlers = [handler]
        return _add(request, matter)


@require_POST
@of_matter(Verb.ADD)
def begin(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Open an intake for files that will come one by one."""
    form = ProvenanceForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    intake = _open(request, matter, form)
    at = [matter.pk, intake.pk]
    return JsonResponse(
        {
            "receive": reverse("evidence:receive", args=at),
            "finish": reverse("evidence:finish", args=at),
            "list": _list_of(intake),
        },
        status=201,
    )


@csrf_exempt  # asked for in _receive
@require_POST
@of_matter(Verb.ADD)
def receive(request: HttpRequest, matter: Matter, intake_pk: UUID) -> HttpResponseBase:
    """Receive one or more files of an intake."""
    with SealingHandler(request, open_safe()) as handler:
        request.upload_handlers = [handler]
        return _receive(request, matter, intake_pk)


@require_POST
@of_matter(Verb.ADD)
def finish(request: HttpRequest, matter: Matter, intake_pk: UUID) -> HttpResponse:
    """Close the intake."""
    intake = _intake(request, matter, intake_pk)
    finish_intake(intake, acting_user=person(request))
    return JsonResponse({"list": _list_of(intake)})


@csrf_protect
def _add(request: HttpRequest, matter: Matter) -> HttpResponse:
    form = ProvenanceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not request.FILES:
            form.add_error(None, _("Choose one file or more."))
        else:
            intake = _open(request, matter, form)
            _say(request, _take(request, intake))
            finish_intake(intake, acting_user=person(request))
            return redirect(_list_of(intake))
    context = {"matter": matter, "tab": "evidence", "form": form}
    return render(request, "evidence/add.html", context, status=422 if form.errors else 200)


@csrf_protect
def _receive(request: HttpRequest, matter: Matter, intake_pk: UUID) -> HttpResponse:
    taken = _take(request, _intake(request, matter, intake_pk))
    told = [{"path": each.path, "status": each.status} for each in taken]
    return JsonResponse({"files": told})


def _take(request: HttpRequest, intake: Intake) -> list[Taken]:
    """Make items of the request's files, and tell who reads them: both, or neither."""
    uploads = request.FILES.getlist("files")
    paths = [*request.POST.getlist("path"), *[""] * len(uploads)]
    times = [*request.POST.getlist("modified"), *[""] * len(uploads)]
    arrivals = [
        _arrival(upload, path, time)
        for upload, path, time in zip(uploads, paths, times, strict=False)
        if isinstance(upload, SealedUpload)
    ]
    with transaction.atomic():
        taken = acquire(intake, arrivals, acting_user=person(request))
        for each in taken:
            if each.item and each.status == "added":
                hearers.tell(each.item, person(request))
    return taken


def _arrival(upload: SealedUpload, path: str, milliseconds: str) -> Arrival:
    """The path is a label that the browser gives; it never becomes a place on a disk."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    shown = "/".join(parts)[-MOST_SHOWN:] or upload.name or _("unnamed")
    return Arrival(shown.replace("\0", ""), upload.sealed, _moment(milliseconds))


def _moment(milliseconds: str) -> str:
    """A browser's file time as RFC 3339, or "" when it is none."""
    try:
        moment = datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _open(request: HttpRequest, matter: Matter, form: ProvenanceForm) -> Intake:
    return open_intake(
        matter,
        BROWSER,
        acting_user=person(request),
        tool=f"Amparo {version('amparo')}, {BROWSER}",
        provenance=form.provenance(),
        go_on=False,
    )


def _intake(request: HttpRequest, matter: Matter, pk: UUID) -> Intake:
    """An intake that this person opened and has not finished."""
    mine = matter.intakes.filter(by=person(request), root=BROWSER)
    intake = get_object_or_404(mine, pk=pk)
    if intake.finished_at:
        raise UsageError(_("This delivery is closed."), next_step=_("Add the files anew."))
    return intake


def _list_of(intake: Intake) -> str:
    return f"{reverse('evidence:list', args=[intake.matter_id])}?intake={intake.pk}"


def _say(request: HttpRequest, taken: list[Taken]) -> None:
    added = sum(each.status == "added" for each in taken)
    told = ngettext("%(count)s file is sealed.", "%(count)s files are sealed.", added)
    messages.success(request, told % {"count": added})
    again = len(taken) - added
    if again:
        told = ngettext(
            "%(count)s file was here already; its arrival is noted.",
            "%(count)s files were here already; their arrival is noted.",
            again,
        )
        messages.info(request, told % {"count": again})
