"""Is everything still what was sealed? The last answer, and the way to ask again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.guards import may, person
from amparo.base.web import calling_out
from amparo.base.web.models import Job
from amparo.evidence.web.actions import queue_stamps, signer
from amparo.evidence.web.actions.stamps import PURPOSE
from amparo.evidence.web.models import Checkpoint, LedgerEntry, TimeStamp, Verification
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
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "evidence/parts/verification.html", context)
    context |= {
        "fingerprint": signer().key.fingerprint,
        "entries": LedgerEntry.objects.count(),
        "checkpoint": Checkpoint.objects.order_by("-size").first(),
        "stamps": TimeStamp.objects.order_by("-checkpoint_id", "authority")[:10],
        "may_stamp": calling_out.is_on(PURPOSE.name),
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


def _parts(last: Verification | None) -> list[dict[str, object]]:
    """Each part with its words and, when there was a verification, what it found."""
    found = {part["name"]: part for part in last.outcome["parts"]} if last else {}
    return [
        {"name": name, "title": title, "what": what, "found": found.get(name)}
        for name, (title, what) in PARTS.items()
    ]
