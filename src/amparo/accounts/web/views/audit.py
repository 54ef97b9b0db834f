"""What everyone did, for administrators and auditors."""

from __future__ import annotations

import json

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions import verify_audit
from amparo.accounts.web.forms import AuditFilterForm
from amparo.accounts.web.guards import confirmed_lately, may, person
from amparo.accounts.web.models import AuditEntry
from amparo.accounts.web.queries import audit_entries
from amparo.base import sheets
from amparo.base.web.downloads import as_attachment

__all__ = ["audit_csv", "audit_page", "verify"]

ON_A_PAGE = 100


@require_safe
@may(WorkspaceVerb.SEE_AUDIT)
def audit_page(request: HttpRequest) -> HttpResponse:
    """Who did what when; what happened inside a matter is told in full on the matter's page."""
    form = AuditFilterForm(request.GET)
    page = Paginator(_entries(form), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/audit.html", {"form": form, "page": page})


@require_safe
@may(WorkspaceVerb.SEE_AUDIT)
@confirmed_lately
def audit_csv(request: HttpRequest) -> HttpResponseBase:
    """The same entries as a table to take away; what concerns a matter says only that it does."""
    table = sheets.write(
        ["number", "at", "who", "what", "about", "details", "from", "digest"],
        (
            (
                entry.pk,
                entry.at.isoformat(),
                entry.user.username if entry.user else "",
                entry.action,
                "in a matter" if entry.matter_id else entry.object_kind,
                "" if entry.matter_id else json.dumps(entry.details, ensure_ascii=False),
                entry.address,
                entry.digest,
            )
            for entry in _entries(AuditFilterForm(request.GET)).iterator()
        ),
    )
    answer = HttpResponse(table, content_type="text/csv; charset=utf-8")
    return as_attachment(answer, "audit.csv")


@require_POST
@may(WorkspaceVerb.SEE_AUDIT)
def verify(request: HttpRequest) -> HttpResponse:
    """Follow the chain of the whole audit, and tell how far it holds."""
    verdict = verify_audit(acting_user=person(request))
    return render(request, "accounts/audit_verified.html", {"verdict": verdict})


def _entries(form: AuditFilterForm) -> QuerySet[AuditEntry]:
    chosen = form.cleaned_data if form.is_valid() else {}
    return audit_entries(
        person=getattr(chosen.get("person"), "username", ""),
        action=chosen.get("action") or "",
        since=chosen.get("since"),
        until=chosen.get("until"),
    )
