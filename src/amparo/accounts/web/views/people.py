"""The people of the workspace, for administrators."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions import change_person, create_user, issue_sign_in_link
from amparo.accounts.web.forms import NewPersonForm, PeopleFilterForm, PersonForm
from amparo.accounts.web.guards import confirmed_lately, may, person
from amparo.accounts.web.models import User
from amparo.accounts.web.queries import people as people_rows
from amparo.accounts.web.queries import ways_of
from amparo.base import sheets
from amparo.base.errors import UsageError
from amparo.base.web.downloads import as_attachment

__all__ = ["add", "change", "link_for", "people", "people_csv"]

ON_A_PAGE = 50


@require_safe
@may(WorkspaceVerb.MANAGE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """Everyone, filtered and sorted."""
    form = PeopleFilterForm(request.GET)
    form.is_valid()
    order = request.GET.get("order", "name")
    rows = people_rows(
        text=form.cleaned_data.get("q", ""), role=form.cleaned_data.get("role", ""), order=order
    )
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"form": form, "page": page, "order": order})


@require_safe
@may(WorkspaceVerb.MANAGE_PEOPLE)
@confirmed_lately
def people_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as a table to take away."""
    form = PeopleFilterForm(request.GET)
    form.is_valid()
    rows = people_rows(text=form.cleaned_data.get("q", ""), role=form.cleaned_data.get("role", ""))
    table = sheets.write(
        ["user name", "name", "role", "language", "may sign in", "last signed in"],
        ((u.username, u.display_name, u.role, u.language, u.is_active, u.last_login) for u in rows),
    )
    answer = HttpResponse(table, content_type="text/csv; charset=utf-8")
    return as_attachment(answer, "people.csv")


@require_http_methods(["GET", "POST"])
@may(WorkspaceVerb.MANAGE_PEOPLE)
@confirmed_lately
def add(request: HttpRequest) -> HttpResponse:
    """A new person, who signs in first by a link."""
    form = NewPersonForm(request.POST or None)
    if form.is_valid():
        try:
            made = create_user(**form.cleaned_data, password=None, acting_user=person(request))
        except UsageError as error:
            form.add_error("username", str(error))
        else:
            messages.success(request, _("%(name)s is added.") % {"name": made})
            return redirect("accounts:person", made.pk)
    return render(request, "accounts/person_add.html", {"form": form})


@require_http_methods(["GET", "POST"])
@may(WorkspaceVerb.MANAGE_PEOPLE)
@confirmed_lately
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person: name, role, whether they may sign in."""
    subject = get_object_or_404(User, pk=pk)
    now = {
        "display_name": subject.display_name,
        "role": subject.role,
        "is_active": subject.is_active,
    }
    form = PersonForm(request.POST or None, initial=now)
    if form.is_valid():
        try:
            change_person(subject, **form.cleaned_data, acting_user=person(request))
        except UsageError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The changes are kept."))
            return redirect("accounts:people")
    context = {"form": form, "subject": subject, "has_second": ways_of(subject).has_second}
    return render(request, "accounts/person.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@may(WorkspaceVerb.MANAGE_PEOPLE)
@confirmed_lately
def link_for(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A link that signs this person in once; it is shown this one time."""
    subject = get_object_or_404(User, pk=pk, is_active=True)
    if request.method == "GET":  # where the confirmation or another language led back to
        return redirect("accounts:person", subject.pk)
    token = issue_sign_in_link(subject, acting_user=person(request))
    address = request.build_absolute_uri(reverse("accounts:link", args=[token]))
    return render(request, "accounts/person_link.html", {"subject": subject, "address": address})
