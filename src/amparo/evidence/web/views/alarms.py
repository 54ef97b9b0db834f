"""The watch over the sealed files: how often, its alarms, and OpenTimestamps to take away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.roles import WorkspaceVerb, allowed
from amparo.accounts.web.guards import may, person
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.base.web.downloads import as_attachment
from amparo.evidence.web.actions.watching import answer_alarm, set_watch
from amparo.evidence.web.forms.watch import AlarmForm, WatchForm
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.watch import Alarm, OpenStamp
from amparo.matters.web.veiling import shows_nobody

__all__ = ["alarm_panel", "answer", "item_alarm_panel", "open_stamp", "watch"]


@require_POST
@may(WorkspaceVerb.VERIFY)
def watch(request: HttpRequest) -> HttpResponse:
    """Decide how often every file is read again."""
    form = WatchForm(request.POST)
    if form.is_valid():
        set_watch(**form.cleaned_data, acting_user=person(request))
        messages.success(request, _("The watch is set."))
    else:
        messages.error(request, _("Give a number of days."))
    return redirect("evidence:verification")


@require_POST
@may(WorkspaceVerb.VERIFY)
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End an alarm with what was done about it."""
    form = AlarmForm(request.POST)
    try:
        if not form.is_valid():
            raise UsageError(_("Say what was done about it."))
        answer_alarm(
            get_object_or_404(Alarm, pk=pk), form.cleaned_data["said"], acting_user=person(request)
        )
    except UsageError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is written down, for good."))
    return redirect("evidence:verification")


@require_safe
@may(WorkspaceVerb.VERIFY)
def open_stamp(_request: HttpRequest, pk: UUID) -> HttpResponse:
    """An OpenTimestamps proof, for its own tools."""
    row = get_object_or_404(OpenStamp.objects.exclude(proof=None), pk=pk)
    response = HttpResponse(bytes(row.proof or b""), content_type="application/octet-stream")
    shows_nobody(response)
    return as_attachment(response, f"checkpoint-{row.checkpoint_id}.txt.ots")


def alarm_panel(request: HttpRequest, user: User) -> SafeString | None:
    """On the first page: alarms that nobody has answered, for who may look into them."""
    if not allowed(user.role, WorkspaceVerb.VERIFY):
        return None
    count = Alarm.objects.filter(answer=None).count()
    if not count:
        return None
    return render_to_string("evidence/parts/alarms.html", {"count": count}, request)


def item_alarm_panel(request: HttpRequest, item: Item) -> SafeString | None:
    """On an item's page: that its file was found changed or missing."""
    alarm = Alarm.objects.filter(sha256=item.object_id, answer=None).first()
    if alarm is None:
        return None
    return render_to_string("evidence/parts/item_alarm.html", {"alarm": alarm}, request)
