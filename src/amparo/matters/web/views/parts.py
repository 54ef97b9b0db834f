"""What a matter holds of its own: parties, tasks, notes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import Form, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amparo.accounts.web.guards import confirmed_lately, person
from amparo.base.errors import UsageError
from amparo.base.web.htmx import by_htmx
from amparo.base.web.panels import panels_at
from amparo.matters.access import Verb
from amparo.matters.sealing import short_forms
from amparo.matters.web import actions
from amparo.matters.web.access import current_members, verbs_of
from amparo.matters.web.forms import NoteForm, PartyForm, SealForm, TaskForm
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter, Party, Task
from amparo.matters.web.queries import task_lines

__all__ = [
    "add_party",
    "add_task",
    "change_party",
    "change_task",
    "finish_task",
    "remove_party",
    "remove_task",
    "seal_party",
    "unseal_party",
    "write_note",
]


@require_http_methods(["GET", "POST"])
@of_matter(Verb.EDIT)
def add_party(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Someone who takes part in the matter."""
    form = PartyForm(request.POST or None)
    if form.is_valid():
        actions.add_party(matter, acting_user=person(request), **form.cleaned_data)
        return _back(matter, "parties")
    return _form_page(request, matter, form, _("Add a party"), about=matter)


@require_http_methods(["GET", "POST"])
@of_matter(Verb.EDIT)
def change_party(request: HttpRequest, matter: Matter, party_pk: UUID) -> HttpResponse:
    """What is written about a party."""
    party = get_object_or_404(Party, pk=party_pk, matter=matter)
    now = {name: getattr(party, name) for name in PartyForm.base_fields}
    form = PartyForm(request.POST or None, initial=now)
    if form.is_valid():
        actions.change_party(party, acting_user=person(request), **form.cleaned_data)
        return _back(matter, "parties")
    remove = reverse("matters:remove-party", args=[matter.pk, party.pk])
    return _form_page(request, matter, form, party.name, remove=remove, about=party)


@require_POST
@of_matter(Verb.EDIT)
@confirmed_lately
def remove_party(request: HttpRequest, matter: Matter, party_pk: UUID) -> HttpResponse:
    """Take a party off the matter."""
    party = get_object_or_404(Party, pk=party_pk, matter=matter)
    actions.remove_party(party, acting_user=person(request))
    messages.success(request, _("%(name)s is no longer a party.") % {"name": party})
    return _back(matter, "parties")


@require_http_methods(["GET", "POST"])
@of_matter(Verb.MANAGE)
@confirmed_lately
def seal_party(request: HttpRequest, matter: Matter, party_pk: UUID) -> HttpResponse:
    """Who a party is, sealed from all but those who are named."""
    party, user = get_object_or_404(Party, pk=party_pk, matter=matter), person(request)
    knowing = current_members(matter).filter(knows=True).values_list("user", flat=True)
    now = {
        "pseudonym": party.pseudonym,
        "spellings": party.spellings or "\n".join(short_forms(party.name, party.original_name)),
        "known_to": list(knowing),
    }
    form = SealForm(request.POST or None, initial=now, matter=matter, user=user)
    if form.is_valid():
        chosen = form.cleaned_data
        chosen["spellings"] = chosen["spellings"].splitlines()
        try:
            actions.seal_party(party, acting_user=user, **chosen)
        except UsageError as error:
            form.add_error("pseudonym", str(error))
        else:
            messages.success(request, _("The identity is sealed."))
            return _back(matter, "parties")
    context = {"matter": matter, "party": party, "form": form}
    return render(request, "matters/seal.html", context, status=422 if form.is_bound else 200)


@require_POST
@of_matter(Verb.MANAGE)
@confirmed_lately
def unseal_party(request: HttpRequest, matter: Matter, party_pk: UUID) -> HttpResponse:
    """Who a party is, told to the whole team again."""
    party = get_object_or_404(Party, pk=party_pk, matter=matter)
    actions.unseal_party(party, acting_user=person(request))
    messages.success(request, _("The whole team reads the name again."))
    return _back(matter, "parties")


