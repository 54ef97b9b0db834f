"""Is everything still what was sealed? The last answer, and the way to ask again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.guards import may, person
from amparo.base.web import calling_out
from amparo.base.web.htmx import by_htmx
from amparo.base.web.models import Job
from amparo.evidence.ledger import open_timestamps
from amparo.evidence.web.actions import open_stamps, queue_stamps, signer
from amparo.evidence.web.actions.stamps import PURPOSE
from amparo.evidence.web.actions.watching import due_objects, the_watch
from amparo.evidence.web.forms.watch import WatchForm
from amparo.evidence.web.models import Checkpoint, LedgerEntry, TimeStamp, Verification
from amparo.evidence.web.models.watch import Alarm, OpenStamp
from amparo.evidence.web.tasks import VERIFY, ask_to_verify
from amparo.evidence.web.words import PARTS

__all__ = ["run", "stamp_now", "verification_page"]

EARLIER_SHOWN = 10


@require_safe
@may(WorkspaceVerb.VERIFY)
def verification_page(request: HttpRequest) -> HttpResponse:
    """The last verification part by part, what is under way, and what time stamps there are."""
    runs = list(Verification.objects.select_related("by")[: EARLIER_SHOWN + 1])
    context: dict[str, Any] = {
        "last": runs[0] if runs else None,
        "parts": _parts(runs[0]) if runs else _parts(None),
        "earlier": runs[1:],
        "job": Job.objects.filter(name=VERIFY).order_by("-created_at").first(),
    }
    if by_htmx(request):
        return render(request, "evidence/parts/verification.html", context)
    context |= {
        "fingerprint": signer().key.fingerprint,
        "entries": LedgerEntry.objects.count(),
        "checkpoint": Checkpoint.objects.order_by("-size").first(),
        "stamps": TimeStamp.objects.order_by("-checkpoint_id", "authority")[:10],
        "may_stamp": calling_out.is_on(PURPOSE.name),
        **_watch(),
    }
    return render(request, "evidence/verification.html", context)


@require_POST
@may(WorkspaceVerb.VERIFY)
def run(request: HttpRequest) -> HttpResponse:
    """Verify everything in the background."""
    ask_to_verify(acting_user=person(request))
    return redirect("evidence:verification")


@require_POST
@may(WorkspaceVerb.VERIFY)
def stamp_now(request: HttpRequest) -> HttpResponse:
    """Sign the ledger as it stands and ask for time stamps, if somebody allowed it."""
    queue_stamps()
    if calling_out.is_on(PURPOSE.name):
        messages.success(request, _("The authorities are being asked."))
    else:
        messages.info(request, _("The ledger is signed. Its stamps wait until calling out is on."))
    return redirect("evidence:verification")


def _watch() -> dict[str, object]:
    """What the watch found, how often it looks, and the proofs of calendars."""
    now = the_watch()
    alarms = Alarm.objects.select_related("answer__by")
    return {
        "alarms": alarms.filter(answer=None),
        "answered": alarms.exclude(answer=None)[:EARLIER_SHOWN],
        "due": due_objects(timezone.now()).count(),
        "watch_form": WatchForm(initial={"every_days": now.every_days, "is_on": now.is_on}),
        "open_stamps": OpenStamp.objects.all()[:EARLIER_SHOWN],
        "may_open_stamp": calling_out.is_on(open_stamps.PURPOSE.name),
        "has_extra": open_timestamps.is_there(),
    }


def _parts(last: Verification | None) -> list[dict[str, object]]:
    """Each part with its words and, when there was a verification, what it found."""
    found = {part["name"]: part for part in last.outcome["parts"]} if last else {}
    return [
        {"name": name, "title": title, "what": what, "found": found.get(name)}
        for name, (title, what) in PARTS.items()
    ]
