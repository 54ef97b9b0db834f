"""Backups: which were made, whether one could be restored, and the alarm when none is fresh."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.roles import WorkspaceVerb, allowed
from amparo.accounts.web.guards import confirmed_lately, may, person
from amparo.accounts.web.models import User
from amparo.base.web import current
from amparo.base.web.htmx import by_htmx
from amparo.base.web.models import Job
from amparo.evidence.web.backups.account import LONGEST_DAYS, set_alarm
from amparo.evidence.web.backups.telling import is_beside, known_places, standing, told
from amparo.evidence.web.forms.backups import BackupAlarmForm, DrillForm
from amparo.evidence.web.models import BackupEntry
from amparo.evidence.web.tasks import DRILL, ask_to_try_restore
from amparo.evidence.web.words import DRILL_PARTS

__all__ = ["alarm", "backups_page", "home_panel", "try_now"]

SHOWN = 50
DRILLS_SHOWN = 10
KIND = BackupEntry.Kind


@require_safe
@may(WorkspaceVerb.BACK_UP)
def backups_page(request: HttpRequest) -> HttpResponse:
    """What was backed up when and where to, what the drills found, and the commands."""
    job = Job.objects.filter(name=DRILL).order_by("-created_at").first()
    places = known_places()
    context: dict[str, Any] = {
        "standing": standing(timezone.now()),
        "job": job,
        "job_part": DRILL_PARTS.get(job.message, "") if job else "",
        "drills": told(KIND.TRIED, most=DRILLS_SHOWN),
        "places": places,
        "drill_form": DrillForm(places=places, initial={"place": places[0] if places else ""}),
    }
    if by_htmx(request):
        return render(request, "evidence/parts/backups.html", context)
    context |= {
        "made": told(KIND.MADE, KIND.RESTORED, most=SHOWN),
        "home": current.workspace().home,
        "place": next((each for each in places if not is_beside(each)), ""),
        "alarm_form": BackupAlarmForm(initial={"alarm_days": context["standing"].alarm_days}),
    }
    return render(request, "evidence/backups.html", context)


@require_POST
@may(WorkspaceVerb.BACK_UP)
@confirmed_lately
def try_now(request: HttpRequest) -> HttpResponse:
    """Try in the background to restore the newest snapshot of a place."""
    form = DrillForm(request.POST, places=known_places())
    if form.is_valid():
        ask_to_try_restore(form.cleaned_data["place"], acting_user=person(request))
    else:
        messages.error(request, _("No backup of this workspace was made there."))
    return redirect("evidence:backups")


@require_POST
@may(WorkspaceVerb.BACK_UP)
def alarm(request: HttpRequest) -> HttpResponse:
    """Decide when a backup is too old."""
    form = BackupAlarmForm(request.POST)
    if form.is_valid():
        set_alarm(form.cleaned_data["alarm_days"], acting_user=person(request))
        messages.success(request, _("The alarm is set."))
    else:
        said = _("Give a number of days from 1 to %(most)s.") % {"most": LONGEST_DAYS}
        messages.error(request, said)
    return redirect("evidence:backups")


def home_panel(request: HttpRequest, user: User) -> SafeString | None:
    """On the first page, for who may back up: a backup too old, or one that cannot be restored."""
    if not allowed(user.role, WorkspaceVerb.BACK_UP):
        return None
    now = standing(timezone.now())
    if not (now.is_too_old or now.is_broken):
        return None
    return render_to_string("evidence/parts/backup_alarm.html", {"standing": now}, request)