@require_POST
@of_matter(Verb.EDIT)
def add_task(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Something to do; the answer is the list with it."""
    form = TaskForm(request.POST, matter=matter)
    if form.is_valid():
        actions.add_task(matter, acting_user=person(request), **form.cleaned_data)
        form = TaskForm(matter=matter)
    return _tasks(request, matter, form)


@require_POST
@of_matter(Verb.ANNOTATE)
def finish_task(request: HttpRequest, matter: Matter, task_pk: UUID) -> HttpResponse:
    """Done, or not done after all."""
    task = get_object_or_404(Task, pk=task_pk, matter=matter)
    actions.finish_task(task, acting_user=person(request), done=task.done_at is None)
    return _tasks(request, matter, TaskForm(matter=matter))


@require_http_methods(["GET", "POST"])
@of_matter(Verb.EDIT)
def change_task(request: HttpRequest, matter: Matter, task_pk: UUID) -> HttpResponse:
    """A task, said better."""
    task = get_object_or_404(Task, pk=task_pk, matter=matter)
    now = {"title": task.title, "assignee": task.assignee, "due": task.due}
    form = TaskForm(request.POST or None, initial=now, matter=matter)
    if form.is_valid():
        actions.change_task(task, acting_user=person(request), **form.cleaned_data)
        return _back(matter, "tasks")
    remove = reverse("matters:remove-task", args=[matter.pk, task.pk])
    return _form_page(request, matter, form, _("Change a task"), remove=remove)


@require_POST
@of_matter(Verb.EDIT)
@confirmed_lately
def remove_task(request: HttpRequest, matter: Matter, task_pk: UUID) -> HttpResponse:
    """Take a task off the list."""
    task = get_object_or_404(Task, pk=task_pk, matter=matter)
    actions.remove_task(task, acting_user=person(request))
    messages.success(request, _("The task is removed."))
    return _back(matter, "tasks")


@require_POST
@of_matter(Verb.ANNOTATE)
def write_note(request: HttpRequest, matter: Matter) -> HttpResponse:
    """A note; it stays as it was written."""
    form = NoteForm(request.POST)
    if form.is_valid():
        actions.write_note(matter, form.cleaned_data["text"], acting_user=person(request))
        form = NoteForm()
    if not by_htmx(request):
        return _back(matter, "notes")
    context = {
        "matter": matter,
        "verbs": verbs_of(person(request), matter),
        "notes": matter.notes.select_related("author"),
        "note_form": form,
    }
    return render(request, "matters/parts/notes.html", context)


def _tasks(request: HttpRequest, matter: Matter, form: TaskForm) -> HttpResponse:
    if not by_htmx(request):
        if form.is_bound and form.errors:
            return _form_page(request, matter, form, _("Add a task"))
        return _back(matter, "tasks")
    context = {
        "matter": matter,
        "verbs": verbs_of(person(request), matter),
        "tasks": task_lines(matter.tasks.select_related("assignee")),
        "task_form": form,
    }
    return render(request, "matters/parts/tasks.html", context)


def _form_page(
    request: HttpRequest,
    matter: Matter,
    form: Form | ModelForm[Party],
    title: str,
    remove: str = "",
    about: Matter | Party | None = None,
) -> HttpResponse:
    """``about``: what the panels beside the form of a party are about."""
    panels = list(panels_at("party form", request, about)) if about else []
    context = {
        "matter": matter,
        "form": form,
        "title": title,
        "remove": remove,
        "panels": panels,
    }
    return render(request, "matters/form.html", context)


def _back(matter: Matter, anchor: str) -> HttpResponse:
    return redirect(f"{reverse('matters:matter', args=[matter.pk])}#{anchor}")
