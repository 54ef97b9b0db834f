"""The list of matters, and a matter: opened, shown, described anew."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.guards import confirmed_lately, may, person
from amparo.base import sheets
from amparo.base.errors import UsageError
from amparo.base.web.downloads import as_attachment
from amparo.base.web.panels import panels_at
from amparo.matters.access import Verb
from amparo.matters.web.access import knows, verbs_of, visible_matters
from amparo.matters.web.actions import change_matter, open_matter, set_status
from amparo.matters.web.forms import MatterFilterForm, MatterForm, NewMatterForm, NoteForm, TaskForm
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter
from amparo.matters.web.queries import listed_matters, task_lines, team_of

__all__ = ["edit", "matter_page", "matters", "matters_csv", "open_new", "status_of_several"]

ON_A_PAGE = 50


@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """The matters that this person may see."""
    form = MatterFilterForm(request.GET)
    order = request.GET.get("order", "opened")
    rows = listed_matters(person(request), order=order, **_filters(form))
    context = {
        "form": form,
        "order": order,
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "any_at_all": visible_matters(person(request)).exists(),
        "statuses": Matter.Status.choices,
    }
    return render(request, "matters/matters.html", context)


@require_safe
@confirmed_lately
def matters_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as a table to take away."""
    rows = listed_matters(person(request), **_filters(MatterFilterForm(request.GET)))
    heads = ["number", "title", "type", "status", "court or body", "opened"]
    table = sheets.write(
        heads,
        ((m.number, m.title, m.kind, m.status, m.forum, m.opened_at.date()) for m in rows),
    )
    answer = HttpResponse(table, content_type="text/csv; charset=utf-8")
    return as_attachment(answer, "matters.csv")


@require_POST
def status_of_several(request: HttpRequest) -> HttpResponse:
    """One status for the selected matters."""
    status = request.POST.get("status", "")
    if status not in Matter.Status.values:
        raise UsageError(_("Choose a status."))
    chosen = visible_matters(person(request)).filter(pk__in=request.POST.getlist("matter"))
    changed = set_status(chosen, status, acting_user=person(request))
    told = ngettext("%(count)s matter is changed.", "%(count)s matters are changed.", changed)
    messages.success(request, told % {"count": changed})
    return redirect("matters:list")


@require_http_methods(["GET", "POST"])
@may(WorkspaceVerb.OPEN_MATTER)
def open_new(request: HttpRequest) -> HttpResponse:
    """A new matter, with its opener on the team."""
    form = NewMatterForm(request.POST or None)
    if form.is_valid():
        try:
            matter = open_matter(**form.cleaned_data, acting_user=person(request))
        except UsageError as error:
            form.add_error("number", str(error))
        else:
            messages.success(request, _("The matter is open. You are on its team."))
            return redirect("matters:matter", matter.pk)
    return render(request, "matters/open.html", {"form": form})


@require_safe
@of_matter(Verb.VIEW)
def matter_page(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Everything about a matter at a glance."""
    context = {
        "matter": matter,
        "tab": "overview",
        "verbs": verbs_of(person(request), matter),
        "parties": matter.parties.all(),
        "knows": knows(person(request), matter),
        "tasks": task_lines(matter.tasks.select_related("assignee")),
        "task_form": TaskForm(matter=matter),
        "notes": matter.notes.select_related("author"),
        "note_form": NoteForm(),
        "team": team_of(matter),
        "panels": list(panels_at("matter", request, matter)),
    }
    return render(request, "matters/matter.html", context)


@require_http_methods(["GET", "POST"])
@of_matter(Verb.EDIT)
def edit(request: HttpRequest, matter: Matter) -> HttpResponse:
    """How the matter is described."""
    names = MatterForm.base_fields
    form = MatterForm(request.POST or None, initial={name: getattr(matter, name) for name in names})
    if form.is_valid():
        try:
            change_matter(matter, acting_user=person(request), **form.cleaned_data)
        except UsageError as error:
            form.add_error("number", str(error))
        else:
            messages.success(request, _("The changes are kept."))
            return redirect("matters:matter", matter.pk)
    return render(request, "matters/edit.html", {"form": form, "matter": matter})


def _filters(form: MatterFilterForm) -> dict[str, str]:
    form.is_valid()
    chosen = form.cleaned_data
    return {
        "text": chosen.get("q", ""),
        "kind": chosen.get("kind", ""),
        "status": chosen.get("status", ""),
    }
