"""Deadlines of all matters, on the home page and as a table to take away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amparo.accounts.web.actions import audit
from amparo.accounts.web.guards import person
from amparo.accounts.web.models import User
from amparo.base import sheets
from amparo.base.web.downloads import as_attachment
from amparo.deadlines.web.forms import FindForm
from amparo.deadlines.web.queries import due_reminders, how_sure, lines, open_deadlines
from amparo.matters.web.models import Matter

__all__ = ["everywhere", "everywhere_csv", "home_panel", "matter_panel"]

SHOWN = 5


@require_safe
def everywhere(request: HttpRequest) -> HttpResponse:
    """The open deadlines of every matter that this person sees."""
    form = FindForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    mine = request.GET.get("mine") == "yes"
    rows = open_deadlines(person(request), text=text, mine=mine)
    context = {"form": form, "mine": mine, "lines": lines(rows, timezone.localdate())}
    return render(request, "deadlines/everywhere.html", context)


@require_safe
def everywhere_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table."""
    rows = open_deadlines(person(request))
    heads = [_("Act by"), _("Deadline"), _("Matter"), _("Rule"), _("Counted from"), _("Who")]
    heads.append(_("Checked"))
    table = [
        (
            row.act_on or "",
            row.title,
            row.matter.title,
            row.rule,
            row.trigger,
            row.responsible or "",
            how_sure(row),
        )
        for row in rows
    ]
    audit("export list of deadlines", acting_user=person(request), rows=len(table))
    answer = HttpResponse(sheets.write(heads, table), content_type="text/csv; charset=utf-8")
    return as_attachment(answer, "deadlines.csv")


def matter_panel(request: HttpRequest, matter: Matter) -> SafeString | None:
    """The next deadlines of a matter; nothing when there are none."""
    rows = open_deadlines(person(request)).filter(matter=matter)[:SHOWN]
    shown = lines(rows, timezone.localdate())
    if not shown:
        return None
    context = {"matter": matter, "lines": shown}
    return render_to_string("deadlines/parts/overview.html", context, request)


def home_panel(request: HttpRequest, user: User) -> SafeString | None:
    """What is to be remembered today, and the next deadlines of all matters."""
    today = timezone.localdate()
    told = due_reminders(user, today)
    shown = lines(open_deadlines(user)[:SHOWN], today)
    if not (told or shown):
        return None
    context = {"reminders": told, "lines": shown, "everywhere": True}
    return render_to_string("deadlines/parts/overview.html", context, request)
