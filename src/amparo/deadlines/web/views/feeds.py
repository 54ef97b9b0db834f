"""Deadlines for calendar programs: a file, and an address that only its owner knows."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.base.web.downloads import as_attachment
from amparo.deadlines.feed import Entry, calendar
from amparo.deadlines.web.actions import digest_of, end_feed, issue_feed
from amparo.deadlines.web.given import rule_of
from amparo.deadlines.web.models import CalendarFeed, Deadline
from amparo.deadlines.web.queries import how_sure, open_deadlines
from amparo.matters.web.veiling import read_by

__all__ = ["end", "feed", "file", "page"]


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """What a calendar address is; a new one is shown this once."""
    address = ""
    if request.method == "POST":
        token = issue_feed(acting_user=person(request))
        address = request.build_absolute_uri(reverse("deadlines:feed", args=[token]))
    kept = CalendarFeed.objects.filter(user=person(request)).first()
    context = {"feed": kept, "address": address}
    return render(request, "deadlines/calendar.html", context)


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Make the address useless."""
    end_feed(acting_user=person(request))
    messages.success(request, _("The address no longer works."))
    return redirect("deadlines:calendar")


@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """The open deadlines as a calendar file."""
    return as_attachment(_calendar(request, open_deadlines(person(request))), "deadlines.ics")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The same for a calendar program; "not found" for an address that does not work."""
    found = CalendarFeed.objects.filter(digest=digest_of(token)).select_related("user").first()
    if found is None or not found.user.is_active:
        raise Http404
    read_by(request, found.user)
    return _calendar(request, open_deadlines(found.user))


def _calendar(request: HttpRequest, rows: Iterable[Deadline]) -> HttpResponse:
    entries = [_entry(request, row) for row in rows if row.act_on]
    return HttpResponse(
        calendar(entries, name=_("Amparo deadlines")), content_type="text/calendar; charset=utf-8"
    )


def _entry(request: HttpRequest, row: Deadline) -> Entry:
    """Without names: the matter's number and the rule's own title."""
    assert row.act_on is not None
    sure = how_sure(row)
    return Entry(
        uid=f"{row.pk}@amparo",
        day=row.act_on,
        title=f"{row.matter.number}: {rule_of(row.rule).title}{f' ({sure})' if sure else ''}",
        changed_at=row.changed_at,
        url=request.build_absolute_uri(reverse("deadlines:why", args=[row.pk])),
        alarms=tuple(row.plan),
    )
