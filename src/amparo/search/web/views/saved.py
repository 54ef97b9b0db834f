"""Saved searches: the list with what is new, looking, saving, forgetting."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.base.web.htmx import for_a_part
from amparo.base.web.typed import typed_before
from amparo.search.web.actions.saved import forget_search, look_at, save_search
from amparo.search.web.queries.saved import address_of, lines, saved_by
from amparo.search.web.surroundings import around

__all__ = ["forget", "home_panel", "look", "save", "searches"]


@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """The person's saved searches and what is new in each; the list alone for htmx."""
    listed = list(lines(person(request)))
    typed_before(request, *(text for line in listed for text in (line.search.title, line.words)))
    part = for_a_part(request)
    template = "search/parts/saved.html" if part else "search/saved.html"
    return render(request, template, {"lines": listed, "is_part": part})


@require_POST
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the results of a search, with what is new marked; all of it counts as looked at."""
    row = get_object_or_404(saved_by(person(request)), pk=pk)
    look_at(row, acting_user=person(request))
    return redirect(address_of(row))


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the search that is on the page."""
    user, title = person(request), request.POST.get("title", "")
    matter = _matter(request.POST.get("within", ""), user)
    row = save_search(title, request.POST.get("query", ""), matter_id=matter, acting_user=user)
    messages.success(request, _("The search is saved. What is new in it shows on your home page."))
    return redirect(address_of(row))


@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a saved search."""
    row = get_object_or_404(saved_by(person(request)), pk=pk)
    forget_search(row, acting_user=person(request))
    messages.success(request, _("The search is forgotten. What it found stays."))
    return redirect("search:saved")


def home_panel(request: HttpRequest, user: User) -> SafeString | None:
    """The saved searches on the home page, counted once the page stands."""
    if not saved_by(user).exists():
        return None
    return render_to_string("search/parts/saved_later.html", {}, request)


def _matter(text: str, user: User) -> UUID | None:
    """The matter that the search is to stay within, if it is one of the person's."""
    if not text:
        return None
    found = next((each.id for each in around().matters(user) if str(each.id) == text), None)
    if found is None:
        raise UsageError(_("There is no such matter."))
    return found
